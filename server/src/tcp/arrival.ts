/** SEGMENT ARRIVES: what a segment does to the block that receives it (RFC 9293 §3.10.7). */
import { arriveAtConnection, STAMP_LEEWAY, stampLag } from "./acceptance.ts";
import type { Block, Cargo, Trail } from "./block.ts";
import { ACK, FIN, RST, SYN } from "./flags.ts";
import { distance, type Symbols } from "./numbers.ts";
import { arriveAtClosed, arriveAtListen, arriveAtSynSent } from "./opening.ts";
import { type Negotiation, offerOf, sackOf, stampAhead, stampOf, withStamp } from "./options.ts";
import type { Arrival, ArrivalContext, Outcome } from "./outcomes.ts";
import { endOf, type Header, has, isPureAck, takesNumbers } from "./segment.ts";
import { equal } from "./streams.ts";
import { toldWindow } from "./windows.ts";

/** Dispatches on the state as RFC 9293 §3.10.7 does. */
export function arrive(block: Block, header: Header, context: ArrivalContext): Arrival {
  const { outcome, block: next, or } = dispatch(block, header, context);
  const reports = header.options.some(({ kind }) => kind === "sack");
  const lastArrived: Trail = { segment: header.index, cargo: cargoOf(header), length: header.data, reports };
  const over = next.state === "CLOSED" && next.owes === undefined && !takesNumbers(header);
  const after = over ? { ...next, lastArrived } : book(block, next, header, outcome, lastArrived, context);
  if (!or) return { outcome, block: after };
  return { outcome, block: after, or: or.map((other) => book(block, other, header, outcome, lastArrived, context)) };
}

/** What every arrival leaves, whatever it came to: windows, options, and what may still be answered. */
function book(
  before: Block,
  after: Block,
  header: Header,
  outcome: Outcome,
  lastArrived: Trail,
  { symbols, now }: ArrivalContext,
): Block {
  // A segment that a later one has overtaken may look too old to its receiver, which then answers (RFC 7323 §5.3).
  const overtaken = before.lastArrived !== undefined && header.index < before.lastArrived.segment;
  const waits = after.state === "TIME-WAIT" && before.state !== "TIME-WAIT";
  const inTime = outcome === "duplicate" && stampLag(before, header) <= STAMP_LEEWAY;
  const told = outcome === "taken" || outcome === "held" || inTime;
  return {
    ...after,
    timeWaitSince: waits ? now : after.timeWaitSince,
    peerWindow: header.window ?? after.peerWindow,
    options: tookOptions(after, header, told && isAcceptable(after, header, outcome, symbols), symbols),
    windows: told ? toldWindow(after.windows, after.options, header, overtaken, symbols) : after.windows,
    duplicateAcks: countDuplicates(before, after, header, symbols),
    reported: sackOf(header.options) ?? after.reported,
    lastArrived,
    answers: after.answers + (overtaken || isStray(before, header, symbols) || earnsAnswer(header, outcome) ? 1 : 0),
    idle: false,
  };
}

function dispatch(block: Block, header: Header, context: ArrivalContext): Arrival {
  switch (block.state) {
    case "CLOSED":
      return arriveAtClosed(block, header, context);
    case "LISTEN":
      return arriveAtListen(block, header);
    case "SYN-SENT":
      return arriveAtSynSent(block, header, context.symbols);
    default:
      return arriveAtConnection(block, header, context);
  }
}

/** The same acknowledgment again, alone and with the same window, while something is outstanding (RFC 5681 §2). */
function countDuplicates(before: Block, after: Block, header: Header, symbols: Symbols): number {
  const { sndUna, sndNxt, peerWindow } = before;
  if (sndUna !== after.sndUna || !sndUna || !sndNxt || !header.ack) return 0;
  const same = isPureAck(header) && (header.window ?? peerWindow) === peerWindow && equal(header.ack, sndUna, symbols);
  return same && !equal(sndUna, sndNxt, symbols) ? before.duplicateAcks + 1 : before.duplicateAcks;
}

/** Of what repeats something, kernels take in what ends no earlier than they last acknowledged (RFC 7323 §4.3 R2). */
function isAcceptable({ lastAck }: Block, header: Header, outcome: Outcome, symbols: Symbols): boolean {
  return outcome !== "duplicate" || lastAck === undefined || distance(lastAck, endOf(header), symbols).min >= 0;
}

/**
 * A SYN offers; timestamps are remembered for echoes, and TS.Recent moves with the stream (RFC 7323 §4.3), by segments
 * that are not dropped.
 */
function tookOptions(block: Block, header: Header, told: boolean, symbols: Symbols): Negotiation {
  const { options, lastAck } = block;
  const stamp = stampOf(header.options);
  const peer = has(header.flags, SYN) ? offerOf(header.options) : options.peer;
  if (!stamp) return peer === options.peer ? options : { ...options, peer };
  const { recent } = options;
  const onward = recent === undefined || stampAhead(recent, stamp.value) >= 0;
  const moves = told && onward && (lastAck === undefined || distance(header.seq, lastAck, symbols).min >= 0);
  return {
    ...options,
    peer,
    received: withStamp(options.received, stamp.value),
    recent: moves ? stamp.value : recent,
  };
}

function cargoOf({ flags, data }: Header): Cargo {
  if (has(flags, RST)) return "rst";
  if (has(flags, FIN)) return "fin";
  if (has(flags, SYN)) return "syn";
  if (data.constant !== 0 || data.terms.length > 0) return "data";
  return has(flags, ACK) ? "ack" : "nothing";
}

/** It acknowledges what was never there to be: such an ACK may be challenged (RFC 5961 §5.2). */
function isStray({ iss }: Block, { ack }: Header, symbols: Symbols): boolean {
  return iss !== undefined && ack !== undefined && distance(iss, ack, symbols).max <= 0;
}

/** A pure ACK that was taken is never acknowledged (RFC 9293 §3.5). */
function earnsAnswer(header: Header, outcome: Outcome): boolean {
  return !has(header.flags, RST) && (takesNumbers(header) || !isPureAck(header) || outcome !== "taken");
}

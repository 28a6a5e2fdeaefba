/** SEGMENT ARRIVES: what a segment does to the block that receives it (RFC 9293 §3.10.7). */
import type { Block, Cargo, Debt, HeldRange, Trail } from "./block.ts";
import { CLOSED_BLOCK, gone } from "./block.ts";
import { ACK, FIN, RST, SYN } from "./flags.ts";
import { add, distance, minus, type Num, num, type Symbols } from "./numbers.ts";
import { type Negotiation, offerOf, stampAhead, stampOf, usesTimestamps, withStamp } from "./options.ts";
import { endOf, type Header, has, isPureAck, takesNumbers } from "./segment.ts";
import { isSynchronized } from "./states.ts";
import { equal } from "./streams.ts";
import { toldWindow } from "./windows.ts";

export interface ArrivalContext {
  readonly symbols: Symbols;
  /** Microseconds since the start of the flow. */
  readonly now: number;
  /** What the end sends next on this connection tells which choice its TCP made. */
  readonly answersNextWith: "syn-ack" | "reset" | "other" | "nothing";
  /** A listener remains when the connection is gone; undefined where nobody said. */
  readonly listens: boolean | undefined;
}

/** What the receiver made of it; where it had no effect, why. */
export type Outcome =
  | "taken"
  | "held"
  | "duplicate"
  | "outside the window"
  | "without ACK"
  | "acknowledges too much"
  | "ignored"
  | "refused";

export interface Arrival {
  readonly block: Block;
  readonly outcome: Outcome;
  /** Where a correct TCP may do otherwise: the block that this leads to. */
  readonly or?: Block;
}

/** More held ranges than any window holds in practice; further ones are dropped (MAY-13). */
const MOST_HELD = 4096;

/** Dispatches on the state as RFC 9293 §3.10.7 does. */
export function arrive(block: Block, header: Header, context: ArrivalContext): Arrival {
  const result = dispatch(block, header, context);
  const lastArrived: Trail = { segment: header.index, cargo: cargoOf(header), length: header.data };
  const next = result.block;
  if (next.state === "CLOSED" && next.owes === undefined && !takesNumbers(header))
    return { ...result, block: { ...next, lastArrived } };
  // A segment that a later one has overtaken may look too old to its receiver, which then answers (RFC 7323 §5.3).
  const overtaken = block.lastArrived !== undefined && header.index < block.lastArrived.segment;
  const answers = next.answers + (overtaken || earnsAnswer(header, result.outcome) ? 1 : 0);
  const waits = next.state === "TIME-WAIT" && block.state !== "TIME-WAIT" ? { timeWaitSince: context.now } : {};
  const told = result.outcome === "taken" || result.outcome === "held" || result.outcome === "duplicate";
  const book = (after: Block): Block => ({
    ...after,
    ...waits,
    peerWindow: header.window ?? after.peerWindow,
    options: tookOptions(after, header, context.symbols),
    windows: told ? toldWindow(after.windows, after.options, header, context.symbols) : after.windows,
    duplicateAcks: countDuplicates(block, after, header, context.symbols),
    lastArrived,
    answers,
    idle: false,
  });
  return { outcome: result.outcome, block: book(next), ...(result.or ? { or: book(result.or) } : {}) };
}

/** The same acknowledgment again, alone and with the same window, while something is outstanding (RFC 5681 §2). */
function countDuplicates(before: Block, after: Block, header: Header, symbols: Symbols): number {
  const { sndUna, sndNxt, peerWindow } = before;
  if (sndUna !== after.sndUna || !sndUna || !sndNxt || !header.ack) return 0;
  const same = isPureAck(header) && (header.window ?? peerWindow) === peerWindow && equal(header.ack, sndUna, symbols);
  return same && !equal(sndUna, sndNxt, symbols) ? before.duplicateAcks + 1 : before.duplicateAcks;
}

/** A SYN offers; timestamps are remembered for echoes, and TS.Recent moves with the stream (RFC 7323 §4.3). */
function tookOptions(block: Block, header: Header, symbols: Symbols): Negotiation {
  const { options, lastAck } = block;
  const stamp = stampOf(header.options);
  const peer = has(header.flags, SYN) ? offerOf(header.options) : options.peer;
  if (!stamp) return peer === options.peer ? options : { ...options, peer };
  const { recent } = options;
  const onward = recent === undefined || stampAhead(recent, stamp.value) >= 0;
  const moves = onward && (lastAck === undefined || distance(header.seq, lastAck, symbols).min >= 0);
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

/** A pure ACK that was taken is never acknowledged (RFC 9293 §3.5). */
function earnsAnswer(header: Header, outcome: Outcome): boolean {
  return !has(header.flags, RST) && (takesNumbers(header) || !isPureAck(header) || outcome !== "taken");
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

/** RFC 9293 §3.10.7.1: everything but a reset is answered by a reset; a listener that remains takes a new SYN. */
function arriveAtClosed(block: Block, header: Header, context: ArrivalContext): Arrival {
  const { flags } = header;
  if (has(flags, RST)) return { block, outcome: "ignored" };
  const opens = has(flags, SYN) && !has(flags, ACK);
  const { listens, answersNextWith } = context;
  if (opens && (listens ?? answersNextWith === "syn-ack")) return arriveAtListen({ ...block, state: "LISTEN" }, header);
  return { block: { ...block, owes: refusal(header) }, outcome: "refused" };
}

/** The reset for a segment that belongs to no connection (RFC 9293 §3.5.2 group 1). */
function refusal(header: Header): Debt {
  const { index: segment, ack } = header;
  return ack !== undefined
    ? { kind: "rst", segment, seq: ack }
    : { kind: "rst", segment, seq: num(0), ack: endOf(header) };
}

/** RFC 9293 §3.10.7.2: RST, then ACK, then SYN. */
function arriveAtListen(block: Block, header: Header): Arrival {
  const { flags, ack, seq, index: segment, data } = header;
  if (has(flags, RST)) return { block, outcome: "ignored" };
  if (ack !== undefined) return { block: { ...block, owes: { kind: "rst", segment, seq: ack } }, outcome: "refused" };
  if (!has(flags, SYN)) return { block, outcome: "without ACK" };
  const rcvNxt = add(seq, 1);
  const taken: Trail = { segment, cargo: "syn", length: data, before: seq };
  const opened: Block = {
    ...CLOSED_BLOCK,
    state: "SYN-RECEIVED",
    origin: "passive",
    irs: seq,
    rcvNxt,
    lastTaken: taken,
    owes: { kind: "syn-ack", segment },
    synData: isNothing(data) ? undefined : data,
  };
  return { block: opened, outcome: "taken" };
}

function isNothing(n: Num): boolean {
  return n.constant === 0 && n.terms.length === 0;
}

/** RFC 9293 §3.10.7.3: ACK, then RST, then SYN. */
function arriveAtSynSent(block: Block, header: Header, symbols: Symbols): Arrival {
  const { flags, seq, ack, index: segment, data } = header;
  const acceptable = ack !== undefined && acknowledgesNew(block, ack, symbols);
  if (ack !== undefined && !acceptable && block.synSent) {
    if (has(flags, RST)) return { block, outcome: "ignored" };
    return { block: { ...block, owes: { kind: "rst", segment, seq: ack } }, outcome: "acknowledges too much" };
  }
  if (has(flags, RST))
    return acceptable ? { block: gone(block, "reset by peer"), outcome: "taken" } : { block, outcome: "ignored" };
  if (!has(flags, SYN)) return { block, outcome: "ignored" };
  const taken: Trail = { segment, cargo: "syn", length: data, before: seq };
  const started: Block = { ...block, irs: seq, rcvNxt: add(seq, 1), lastTaken: taken };
  if (ack === undefined) {
    const synData = isNothing(data) ? undefined : data;
    // Crossing opens: the SYN is repeated with an ACK (§3.5, Figure 7).
    const next: Block = {
      ...started,
      synData,
      state: "SYN-RECEIVED",
      origin: "active",
      synSent: false,
      owes: { kind: "syn-ack", segment },
    };
    return { block: next, outcome: "taken" };
  }
  const open: Block = { ...started, state: "ESTABLISHED", sndUna: ack, owes: { kind: "ack", segment } };
  const rest: Header = { ...header, seq: add(seq, 1), flags: header.flags & ~SYN };
  return { block: takeText(open, rest, symbols).block, outcome: "taken" };
}

/** SND.UNA < SEG.ACK =< SND.NXT; unknown counts as yes. */
function acknowledgesNew(block: Block, ack: Num, symbols: Symbols): boolean {
  const { sndUna, sndNxt } = block;
  if (sndUna === undefined || sndNxt === undefined) return true;
  return distance(sndUna, ack, symbols).max > 0 && distance(ack, sndNxt, symbols).max >= 0;
}

/** RFC 9293 §3.10.7.4, its eight steps in their order. */
function arriveAtConnection(block: Block, header: Header, context: ArrivalContext): Arrival {
  const { symbols } = context;
  const stripped = stripCrossingSyn(block, header, symbols);
  const place = isTooOld(block, stripped) ? "duplicate" : placeOf(block, stripped, symbols);
  const again = reopens(block, stripped, context);
  if (again) return again;
  if (place === "duplicate" || place === "beyond") return refuse(block, stripped, context, place);
  if (has(stripped.flags, RST)) return resetAt(block, stripped, place, context);
  if (has(stripped.flags, SYN)) return synAt(block, stripped);
  if (stripped.ack === undefined) return { block, outcome: "without ACK" };
  const acked = takeAck(block, stripped, stripped.ack, context);
  if (acked.outcome !== "taken") return acked;
  const taken = takeText(acked.block, stripped, symbols);
  if (!probesClosedWindow(block, stripped, symbols)) return acked.or ? { ...taken, or: acked.or } : taken;
  // With a closed window the octet is not acceptable; a receiver with room may take it all the same (CP17).
  const owes: Debt = { kind: "ack", segment: stripped.index };
  return { block: { ...acked.block, owes }, outcome: "outside the window", or: taken.block };
}

/** One octet at RCV.NXT while the window is closed (RFC 9293 §3.8.6.1). */
function probesClosedWindow(block: Block, header: Header, symbols: Symbols): boolean {
  const { data, flags } = header;
  const octet = data.terms.length === 0 && data.constant === 1 && !has(flags, SYN | FIN);
  return octet && liesBeyond(block, header, symbols);
}

/** A crossing SYN,ACK begins one before RCV.NXT; its SYN is already here (RFC 9293 Figure 7, §A.2). */
function stripCrossingSyn(block: Block, header: Header, symbols: Symbols): Header {
  const { irs, state } = block;
  const crossing = state === "SYN-RECEIVED" && has(header.flags, SYN) && header.ack !== undefined;
  if (!crossing || irs === undefined || !equal(header.seq, irs, symbols)) return header;
  return { ...header, seq: add(header.seq, 1), flags: header.flags & ~SYN };
}

/** Where a segment lies: the overlap test of RFC 9293 §3.4 with windows that nobody wrote taken as open. */
type Place = "next" | "ahead" | "duplicate" | "beyond";

function placeOf(block: Block, header: Header, symbols: Symbols): Place {
  const { rcvNxt } = block;
  if (rcvNxt === undefined) return "next";
  const start = distance(rcvNxt, header.seq, symbols);
  if (start.min === 0 && start.max === 0) return "next";
  if (start.min > 0) return liesBeyond(block, header, symbols) ? "beyond" : "ahead";
  const end = distance(rcvNxt, endOf(header), symbols);
  if (start.max < 0) return end.min > 0 ? "next" : "duplicate";
  // Nothing relates the numbers: what cannot be shown to be wrong is taken.
  return "next";
}

/** Nothing of it lies before the largest right edge that was advertised; unknown edges take all (RFC 7323 §2.4). */
function liesBeyond({ windows }: Block, header: Header, symbols: Symbols): boolean {
  if (!windows.rcvRight) return false;
  const { min } = distance(windows.rcvRight, header.seq, symbols);
  return takesNumbers(header) ? min >= 0 : min > 0;
}

/** PAWS: older than TS.Recent, but for a reset (RFC 7323 §5.3). */
function isTooOld({ options }: Block, header: Header): boolean {
  if (options.recent === undefined || has(header.flags, RST) || !usesTimestamps(options)) return false;
  const stamp = stampOf(header.options);
  return stamp !== undefined && stampAhead(options.recent, stamp.value) < 0;
}

/** A new SYN in TIME-WAIT may open again (RFC 9293 §3.6.1 MAY-2, RFC 6191); the next line tells whether it did. */
function reopens(block: Block, header: Header, context: ArrivalContext): Arrival | undefined {
  if (block.state !== "TIME-WAIT" || !has(header.flags, SYN) || has(header.flags, ACK | RST)) return undefined;
  if (context.answersNextWith !== "syn-ack" || !isNewer(block, header, context.symbols)) return undefined;
  return arriveAtListen({ ...block, state: "LISTEN" }, header);
}

/** A new incarnation begins above the old one, by its number or its clock (RFC 6191 §2). */
function isNewer({ rcvNxt, options }: Block, header: Header, symbols: Symbols): boolean {
  const stamp = stampOf(header.options);
  if (stamp && options.recent !== undefined && stampAhead(options.recent, stamp.value) > 0) return true;
  return rcvNxt === undefined || distance(rcvNxt, header.seq, symbols).max >= 0;
}

/** First step: not acceptable. A reset is dropped in silence, all else is answered by an ACK. */
function refuse(block: Block, header: Header, context: ArrivalContext, place: "duplicate" | "beyond"): Arrival {
  const outcome: Outcome = place === "duplicate" ? "duplicate" : "outside the window";
  if (has(header.flags, RST)) return { block, outcome };
  const { irs, state } = block;
  const synAgain =
    state === "SYN-RECEIVED" && irs !== undefined && has(header.flags, SYN) && equal(header.seq, irs, context.symbols);
  const owes: Debt = synAgain
    ? { kind: "syn-ack", segment: header.index }
    : { kind: "ack", segment: header.index, ...challengeOf(header, place) };
  // A repeated FIN restarts 2MSL (RFC 9293 §3.10.7.4 eighth step).
  const restart = state === "TIME-WAIT" && has(header.flags, FIN) ? { timeWaitSince: context.now } : {};
  const dropped: Block = { ...block, ...restart, owes };
  const acked = closingAck(dropped, header, context);
  return { block: dropped, outcome, ...(acked === dropped ? {} : { or: acked }) };
}

/** A SYN, or what lies beyond the window, is no mere duplicate. */
function challengeOf(header: Header, place: Place): { challenges?: "outside" } {
  return has(header.flags, SYN) || place === "beyond" ? { challenges: "outside" } : {};
}

/** An ACK on an old segment still counts where it only completes the close: kernels accept it (§3.10.7.4, MUST-66). */
function closingAck(block: Block, header: Header, context: ArrivalContext): Block {
  const { ack } = header;
  if (ack === undefined || !isSynchronized(block.state) || has(header.flags, SYN)) return block;
  const taken = takeAck(block, header, ack, context);
  return taken.outcome === "taken" ? taken.block : block;
}

/** Second step (RFC 9293 §3.10.7.4, RFC 5961 §3.2): exactly at RCV.NXT it resets, else it is challenged. */
function resetAt(block: Block, header: Header, place: Place, context: ArrivalContext): Arrival {
  if (place !== "next")
    return {
      block: { ...block, owes: { kind: "ack", segment: header.index, challenges: "in window" } },
      outcome: "outside the window",
      // RFC 793 took any reset in the window (CP2).
      or: gone(block, "reset by peer"),
    };
  if (block.state === "SYN-RECEIVED" && block.origin === "passive") {
    return {
      block: { ...gone(block, "reset by peer"), state: context.listens === false ? "CLOSED" : "LISTEN" },
      outcome: "taken",
    };
  }
  return { block: gone(block, "reset by peer"), outcome: "taken" };
}

/** Fourth step: a SYN on a connection is challenged (RFC 5961 §4.2). */
function synAt(block: Block, header: Header): Arrival {
  return {
    block: { ...block, owes: { kind: "ack", segment: header.index, challenges: "in window" } },
    outcome: "ignored",
  };
}

/** Fifth step. */
function takeAck(block: Block, header: Header, ack: Num, context: ArrivalContext): Arrival {
  const { symbols, now } = context;
  const { sndUna, sndNxt, state } = block;
  const unsent = sndNxt !== undefined && distance(sndNxt, ack, symbols).min > 0;
  if (state === "SYN-RECEIVED") {
    const fresh = sndUna === undefined || distance(sndUna, ack, symbols).max > 0;
    if (unsent || !fresh) {
      return {
        block: { ...block, owes: { kind: "rst", segment: header.index, seq: ack } },
        outcome: "acknowledges too much",
      };
    }
    const open: Block = { ...block, state: "ESTABLISHED", sndUna: ack, opened: true };
    // A full accept queue drops the last ACK of the open in silence (CP14).
    return {
      block: settleDebt(open, "syn-ack"),
      outcome: "taken",
      ...(block.origin === "passive" ? { or: block } : {}),
    };
  }
  if (unsent)
    return { block: { ...block, owes: { kind: "ack", segment: header.index } }, outcome: "acknowledges too much" };
  const moved = sndUna === undefined || distance(sndUna, ack, symbols).min > 0 ? { ...block, sndUna: ack } : block;
  return { block: finAcked(moved, symbols) ? afterFinAcked(moved, now) : moved, outcome: "taken" };
}

function settleDebt(block: Block, kind: Debt["kind"]): Block {
  return block.owes?.kind === kind ? { ...block, owes: undefined } : block;
}

/** Its own FIN is acknowledged once SND.UNA is beyond it (RFC 9293 §3.10.7.4 fifth step). */
function finAcked(block: Block, symbols: Symbols): boolean {
  const { finSent, sndUna } = block;
  return finSent !== undefined && sndUna !== undefined && distance(finSent, sndUna, symbols).min > 0;
}

function afterFinAcked(block: Block, now: number): Block {
  if (block.state === "FIN-WAIT-1") return { ...block, state: "FIN-WAIT-2" };
  if (block.state === "CLOSING") return { ...block, state: "TIME-WAIT", timeWaitSince: now };
  if (block.state === "LAST-ACK") return gone(block, "closed");
  return block;
}

/** Seventh and eighth step: text, then FIN; what lies ahead is held (RFC 9293 §3.10.7.4, SHLD-31). */
function takeText(block: Block, header: Header, symbols: Symbols): Arrival {
  const { rcvNxt, finReceived } = block;
  if (!takesNumbers(header) || rcvNxt === undefined) return { block, outcome: "taken" };
  if (finReceived !== undefined) return { block, outcome: "ignored" };
  const segment = header.index;
  const owes: Debt = { kind: "ack", segment };
  if (placeOf(block, header, symbols) === "ahead") {
    return { block: { ...block, held: hold(block.held, header, symbols), owes }, outcome: "held" };
  }
  const fin = has(header.flags, FIN);
  const lastTaken: Trail = { segment, cargo: fin ? "fin" : "data", length: header.data, before: rcvNxt };
  const direct: Block = { ...block, rcvNxt: endOf(header), lastTaken, owes };
  return { block: drain(fin ? consumeFin(direct, minusOne(endOf(header))) : direct, symbols), outcome: "taken" };
}

function minusOne(n: Num): Num {
  return minus(n, num(1));
}

function hold(held: readonly HeldRange[], header: Header, symbols: Symbols): readonly HeldRange[] {
  if (held.length >= MOST_HELD) return held;
  const range: HeldRange = { start: header.seq, end: endOf(header), fin: has(header.flags, FIN) };
  const at = held.findIndex((other) => distance(range.start, other.start, symbols).min > 0);
  return at < 0 ? [...held, range] : [...held.slice(0, at), range, ...held.slice(at)];
}

/** The hole is filled: what was held behind it counts now, a FIN too. */
function drain(block: Block, symbols: Symbols): Block {
  let next = block;
  while (next.held.length > 0 && next.rcvNxt !== undefined && next.finReceived === undefined) {
    const [first, ...rest] = next.held;
    if (!first || distance(next.rcvNxt, first.start, symbols).min > 0) break;
    const onward = distance(next.rcvNxt, first.end, symbols).min > 0;
    next = { ...next, held: rest };
    if (onward)
      next = first.fin
        ? consumeFin({ ...next, rcvNxt: first.end }, minusOne(first.end))
        : { ...next, rcvNxt: first.end };
  }
  return next;
}

/** Eighth step: the FIN takes its number and closes the peer's direction. */
function consumeFin(block: Block, finReceived: Num): Block {
  const next: Block = { ...block, finReceived };
  switch (block.state) {
    case "SYN-RECEIVED":
    case "ESTABLISHED":
      return { ...next, state: "CLOSE-WAIT" };
    case "FIN-WAIT-1":
      return { ...next, state: "CLOSING" };
    case "FIN-WAIT-2":
      return { ...next, state: "TIME-WAIT" };
    default:
      return next;
  }
}

/** Numbers that the drawing leaves out have flowed and arrived: both ends move on (RFC 9293 §3.4). */
export function takeUndrawn(block: Block, from: Num, to: Num, symbols: Symbols): Block {
  const { rcvNxt } = block;
  if (rcvNxt === undefined || !equal(rcvNxt, from, symbols)) return block;
  return { ...block, rcvNxt: to };
}

/** The same for the end that sent them: they are acknowledged if all before them was. */
export function sendUndrawn(block: Block, to: Num, symbols: Symbols): Block {
  const { sndUna, sndNxt } = block;
  const settled = sndUna !== undefined && sndNxt !== undefined && equal(sndUna, sndNxt, symbols);
  return { ...block, sndNxt: to, ...(settled ? { sndUna: to } : {}) };
}

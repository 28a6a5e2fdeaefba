/** What arrives at a connection, from SYN-RECEIVED on: the eight steps of RFC 9293 §3.10.7.4. */
import { type Block, type Debt, gone, type Trail } from "./block.ts";
import { ACK, FIN, RST, SYN } from "./flags.ts";
import { add, distance, minus, type Num, type Symbols } from "./numbers.ts";
import { arriveAtListen } from "./opening.ts";
import { stampAhead, stampOf, usesTimestamps } from "./options.ts";
import type { Arrival, ArrivalContext, Outcome } from "./outcomes.ts";
import { liesBeyond, type Place, placeOf } from "./places.ts";
import { takeText } from "./receiving.ts";
import { endOf, type Header, has, takesNumbers } from "./segment.ts";
import { isSynchronized } from "./states.ts";
import { equal } from "./streams.ts";

/** RFC 9293 §3.10.7.4, its eight steps in their order. */
export function arriveAtConnection(block: Block, header: Header, context: ArrivalContext): Arrival {
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
  const owes: Debt = { kind: "ack", segment: stripped.index };
  const dropped: Block = { ...acked.block, owes };
  // With a closed window the octet is not acceptable; a receiver with room may take it all the same (CP17).
  if (probesClosedWindow(block, stripped, symbols))
    return { block: dropped, outcome: "outside the window", or: [taken.block] };
  const or = [...(acked.or ?? []), ...pastTheEdge(acked.block, stripped, symbols, dropped)];
  // By the letter a crossing SYN,ACK is old and only answered (CP7).
  if (stripped !== header) or.push({ ...block, owes });
  return or.length === 0 ? taken : { ...taken, or };
}

/** Data that run past the right edge may be cut there, dropped, or taken whole (CP23). */
function pastTheEdge(block: Block, header: Header, symbols: Symbols, dropped: Block): readonly Block[] {
  const { rcvNxt, windows } = block;
  const { rcvRight } = windows;
  if (!rcvNxt || !rcvRight || !takesNumbers(header) || has(header.flags, FIN)) return [];
  const over = distance(rcvRight, endOf(header), symbols).min > 0 && distance(rcvNxt, rcvRight, symbols).min > 0;
  const lastTaken: Trail = { segment: header.index, cargo: "data", length: minus(rcvRight, rcvNxt), before: rcvNxt };
  return over ? [{ ...dropped, rcvNxt: rcvRight, lastTaken }, dropped] : [];
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
  if (has(header.flags, RST)) return resetBehind(block, header, context, outcome);
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
  return { block: dropped, outcome, ...(acked === dropped ? {} : { or: [acked] }) };
}

/** Just behind the peer's FIN, kernels take a reset that bears the FIN's own number (CP22). */
function resetBehind(block: Block, header: Header, { symbols }: ArrivalContext, outcome: Outcome): Arrival {
  const { finReceived } = block;
  if (!finReceived || !equal(header.seq, finReceived, symbols)) return { block, outcome };
  return { block, outcome, or: [gone(block, "reset by peer")] };
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
      or: [gone(block, "reset by peer")],
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
      ...(block.origin === "passive" ? { or: [block] } : {}),
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

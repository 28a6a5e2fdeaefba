/** What arrives at a connection, from SYN-RECEIVED on: the eight steps of RFC 9293 §3.10.7.4. */
import { type Block, type Debt, gone, type Trail } from "./block.ts";
import { ACK, FIN, RST, SYN } from "./flags.ts";
import { abortOnData, gaveUp, isRefusal, refused, refusesSynOf } from "./giving-up.ts";
import { add, distance, minus, type Num, type Symbols } from "./numbers.ts";
import { arriveAtListen } from "./opening.ts";
import { stampAhead, stampOf, usesTimestamps } from "./options.ts";
import { type Arrival, type ArrivalContext, isBareReset, isSynAck, type Outcome } from "./outcomes.ts";
import { liesBeyond, type Place, placeOf } from "./places.ts";
import { takeText } from "./receiving.ts";
import { endOf, type Header, has, takesNumbers } from "./segment.ts";
import { isSynchronized } from "./states.ts";
import { equal } from "./streams.ts";

/** RFC 9293 §3.10.7.4, its eight steps in their order. */
export function arriveAtConnection(block: Block, header: Header, context: ArrivalContext): Arrival {
  const lag = stampLag(block, header);
  if (lag > STAMP_LEEWAY) return arriveInTime(block, header, context, true);
  const taken = arriveInTime(block, header, context, false);
  if (lag <= 0) return taken;
  const { block: dropped } = arriveInTime(block, header, context, true);
  return { ...taken, or: [...(taken.or ?? []), dropped] };
}

/** Ticks that kernels let a timestamp be behind TS.Recent (Linux's TCP_PAWS_WINDOW). */
export const STAMP_LEEWAY = 1;

function arriveInTime(block: Block, header: Header, context: ArrivalContext, tooOld: boolean): Arrival {
  const { symbols } = context;
  const stripped = stripCrossingSyn(block, header, symbols);
  const place = tooOld || refusesSyn(block, stripped) ? "duplicate" : placeOf(block, stripped, symbols);
  const again = reopens(block, stripped, context);
  if (again) return again;
  if (place === "duplicate" || place === "beyond") return refuse(block, stripped, context, place);
  if (has(stripped.flags, RST)) return resetAt(block, stripped, place, context);
  if (has(stripped.flags, SYN)) return synAt(block, stripped, context);
  if (stripped.ack === undefined) return { block, outcome: "without ACK" };
  const acked = takeAck(block, stripped, stripped.ack, context);
  if (acked.outcome !== "taken") return acked;
  const aborted = abortOnData(acked.block, stripped, context) ?? gaveUp(acked.block, stripped, context);
  if (aborted) return aborted;
  const taken = takeText(acked.block, stripped, symbols);
  const owes: Debt = { kind: "ack", segment: stripped.index };
  const dropped: Block = { ...acked.block, owes };
  // With a closed window the octet is not acceptable; a receiver with room may take it all the same (CP17).
  if (probesClosedWindow(block, stripped, symbols))
    return { block: dropped, outcome: "outside the window", or: [taken.block] };
  const or = [
    ...(acked.or ?? []),
    ...pastTheEdge(acked.block, stripped, symbols, dropped),
    ...reneged(acked.block, taken.block, stripped, context),
    // Who has no room for it says so (RFC 9293 §3.8.6).
    ...(context.answer?.window === 0 && taken.block !== acked.block ? [withoutRoom(dropped)] : []),
  ];
  // By the letter a crossing SYN,ACK is old and only answered (CP7).
  if (stripped !== header) or.push({ ...block, owes });
  return or.length === 0 ? taken : { ...taken, or };
}

/** It takes back what it promised. */
function withoutRoom(block: Block): Block {
  return { ...block, windows: { ...block.windows, rcvRight: block.rcvNxt } };
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

/** Where more of the window is taken than is left, there may have been no room to hold what came early (RFC 2018 §8). */
function reneged(before: Block, after: Block, header: Header, { symbols, answer }: ArrivalContext): readonly Block[] {
  const { rcvRight } = after.windows;
  if (after.held.length === before.held.length || !before.rcvNxt || !after.rcvNxt || !rcvRight) return [];
  const [taken, left] = [distance(before.rcvNxt, after.rcvNxt, symbols), distance(after.rcvNxt, rcvRight, symbols)];
  const roomless = answer?.window === 0;
  if ((left.min > taken.max && !roomless) || equal(endOf(header), after.rcvNxt, symbols)) return [];
  const direct: Block = { ...takeText({ ...before, held: [] }, header, symbols).block, windows: after.windows };
  // What lies highest is thrown away first; how much of it the next acknowledgment tells.
  const ack = answer?.ack;
  const kept = ack && distance(endOf(header), ack, symbols).min > 0 && distance(ack, after.rcvNxt, symbols).min > 0;
  const blocks = kept ? [direct, { ...direct, rcvNxt: ack }] : [direct];
  return roomless ? blocks.map(withoutRoom) : blocks;
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

/** A reset with the number 0, which refuses a SYN, cannot be meant for a connection whose numbers are symbols. */
function refusesSyn({ rcvNxt }: Block, { flags, seq }: Header): boolean {
  const isZero = seq.constant === 0 && seq.terms.length === 0;
  return has(flags, RST) && has(flags, ACK) && isZero && (rcvNxt?.terms.length ?? 0) > 0;
}

/** PAWS: how far its timestamp is behind TS.Recent; a reset's does not matter (RFC 7323 §5.3). */
export function stampLag({ options }: Block, header: Header): number {
  if (options.recent === undefined || has(header.flags, RST) || !usesTimestamps(options)) return 0;
  const stamp = stampOf(header.options);
  return stamp === undefined ? 0 : -stampAhead(options.recent, stamp.value);
}

/** A new SYN in TIME-WAIT may open again (RFC 9293 §3.6.1 MAY-2, RFC 6191); the next line tells whether it did. */
function reopens(block: Block, header: Header, context: ArrivalContext): Arrival | undefined {
  if (block.state !== "TIME-WAIT" || !has(header.flags, SYN) || has(header.flags, ACK | RST)) return undefined;
  if (!isSynAck(context.answer) || !isNewer(block, header, context.symbols)) return undefined;
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
  const answered: Block = { ...block, owes: { kind: "ack", segment: header.index } };
  // Kernels that wait for a FIN alone do not look for the RST flag first.
  if (has(header.flags, RST) && block.state === "FIN-WAIT-2") return { block, outcome, or: [answered] };
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
  // Half open connections end in silence, with their listener or for want of an answer.
  if (synAgain && block.origin === "passive" && isRefusal(context.answer))
    return { block: refusesSynOf(block, header), outcome: "refused", or: [dropped] };
  const bad = badAck(dropped, header, context);
  if (bad) return { block: dropped, outcome, or: [bad] };
  const acked = closingAck(dropped, header, context);
  if (acked === dropped) return { block: dropped, outcome };
  // By the letter it is only answered; kernels process the ACK of what ends no earlier than they last acknowledged.
  const recent =
    place === "duplicate" &&
    block.lastAck !== undefined &&
    distance(block.lastAck, endOf(header), context.symbols).min >= 0;
  return recent ? { block: acked, outcome, or: [dropped] } : { block: dropped, outcome, or: [acked] };
}

/** Kernels look for the ACK of their SYN,ACK first, wherever the segment lies (Linux's tcp_check_req). */
function badAck(block: Block, header: Header, context: ArrivalContext): Block | undefined {
  if (block.state !== "SYN-RECEIVED" || block.origin !== "passive" || !header.ack || has(header.flags, SYN))
    return undefined;
  const { block: after, outcome } = takeAck(block, header, header.ack, context);
  return outcome === "acknowledges too much" ? after : undefined;
}

/** Just behind the peer's FIN, kernels take a reset that bears the FIN's own number, but not in TIME-WAIT; by the letter it is dropped (CP22). */
function resetBehind(block: Block, header: Header, { symbols }: ArrivalContext, outcome: Outcome): Arrival {
  const { finReceived, state } = block;
  if (!finReceived || state === "TIME-WAIT" || !equal(header.seq, finReceived, symbols)) return { block, outcome };
  return { block: gone(block, "reset by peer"), outcome, or: [block] };
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
  const listens = block.state === "SYN-RECEIVED" && block.origin === "passive" && context.listens !== false;
  const reset: Block = { ...gone(block, "reset by peer"), ...(listens ? { state: "LISTEN" } : {}) };
  if (place === "next") return { block: reset, outcome: "taken" };
  const challenged: Block = { ...block, owes: { kind: "ack", segment: header.index, challenges: "in window" } };
  // Kernels take the end of the highest block that they report by SACK for RCV.NXT; RFC 793 took any reset in the window (CP2).
  return endsHeld(block, header, context)
    ? { block: reset, outcome: "taken", or: [challenged] }
    : { block: challenged, outcome: "outside the window", or: [reset] };
}

function endsHeld({ held, options }: Block, { seq }: Header, { symbols }: ArrivalContext): boolean {
  const highest = held.at(-1);
  return options.peer?.sackOK === true && highest !== undefined && equal(highest.end, seq, symbols);
}

/** Fourth step: a SYN on a connection is challenged (RFC 5961 §4.2); or the connection is given up for it (RFC 793, CP3). */
function synAt(block: Block, header: Header, { answer }: ArrivalContext): Arrival {
  const challenged: Block = { ...block, owes: { kind: "ack", segment: header.index, challenges: "in window" } };
  return isRefusal(answer)
    ? { block: refusesSynOf(block, header), outcome: "refused", or: [challenged] }
    : { block: challenged, outcome: "ignored" };
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
    const established = settleDebt(open, "syn-ack");
    if (block.origin !== "passive") return { block: established, outcome: "taken" };
    // A full accept queue, or a listener that waits for data, drops the last ACK of the open in silence (CP14).
    // Its listener was closed, or had no place for it.
    if (isBareReset(context.answer) && context.answer.seq && equal(context.answer.seq, ack, symbols))
      return { ...refused(block, header, ack), or: [established] };
    return repeatsSynAck(block, context)
      ? { block, outcome: "ignored", or: [established] }
      : { block: established, outcome: "taken", or: [block] };
  }
  if (unsent)
    return { block: { ...block, owes: { kind: "ack", segment: header.index } }, outcome: "acknowledges too much" };
  const moved = sndUna === undefined || distance(sndUna, ack, symbols).min > 0 ? { ...block, sndUna: ack } : block;
  return { block: finAcked(moved, symbols) ? afterFinAcked(moved, now) : moved, outcome: "taken" };
}

/** Its SYN,ACK leaves once more: no ACK of it has been taken. */
function repeatsSynAck({ iss }: Block, { answer, symbols }: ArrivalContext): boolean {
  return iss !== undefined && isSynAck(answer) && answer?.seq !== undefined && equal(answer.seq, iss, symbols);
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

/** What arrives before a connection is open: CLOSED, LISTEN, SYN-SENT (RFC 9293 §3.10.7.1–§3.10.7.3). */
import { type Block, CLOSED_BLOCK, gone, type Refusal, type Trail } from "./block.ts";
import { ACK, RST, SYN } from "./flags.ts";
import { add, distance, type Num, num, type Symbols } from "./numbers.ts";
import { type Arrival, type ArrivalContext, isSynAck } from "./outcomes.ts";
import { takeText } from "./receiving.ts";
import { endOf, type Header, has } from "./segment.ts";

/** Resets that may still have to leave; more are never seen. */
const MOST_REFUSALS = 16;

/** RFC 9293 §3.10.7.1: everything but a reset is answered by a reset; a listener that remains takes a new SYN. */
export function arriveAtClosed(block: Block, header: Header, context: ArrivalContext): Arrival {
  const { flags } = header;
  if (has(flags, RST)) return { block, outcome: "ignored" };
  const opens = has(flags, SYN) && !has(flags, ACK);
  const { listens, answer } = context;
  // Who refuses it has closed the listener meanwhile.
  const refuses = answer !== undefined && has(answer.flags, RST) && has(answer.flags, ACK);
  if (opens && (listens === undefined ? isSynAck(answer) : listens && !refuses))
    return arriveAtListen({ ...block, state: "LISTEN" }, header);
  const due = refusal(header);
  const refusals = [...block.refusals.slice(1 - MOST_REFUSALS), due];
  return { block: { ...block, owes: { kind: "rst", ...due }, refusals }, outcome: "refused" };
}

/** The reset for a segment that belongs to no connection (RFC 9293 §3.5.2 group 1). */
function refusal(header: Header): Refusal {
  const { index: segment, ack } = header;
  return ack !== undefined ? { segment, seq: ack } : { segment, seq: num(0), ack: endOf(header) };
}

/** RFC 9293 §3.10.7.2: RST, then ACK, then SYN. */
export function arriveAtListen(block: Block, header: Header): Arrival {
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
export function arriveAtSynSent(block: Block, header: Header, symbols: Symbols): Arrival {
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
      options: { ...block.options, crossed: true },
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

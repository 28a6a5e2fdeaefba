/** What a segment that leaves does to its sender's block (RFC 9293 §3.10). */
import { type Block, CLOSED_BLOCK, gone, type Trail } from "./block.ts";
import { ACK, FIN, type Flags, SYN } from "./flags.ts";
import { add, distance, type Num, num, plus, type Symbols } from "./numbers.ts";
import { type Negotiation, offerOf, sackOf, stampOf } from "./options.ts";
import type { Use } from "./rules/reading.ts";
import { endOf, type Header, has, takesNumbers } from "./segment.ts";
import { isSynchronized, type State } from "./states.ts";
import { promised } from "./windows.ts";

/** A copy under work: it is a block again, and shared, once it is returned. */
type Draft = { -readonly [K in keyof Block]: Block[K] };

/** Books what left: SND.NXT, the FIN, the answer that was due, and the state. */
export function afterSending(block: Block, header: Header, use: Use, symbols: Symbols): Block {
  const { flags, ack } = header;
  const opens = has(flags, SYN) && !has(flags, ACK) && use === "new";
  const draft: Draft = { ...(opens ? opened(block) : block) };
  const answers = !acknowledgesLess(block, header, use, symbols);
  if (answers && draft.owes?.kind !== "abort" && !draft.parting) draft.owes = undefined;
  draft.lastSent = { segment: header.index, cargo: cargoOf(header), length: header.data };
  draft.synSent = draft.synSent || has(flags, SYN);
  if (answers && !leavesOut(block, header, use, symbols)) draft.answers = answersLeft(draft.answers);
  draft.opened = draft.opened || isSynchronized(draft.state);
  draft.lastAck = ack ?? draft.lastAck;
  draft.lastWindow = header.window ?? draft.lastWindow;
  if (use === "retransmission") draft.resentTo = endOf(header);
  if (use === "new") takeNumbers(draft, header);
  else if (use === "retransmission" && draft.sndNxt && extendsBeyond(draft.sndNxt, header, symbols))
    extend(draft, header);
  if (ack && acknowledgesSynData(draft, ack)) draft.rcvNxt = ack;
  draft.state = stateAfter(draft.state, flags);
  draft.options = offered(draft.options, header);
  // A SYN cookie remembers no window: what the SYN,ACK promised ends with it (RFC 4987 §3.6).
  const first = block.origin === "passive" && block.lastSent?.cargo === "syn" && !has(flags, SYN);
  const windows = first ? { ...draft.windows, rcvRight: undefined } : draft.windows;
  draft.windows = promised(windows, draft.options, header, symbols);
  return draft;
}

/** A repeat with an older acknowledgment leaves the answer to what has come since still due. */
function acknowledgesLess({ rcvNxt }: Block, { ack }: Header, use: Use, symbols: Symbols): boolean {
  return (
    use === "retransmission" && ack !== undefined && rcvNxt !== undefined && distance(ack, rcvNxt, symbols).min > 0
  );
}

/**
 * A repeat that leaves out some of what is held above a hole may leave before the answer to it: the acknowledgment in a
 * segment is read before its text (RFC 9293 §3.10.7.4), and what it reports as lost is sent at once.
 */
function leavesOut({ held }: Block, { options }: Header, use: Use, symbols: Symbols): boolean {
  if (use !== "retransmission" || held.length === 0) return false;
  const blocks = sackOf(options) ?? [];
  return held.some(({ start, end }) => {
    const isTold = blocks.some(
      ({ left, right }) => distance(left, start, symbols).min >= 0 && distance(end, right, symbols).min >= 0,
    );
    return !isTold;
  });
}

/** Its SYN offers; every segment shows its clock, but a SYN,ACK may hide a cookie in it. */
function offered(options: Negotiation, { flags, options: written }: Header): Negotiation {
  const sent = has(flags, SYN) && has(flags, ACK) ? options.sent : (stampOf(written)?.value ?? options.sent);
  if (has(flags, SYN)) return { ...options, own: offerOf(written), sent };
  if (sent === options.sent && (options.stamps || stampOf(written) === undefined)) return options;
  return { ...options, sent, stamps: options.stamps || stampOf(written) !== undefined };
}

/** An answer to a stray segment leaves the state; an abort ends the connection (RFC 9293 §3.5.2, §3.10.5). */
export function afterReset(block: Block, header: Header, answers: boolean): Block {
  const { owes, refusals } = block;
  // It may answer a segment before the last one.
  const still = answers && owes?.kind === "rst" && owes.seq !== header.seq;
  const settled: Block = {
    ...block,
    owes: still ? owes : undefined,
    parting: false,
    refusals: refusals.length === 0 ? refusals : refusals.filter(({ seq }) => seq !== header.seq),
    answers: answersLeft(block.answers),
    lastSent: { segment: header.index, cargo: "rst", length: num(0) },
  };
  return answers ? settled : gone(settled, "reset sent");
}

/** One answer a segment; whatever came before the flow began, the first segment has answered. */
function answersLeft(answers: number): number {
  return answers === Number.POSITIVE_INFINITY ? 0 : Math.max(0, answers - 1);
}

/** A new attempt to open forgets the connection before it. */
function opened(block: Block): Block {
  return { ...CLOSED_BLOCK, state: block.state === "SYN-SENT" ? "SYN-SENT" : "CLOSED", origin: "active" };
}

function cargoOf(header: Header): Trail["cargo"] {
  if (has(header.flags, FIN)) return "fin";
  if (has(header.flags, SYN)) return "syn";
  return takesNumbers(header) ? "data" : "ack";
}

function takeNumbers(draft: Draft, header: Header): void {
  const { flags, seq } = header;
  const end = endOf(header);
  if (has(flags, SYN)) {
    if (draft.iss === undefined) [draft.sndUna, draft.sndNxt] = [seq, end];
    draft.iss = seq;
    return;
  }
  if (has(flags, FIN)) draft.finSent = plus(seq, header.data);
  draft.sndUna = draft.sndUna ?? seq;
  draft.sndNxt = end;
}

/** A retransmission may carry new data behind the old (RFC 9293 §3.8.6). */
export function extendsBeyond(sndNxt: Num, header: Header, symbols: Symbols): boolean {
  return !has(header.flags, SYN) && distance(sndNxt, endOf(header), symbols).min > 0;
}

function extend(draft: Draft, header: Header): void {
  if (has(header.flags, FIN)) draft.finSent = plus(header.seq, header.data);
  draft.sndNxt = endOf(header);
}

/** Data on the SYN that it acknowledges are its own now (CP8). */
function acknowledgesSynData({ synData, irs }: Draft, ack: Num): boolean {
  if (!synData || !irs) return false;
  return ack.constant !== add(irs, 1).constant || ack.terms.length !== irs.terms.length;
}

function stateAfter(state: State, flags: Flags): State {
  if (has(flags, SYN)) return has(flags, ACK) ? state : "SYN-SENT";
  if (!has(flags, FIN)) return state;
  if (state === "ESTABLISHED" || state === "SYN-RECEIVED") return "FIN-WAIT-1";
  return state === "CLOSE-WAIT" ? "LAST-ACK" : state;
}

/** Where a connection ends without a call that anybody sees: what the end answers next tells. */
import { type Block, type Debt, gone } from "./block.ts";
import { ACK, FIN, RST } from "./flags.ts";
import { add, distance, type Num, num } from "./numbers.ts";
import { type Answer, type Arrival, type ArrivalContext, carriesData, isBareReset } from "./outcomes.ts";
import { takeText } from "./receiving.ts";
import { endOf, type Header, has, takesNumbers } from "./segment.ts";
import { equal } from "./streams.ts";

/** Nobody is left to read them: new data for a stream that its user has closed may draw a reset (RFC 9293 §3.6.1 SHLD-3, CP12). */
export function abortOnData(
  block: Block,
  header: Header,
  { symbols, answer, followUp }: ArrivalContext,
): Arrival | undefined {
  const { state, rcvNxt } = block;
  const { ack } = header;
  if (!takesNumbers(header) || (state !== "FIN-WAIT-1" && state !== "FIN-WAIT-2")) return undefined;
  // The ACK on it is read first: what that lets go leaves ahead of the reset.
  const parting = state === "FIN-WAIT-1" && carriesData(answer);
  const reset = parting ? followUp : answer;
  if (!ack || !rcvNxt || !isBareReset(reset)) return undefined;
  if (reset.seq ? !equal(reset.seq, ack, symbols) : parting) return undefined;
  const fin = has(header.flags, FIN) ? 1 : 0;
  const fresh = distance(rcvNxt, add(endOf(header), -fin), symbols).max > 0;
  if (!fresh) return undefined;
  const { block: after, outcome } = refused(block, header, ack);
  return parting
    ? { block: { ...after, parting }, outcome, or: [takeText(block, header, symbols).block] }
    : { block: after, outcome };
}

/** After retransmissions without an answer the connection is given up in silence; what comes then is refused (RFC 9293 §3.8.3). */
export function gaveUp(
  block: Block,
  header: Header,
  { symbols, answer, repeats }: ArrivalContext,
): Arrival | undefined {
  const { ack } = header;
  const { sndNxt } = block;
  if (!repeats || !ack || !sndNxt || !isBareReset(answer) || !answer.seq || has(header.flags, RST)) return undefined;
  const behind = distance(ack, sndNxt, symbols).min > 0;
  return behind && equal(answer.seq, ack, symbols) ? refused(block, header, ack) : undefined;
}

/** The connection is gone, and the segment is refused with the one right reset for it (RFC 9293 §3.5.2). */
export function refused(block: Block, { index: segment }: Header, seq: Num): Arrival {
  return { block: { ...gone(block, "reset sent"), owes: { kind: "rst", segment, seq } }, outcome: "refused" };
}

/** A reset with ACK and the number 0, which answers a segment without ACK (RFC 9293 §3.5.2). */
export function isRefusal(answer: Answer | undefined): boolean {
  if (!answer?.seq || (answer.flags & (RST | ACK)) !== (RST | ACK)) return false;
  return answer.seq.constant === 0 && answer.seq.terms.length === 0;
}

/** The connection is gone, and its SYN is refused as by a closed port. */
export function refusesSynOf(block: Block, header: Header): Block {
  const owes: Debt = { kind: "rst", segment: header.index, seq: num(0), ack: endOf(header) };
  return { ...gone(block, "closed"), owes };
}

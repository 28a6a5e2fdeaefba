/** Which flags may stand together, and where ACK must stand (RFC 9293 §3.1, §3.8, §3.10.7). */
import { ACK, FIN, type Flags, RST, SYN } from "../flags.ts";
import type { Emission, Rule, Verdict } from "../judgement.ts";
import { has } from "../segment.ts";
import { isSynchronized } from "../states.ts";

/** What an open that has not finished asks for next; once open, everything carries ACK. */
function due({ block }: Emission): Flags {
  switch (block.state) {
    case "CLOSED":
    case "LISTEN":
    case "SYN-SENT":
      return SYN;
    case "SYN-RECEIVED":
      return block.synSent ? ACK : SYN | ACK;
    default:
      return ACK;
  }
}

/** F6: a segment without SYN, FIN, RST, ACK or data says nothing (§3.1). */
const noFlags: Rule = (e) => {
  if (e.flags !== 0) return undefined;
  return { rule: "illegal-flags", reason: "no-flags", place: "flags", flags: due(e), rfc: "RFC 9293 §3.1" };
};

/** F3: a SYN that also ends the stream; receivers drop it (§3.10.7.4). */
const synWithFin: Rule = (e) => {
  if (!has(e.flags, SYN) || !has(e.flags, FIN)) return undefined;
  const opening = has(due(e), SYN);
  const flags = opening ? (e.flags & ~FIN) | due(e) : e.flags & ~SYN;
  return { rule: "illegal-flags", reason: "syn-with-fin", place: "flags", flags, rfc: "RFC 9293 §3.10.7.4" };
};

/** F4: a reset neither opens nor closes in order (§3.5.2). */
const resetWithOthers: Rule = (e) => {
  if (!has(e.flags, RST) || !has(e.flags, SYN | FIN)) return undefined;
  const flags =
    isSynchronized(e.block.state) && e.block.owes?.kind !== "rst"
      ? e.flags & ~RST & ~(SYN | FIN)
      : e.flags & ~(SYN | FIN);
  return {
    rule: "illegal-flags",
    reason: "reset-with-others",
    place: "flags",
    flags: has(flags, RST) ? flags : flags | (e.flags & FIN) | ACK,
    rfc: "RFC 9293 §3.5.2",
  };
};

/** F5: an opener has nothing to acknowledge; a listener answers such a SYN by a reset (§3.10.7.2). */
const openerHasAck: Rule = (e) => {
  const { state, synSent } = e.block;
  if (!has(e.flags, SYN) || !has(e.flags, ACK)) return undefined;
  const opens = state === "CLOSED" || state === "SYN-SENT" || (state === "LISTEN" && !e.peer.synSent);
  if (!opens || (state === "SYN-SENT" && synSent && e.peer.synSent)) return undefined;
  return {
    rule: "illegal-segment",
    reason: "opener-has-ack",
    place: "flags",
    flags: e.flags & ~ACK,
    rfc: "RFC 9293 §3.10.7.2",
    state,
  };
};

/** F8: a SYN is answered by SYN and ACK in one segment, in a crossing open too (§3.5 Figures 6 and 7). */
const synAckDue: Rule = (e) => {
  const { state, synSent, owes } = e.block;
  if (state !== "SYN-RECEIVED" || has(e.flags, RST) || (has(e.flags, SYN) && has(e.flags, ACK))) return undefined;
  if (synSent && !has(e.flags, SYN)) return undefined;
  const verdict: Verdict = {
    rule: "illegal-segment",
    reason: "syn-ack-due",
    place: "flags",
    flags: SYN | ACK,
    rfc: "RFC 9293 §3.5",
    state,
  };
  return owes && owes.kind !== "abort" ? { ...verdict, cause: owes.segment } : verdict;
};

/** F1: after the first SYN everything carries ACK; a receiver drops what lacks it (§3.10.7.4 fifth step). */
const ackFlagOff: Rule = (e) => {
  const { state } = e.block;
  if (has(e.flags, ACK | RST)) return undefined;
  if (!isSynchronized(state) && state !== "SYN-RECEIVED") return undefined;
  if (has(e.flags, SYN)) return undefined;
  return {
    rule: "missing-ack-flag",
    reason: "ack-flag-off",
    place: "flags",
    flags: e.flags | ACK,
    rfc: "RFC 9293 §3.10.7.4",
  };
};

/** In the order of their weight: the first that is broken is the mistake. */
export const FLAG_RULES: readonly Rule[] = [noFlags, synWithFin, resetWithOthers, openerHasAck, synAckDue, ackFlagOff];

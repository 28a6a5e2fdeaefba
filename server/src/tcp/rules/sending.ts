/** Which state sends which segment (RFC 9293 §3.10; the table of states and segments). */
import type { Block } from "../block.ts";
import { ACK, FIN, PSH, RST, SYN } from "../flags.ts";
import type { Emission, Rule } from "../judgement.ts";
import { num } from "../numbers.ts";
import { stampAhead, stampOf, usesTimestamps } from "../options.ts";
import { has } from "../segment.ts";
import { isSynchronized } from "../states.ts";
import { equal } from "../streams.ts";

/** Whether the segment would carry data. */
function carriesData({ len, flags }: Emission): boolean {
  if (len !== undefined) return len.terms.length > 0 || len.constant !== 0;
  return has(flags, PSH) && !has(flags, SYN | FIN | RST);
}

/** The block of an end that must have received the peer's SYN, whatever the drawing says of it. */
function assumeOpen(e: Emission, state: Block["state"]): Block {
  const { block, peer } = e;
  const { iss: irs } = peer;
  const rcvNxt = block.rcvNxt ?? peer.sndNxt;
  return {
    ...block,
    state,
    synSent: true,
    ...(irs ? { irs } : {}),
    ...(rcvNxt ? { rcvNxt } : {}),
    answers: Number.POSITIVE_INFINITY,
  };
}

/** X2, R5: a connection that is gone sends nothing but resets (§3.10.7.1). */
const gone: Rule = (e) => {
  const { state, ending, lastArrived, sndNxt, parting } = e.block;
  if (state !== "CLOSED" || has(e.flags, RST | SYN)) return undefined;
  // What was handed down before the end leaves ahead of the reset.
  if (parting && carriesData(e) && !has(e.flags, FIN)) return undefined;
  if (ending === "reset by peer" && !has(e.flags, FIN) && !carriesData(e)) {
    const cause = lastArrived?.cargo === "rst" ? { cause: lastArrived.segment } : {};
    return {
      rule: "wrong-reset",
      reason: "reset-acknowledged",
      place: "flags",
      rfc: "RFC 9293 §3.10.7.4",
      state,
      ...cause,
    };
  }
  const reason =
    ending === "reset sent" ? "after-own-reset" : ending === undefined && sndNxt === undefined ? "not-open" : "gone";
  return { rule: "illegal-segment", reason, place: "flags", rfc: "RFC 9293 §3.10.7.1", state };
};

/**
 * X2: TIME-WAIT keeps the pair of sockets for 2MSL; its own end may not open it again before (§3.6.1), unless a clock
 * that has gone on tells the new segments from the old ones (RFC 7323 §5.3; Linux's tcp_tw_reuse).
 */
const pairReused: Rule = (e) => {
  const { state, timeWaitSince } = e.block;
  if (state !== "TIME-WAIT" || !has(e.flags, SYN) || has(e.flags, ACK)) return undefined;
  if (timeWaitSince !== undefined && e.now - timeWaitSince >= 2 * e.msl) return undefined;
  const { options } = e.block;
  const stamp = stampOf(e.options);
  if (usesTimestamps(options) && stamp && options.sent !== undefined && stampAhead(options.sent, stamp.value) > 0)
    return undefined;
  return { rule: "time-wait-too-short", reason: "pair-reused", place: "flags", rfc: "RFC 9293 §3.6.1", state };
};

/** X2: a listener answers a SYN; before one arrives it sends nothing (§3.10.7.2). */
const nothingArrived: Rule = (e) => {
  const { state } = e.block;
  if (state !== "LISTEN" || has(e.flags, RST)) return undefined;
  if (has(e.flags, SYN) && !has(e.flags, ACK)) return undefined;
  const implied = has(e.flags, SYN) ? assumeOpen(e, "SYN-RECEIVED") : assumeOpen(e, "ESTABLISHED");
  const lost = e.incoming.ranges.at(-1)?.segment;
  const verdict = {
    rule: "illegal-segment",
    reason: "nothing-arrived",
    place: "flags",
    rfc: "RFC 9293 §3.10.7.2",
    state,
  } as const;
  return {
    ...verdict,
    implied: { ...implied, synSent: !has(e.flags, SYN) },
    ...(lost === undefined ? {} : { cause: lost }),
  };
};

/** X2: before the SYN,ACK arrives only the SYN is sent; data and FIN wait (§3.10.2, §3.10.4). */
const notOpenYet: Rule = (e) => {
  const { state } = e.block;
  if (state !== "SYN-SENT" || has(e.flags, RST)) return undefined;
  if (has(e.flags, SYN) && !has(e.flags, ACK)) return undefined;
  const cause = e.incoming.ranges.at(-1)?.segment;
  const implied = assumeOpen(e, has(e.flags, SYN) ? "SYN-RECEIVED" : "ESTABLISHED");
  const verdict = {
    rule: "illegal-segment",
    reason: "not-yet-open",
    place: "flags",
    rfc: "RFC 9293 §3.10.7.3",
    state,
  } as const;
  return {
    ...verdict,
    implied: { ...implied, synSent: !has(e.flags, SYN) },
    ...(cause === undefined ? {} : { cause }),
  };
};

/** X2: data waits until the SYN,ACK is acknowledged, but for Fast Open (§3.10.2, RFC 7413 §4.2.2). */
const dataTooEarly: Rule = (e) => {
  const { state, synData } = e.block;
  if (state !== "SYN-RECEIVED" || has(e.flags, SYN | RST) || !carriesData(e)) return undefined;
  if (synData !== undefined || e.fastOpen) return undefined;
  const cause = e.incoming.ranges.at(-1)?.segment;
  const implied: Block = { ...e.block, state: "ESTABLISHED" };
  const verdict = {
    rule: "illegal-segment",
    reason: "not-yet-open",
    place: e.len === undefined ? "flags" : "len",
    rfc: "RFC 9293 §3.10.2",
    state,
    implied,
  } as const;
  return cause === undefined ? verdict : { ...verdict, cause };
};

/** F2: its SYN is acknowledged, so there is nothing left to synchronize (§3.4). */
const synWhenOpen: Rule = (e) => {
  const { state, iss, sndUna } = e.block;
  if (!isSynchronized(state) || !has(e.flags, SYN)) return undefined;
  // Who closed before its SYN was acknowledged repeats the SYN too.
  const unacknowledged = state === "FIN-WAIT-1" && iss && sndUna && equal(iss, sndUna, e.symbols);
  if (unacknowledged && has(e.flags, ACK)) return undefined;
  // The end of TIME-WAIT may open again with a plain SYN; that is another rule's matter.
  if (state === "TIME-WAIT" && !has(e.flags, ACK)) return undefined;
  return {
    rule: "illegal-segment",
    reason: "syn-when-open",
    place: "flags",
    flags: (e.flags & ~SYN) | ACK,
    rfc: "RFC 9293 §3.4",
    state,
  };
};

/** F9: a stream ends once; its FIN is only ever repeated at its own number (§3.8.1). */
const secondFin: Rule = (e) => {
  const { finSent, finReceived, owes, state } = e.block;
  if (finSent === undefined || !has(e.flags, FIN) || e.seq === undefined) return undefined;
  const again = e.own.ranges.at(-1);
  const acknowledged = state === "FIN-WAIT-2" || state === "TIME-WAIT" || state === "CLOSED";
  // An end that owes an ACK was about to send just that.
  const stray = acknowledged || (owes?.kind === "ack" && finReceived !== undefined);
  const cause = again === undefined ? {} : { cause: again.segment };
  const verdict = { rule: "illegal-segment", reason: "second-fin", rfc: "RFC 9293 §3.8.1", state, ...cause } as const;
  return stray
    ? { ...verdict, place: "flags", flags: e.flags & ~FIN }
    : { ...verdict, place: "seq", expected: finSent };
};

/** In the order of their weight. `secondFin` is asked only where the number does not repeat the first FIN. */
export const SENDING_RULES: readonly Rule[] = [gone, pairReused, nothingArrived, notOpenYet, dataTooEarly, synWhenOpen];
export { carriesData, secondFin };

/** S8: nothing follows the FIN (§3.6). */
export const dataAfterFin: Rule = (e) => {
  const { finSent, state } = e.block;
  if (finSent === undefined || !carriesData(e)) return undefined;
  const fin = e.own.ranges.findLast((range) => range.fin);
  const cause = fin === undefined ? {} : { cause: fin.segment };
  const place = e.len === undefined ? "flags" : "len";
  return {
    rule: "data-after-fin",
    reason: "stream-ended",
    place,
    expected: num(0),
    rfc: "RFC 9293 §3.6",
    state,
    ...cause,
  };
};

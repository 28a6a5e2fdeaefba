/** What a finding says: what is wrong, what is right, why, in one line. */

import type { CallResult } from "../tcp/calls.ts";
import type { Reason, Verdict } from "../tcp/judgement.ts";
import type { Outcome } from "../tcp/outcomes.ts";
import type { State } from "../tcp/states.ts";
import type { ForLocales, Locale } from "./locale.ts";
import { ZH_CN } from "./messages-zh-cn.ts";

/** The names and numbers that a message needs, as the reader of the flow knows them. */
export interface Words {
  readonly sender: string;
  readonly receiver: string;
  readonly field: "seq" | "ack";
  /** The right number, where it can be written. */
  readonly expected?: string;
  readonly written?: string;
  /** The right flags, e.g. `SYN+ACK`. */
  readonly flags?: string;
  /** The segment that explains it, e.g. `the FIN at line 7`. */
  readonly cause?: string;
  /** The place of that segment alone, e.g. `line 7`. */
  readonly place?: string;
  readonly state?: State;
  /** What `cause` carried. */
  readonly octets?: string;
}

const shouldBe = ({ field, expected }: Words): string =>
  expected === undefined ? `${field} is not the number that follows` : `${field} should be ${expected}`;

const cause = ({ cause }: Words, otherwise: string): string => cause ?? otherwise;

/** What a verdict says, for every reason. */
export type VerdictTexts = Readonly<Record<Reason, (w: Words) => string>>;

/** Why a call fails. */
export type Failure = NonNullable<CallResult["fails"]>;

/** What becomes of a reset that has no effect: it is dropped, answered by a challenge ACK, or acknowledges no SYN. */
type ResetFate = "dropped" | "challenged" | "no SYN acknowledged";

/** Messages in one language. */
export interface Messages {
  readonly verdicts: VerdictTexts;
  readonly call: (call: string, who: string, state: State, fails: Failure) => string;
  readonly reset: (receiver: string, fate: ResetFate) => string;
}

const VERDICTS: VerdictTexts = {
  "no-flags": (w) => `a segment needs a flag: ${w.flags ?? "ACK"} is due here`,
  "syn-with-fin": (w) =>
    `SYN and FIN do not go together: a segment that opens cannot close; ${w.flags ?? "SYN"} is due here`,
  "reset-with-others": () => "RST stands without SYN and FIN: it neither opens nor closes in order",
  "opener-has-ack": (w) => `the first SYN has no ACK: ${w.sender} has received nothing that it could acknowledge`,
  "syn-ack-due": (w) => `${w.sender} must answer ${cause(w, "the SYN")} with SYN+ACK, in one segment`,
  "syn-when-open": (w) => `no SYN in ${w.state ?? "this state"}: the SYN of ${w.sender} is acknowledged already`,
  "nothing-arrived": (w) =>
    w.cause === undefined
      ? `${w.sender} is in LISTEN and sends nothing before a SYN arrives`
      : `${w.sender} is still in LISTEN: ${w.cause} has not arrived`,
  "not-open": (w) => `${w.sender} has no connection: a CLOSED end sends nothing but SYN, or RST as an answer`,
  "not-yet-open": (w) =>
    w.cause === undefined
      ? `${w.sender} is in ${w.state ?? "SYN-SENT"} and must wait until the open is acknowledged`
      : `${w.sender} is still in ${w.state ?? "SYN-SENT"}: its open is not acknowledged, ${w.cause} has not arrived`,
  gone: (w) => `${w.sender} is ${w.state ?? "CLOSED"}: its connection is gone, it sends nothing but RST as an answer`,
  "after-own-reset": (w) => `${w.sender} has reset the connection: it sends nothing more on it`,
  "second-fin": (w) =>
    w.expected === undefined
      ? `${w.sender} has sent its FIN already (${w.place ?? "above"}): a stream ends once`
      : `a FIN is repeated at its own number: seq should be ${w.expected}, as at ${w.place ?? "the first FIN"}`,
  "fin-within": (w) =>
    `no FIN here: ${cause(w, "more")} was sent behind this segment, and the FIN comes after the last octet`,
  "ack-flag-off": () =>
    "without the ACK flag the receiver drops this segment: everything after the first SYN carries ACK",
  "number-without-flag": () => "an acknowledgment number means nothing without the ACK flag",
  "must-be": (w) =>
    `${shouldBe(w)}${w.cause === undefined ? "" : `: ${w.field === "seq" ? "the next number after" : "what"} ${w.cause}${w.field === "seq" ? "" : " leads to"}`}`,
  "new-symbol": (w) =>
    `${shouldBe(w)}: the number is determined${w.cause === undefined ? "" : ` by ${w.cause}`}, ${w.written ?? "a new symbol"} hides that`,
  "never-sent-gap": (w) => `${shouldBe(w)}: ${w.sender} has never sent what lies between`,
  "syn-counts": (w) => `${shouldBe(w)}: ${cause(w, "the SYN")} consumes one sequence number`,
  "fin-counts": (w) => `${shouldBe(w)}: ${cause(w, "the FIN")} consumes one sequence number`,
  "length-counts": (w) =>
    `${shouldBe(w)}: ${cause(w, "the data")} took ${w.octets ?? "its length in"} octets, each has a number`,
  "last-octet": (w) => `${shouldBe(w)}: it names the next octet, not the last one of ${cause(w, "the data")}`,
  "ack-takes-none": (w) => `${shouldBe(w)}: ${cause(w, "a pure ACK")} consumes no sequence number`,
  "one-below": (w) => `${shouldBe(w)}: a keep-alive is sent one below the next number, so that it draws an answer`,
  "stream-ended": (w) => `no data after ${cause(w, "the FIN")}: the stream of ${w.sender} has ended`,
  "acknowledged-already": (w) => `${w.sender} knows already that all of this was received`,
  "went-back": (w) => `${shouldBe(w)}: an acknowledgment number never goes back`,
  "older-than-arrived": (w) => `${shouldBe(w)}: ${cause(w, "more")} has arrived at ${w.sender}`,
  "never-sent": (w) => `${shouldBe(w)}: ${w.receiver} has not sent that much`,
  lost: (w) => `${shouldBe(w)}: ${cause(w, "what it acknowledges")} was lost`,
  "under-way": (w) => `${shouldBe(w)}: ${cause(w, "what it acknowledges")} has not arrived yet`,
  "above-hole": (w) =>
    `${shouldBe(w)}: ${cause(w, "what it acknowledges")} lies above a hole, what comes before it is missing`,
  "nothing-new": (w) =>
    w.cause === undefined
      ? "nothing has arrived that this would acknowledge"
      : `nothing has arrived that this would acknowledge: ${w.cause} asks for no answer or has had it`,
  "peers-symbol": (w) =>
    `${w.written ?? "this symbol"} numbers the stream of ${w.receiver}: each direction has its own initial number`,
  "reset-answers-reset": () => "a RST is never answered by a RST",
  "reset-acknowledged": (w) => `a RST is not acknowledged: it ended the connection of ${w.sender}`,
  "reset-form": (w) =>
    w.flags !== undefined
      ? `the reset that answers ${cause(w, "this")} is ${w.flags}`
      : `${shouldBe(w)}: the only number with which this reset counts`,
  "challenge-due": (w) =>
    `${cause(w, "this segment")} is answered by an ACK, not by a RST: the connection of ${w.sender} is alive`,
  "pair-reused": (w) => `${w.sender} is in TIME-WAIT: this pair of ports is free again after 2MSL`,
  undrawn: (w) =>
    `${w.written ?? "this number"} means data that is not drawn${w.expected === undefined ? "" : `, sent after ${w.expected}`}`,
  "beyond-window": (w) =>
    `more than ${w.receiver} takes${w.cause === undefined ? "" : `, as ${w.cause} says`}${w.expected === undefined ? "" : `: there is room for ${w.expected} octets`}`,
  "edge-moved-left": (w) =>
    `the right edge of the window moves left: what was promised should still be taken${w.expected === undefined ? "" : `, win=${w.expected} or more`}`,
  "beyond-mss": (w) => `${w.receiver} takes at most ${w.expected ?? "its MSS in"} octets in a segment`,
  "data-on-syn": () =>
    "data on a SYN is legal, but held back until the connection is open; without Fast Open it is rare",
  "syn-only": () => "this option stands on SYN segments only; elsewhere it is ignored",
  "not-offered": (w) => `the SYN of ${w.receiver} did not offer this option, so the SYN+ACK must not have it`,
  "sack-not-permitted": (w) => `${w.receiver} has not permitted SACK: its SYN had no sackOK`,
  "shift-too-large": () => "the largest shift is 14",
  "sack-inverted": () => "a SACK block begins before it ends: left edge first, then one past the last octet",
  "sack-below-ack": () => "this block is acknowledged already; only the first block may report a duplicate",
  "sack-not-held": (w) =>
    `${w.sender} does not hold just these octets: a block ends one past the last octet of what it holds`,
  "echo-without-ack": () => "ecr is 0 where ACK is off: there is nothing to echo",
  "echo-never-received": (w) => `${w.sender} has never received this timestamp`,
  "clock-runs-back": (w) => `the timestamps of ${w.sender} never run back`,
  "stamp-missing": () => "both SYNs agreed on timestamps, so every segment but a RST has one",
  "no-relation": (w) =>
    `nothing relates ${w.written ?? "this number"} to ${w.expected ?? "the number due here"}: write ${w.expected ?? "that"}, or give its symbol a number with \`let\``,
};

const FAILURES: Readonly<Record<Failure, string>> = {
  "does not exist": "there is no connection",
  "already exists": "the connection exists already",
  closing: "the connection is closing",
};

const RESETS: Readonly<Record<ResetFate, (receiver: string) => string>> = {
  "no SYN acknowledged": (receiver) => `${receiver} ignores this reset: in SYN-SENT a RST must acknowledge the SYN`,
  challenged: (receiver) =>
    `${receiver} answers it with a challenge ACK: a RST counts only with exactly the next number that ${receiver} expects`,
  dropped: (receiver) =>
    `${receiver} drops it: a RST counts only with exactly the next number that ${receiver} expects`,
};

const EN: Messages = {
  verdicts: VERDICTS,
  call: (call, who, state, fails) => `${call} fails in ${state}: ${FAILURES[fails]} (${who})`,
  reset: (receiver, fate) => RESETS[fate](receiver),
};

const MESSAGES: ForLocales<Messages> = { en: EN, "zh-cn": ZH_CN };

/** The message of a verdict. */
export function messageOf(verdict: Verdict, words: Words, locale: Locale): string {
  return MESSAGES[locale].verdicts[verdict.reason](words);
}

/** A call that returns an error (RFC 9293 §3.10). */
export function callMessage(call: string, who: string, state: State, fails: Failure, locale: Locale): string {
  return MESSAGES[locale].call(call, who, state, fails);
}

/** A reset that has no effect on its receiver. */
export function resetMessage(receiver: string, state: State, outcome: Outcome, locale: Locale): string {
  const dropped = outcome === "outside the window" ? "challenged" : "dropped";
  return MESSAGES[locale].reset(receiver, state === "SYN-SENT" ? "no SYN acknowledged" : dropped);
}

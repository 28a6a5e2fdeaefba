/** What the rules of emission are given and what they say. */
import type { Block } from "./block.ts";
import type { Flags } from "./flags.ts";
import type { Num, Symbols } from "./numbers.ts";
import type { SeenOption } from "./options.ts";
import type { State } from "./states.ts";
import type { Stream } from "./streams.ts";

/** Where a segment is now. */
export type Fate = "under way" | "arrived" | "lost";

/** A segment about to leave: what the author wrote, and the ends as they are. */
export interface Emission {
  readonly index: number;
  readonly flags: Flags;
  readonly seq: Num | undefined;
  readonly ack: Num | undefined;
  readonly len: Num | undefined;
  readonly window: number | undefined;
  readonly options: readonly SeenOption[];
  /** The segment, or the SYN that it answers, carries a Fast Open cookie (RFC 7413). */
  readonly fastOpen: boolean;
  /** The MSS of a peer that announced none; undefined judges nothing. */
  readonly mss: number | undefined;
  readonly block: Block;
  readonly own: Stream;
  /** The other end: what it has really sent, for numbers that never came. */
  readonly peer: Block;
  readonly incoming: Stream;
  /** Where each segment of the flow is. */
  readonly fates: readonly (Fate | undefined)[];
  readonly symbols: Symbols;
  /** Calls are drawn where they matter; a capture does not show them. */
  readonly callsDrawn: boolean;
  /** Whether a SYN may go on with the clocks of a connection before it; undefined where all of that is drawn. */
  readonly olderClocks: boolean | undefined;
  /** The retransmission timer has just fired. */
  readonly timedOut: boolean;
  /** Which direction a symbol numbers; other directions borrow it. */
  readonly owners: ReadonlyMap<string, Stream>;
  /** Microseconds since the start of the flow, and the maximum segment lifetime. */
  readonly now: number;
  readonly msl: number;
}

/** The part of the segment that is wrong. */
export type Place = "flags" | "seq" | "ack" | "len" | "win" | "options" | "segment";

/** The rules that a segment about to leave can break. */
export type EmissionRule =
  | "illegal-segment"
  | "illegal-flags"
  | "missing-ack-flag"
  | "ack-without-flag"
  | "wrong-seq"
  | "wrong-ack"
  | "borrowed-number"
  | "stale-ack"
  | "syn-not-counted"
  | "fin-not-counted"
  | "length-not-counted"
  | "ack-counted"
  | "ack-of-unsent"
  | "ack-of-undelivered"
  | "unneeded-ack"
  | "data-after-fin"
  | "unneeded-retransmission"
  | "wrong-reset"
  | "time-wait-too-short"
  | "undrawn-data"
  | "window-exceeded"
  | "window-shrunk"
  | "mss-exceeded"
  | "option-not-allowed"
  | "wrong-sack"
  | "wrong-timestamp"
  | "reset-ignored"
  | "syn-data"
  | "unrelated-number";

/** The reason in one word; the words for people are made from it elsewhere. */
export type Reason =
  | "no-flags"
  | "syn-with-fin"
  | "reset-with-others"
  | "opener-has-ack"
  | "syn-ack-due"
  | "syn-when-open"
  | "nothing-arrived"
  | "not-open"
  | "not-yet-open"
  | "gone"
  | "after-own-reset"
  | "second-fin"
  | "fin-within"
  | "ack-flag-off"
  | "number-without-flag"
  | "must-be"
  | "new-symbol"
  | "never-sent-gap"
  | "syn-counts"
  | "fin-counts"
  | "length-counts"
  | "last-octet"
  | "ack-takes-none"
  | "one-below"
  | "stream-ended"
  | "acknowledged-already"
  | "went-back"
  | "older-than-arrived"
  | "never-sent"
  | "lost"
  | "under-way"
  | "above-hole"
  | "nothing-new"
  | "peers-symbol"
  | "reset-answers-reset"
  | "reset-acknowledged"
  | "reset-form"
  | "challenge-due"
  | "pair-reused"
  | "undrawn"
  | "beyond-window"
  | "edge-moved-left"
  | "beyond-mss"
  | "data-on-syn"
  | "syn-only"
  | "not-offered"
  | "sack-not-permitted"
  | "shift-too-large"
  | "sack-inverted"
  | "sack-below-ack"
  | "sack-not-held"
  | "echo-without-ack"
  | "echo-never-received"
  | "clock-runs-back"
  | "stamp-missing"
  | "no-relation";

/** One rule broken. */
export interface Verdict {
  readonly rule: EmissionRule;
  readonly reason: Reason;
  readonly place: Place;
  /** The right number of the field at `place`. */
  readonly expected?: Num;
  /** At `options`: which one. */
  readonly option?: number;
  /** Of a SACK option: which block. */
  readonly block?: number;
  /** The right edges of a SACK block. */
  readonly edges?: { readonly left: Num; readonly right: Num };
  /** The right flags. */
  readonly flags?: Flags;
  /** The segment that explains it. */
  readonly cause?: number;
  /** The section that says so. */
  readonly rfc: string;
  /** The state that forbids it. */
  readonly state?: State;
  /** The segment would leave from this block, had the author's story been possible. */
  readonly implied?: Block;
}

/** One rule of emission: silent where it does not apply or is kept. */
export type Rule = (emission: Emission) => Verdict | undefined;

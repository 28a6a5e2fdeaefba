/** A flow as written, before it is laid out in time: what readers of text give to `schedule`. */
import type { CallName, Claim, Segment, Socket, Span, TimerName } from "./flow.ts";

/** A stretch of time: microseconds, or so many of an endpoint's current retransmission timeouts. */
export interface Duration {
  readonly unit: "us" | "rto";
  readonly amount: number;
}

/** When a statement happens: `@150ms`, or `@+1ms` after the statement before. */
export interface Moment {
  readonly from: "start" | "before";
  readonly duration: Duration;
  readonly span: Span;
}

/** Whose connection a statement is about: an endpoint, and its peer where `towards` names one. */
export interface Subject {
  readonly self: Socket;
  readonly towards?: Socket;
}

export type Statement = {
  /** Its number in the text. */
  readonly number: number;
  readonly span: Span;
  readonly moment?: Moment;
} & (
  | {
      readonly kind: "segment";
      readonly segment: Segment;
      readonly fate: "arrives" | "lost" | "waits";
      /** Microseconds under way. */
      readonly takes?: number;
    }
  /** A segment that was named arrives, arrives again or gets lost; `place` is its name. */
  | { readonly kind: "way"; readonly name: string; readonly end: "arrives" | "again" | "lost"; readonly place: Span }
  | {
      readonly kind: "call";
      readonly subject: Subject;
      readonly call: CallName;
      readonly octets?: number;
      readonly place: Span;
    }
  | { readonly kind: "timeout"; readonly subject: Subject; readonly timer: TimerName; readonly place: Span }
  | { readonly kind: "crash"; readonly endpoint: number }
  | { readonly kind: "wait"; readonly duration: Duration; readonly text: string }
  | { readonly kind: "elide"; readonly text?: string }
  | { readonly kind: "assert"; readonly claims: readonly { readonly subject: Subject; readonly claim: Claim }[] }
  | { readonly kind: "note"; readonly endpoints: readonly number[]; readonly text: string }
  | { readonly kind: "section"; readonly text: string }
  | { readonly kind: "crossing"; readonly body: readonly Statement[] }
  | { readonly kind: "repeat"; readonly count: number; readonly body: readonly Statement[]; readonly place: Span }
);

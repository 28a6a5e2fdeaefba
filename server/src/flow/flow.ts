/**
 * A flow: a TCP exchange as plain data, whatever it was read from. Every reader makes one, the
 * replay and every writer take one.
 */
import type { Flags } from "../tcp/flags.ts";
import type { Num } from "../tcp/numbers.ts";
import type { State } from "../tcp/states.ts";
import type { Finding, RuleId } from "./findings.ts";
import type { Locale } from "./locale.ts";

/** A half-open range of UTF-16 offsets in the text of the flow. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A lane of the picture. Its place in `Flow.endpoints` is its number. */
export interface Endpoint {
  readonly name: string;
  readonly label?: string;
  /** Nothing is judged or filled in here; its peers are still judged by what they receive. */
  readonly unchecked: boolean;
  /** `endpoint … is STATE with …`: where its connections start. */
  readonly start?: { readonly state: State; readonly variables: readonly VariableValue[]; readonly span: Span };
  /** The name in its declaration, or where it first appears. */
  readonly span: Span;
}

/** One side of a connection: an endpoint and, where ports are written, its port. */
export interface Socket {
  readonly endpoint: number;
  readonly port?: number;
}

/** One side of a connection and the other. */
export interface Side {
  readonly self: Socket;
  /** Absent where the flow holds no segment that could tell. */
  readonly peer?: Socket;
}

/** A number as the author left it: a value, or a blank (`ack=?`) for the reader. */
export type Written =
  | { readonly kind: "number"; readonly value: Num; readonly span: Span }
  | { readonly kind: "blank"; readonly span: Span };

/** A variable of the control block as flows name it. */
export type VariableName = "snd.una" | "snd.nxt" | "snd.wnd" | "rcv.nxt" | "rcv.wnd" | "iss" | "irs";

export interface VariableValue {
  readonly name: VariableName;
  readonly value: Written;
  /** From the name to the end of the value. */
  readonly span: Span;
}

/** An option as written, e.g. `mss 1460`; numbers are as on the wire. */
export type TcpOption = { readonly span: Span } & (
  | { readonly kind: "nop" | "eol" | "sackOK" }
  | { readonly kind: "mss" | "wscale"; readonly value: number }
  | { readonly kind: "TS"; readonly value: number; readonly echo: number }
  | {
      readonly kind: "sack";
      readonly blocks: readonly { readonly left: Num; readonly right: Num; readonly span: Span }[];
    }
  | { readonly kind: "FO"; readonly cookie: string }
);

/** The parts of a segment line that a finding can stand on. A field's span is `ack=x+1` whole. */
export interface SegmentPlaces {
  readonly line: Span;
  readonly from: Span;
  readonly arrow: Span;
  readonly to: Span;
  readonly flags: Span;
  readonly seq?: Span;
  readonly ack?: Span;
  readonly len?: Span;
  readonly win?: Span;
  readonly urg?: Span;
  readonly options?: Span;
  /** Just behind the flags and the last field: where a missing field would be written. */
  readonly fieldsEnd: number;
}

/** A segment as sent. Its place in `Flow.segments` is its number; a repeated line gives one each time. */
export interface Segment {
  readonly from: Socket;
  readonly to: Socket;
  /** `spoofing client`: the endpoint that really sent it; `from` is the forged source. */
  readonly forgedBy?: number;
  readonly flags: Flags;
  readonly seq?: Written;
  readonly ack?: Written;
  readonly len?: Written;
  /** The header field, unscaled. */
  readonly win?: number;
  readonly urg?: number;
  /** The payload as text; its length in UTF-8 octets is the length of the segment. */
  readonly data?: string;
  readonly options: readonly TcpOption[];
  readonly label?: string;
  /** `as NAME`. */
  readonly name?: string;
  /** A duplicate from before the flow: its sender's TCP is not asked, its receiver is. */
  readonly old: boolean;
  readonly places: SegmentPlaces;
}

export type CallName = "listen" | "connect" | "send" | "receive" | "shutdown" | "close" | "abort";
export type TimerName = "retransmission" | "persist" | "keepalive" | "user" | "time-wait";

/** What happens in a flow, in the order in which it happens. */
export type FlowEvent = {
  /** Microseconds since the start of the flow. */
  readonly at: number;
  /** The statement that caused it. */
  readonly span: Span;
  /** The number of that statement; all events of one line share it, also when the line is repeated. */
  readonly statement: number;
} & (
  | { readonly kind: "send"; readonly segment: number; readonly fate: "arrives" | "lost" | "waits" }
  | { readonly kind: "deliver"; readonly segment: number /** Not the first copy to arrive. */; readonly again: boolean }
  | { readonly kind: "lose"; readonly segment: number }
  | {
      readonly kind: "call";
      readonly side: Side;
      readonly call: CallName;
      readonly octets?: number;
      readonly place: Span;
    }
  | { readonly kind: "timeout"; readonly side: Side; readonly timer: TimerName; readonly place: Span }
  | { readonly kind: "crash"; readonly endpoint: number }
  /** Microseconds; `text` as written (`2MSL`). */
  | { readonly kind: "wait"; readonly duration: number; readonly text: string }
  | { readonly kind: "elide"; readonly text?: string }
  | { readonly kind: "assert"; readonly side: Side; readonly claim: Claim }
  | { readonly kind: "note"; readonly endpoints: readonly number[]; readonly text: string }
  | { readonly kind: "section"; readonly text: string }
  /** Frames for the picture. Of a repeat only the first round is drawn. */
  | { readonly kind: "open"; readonly frame: Frame }
  | { readonly kind: "shut"; readonly frame: Frame }
);

/** A block of the text: `repeat 10 { … }` (one frame for each round) or `crossing { … }`. */
export type Frame =
  | { readonly kind: "repeat"; readonly count: number; readonly round: number }
  | { readonly kind: "crossing" };

/** What `client is FIN-WAIT-1 with snd.nxt=u+1` says. */
export interface Claim {
  readonly state:
    | { readonly kind: "state"; readonly state: State; readonly span: Span }
    | { readonly kind: "blank"; readonly span: Span };
  readonly variables: readonly VariableValue[];
}

/** `@expect(rule)` and `@allow(rule)` on a statement. */
export interface Annotation {
  readonly kind: "expect" | "allow";
  readonly rule: RuleId;
  readonly span: Span;
  /** The statement that it stands before. */
  readonly statement: number;
  /** The rule was misspelt, this is the nearest: it serves, but is not missed where nothing meets it. */
  readonly guessed?: boolean;
}

/** Settings in microseconds, octets. */
export interface Settings {
  readonly latency: number;
  readonly msl: number;
  readonly rto: number;
  readonly mss?: number;
  readonly window?: number;
}

/** RFC 9293 §3.4.2 (MSL), RFC 6298 §2.1 (initial RTO). */
export const DEFAULT_SETTINGS: Settings = { latency: 0, msl: 120_000_000, rto: 1_000_000 };

/** `let x = 1000`: a symbol that was given a number. */
export interface Definition {
  readonly symbol: string;
  readonly value: Num;
  readonly span: Span;
}

/** A TCP exchange. */
export interface Flow {
  /** The language of the findings: those that its reader made, and those of its replay. */
  readonly locale: Locale;
  /** The text it was read from; spans count in it. */
  readonly text: string;
  /** Number of the first line of `text` as messages count it; 1 unless it stands inside another file. */
  readonly firstLine: number;
  readonly title?: string;
  /** The statement that gives the title. */
  readonly titleSpan?: Span;
  readonly endpoints: readonly Endpoint[];
  readonly settings: Settings;
  readonly definitions: readonly Definition[];
  readonly segments: readonly Segment[];
  readonly events: readonly FlowEvent[];
  readonly annotations: readonly Annotation[];
  /** What the reader found wrong with the text itself. */
  readonly problems: readonly Finding[];
  /** Read from a notation in which people leave much out: only what no reading of it makes right is found. */
  readonly shorthand?: true;
}

/** A replay: what a flow does to both ends of every connection, event by event, and what is wrong with it. */
import type { Block } from "../tcp/block.ts";
import type { Num, Symbols } from "../tcp/numbers.ts";
import type { Finding } from "./findings.ts";
import type { Flow, Socket } from "./flow.ts";

/** One end of one connection. Its place in `Replay.ends` is its number. */
export interface End {
  readonly connection: number;
  readonly self: Socket;
  readonly peer: Socket;
  /** The number of the other end. */
  readonly other: number;
  /** As `trace` writes it: `client`, `client:40001`, or `server:80>client:40001` where an endpoint has several. */
  readonly key: string;
  /** The block before the first event. */
  readonly start: Block;
}

/** What one event did to one end. Blocks that did not change are shared. */
export interface Change {
  readonly end: number;
  readonly before: Block;
  readonly after: Block;
}

/** What kind of segment it is, in Wireshark's words where it has one. */
export type SegmentClass =
  | "retransmission"
  | "fast retransmission"
  | "spurious retransmission"
  | "duplicate ACK"
  | "D-SACK"
  | "keep-alive"
  | "keep-alive ACK"
  | "zero window"
  | "zero window probe"
  | "zero window probe ACK"
  | "window full"
  | "window update"
  | "port numbers reused"
  | "previous segment not captured"
  | "acked unseen segment"
  | "simultaneous open"
  | "simultaneous close"
  | "out of order"
  | "challenge ACK"
  | "duplicate";

/** What the replay made of one event; `steps[i]` is about `flow.events[i]`. */
export interface Step {
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
}

/** A field as read: the number it holds or must hold, and whether the author left it out. */
export interface Field {
  readonly value: Num;
  readonly filled: boolean;
  /** What is right, where what is written is wrong. */
  readonly expected?: Num;
}

/** A segment as read. `readings[i]` is about `flow.segments[i]`. */
export interface Reading {
  readonly connection: number;
  /** The ends that sent and receive it, as the header says. */
  readonly sender: number;
  readonly receiver: number;
  readonly seq: Field | undefined;
  readonly ack: Field | undefined;
  /** Octets of data. */
  readonly len: Field | undefined;
  readonly classes: readonly SegmentClass[];
  readonly findings: readonly Finding[];
  /** Index of its send event, and of the events that end its way (deliver, lose); none if it stays in the network. */
  readonly sent: number | undefined;
  readonly ended: readonly number[];
}

export interface Replay {
  readonly flow: Flow;
  readonly ends: readonly End[];
  readonly steps: readonly Step[];
  readonly readings: readonly Reading[];
  /** In the order of the text. Those of the reader, of TCP, and of the annotations. */
  readonly findings: readonly Finding[];
  /** Final bindings: `showNumber(n, symbols)` gives a number as the picture shows it, or nothing. */
  readonly symbols: Symbols;
}

/** What an arriving segment is given and comes to. */
import type { Block } from "./block.ts";
import type { Symbols } from "./numbers.ts";

export interface ArrivalContext {
  readonly symbols: Symbols;
  /** Microseconds since the start of the flow. */
  readonly now: number;
  /** What the end sends next on this connection tells which choice its TCP made. */
  readonly answersNextWith: "syn-ack" | "reset" | "other" | "nothing";
  /** A listener remains when the connection is gone; undefined where nobody said. */
  readonly listens: boolean | undefined;
}

/** What the receiver made of it; where it had no effect, why. */
export type Outcome =
  | "taken"
  | "held"
  | "duplicate"
  | "outside the window"
  | "without ACK"
  | "acknowledges too much"
  | "ignored"
  | "refused";

export interface Arrival {
  readonly block: Block;
  readonly outcome: Outcome;
  /** Where a correct TCP may do otherwise: the blocks that this leads to. */
  readonly or?: readonly Block[];
}

/** What an arriving segment is given and comes to. */
import type { Block } from "./block.ts";
import { ACK, FIN, type Flags, RST, SYN } from "./flags.ts";
import type { Num, Symbols } from "./numbers.ts";

/** What an end sends next on this connection, as far as it is written: it tells which choice its TCP made. */
export interface Answer {
  readonly flags: Flags;
  readonly seq?: Num | undefined;
  readonly ack?: Num | undefined;
  readonly len?: Num | undefined;
  readonly window?: number | undefined;
}

/** The answer to a SYN. */
export function isSynAck(answer: Answer | undefined): boolean {
  return answer !== undefined && (answer.flags & (SYN | ACK | FIN | RST)) === (SYN | ACK);
}

/** A reset without ACK, which answers a segment that has one (RFC 9293 §3.5.2). */
export function isBareReset(answer: Answer | undefined): answer is Answer {
  return answer !== undefined && (answer.flags & (RST | ACK)) === RST;
}

/** Data alone. */
export function carriesData(answer: Answer | undefined): boolean {
  if (!answer?.len || (answer.flags & (RST | SYN | FIN)) !== 0) return false;
  return answer.len.constant !== 0 || answer.len.terms.length > 0;
}

export interface ArrivalContext {
  readonly symbols: Symbols;
  /** Microseconds since the start of the flow. */
  readonly now: number;
  /** Undefined where nothing follows, or where it must not decide. */
  readonly answer: Answer | undefined;
  /** What it sends after that. */
  readonly followUp?: Answer | undefined;
  /** Its oldest octets that are not acknowledged have left more than once, and nothing has happened for an RTO since. */
  readonly repeats: boolean;
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

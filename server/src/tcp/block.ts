/** The transmission control block: what one end of a connection knows (RFC 9293 §3.3.1). */
import type { Num } from "./numbers.ts";
import type { State } from "./states.ts";

/** Octets [start, end) that arrived ahead of RCV.NXT and are held; `fin` if a FIN is their last number. */
export interface HeldRange {
  readonly start: Num;
  readonly end: Num;
  readonly fin: boolean;
}

/** Numbers that nothing has told yet are absent. */
export interface Block {
  readonly state: State;
  /** Which side of the open it was: decides where a reset leads in SYN-RECEIVED. */
  readonly origin?: "active" | "passive";
  readonly iss?: Num;
  readonly sndUna?: Num;
  readonly sndNxt?: Num;
  readonly irs?: Num;
  readonly rcvNxt?: Num;
  /** The number of its own FIN, once sent. */
  readonly finSent?: Num;
  /** The number of the peer's FIN, once consumed. */
  readonly finReceived?: Num;
  /** The user has closed; the FIN may still be to come. */
  readonly closing: boolean;
  /** Ahead of RCV.NXT, in order. */
  readonly held: readonly HeldRange[];
  /** The acknowledgment number of the last segment it sent. */
  readonly lastAck?: Num;
}

/** The transmission control block: what one end of a connection knows (RFC 9293 §3.3.1). */
import type { Num } from "./numbers.ts";
import { type Negotiation, NO_OPTIONS, type SackBlock } from "./options.ts";
import type { State } from "./states.ts";
import { NO_WINDOWS, type Windows } from "./windows.ts";

/** Octets [start, end) that arrived ahead of RCV.NXT and are held, with no hole; `fin` if a FIN is their last number. */
export interface HeldRange {
  readonly start: Num;
  readonly end: Num;
  readonly fin: boolean;
}

/** What a segment carried that took a number of its own, or the pure ACK that took none; `nothing` lacks even that. */
export type Cargo = "syn" | "fin" | "data" | "ack" | "rst" | "nothing";

/** The newest segment of a kind: its number in the flow, what it carried last, and its octets of data. */
export interface Trail {
  readonly segment: number;
  readonly cargo: Cargo;
  readonly length: Num;
  /** RCV.NXT before it was taken. */
  readonly before?: Num;
  /** It reports by SACK what its sender holds above a hole. */
  readonly reports?: boolean;
}

/** An answer that is due. */
export type Debt =
  | { readonly kind: "syn-ack"; readonly segment: number }
  /** `challenges`: a SYN, a reset or data that is not acceptable; outside the window it draws an ACK and nothing else (RFC 9293 §3.5.2 group 3). */
  | { readonly kind: "ack"; readonly segment: number; readonly challenges?: "in window" | "outside" }
  /** A reset with the one right form (RFC 9293 §3.5.2); `ack` absent means ACK off. */
  | { readonly kind: "rst"; readonly segment: number; readonly seq: Num; readonly ack?: Num }
  /** The user has aborted: the reset may leave. */
  | { readonly kind: "abort" };

/** The numbers of a reset that a segment of no connection draws; `ack` absent means ACK off (RFC 9293 §3.5.2). */
export interface Refusal {
  readonly segment: number;
  readonly seq: Num;
  readonly ack?: Num;
}

/** Why a connection is gone. */
export type Ending = "reset by peer" | "reset sent" | "closed" | "crashed";

/** Numbers that nothing has told yet are undefined; every block has the same shape, which keeps copies cheap. */
export interface Block {
  readonly state: State;
  /** Which side of the open it was: decides where a reset leads in SYN-RECEIVED. */
  readonly origin: "active" | "passive" | undefined;
  readonly iss: Num | undefined;
  readonly sndUna: Num | undefined;
  readonly sndNxt: Num | undefined;
  readonly irs: Num | undefined;
  readonly rcvNxt: Num | undefined;
  /** The number of its own FIN, once sent. */
  readonly finSent: Num | undefined;
  /** The number of the peer's FIN, once consumed. */
  readonly finReceived: Num | undefined;
  /** Ahead of RCV.NXT, in order. */
  readonly held: readonly HeldRange[];
  /** The acknowledgment number of the last segment it sent, and its window field. */
  readonly lastAck: Num | undefined;
  readonly lastWindow: number | undefined;
  /** The window field of the segment that arrived last; 0 means that the peer takes nothing. */
  readonly peerWindow: number | undefined;
  readonly windows: Windows;
  readonly options: Negotiation;
  /** `shutdown` ended the stream but kept the connection's handle; `close` gave it back. */
  readonly handle: "open" | "shut" | "closed";
  /** The answer to the SYN,ACK, or anything later, has left: undrawn data is possible from here on. */
  readonly opened: boolean;
  /** The SYN of this open has left; in SYN-RECEIVED, the SYN,ACK. */
  readonly synSent: boolean;
  /** Its SYN,ACK was drawn as an ACK and a SYN: the SYN is still to come. */
  readonly split: boolean;
  /** Octets of data on its own SYN or on the SYN it took; any of them may be acknowledged (CP8). */
  readonly synData: Num | undefined;
  readonly lastSent: Trail | undefined;
  /** What last moved RCV.NXT. */
  readonly lastTaken: Trail | undefined;
  readonly lastArrived: Trail | undefined;
  readonly owes: Debt | undefined;
  /** Without a connection: every stray segment draws a reset of its own, which may leave after further arrivals. */
  readonly refusals: readonly Refusal[];
  /** Pure ACKs that arrived with SND.UNA while something was outstanding (RFC 5681 §2). */
  readonly duplicateAcks: number;
  /** What the peer last reported as held. */
  readonly reported: readonly SackBlock[];
  /** Where its last retransmission ended: the next one may go on from there. */
  readonly resentTo: Num | undefined;
  /** Arrivals that a pure ACK may still answer; infinite where nobody knows what came before. */
  readonly answers: number;
  readonly ending: Ending | undefined;
  /** The flow asserts it though nothing led here: segments are judged by it too. */
  readonly claimed: boolean;
  /** Microseconds since the start of the flow; in TIME-WAIT. */
  readonly timeWaitSince: number | undefined;
  /** Its reset waits behind segments that were handed down before the connection ended. */
  readonly parting: boolean;
  /** Time has passed without a segment, so that a keep-alive is plausible; or its timer has fired. */
  readonly idle: false | "silence" | "timer";
}

/** A block without a connection. */
export const CLOSED_BLOCK: Block = {
  state: "CLOSED",
  origin: undefined,
  iss: undefined,
  sndUna: undefined,
  sndNxt: undefined,
  irs: undefined,
  rcvNxt: undefined,
  finSent: undefined,
  finReceived: undefined,
  held: [],
  lastAck: undefined,
  lastWindow: undefined,
  peerWindow: undefined,
  windows: NO_WINDOWS,
  options: NO_OPTIONS,
  handle: "open",
  opened: false,
  synSent: false,
  split: false,
  synData: undefined,
  lastSent: undefined,
  lastTaken: undefined,
  lastArrived: undefined,
  owes: undefined,
  refusals: [],
  duplicateAcks: 0,
  reported: [],
  resentTo: undefined,
  answers: 0,
  ending: undefined,
  claimed: false,
  timeWaitSince: undefined,
  parting: false,
  idle: false,
};

/** The same block without its connection: only how it ended stays. */
export function gone(block: Block, ending: Ending): Block {
  return { ...block, state: "CLOSED", owes: undefined, timeWaitSince: undefined, parting: false, ending };
}

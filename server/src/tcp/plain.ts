/**
 * The plain case of an exchange in numbers alone: the handshake is over, the segment stands at SND.NXT or repeats one
 * that is not acknowledged, its acknowledgment stands at the end of a segment of the peer's, its SACK blocks go on from
 * those before, and each stream ends with one FIN (RFC 9293 §3.4, §3.6, RFC 2018 §4). What `passes` takes, `judge` and
 * `arrive` find right; everything else is left to them. It exists for captures of millions of packets.
 */
import { ACK, FIN, FLAG_BITS, PSH } from "./flags.ts";
import { endIndex, fill, type OtherPlace, placeOf, reportedBy } from "./plain-holes.ts";

/** A header as on the wire. */
export interface PlainHeader {
  readonly packet: number;
  readonly flags: number;
  readonly seq: number;
  readonly ack: number;
  readonly window: number;
  /** Octets of data. */
  readonly length: number;
  readonly options: {
    readonly octets: number;
    readonly hasTimestamps: boolean;
    readonly timestamp: number;
    readonly echo: number;
    readonly sackBlocks: number;
    /** Left, right, left, right … */
    readonly sackEdges: Readonly<ArrayLike<number>>;
  };
}

/** Marks octets that left and were not captured, in place of the number of a packet. */
export const LACKING = -1;

/** A segment with data or a FIN that its peer has not acknowledged. */
export interface PlainSegment {
  readonly packet: number;
  readonly flags: number;
  readonly seq: number;
  readonly ack: number;
  readonly window: number;
  readonly length: number;
  readonly timestamp: number;
  readonly echo: number;
  /** It came when what follows it was known: its bounds tell nothing of how the rest was cut. */
  readonly late: boolean;
}

/** One end; all numbers are signed 32-bit integers, which are compared by their difference. */
export interface PlainEnd {
  /** SND.NXT. */
  next: number;
  /** RCV.NXT as far as it has acknowledged. */
  acked: number;
  /** Segments with data, oldest first; those before `first` are acknowledged. */
  readonly sent: PlainSegment[];
  first: number;
  /** The largest right edge that it has advertised, where windows are known. */
  readonly windows: boolean;
  edge: number;
  readonly shift: number;
  /** Both SYNs offered timestamps; the last one sent, and what it echoed. */
  readonly stamps: boolean;
  stamp: number;
  /** The last header field, and the last segment. */
  window: number;
  last: number;
  lastLength: number;
  /** What its last pure ACK acknowledged: those may arrive whatever is lost. */
  pureAck: number;
  /** It has sent its FIN: the octet before `next`. */
  ended: boolean;
  /** What its FIN acknowledged. */
  endedAt: number;
  /** Nobody has refused SACK. */
  readonly sacks: boolean;
  /** What it has reported to hold above its acknowledgment: left, right, left, right …, ascending. */
  held: readonly number[];
  /** Segments that were sent again, oldest first. */
  repeats: PlainSegment[];
  /** How many of `sent` are not captured. */
  lacks: number;
}

/** Flags that decide nothing here (RFC 3168 §6.1). */
const FREE = PSH | FLAG_BITS.ECE | FLAG_BITS.CWR;

/** Segments under way in the plain case; with more of them the whole is judged. */
const MOST_SENT = 4096;

/** Two options of no operation before the timestamps and before the SACK blocks, as everybody writes them (RFC 7323 appendix A). */
const STAMP_OCTETS = 12;
const SACK_OCTETS = 4;
const BLOCK_OCTETS = 8;

const NONE: readonly number[] = [];

/** Takes a segment from `sender` if it is plainly right; else changes nothing. `lacks`: of its own, some may not have been captured. */
export function passes(sender: PlainEnd, receiver: PlainEnd, header: PlainHeader, lacks: boolean): boolean {
  const seq = header.seq | 0;
  const ack = header.ack | 0;
  const { length, flags, options } = header;
  const fin = flags & FIN;
  if ((flags & ~(FREE | FIN)) !== ACK || !stamped(sender, receiver, header)) return false;
  const place = seq === sender.next ? "next" : fin === 0 ? placeOf(sender, seq, length, lacks) : undefined;
  if (place === undefined || ((length > 0 || fin !== 0) && !hasRoom(sender, receiver, seq + length))) return false;
  const edge = (ack + header.window * 2 ** sender.shift) | 0;
  if (!staysOpen(sender, header.window, edge)) return false;
  const acknowledged = ack === sender.acked ? receiver.first : endIndex(receiver, ack);
  if (acknowledged < 0) return false;
  const tellsNothing = sender.held.length === 0 && options.sackBlocks === 0;
  const held = tellsNothing ? NONE : reportedBy(sender, receiver, options, ack);
  if (held === undefined) return false;
  if (acknowledged > receiver.first) forget(receiver, acknowledged, ack);
  sender.held = held;
  sender.acked = ack;
  if (((edge - sender.edge) | 0) > 0) sender.edge = edge;
  take(sender, header, place, ack);
  return true;
}

/** Books what it has sent. */
function take(sender: PlainEnd, header: PlainHeader, place: OtherPlace | "next", ack: number): void {
  const { length, flags, options } = header;
  if (options.hasTimestamps) sender.stamp = options.timestamp | 0;
  sender.window = header.window;
  sender.last = header.packet;
  sender.lastLength = length;
  if (length === 0 && (flags & FIN) === 0) sender.pureAck = ack;
  else if (place === "next") send(sender, segmentOf(header, ack));
  else fill(sender, place, segmentOf(header, ack));
}

/** Whether the peer takes data up to there, and its sender has not ended. */
function hasRoom(sender: PlainEnd, receiver: PlainEnd, end: number): boolean {
  if (sender.ended || sender.sent.length - sender.first >= MOST_SENT) return false;
  return !receiver.windows || ((receiver.edge - end) | 0) >= 0;
}

/** Whether the window is open, and its right edge stays or moves right (RFC 7323 §2.4). */
function staysOpen({ windows, edge, shift }: PlainEnd, window: number, right: number): boolean {
  return window > 0 && (!windows || ((edge - right) | 0) < 2 ** shift);
}

/** RFC 7323 §3.2: a clock that does not run back, and an echo of what has left. Beside it there may be SACK blocks, and nothing else. */
function stamped(sender: PlainEnd, receiver: PlainEnd, { options }: PlainHeader): boolean {
  const { octets, sackBlocks } = options;
  const blocks = sackBlocks === 0 ? 0 : SACK_OCTETS + BLOCK_OCTETS * sackBlocks;
  if (!sender.stamps) return octets === blocks;
  return (
    octets === STAMP_OCTETS + blocks &&
    options.hasTimestamps &&
    (((options.timestamp | 0) - sender.stamp) | 0) >= 0 &&
    ((receiver.stamp - (options.echo | 0)) | 0) >= 0
  );
}

/** Acknowledged segments that are kept: their ends may yet be named by what the network has delayed. */
export const KEPT = 64;
const MOST_KEPT = 192;

/** The list is shortened now and then, which is cheaper than at each step. */
function forget(end: PlainEnd, first: number, ack: number): void {
  if (end.repeats.length > 0) end.repeats = end.repeats.filter(({ seq }) => ((seq - ack) | 0) >= 0);
  if (first < MOST_KEPT) {
    end.first = first;
    return;
  }
  end.sent.splice(0, first - KEPT);
  end.first = KEPT;
}

function segmentOf({ packet, flags, seq, window, length, options }: PlainHeader, ack: number): PlainSegment {
  const { timestamp, echo } = options;
  return { packet, flags, seq: seq | 0, ack, window, length, timestamp: timestamp | 0, echo: echo | 0, late: false };
}

function send(sender: PlainEnd, segment: PlainSegment): void {
  const { seq, length, flags, ack } = segment;
  sender.sent.push(segment);
  sender.next = (seq + length + (flags & FIN)) | 0;
  if ((flags & FIN) === 0) return;
  sender.ended = true;
  sender.endedAt = ack;
}

/** Both streams have ended and are acknowledged. */
export function areOver([one, two]: readonly [PlainEnd, PlainEnd]): boolean {
  return one.ended && two.ended && one.acked === two.next && two.acked === one.next;
}

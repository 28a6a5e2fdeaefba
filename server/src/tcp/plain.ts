/**
 * The plain case of an exchange in numbers alone: the handshake is over, nothing is lost, the segment stands at SND.NXT,
 * its acknowledgment at the end of a segment of the peer's, and each stream ends with one FIN (RFC 9293 §3.4, §3.6). What `passes` takes, `judge` and `arrive` find
 * right; everything else is left to them. It exists for captures of millions of packets.
 */
import { ACK, FIN, FLAG_BITS, PSH } from "./flags.ts";

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
  };
}

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
}

/** Flags that decide nothing here (RFC 3168 §6.1). */
const FREE = PSH | FLAG_BITS.ECE | FLAG_BITS.CWR;

/** Segments under way in the plain case; with more of them the whole is judged. */
const MOST_SENT = 4096;

/** Two options of no operation before the timestamps, as everybody writes them (RFC 7323 appendix A). */
const STAMP_OCTETS = 12;

/** Takes a segment from `sender` if it is plainly right; else changes nothing. */
export function passes(sender: PlainEnd, receiver: PlainEnd, header: PlainHeader): boolean {
  const seq = header.seq | 0;
  const ack = header.ack | 0;
  const { length } = header;
  const fin = header.flags & FIN;
  if ((header.flags & ~(FREE | FIN)) !== ACK || seq !== sender.next || header.window === 0) return false;
  if (sender.ended && (fin !== 0 || length > 0)) return false;
  if (!stamped(sender, receiver, header) || (length > 0 && sender.sent.length - sender.first >= MOST_SENT))
    return false;
  if (length > 0 && receiver.windows && ((receiver.edge - (seq + length)) | 0) < 0) return false;
  const edge = (ack + header.window * 2 ** sender.shift) | 0;
  if (sender.windows && ((sender.edge - edge) | 0) >= 2 ** sender.shift) return false;
  if (ack !== sender.acked && !acknowledges(receiver, ack)) return false;
  sender.acked = ack;
  if (((edge - sender.edge) | 0) > 0) sender.edge = edge;
  if (header.options.hasTimestamps) sender.stamp = header.options.timestamp | 0;
  sender.window = header.window;
  sender.last = header.packet;
  sender.lastLength = length;
  if (length > 0 || fin !== 0) send(sender, header, seq, ack);
  else sender.pureAck = ack;
  return true;
}

/** RFC 7323 §3.2: a clock that does not run back, and an echo of what has left. */
function stamped(sender: PlainEnd, receiver: PlainEnd, { options }: PlainHeader): boolean {
  if (!sender.stamps) return options.octets === 0;
  return (
    options.octets === STAMP_OCTETS &&
    options.hasTimestamps &&
    (((options.timestamp | 0) - sender.stamp) | 0) >= 0 &&
    ((receiver.stamp - (options.echo | 0)) | 0) >= 0
  );
}

/** Whether the number is the end of a segment that has left; all before it is acknowledged then. */
function acknowledges(end: PlainEnd, ack: number): boolean {
  const { sent } = end;
  for (let i = end.first; i < sent.length; i++) {
    const segment = sent[i];
    if (!segment) return false;
    const beyond = (segment.seq + segment.length + (segment.flags & FIN) - ack) | 0;
    if (beyond > 0) return false;
    if (beyond === 0) {
      forget(end, i + 1);
      return true;
    }
  }
  return false;
}

/** Acknowledged segments that are kept: their ends may yet be named by what the network has delayed. */
export const KEPT = 8;
const MOST_KEPT = 24;

/** The list is shortened now and then, which is cheaper than at each step. */
function forget(end: PlainEnd, first: number): void {
  if (first < MOST_KEPT) {
    end.first = first;
    return;
  }
  end.sent.splice(0, first - KEPT);
  end.first = KEPT;
}

function send(sender: PlainEnd, header: PlainHeader, seq: number, ack: number): void {
  const { packet, flags, window, length, options } = header;
  const { timestamp, echo } = options;
  sender.sent.push({ packet, flags, seq, ack, window, length, timestamp: timestamp | 0, echo: echo | 0 });
  sender.next = (seq + length + (flags & FIN)) | 0;
  if ((flags & FIN) === 0) return;
  sender.ended = true;
  sender.endedAt = ack;
}

/** Both streams have ended and are acknowledged. */
export function areOver([one, two]: readonly [PlainEnd, PlainEnd]): boolean {
  return one.ended && two.ended && one.acked === two.next && two.acked === one.next;
}

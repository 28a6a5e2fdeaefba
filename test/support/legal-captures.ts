/** What a changed packet could legally be: not every changed header makes a capture wrong. */
import { socketText } from "../../server/src/flow/capture-address.ts";
import { type CapturedSegment, emptySegment } from "../../server/src/flow/captured.ts";
import { segmentReader } from "../../server/src/formats/tcp-packets.ts";
import type { Packet } from "./captures.ts";

const FIN = 1;
const SYN = 2;
const RST = 4;
const PSH = 8;
const ACK = 16;

type Seg = Pick<CapturedSegment, "flags" | "seq" | "ack" | "length"> & {
  readonly sender: string;
  readonly receiver: string;
  /** Numbers of the peer's that it tells of: what it acknowledges, and the edges of its SACK blocks. */
  readonly told: readonly number[];
  readonly echo: number;
};

function segmentOf({ octets, length, linkType }: Packet): Seg {
  const segment = emptySegment();
  const why = segmentReader()(linkType, octets, 0, octets.length, length, segment);
  if (why !== undefined) throw new Error(`no TCP segment: ${why}`);
  const { flags, ack, options } = segment;
  const told = (flags & ACK) === 0 ? [] : [ack, ...options.sackEdges.subarray(0, 2 * options.sackBlocks)];
  const sender = socketText(segment, "source");
  const receiver = socketText(segment, "destination");
  return { ...segment, sender, receiver, told, echo: options.hasTimestamps ? options.echo : 0 };
}

/** How far b is ahead of a. */
const ahead = (a: number, b: number): number => (b - a) | 0;
const is = ({ flags }: Seg, bits: number): boolean => (flags & bits) === bits;
const hasNo = ({ flags }: Seg, bits: number): boolean => (flags & bits) === 0;
const endOf = ({ seq, length, flags }: Seg): number => (seq + length + (flags & FIN) + ((flags & SYN) >> 1)) >>> 0;
const isOpener = (segment: Seg): boolean => is(segment, SYN) && hasNo(segment, ACK | FIN | RST);

function furthest(numbers: readonly number[]): number | undefined {
  return numbers.reduce<number | undefined>((far, n) => (far === undefined || ahead(far, n) > 0 ? n : far), undefined);
}

/** One packet and what is around it in the capture of its connection. */
interface Place {
  readonly changed: Seg;
  readonly was: Seg;
  /** Of the same sender. */
  readonly before: readonly Seg[];
  readonly after: readonly Seg[];
  /** Of its peer: the last one before it, and all. */
  readonly last: Seg | undefined;
  readonly peerBefore: readonly Seg[];
  readonly peer: readonly Seg[];
  /** SND.NXT of the sender as captured so far; resets that answer for no connection have other numbers. */
  readonly next: number | undefined;
}

/**
 * The sender gives up and says no more (RFC 9293 §3.10.5), or has forgotten the connection and refuses what arrives
 * (§3.5.2). What begins a capture may be the end of another connection, before this one.
 */
function aborts({ changed, before, after, last, peer, next }: Place): boolean {
  if (!is(changed, RST) || !hasNo(changed, SYN | FIN)) return false;
  if (next === undefined) return after.length === 0 || after.some((own) => is(own, SYN));
  if (!after.every((own) => refuses(own, peer)) || before.every(isOpener)) return false;
  return changed.seq === next || (hasNo(changed, ACK) && last !== undefined && last.told[0] === changed.seq);
}

/**
 * The network lets a reset overtake what left before it: nothing new, nothing that answers what was captured later, and
 * no clock that has gone on.
 */
function abortsAhead({ changed, was, after, peerBefore, next }: Place): boolean {
  if (!is(changed, RST) || !hasNo(changed, SYN | FIN) || changed.seq !== next || changed.echo !== 0) return false;
  const heard = furthest(peerBefore.map(endOf));
  if (is(was, SYN | FIN) || heard === undefined) return false;
  return after.every(
    (own) =>
      own.echo === 0 &&
      hasNo(own, SYN | RST) &&
      ahead(endOf(own), next) >= 0 &&
      ahead(own.told[0] ?? heard, heard) >= 0,
  );
}

/** Of no connection any more: a reset with the number that the peer asks for (RFC 9293 §3.5.2). */
function refuses(own: Seg, peer: readonly Seg[]): boolean {
  return is(own, RST) && hasNo(own, ACK) && peer.some(({ told }) => told[0] === own.seq);
}

/** The stream may end here: it is open, nothing that follows goes beyond, and all that follows counts the FIN. */
function ends({ changed, was, before, after, peer, next }: Place): boolean {
  if (!is(changed, FIN) || !hasNo(changed, SYN | RST) || is(was, FIN) || hasNo(changed, ACK)) return false;
  if (next === undefined || !peer.some((other) => endOf(other) === changed.ack)) return false;
  const [fin, end] = [(changed.seq + changed.length) >>> 0, endOf(changed)];
  // What the original lacks before it was lost on the way to where it was captured.
  if (ahead(next, end) < 0) return false;
  if (before.some((own) => (is(own, FIN) && endOf(own) !== end) || (is(own, SYN) && ahead(endOf(own), fin) < 0)))
    return false;
  const fits = (own: Seg): boolean => {
    if (is(own, SYN)) return false;
    // Right behind a FIN kernels send resets that bear its number.
    if (refuses(own, peer) || (is(own, RST) && own.seq === fin)) return true;
    if (is(own, FIN)) return endOf(own) === end;
    return own.length > 0 ? ahead(endOf(own), fin) >= 0 : own.seq === end;
  };
  // Who has the data has the FIN that came with it, unless the data came once more without it.
  const again = after.some((own) => own.length > 0 && hasNo(own, FIN) && endOf(own) === fin);
  const counts = (told: number): boolean => ahead(told, changed.seq) >= 0 || told === end || (again && told === fin);
  return after.every(fits) && peer.every(({ told }) => told.every(counts));
}

/** PSH says nothing that could be wrong. */
function pushes({ changed, was }: Place): boolean {
  return (changed.flags ^ was.flags) === PSH;
}

/** The FIN left in a packet that follows, or that the capture lacks. */
function endsElsewhere({ changed, was }: Place): boolean {
  return is(was, FIN) && changed.flags === (was.flags & ~FIN);
}

/** An opener's SYN: of the first of its sender, which then opens or answers with the same number, and may overtake it. */
function opens({ changed, before, after, peer }: Place): boolean {
  if (!isOpener(changed) || changed.echo !== 0) return false;
  if (!before.every((own) => isOpener(own) || (is(own, SYN | ACK) && own.seq === changed.seq))) return false;
  const next = endOf(changed);
  const fits = (own: Seg): boolean =>
    is(own, RST) || (is(own, SYN) ? own.seq === changed.seq || isOpener(own) : ahead(next, own.seq) >= 0);
  const asks = (other: Seg): boolean => is(other, RST) || other.told.every((told) => ahead(next, told) >= 0);
  return after.every(fits) && peer.every(asks);
}

/** It answers a SYN, which the capture may lack, and is heard of no more. */
function answers({ changed, before, after, peer }: Place): boolean {
  if (changed.flags !== (SYN | ACK) || before.length > 0 || after.length > 0) return false;
  return peer.every((other) => is(other, RST) || (isOpener(other) && endOf(other) === changed.ack));
}

/** Another acknowledgment of what the peer has sent; before anything else, of a connection that is not known. */
function acknowledges({ changed, before, next, peer }: Place): boolean {
  if (changed.flags !== ACK || changed.length > 0) return false;
  if (before.length === 0) return peer.every((other) => isOpener(other) && endOf(other) !== changed.ack);
  return changed.seq === next && peer.some((other) => endOf(other) === changed.ack);
}

const STORIES = { aborts, abortsAhead, pushes, ends, endsElsewhere, opens, answers, acknowledges };

/** The story in which a capture with one changed packet is right; nothing if no correct TCPs give such a capture. */
export function legalStory(original: readonly Packet[], at: number, changed: Packet): string | undefined {
  const segments = original.map(segmentOf);
  const was = segments[at];
  if (!was) return undefined;
  const own = (other: Seg): boolean => other.sender === was.sender && other.receiver === was.receiver;
  const others = (other: Seg): boolean => other.sender === was.receiver && other.receiver === was.sender;
  const before = segments.slice(0, at).filter(own);
  const place: Place = {
    changed: segmentOf(changed),
    was,
    before,
    after: segments.slice(at + 1).filter(own),
    last: segments.slice(0, at).findLast(others),
    peerBefore: segments.slice(0, at).filter(others),
    peer: segments.filter(others),
    next: furthest(before.filter((other) => hasNo(other, RST)).map(endOf)),
  };
  return Object.entries(STORIES).find(([, holds]) => holds(place))?.[0];
}

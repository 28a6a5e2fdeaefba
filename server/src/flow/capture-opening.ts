/** The plain three-way handshake of a capture: kept as it is until something is not plain (RFC 9293 Figure 6). */
import { arrive } from "../tcp/arrival.ts";
import { ACK, FLAG_BITS, type Flags, SYN } from "../tcp/flags.ts";
import { MOST_SHIFT } from "../tcp/options.ts";
import type { PlainEnd } from "../tcp/plain.ts";
import { type CapturedEnds, type EndNumber, takeSegment } from "./capture-connection.ts";
import { headerOf, NO_SYMBOLS } from "./capture-ends.ts";
import type { PlainEnds } from "./capture-plain.ts";
import type { Surroundings } from "./capture-story.ts";
import type { CapturedSegment } from "./captured.ts";

/** The first segments of a connection, as long as they are plain. */
export interface Opening {
  readonly syn: CapturedSegment;
  readonly synAck?: CapturedSegment;
}

/** The opening with one segment more, if that is plain. */
export function openedBy(opening: Opening | undefined, from: EndNumber, segment: CapturedSegment): Opening | undefined {
  const { flags, length, options } = segment;
  if (length > 0 || options.malformed || options.cut || options.fastOpen >= 0 || options.windowScale > MOST_SHIFT)
    return undefined;
  if (!opening) {
    const plain = from === 0 && isExactly(flags, SYN) && (!options.hasTimestamps || options.echo === 0);
    return plain ? { syn: kept(segment) } : undefined;
  }
  const { syn, synAck } = opening;
  if (synAck || from !== 1 || !isExactly(flags, SYN | ACK) || segment.ack !== (syn.seq + 1) >>> 0) return undefined;
  const { hasTimestamps, timestamp, windowScale } = syn.options;
  if (options.hasTimestamps && (!hasTimestamps || options.echo !== timestamp)) return undefined;
  if (options.windowScale >= 0 && windowScale < 0) return undefined;
  return { syn, synAck: kept(segment) };
}

/** The flags of an offer of ECN decide nothing (RFC 3168 §6.1.1). */
function isExactly(flags: Flags, wanted: Flags): boolean {
  return (flags & ~(FLAG_BITS.ECE | FLAG_BITS.CWR)) === wanted;
}

/** A copy: the segment that is given is filled again. A SYN has no SACK blocks that would have to be copied. */
function kept(segment: CapturedSegment): CapturedSegment {
  return { ...segment, addresses: segment.addresses.slice(), options: { ...segment.options } };
}

/** Both ends as the third segment finds them. */
export function plainlyOpen({ syn, synAck }: Opening): PlainEnds | undefined {
  if (!synAck) return undefined;
  const scaled = syn.options.windowScale >= 0 && synAck.options.windowScale >= 0;
  const stamps = syn.options.hasTimestamps && synAck.options.hasTimestamps;
  const end = (own: CapturedSegment, acked: number, edge: number): PlainEnd => ({
    next: (own.seq + 1) | 0,
    acked: acked | 0,
    sent: [],
    first: 0,
    windows: true,
    edge: edge | 0,
    shift: scaled ? own.options.windowScale : 0,
    stamps,
    stamp: own.options.timestamp | 0,
    window: own.window,
    last: own.packet,
    lastLength: 0,
    pureAck: acked | 0,
    ended: false,
    endedAt: 0,
    sacks: syn.options.sackPermitted && synAck.options.sackPermitted,
    held: [],
    repeats: [],
    lacks: 0,
  });
  const server = end(synAck, synAck.ack, synAck.ack + synAck.window);
  return [end(syn, synAck.seq + 1, synAck.seq + 1), server];
}

/** Has the opening judged after all; `where` gives what is known around each segment. */
export function judgeOpening(
  ends: CapturedEnds,
  { syn, synAck }: Opening,
  where: (from: EndNumber, time: number) => Surroundings,
): void {
  takeSegment(ends, 0, headerOf(syn, false), where(0, syn.time));
  if (synAck) takeSegment(ends, 1, headerOf(synAck, true), where(1, synAck.time));
}

/** The SYN,ACK has arrived, as the third segment shows. */
export function answerArrived([client]: CapturedEnds): void {
  const [synAck, ...rest] = client.waiting;
  if (!synAck) return;
  const context = {
    symbols: NO_SYMBOLS,
    now: client.lastAt,
    answer: undefined,
    repeats: false,
    listens: undefined,
  } as const;
  client.block = arrive(client.block, synAck, context).block;
  client.waiting = rest;
}

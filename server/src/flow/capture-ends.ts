/** Both ends of a captured connection, as far as the capture has proved them. */
import { type Block, CLOSED_BLOCK } from "../tcp/block.ts";
import { FIN, SYN } from "../tcp/flags.ts";
import { type Num, noSymbols, num, type Symbols } from "../tcp/numbers.ts";
import { type SeenOption, stampAhead, stampOf, wasReceived } from "../tcp/options.ts";
import { endOf, type Header, has } from "../tcp/segment.ts";
import type { SentRange, Stream } from "../tcp/streams.ts";
import type { Claim } from "./capture-claims.ts";
import type { CapturedSegment } from "./captured.ts";

/** No window is larger (RFC 7323 §2.3): older octets are not under way any more. */
export const LARGEST_WINDOW = 2 ** 30;

/** Marks, in place of a segment's number: octets that were captured and acknowledged, and of which no more is remembered. */
export const SEEN = -3;

/** Captures have numbers only. */
export const NO_SYMBOLS: Symbols = noSymbols();

/** One end of a connection. */
export interface CapturedEnd {
  block: Block;
  /** Blocks to go on from where the likeliest one fails: what a mistake may have meant. */
  others: readonly Block[];
  stream: Stream;
  /** The peer's segments that were captured and may arrive here yet, oldest first. */
  waiting: Header[];
  /** The last segment that arrived. */
  arrived: Header | undefined;
  /** Segments of its own in the capture. */
  sent: number;
  lastAt: number;
  /** Time of its last segment that took a number. */
  newsAt: number;
  /** Its beginning was not captured, and its SND.NXT is not certain yet. */
  midway: boolean;
  /** Its beginning was not captured: when the capture began, behind which what left before may come yet. */
  since: number | undefined;
  /** In such a connection: where its SND.NXT stood when that was certain. What lies before may have left before. */
  certain: Num | undefined;
  /** In such a connection: what its last segments acknowledged, and their windows as written. */
  told: { readonly ack: number; readonly window: number }[];
  /** The latest timestamp in its segments. */
  stamp: number | undefined;
  /** Its last segment was a SYN of a new connection, though the old one was alive: how that stood. */
  replaced:
    | {
        readonly header: Header;
        readonly block: Block;
        readonly waiting: readonly Header[];
        readonly ranges: SentRange[];
        readonly since: number | undefined;
      }
    | undefined;
  /** Its last segment repeated so many octets and went on with new ones. */
  overlap: { readonly header: Header; readonly octets: number; readonly expected: Num } | undefined;
  /**
   * How it stood when it was seen to reset the connection, the reset's timestamp, and SND.NXT of the peer as captured
   * by then: segments that left before may be captured behind.
   */
  beforeReset:
    | { readonly block: Block; readonly stamp: number | undefined; readonly heard: Num | undefined }
    | undefined;
  /** What another segment says that it has sent, and the capture lacks. */
  claim: Claim | undefined;
  /** Where what it sent last for the first time begins, and what it acknowledged. */
  news: { readonly start: number; readonly heard: Num | undefined } | undefined;
  /** Numbers that it acknowledged last, newest first: a network may turn the order of such segments round. */
  acks: number[];
}

/** An end of which nothing is known. */
export function newEnd(): CapturedEnd {
  return {
    block: CLOSED_BLOCK,
    others: [],
    stream: { ranges: [] },
    waiting: [],
    arrived: undefined,
    sent: 0,
    lastAt: 0,
    newsAt: 0,
    midway: false,
    since: undefined,
    certain: undefined,
    told: [],
    stamp: undefined,
    replaced: undefined,
    overlap: undefined,
    beforeReset: undefined,
    claim: undefined,
    news: undefined,
    acks: [],
  };
}

/** Most numbers that are remembered as acknowledged. */
const MOST_ACKS = 16;

/** Remembers what the end acknowledges. */
export function rememberAck({ acks }: CapturedEnd, ack: number): void {
  if (acks[0] === ack) return;
  acks.unshift(ack);
  if (acks.length > MOST_ACKS) acks.pop();
}

/** The number of a sum that holds no symbol. */
export function numberOf(n: Num): number {
  return n.constant;
}

/** How far b is ahead of a in sequence space. */
export function ahead(a: number, b: number): number {
  return (b - a) | 0;
}

/** What a segment of the capture says, for the rules. Windows count only where both SYNs told how they are scaled. */
export function headerOf(segment: CapturedSegment, scaled: boolean): Header {
  const { flags, window } = segment;
  return {
    index: segment.packet,
    flags,
    seq: num(segment.seq),
    ack: has(flags, 0x10) ? num(segment.ack) : undefined,
    data: num(segment.length),
    window: scaled || window === 0 ? window : undefined,
    options: optionsOf(segment),
  };
}

function optionsOf({ options }: CapturedSegment): readonly SeenOption[] {
  if (options.octets === 0) return NONE;
  const seen: SeenOption[] = [];
  if (options.mss >= 0) seen.push({ kind: "mss", value: options.mss });
  if (options.sackPermitted) seen.push({ kind: "sackOK" });
  if (options.hasTimestamps) seen.push({ kind: "TS", value: options.timestamp, echo: options.echo });
  if (options.windowScale >= 0) seen.push({ kind: "wscale", value: options.windowScale });
  if (options.fastOpen >= 0) seen.push({ kind: "FO" });
  if (options.sackBlocks > 0) {
    const blocks = Array.from({ length: options.sackBlocks }, (_, i) => ({
      left: num(options.sackEdges[2 * i] ?? 0),
      right: num(options.sackEdges[2 * i + 1] ?? 0),
    }));
    seen.push({ kind: "sack", blocks });
  }
  return seen;
}

const NONE: readonly SeenOption[] = [];

/** The part of a segment's data before or behind a number: offloading merges what the wire carried apart. */
export function cut(header: Header, at: number): [Header, Header] {
  const seq = numberOf(header.seq);
  const first = ahead(seq, at) - (has(header.flags, SYN) ? 1 : 0);
  const rest = numberOf(header.data) - first;
  return [
    { ...header, flags: header.flags & ~FIN, data: num(first) },
    { ...header, flags: header.flags & ~SYN, seq: num(at), data: num(rest) },
  ];
}

/** The number behind a segment. */
export function endValue(header: Header): number {
  return numberOf(endOf(header));
}

/** How many ranges of a stream are kept behind what its peer has acknowledged, and what sets off the cleaning. */
const KEPT_RANGES = 32;
const MOST_RANGES = 256;
const FORGOTTEN_AT_ONCE = 64;

/** Forgets ranges that everybody knows to have arrived, so that memory does not grow with a connection's length. */
export function trim(stream: Stream, acknowledged: Num | undefined): void {
  const { ranges } = stream;
  if (ranges.length < MOST_RANGES || !acknowledged) return;
  const una = numberOf(acknowledged);
  // A few at a time, so that not every segment looks through all of them.
  const due = ranges[KEPT_RANGES + FORGOTTEN_AT_ONCE];
  if (!due || ahead(una, numberOf(due.end)) > 0) return;
  const open = ranges.findIndex((range) => ahead(una, numberOf(range.end)) > 0);
  const keep = (open < 0 ? ranges.length : open) - KEPT_RANGES;
  if (keep <= 0) return;
  const gone = ranges.splice(0, keep);
  const [first] = gone;
  const last = gone.at(-1);
  if (!first || !last) return;
  const end = numberOf(last.end);
  const length = Math.min(ahead(numberOf(first.start), end) >>> 0, LARGEST_WINDOW);
  ranges.unshift(seen(end - length, length));
  // A repeated SYN is known by its number.
  if (first.syn) ranges.unshift(first);
}

/** Octets that were captured and acknowledged, and of which no more is remembered. */
export function seen(start: number, length: number): SentRange {
  const [from, to] = [num(start), num(start + length)];
  return { start: from, end: to, syn: false, fin: false, length: num(length), segment: SEEN, carriers: [] };
}

/** Whether an acknowledgment may name this number: the end of a segment, or the start of one with data or a FIN. */
export function isEdge(stream: Stream, at: number): boolean {
  return stream.ranges.some(({ start, end, syn }) => (numberOf(start) === at && !syn) || numberOf(end) === at);
}

/** A clock that has gone on since tells that the segment left later (RFC 7323 §4.1). */
export function mayBeOlder({ stamp }: Pick<CapturedEnd, "stamp">, { options }: Header): boolean {
  const own = stampOf(options);
  return !own || stamp === undefined || stampAhead(stamp, own.value) <= 0;
}

/** How far behind the numbers of the old connection Linux begins where it goes on with its clocks. */
const LEAST_LEAP = 65_536;

/**
 * Whether a SYN may echo a timestamp of an older connection (Linux's tcp_tw_reuse). What came in this one is no such
 * timestamp, and a new connection leaves some numbers free.
 */
export function hasOlderClocks(
  { block, stream, waiting, sent, since }: CapturedEnd,
  { seq, options }: Header,
): boolean {
  if (sent === 0 && since !== undefined) return true;
  const echo = stampOf(options)?.echo ?? 0;
  const repeated = stream.ranges.some(({ start, syn }) => syn && numberOf(start) === numberOf(seq));
  if (sent > 0 && !repeated)
    return block.sndNxt === undefined || ahead(numberOf(block.sndNxt), numberOf(seq)) >= LEAST_LEAP;
  return (
    block.origin !== "passive" &&
    wasReceived(block.options.received, echo) !== true &&
    !waiting.some((header) => stampOf(header.options)?.value === echo)
  );
}

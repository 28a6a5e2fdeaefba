/** The plain case where something was lost: what is missing in a stream, sent again, and reported by SACK (RFC 2018, RFC 6675). */
import { FIN } from "./flags.ts";
import { LACKING, type PlainEnd, type PlainHeader, type PlainSegment } from "./plain.ts";

/** Where the segment begins that is not at SND.NXT: behind what was not captured, within that, or where one before began. */
export type OtherPlace = { readonly index: number; readonly kind: "beyond" | "fills" | "repeats" };

/** Older octets are not under way any more: no window is larger (RFC 7323 §2.3). */
const LARGEST_WINDOW = 2 ** 30;

/** Segments that were sent again and are not acknowledged. */
const MOST_REPEATS = 256;

/** Data that is not at SND.NXT, if it is plainly right there. */
export function placeOf(sender: PlainEnd, seq: number, length: number, lacks: boolean): OtherPlace | undefined {
  if (length === 0) return undefined;
  const { sent, next } = sender;
  const beyond = (seq - next) | 0;
  if (beyond > 0) return lacks && beyond < LARGEST_WINDOW ? { index: sent.length, kind: "beyond" } : undefined;
  const index = startIndex(sender, seq);
  const found = sent[index];
  if (!found) return undefined;
  const over = (seq + length - found.seq - found.length) | 0;
  if (found.packet === LACKING) return over <= 0 ? { index, kind: "fills" } : undefined;
  const isCopy = over === 0 && seq === found.seq && (found.flags & FIN) === 0;
  return isCopy && sender.repeats.length < MOST_REPEATS ? { index, kind: "repeats" } : undefined;
}

/** The last segment that begins no later than a number; -1 where there is none. */
function startIndex({ sent }: PlainEnd, seq: number): number {
  let [low, high] = [0, sent.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const start = sent[middle]?.seq ?? 0;
    if (((start - seq) | 0) > 0) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}

/** How many segments a number is the end of, if it is the end of one and all before it were captured; else -1. */
export function endIndex(end: PlainEnd, at: number): number {
  const index = edgeIndex(end, at);
  if (index < 0 || end.lacks === 0) return index;
  for (let i = end.first; i < index; i++) if (end.sent[i]?.packet === LACKING) return -1;
  return index;
}

/** How many segments end there or before; -1 unless one ends just there. */
function edgeIndex(end: PlainEnd, at: number): number {
  const index = startIndex(end, (at - 1) | 0);
  const segment = end.sent[index];
  if (!segment || index < end.first) return -1;
  return ((segment.seq + segment.length + (segment.flags & FIN) - at) | 0) === 0 ? index + 1 : -1;
}

/** Books data that is not at SND.NXT. */
export function fill(sender: PlainEnd, { index, kind }: OtherPlace, segment: PlainSegment): void {
  const { sent, next } = sender;
  if (kind === "repeats") {
    sender.repeats.push(segment);
    return;
  }
  if (kind === "beyond") {
    sent.push(gap(next, segment.seq), segment);
    sender.next = (segment.seq + segment.length) | 0;
    sender.lacks++;
    return;
  }
  const whole = sent[index];
  if (!whole) return;
  const end = (segment.seq + segment.length) | 0;
  const pieces = [{ ...segment, late: true }];
  if (whole.seq !== segment.seq) pieces.unshift(gap(whole.seq, segment.seq));
  if (((whole.seq + whole.length - end) | 0) > 0) pieces.push(gap(end, whole.seq + whole.length));
  sent.splice(index, 1, ...pieces);
  sender.lacks += pieces.length - 2;
}

function gap(from: number, to: number): PlainSegment {
  const length = (to - from) | 0;
  return { packet: LACKING, flags: 0, seq: from, ack: 0, window: -1, length, timestamp: 0, echo: 0, late: false };
}

/** More ranges than any SACK option has room to repeat soon. */
const MOST_HELD = 128;
/** Blocks for which there is room beside timestamps, and without (RFC 2018 §3). */
const ROOM = 3;
const MORE_ROOM = 4;

/**
 * What `sender` reports to hold from here on, if its blocks are plainly right: of whole segments that have left, above
 * the acknowledgment, and with all that it has reported before.
 */
export function reportedBy(
  sender: PlainEnd,
  receiver: PlainEnd,
  { sackBlocks, sackEdges }: PlainHeader["options"],
  ack: number,
): readonly number[] | undefined {
  const before = above(sender.held, ack);
  if (before === undefined) return undefined;
  if (sackBlocks === 0) return before.length === 0 ? before : undefined;
  if (!sender.sacks) return undefined;
  let held = before;
  for (let i = 0; i < sackBlocks; i++) {
    const left = (sackEdges[2 * i] ?? 0) | 0;
    const right = (sackEdges[2 * i + 1] ?? 0) | 0;
    if (((left - ack) | 0) <= 0 || ((right - left) | 0) <= 0 || !isWhole(receiver, left, right)) return undefined;
    const joined = join(held, left, right);
    if (!joined || repeatsBlock(sackEdges, i)) return undefined;
    held = joined;
  }
  const full = sackBlocks >= (sender.stamps ? ROOM : MORE_ROOM);
  const leavesOut = !full && held.length / 2 > sackBlocks;
  return leavesOut || held.length > 2 * MOST_HELD ? undefined : held;
}

/** The ranges above a number; nothing if it lies in one of them, which it would have to leave behind. */
function above(held: readonly number[], ack: number): readonly number[] | undefined {
  let gone = 0;
  while (gone < held.length && (((held[gone + 1] ?? 0) - ack) | 0) <= 0) gone += 2;
  if (gone < held.length && (((held[gone] ?? 0) - ack) | 0) <= 0) return undefined;
  return gone === 0 ? held : held.slice(gone);
}

/** Whether whole segments that have left and were captured lie there. */
function isWhole(end: PlainEnd, left: number, right: number): boolean {
  const first = startIndex(end, left);
  const last = edgeIndex(end, right);
  if (end.sent[first]?.seq !== left || first < end.first || last < 0) return false;
  for (let i = last - 1; i >= first; i--) {
    const segment = end.sent[i];
    if (!segment || (segment.flags & FIN) !== 0 || (end.lacks > 0 && segment.packet === LACKING)) return false;
  }
  return true;
}

/** The ranges with one more, which must hold those that it touches; nothing else. */
function join(held: readonly number[], left: number, right: number): readonly number[] | undefined {
  let from = 0;
  while (from < held.length && (((held[from + 1] ?? 0) - left) | 0) < 0) from += 2;
  let to = from;
  while (to < held.length && (((held[to] ?? 0) - right) | 0) <= 0) {
    if ((((held[to] ?? 0) - left) | 0) < 0 || ((right - (held[to + 1] ?? 0)) | 0) < 0) return undefined;
    to += 2;
  }
  if (to === from + 2 && held[from] === left && held[from + 1] === right) return held;
  return [...held.slice(0, from), left, right, ...held.slice(to)];
}

/** The same block twice in one segment. */
function repeatsBlock(edges: Readonly<ArrayLike<number>>, at: number): boolean {
  for (let i = 0; i < at; i++)
    if (edges[2 * i] === edges[2 * at] && edges[2 * i + 1] === edges[2 * at + 1]) return true;
  return false;
}

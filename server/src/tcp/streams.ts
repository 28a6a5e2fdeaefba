/** What one end has sent, in the order of its numbers. */
import { add, distance, minus, type Num, type Symbols } from "./numbers.ts";

/** Numbers [start, end) that first left together; SYN comes before the data, FIN after it (RFC 9293 §3.4). */
export interface SentRange {
  readonly start: Num;
  readonly end: Num;
  readonly syn: boolean;
  readonly fin: boolean;
  /** Octets of data. */
  readonly length: Num;
  /** The segment that carried it first. */
  readonly segment: number;
  /** Every segment that carried it. */
  readonly carriers: number[];
  /** The acknowledgment number of each carrier is in its reading; an identical copy may repeat it. */
  readonly ack?: Num;
}

/** One direction of a connection. Grows only; the newest range is last. */
export interface Stream {
  readonly ranges: SentRange[];
  /** How far the author's numbers for this direction are off since a finding, if they stay so. */
  drift?: { readonly seq?: number; readonly ack?: number };
}

/** How far a search looks back where symbols hide the order. */
const REACH = 64;

/** The newest range for which `test` holds, looking at those that can hold `at` first. */
export function findRange(
  stream: Stream,
  at: Num,
  symbols: Symbols,
  test: (r: SentRange) => boolean,
): SentRange | undefined {
  const { ranges } = stream;
  let [low, high] = [0, ranges.length];
  // First range that starts after `at`.
  while (low < high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (!range) break;
    const ahead = distance(at, range.start, symbols);
    if (ahead.min > 0) high = middle;
    else if (ahead.max <= 0) low = middle + 1;
    else {
      low = ranges.length;
      break;
    }
  }
  for (let i = low - 1, steps = 0; i >= 0 && steps < REACH; i--, steps++) {
    const range = ranges[i];
    if (range && test(range)) return range;
  }
  return undefined;
}

/** Makes `at` an edge of the ranges: repeats may be cut elsewhere than the first time (RFC 9293 §3.8.6). */
export function splitAt(stream: Stream, at: Num, symbols: Symbols): void {
  const ahead = (a: Num, b: Num): boolean => distance(a, b, symbols).min > 0;
  const range = findRange(
    stream,
    at,
    symbols,
    ({ start, end, fin }) => ahead(start, at) && ahead(at, fin ? add(end, -1) : end),
  );
  if (!range || (range.syn && equal(add(range.start, 1), at, symbols))) return;
  const length = minus(at, range.syn ? add(range.start, 1) : range.start);
  const before: SentRange = { ...range, end: at, fin: false, length };
  const behind: SentRange = {
    ...range,
    start: at,
    syn: false,
    length: minus(range.length, length),
    carriers: [...range.carriers],
  };
  stream.ranges.splice(stream.ranges.lastIndexOf(range), 1, before, behind);
}

/** Whether both are certainly the same number. */
export function equal(a: Num, b: Num, symbols: Symbols): boolean {
  const d = distance(a, b, symbols);
  return d.min === 0 && d.max === 0;
}

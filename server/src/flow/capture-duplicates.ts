/** Packets that were captured twice: on several interfaces, on a mirrored port, or at both ends and then merged. */
import { RST } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { CapturedSegment } from "./captured.ts";

/** Packets of so many microseconds ago are forgotten. */
const MOST_APART = 3_000_000;
/** Where nothing but the time tells a copy from a repeated segment. */
const MOST_APART_UNMARKED = 5_000;
/** How many packets are remembered, a power of 2. */
const REMEMBERED = 65_536;

/**
 * Tells whether the same packet was captured a short time ago. A repeated segment is another packet: it has another IP
 * identification, or another timestamp. Memory does not grow.
 */
export function duplicates(): (segment: CapturedSegment) => boolean {
  const marks = new Int32Array(REMEMBERED);
  const times = new Float64Array(REMEMBERED);
  return (segment) => {
    const first = digest(segment, 0x9e3779b1);
    const mark = digest(segment, 0x85ebca77);
    const place = (first ^ (first >>> 16)) & (REMEMBERED - 1);
    // A reset is never sent again by itself.
    const marked = segment.id !== 0 || segment.options.hasTimestamps || has(segment.flags, RST);
    const apart = Math.abs(segment.time - (times[place] ?? 0));
    const again = marks[place] === mark && apart < (marked ? MOST_APART : MOST_APART_UNMARKED);
    marks[place] = mark;
    times[place] = segment.time;
    return again;
  };
}

/** A number that differs where the headers do, all but certainly. */
function digest(segment: CapturedSegment, seed: number): number {
  const { addresses, options, flags } = segment;
  let sum = mix(seed, (segment.sourcePort << 16) | segment.destinationPort);
  sum = mix(sum, (addresses[3] ?? 0) ^ Math.imul(addresses[7] ?? 0, 31));
  sum = mix(sum, segment.seq);
  sum = mix(sum, segment.ack);
  sum = mix(sum, (flags << 16) | segment.window);
  sum = mix(sum, (segment.length << 16) | segment.id);
  if (options.hasTimestamps) sum = mix(mix(sum, options.timestamp), options.echo);
  if (options.sackBlocks > 0) sum = mix(mix(sum, options.sackEdges[0] ?? 0), options.sackEdges[1] ?? 0);
  return sum;
}

function mix(sum: number, value: number): number {
  const mixed = Math.imul(sum ^ value, 0x01000193);
  return mixed ^ (mixed >>> 15);
}

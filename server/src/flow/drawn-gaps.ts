/** Segments that were lost or overtaken before they could be captured: their numbers are missing in the stream. */
import { ACK, RST, SYN } from "../tcp/flags.ts";
import { stampAhead } from "../tcp/options.ts";
import { has } from "../tcp/segment.ts";
import type { EndNumber } from "./capture-connection.ts";
import { ahead, type DrawnRecord, endOf, sizeOf } from "./drawn-record.ts";
import type { Place, Way } from "./drawn-ways.ts";

/** The share of a round trip in which nothing can have been sent once more. */
const TOO_SOON = 0.9;

/** The ways with those of lost segments between them; what was overtaken leaves before what overtook it. */
export function withGaps(ways: readonly Way[], { away }: Place): Way[] {
  const filled: Way[] = [];
  const next: [number | undefined, number | undefined] = [undefined, undefined];
  // A SYN may come once more, late.
  const opened: [number | undefined, number | undefined] = [undefined, undefined];
  for (const [index, way] of ways.entries()) {
    const { record } = way;
    const { from } = record;
    const known = next[from];
    // The number of an answer to a SYN counts from nothing; who has sent but a SYN refuses what is none of its own.
    const before = filled.findLast((other) => other.record.from === from)?.record.flags ?? 0;
    const isForeign = record.seq === 0 || (has(before, SYN) && !has(before, ACK));
    if (has(record.flags, RST) && isForeign) {
      filled.push(way);
      continue;
    }
    if (known !== undefined && !has(record.flags, SYN) && ahead(known, record.seq) > 0) {
      filled.push(...fill(ways, index, known, away[from]));
    }
    const opens = has(record.flags, SYN) && opened[from] !== record.seq;
    if (opens) opened[from] = record.seq;
    if (known === undefined || opens || ahead(known, endOf(record)) > 0) next[from] = endOf(record);
    filled.push(way);
  }
  return filled;
}

/** The clock of its sender tells when it left (RFC 7323 §3); else it is how soon it comes. */
function isOvertaken(late: DrawnRecord, before: DrawnRecord, away: number): boolean {
  const [own, other] = [late.options.stamp, before.options.stamp];
  if (own && other) return stampAhead(other.value, own.value) <= 0;
  return late.time - before.time < 2 * away * TOO_SOON;
}

/** The lost segments before a segment; nothing for those that were only overtaken. */
function fill(ways: readonly Way[], index: number, start: number, away: number): Way[] {
  const way = ways[index];
  if (!way) return [];
  const { record, left } = way;
  const within = ways
    .slice(index + 1)
    .filter(({ record: other }) => {
      const inside = ahead(start, other.seq) >= 0 && ahead(other.seq, record.seq) > 0;
      return other.from === record.from && sizeOf(other) > 0 && inside;
    })
    .sort((a, b) => ahead(b.record.seq, a.record.seq));
  const lost: Way[] = [];
  const most = longest(ways, record.from);
  let at = start;
  for (const later of within) {
    if (ahead(at, later.record.seq) < 0) continue;
    if (at !== later.record.seq) lost.push(...stretch(way, at, later.record.seq, most));
    const end = endOf(later.record);
    // What goes on behind the gap left first in another form: shorter, and without its FIN.
    if (ahead(record.seq, end) > 0) lost.push(missing(record, left, later.record.seq, record.seq));
    else if (isOvertaken(later.record, record, away)) later.left = left;
    else lost.push(missing(record, left, later.record.seq, end, later.record.flags));
    at = end;
  }
  if (ahead(at, record.seq) > 0) lost.push(...stretch(way, at, record.seq, most));
  return lost;
}

/** What segments without a word on it may carry (RFC 9293 §3.7.1). */
const DEFAULT_MSS = 536;

/** As long as the longest that was captured, else as the peer's SYN allows. */
function longest(ways: readonly Way[], from: EndNumber): number {
  const own = Math.max(0, ...ways.map(({ record }) => (record.from === from ? record.length : 0)));
  const told = ways.find(({ record }) => record.from !== from && record.options.mss !== undefined);
  return own || told?.record.options.mss || DEFAULT_MSS;
}

/** More lost segments in a row are drawn as one. */
const MOST_PIECES = 64;

/** Lost octets in segments as long as the longest that was captured. */
function stretch({ record, left }: Way, start: number, end: number, most: number): Way[] {
  if (ahead(start, end) > most * MOST_PIECES) return [missing(record, left, start, end)];
  const lost: Way[] = [];
  for (let at = start; ahead(at, end) > 0; at = (at + most) >>> 0) {
    const stop = ahead(at, end) > most ? (at + most) >>> 0 : end;
    lost.push(missing(record, left, at, stop));
  }
  return lost;
}

/** Packets that no file has. */
export const NO_PACKET = -1;

function missing(before: DrawnRecord, left: number, start: number, end: number, flags = ACK): Way {
  const { stamp } = before.options;
  const options = stamp ? { stamp } : {};
  const bare = { ...before, packet: NO_PACKET, flags, seq: start, length: 0, options, given: [], overtaken: false };
  return { record: { ...bare, length: ahead(start, end) - sizeOf(bare) }, left, arrived: undefined };
}

/**
 * When each captured segment left and arrived, as the check has found it right: nothing arrives before the next segment
 * of its receiver shows it. Not how long things took, but surely a story that holds.
 */
import { ACK, RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { EndNumber } from "./capture-connection.ts";
import { inOrder } from "./drawn-order.ts";
import { ahead, type DrawnConnection, type DrawnRecord, endOf, sizeOf } from "./drawn-record.ts";
import { isIgnored, type Place, type Way } from "./drawn-ways.ts";

/** What became of every segment, in the order in which they left. */
export function storyOf({ records }: DrawnConnection, place: Place): Way[] {
  const ways = departures(records);
  const captured = new Map(ways.map((way) => [way, way.left]));
  for (const [index, way] of ways.entries()) if (way.record.overtaken) overtake(ways.slice(0, index), way);
  ways.sort((a, b) => a.left - b.left);
  return arrivals(ways, captured, place);
}

/** The same, each segment in the order in which its sender must have sent it. */
export function orderedStoryOf({ records }: DrawnConnection, place: Place): Way[] {
  const start = records[0]?.time ?? 0;
  const times = new Map(departures(records).map(({ record, left }) => [record.packet, left - start]));
  const captured = new Map<Way, number>();
  let next = Number.POSITIVE_INFINITY;
  const ways = inOrder(records, place.at)
    .toReversed()
    .map((record) => {
      const time = times.get(record.packet) ?? 0;
      next = Math.min(time, next - BETWEEN);
      const way: Way = { record, left: next, arrived: undefined };
      captured.set(way, time);
      return way;
    });
  return spread(arrivals(ways.toReversed(), captured, place), start);
}

/** How long before what overtook it a segment left, in microseconds: less than lies between captured segments. */
const BETWEEN = 2 ** -12;

/** At whole microseconds; what does not happen at once stays apart. */
export function spread(ways: readonly Way[], start: number): Way[] {
  const times = new Set(ways.flatMap(({ left, arrived }) => (arrived === undefined ? [left] : [left, arrived])));
  const whole = new Map<number, number>();
  let last = Number.NEGATIVE_INFINITY;
  for (const time of [...times].sort((a, b) => a - b)) {
    last = Math.max(Math.ceil(time), last + 1);
    whole.set(time, start + last);
  }
  const at = (time: number): number => whole.get(time) ?? start;
  return ways.map((way) => ({
    ...way,
    left: at(way.left),
    arrived: way.arrived === undefined ? undefined : at(way.arrived),
  }));
}

/** What arrived when, of what left in this order. */
function arrivals(ways: Way[], captured: ReadonlyMap<Way, number>, { at }: Place): Way[] {
  placeArrivals(ways);
  for (const [index, way] of ways.entries()) {
    const { from } = way.record;
    const later = ways.slice(index + 1).map(({ record }) => record);
    const answer = later.find((record) => record.from !== from);
    // What was captured where it arrives has arrived; so has what nothing answers any more.
    if (at === other(from)) way.arrived = captured.get(way) ?? way.left;
    else if (way.arrived === undefined && !answer && !isIgnored(way.record, later)) way.arrived = way.left;
  }
  return ways;
}

/** What a segment shows to have arrived came just before it. */
function placeArrivals(ways: readonly Way[]): void {
  const byPacket = new Map(ways.map((way) => [way.record.packet, way]));
  for (const [index, way] of ways.entries()) {
    const { flags, from, packet, given } = way.record;
    if (packet < 0) way.arrived = ways.slice(index).find(({ record }) => record.from !== from)?.left ?? way.left;
    for (const shown of given) {
      const asked = byPacket.get(shown);
      if (asked && asked.arrived === undefined) asked.arrived = arrivalOf(asked, ways, index);
    }
    if ((flags & (RST | ACK)) === RST) refuse(ways.slice(0, index), way);
  }
}

/** What a reset answers has arrived just before it; and before that, the resets of the other end that ended the connection. */
function refuse(before: readonly Way[], { record, left }: Way): void {
  const own = before.filter((way) => way.record.from === record.from);
  const sent = own.reduce((far, way) => (ahead(far, endOf(way.record)) > 0 ? endOf(way.record) : far), record.seq);
  const theirs = before.filter((way) => way.record.from !== record.from);
  const pending = theirs.filter((way) => way.arrived === undefined);
  if (record.given.length === 0 && sent !== record.seq) {
    const asked = pending.findLast((way) => way.record.ack === record.seq && sizeOf(way.record) > 0);
    if (asked) asked.arrived = left;
  }
  for (const way of pending) if (has(way.record.flags, RST) && way.arrived === undefined) way.arrived = left - 0.25;
}

/** No two segments leave at the same time. */
function departures(records: readonly DrawnRecord[]): Way[] {
  let clock = Number.NEGATIVE_INFINITY;
  return records.map((record) => {
    clock = Math.max(record.time, clock + 1);
    return { record, left: clock, arrived: undefined };
  });
}

function other(end: EndNumber): EndNumber {
  return end === 0 ? 1 : 0;
}

/** A segment that others have overtaken left before those. */
function overtake(before: readonly Way[], way: Way): void {
  const first = before.find(({ record }) => isLater(record, way.record));
  if (first) way.left = first.left - 0.5;
}

/** Whether a segment of the same end left behind another, as their numbers and clocks say. */
function isLater(record: DrawnRecord, { from, ack, options }: DrawnRecord): boolean {
  if (record.from !== from || has(record.flags, SYN)) return false;
  if (has(record.flags, RST)) return true;
  if (!has(record.flags, ACK)) return false;
  const [one, two] = [options.stamp, record.options.stamp];
  const clock = one && two ? ahead(one.value, two.value) : 0;
  return clock === 0 ? ahead(ack, record.ack) > 0 : clock > 0;
}

/** Just before the segment that shows it, or before one that left sooner and acknowledges it too. */
function arrivalOf({ record, left }: Way, ways: readonly Way[], shownAt: number): number {
  let arrival = ways[shownAt]?.left ?? 0;
  for (let i = shownAt - 1; i >= 0; i--) {
    const way = ways[i];
    if (!way || way.left <= left) break;
    if (way.record.from === record.from) continue;
    if (!way.record.overtaken || ahead(endOf(record), way.record.ack) < 0) break;
    arrival = way.left;
  }
  return arrival;
}

/** Where no plain schedule makes a drawing of a capture right: looks for the arrivals, losses and departures that do. */
import { ACK, FIN, RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { Move } from "./drawn-moves.ts";
import { ahead, type DrawnConnection, endOf } from "./drawn-record.ts";
import { type Telling, tell, tellBest, weightOf } from "./drawn-telling.ts";
import type { Way } from "./drawn-ways.ts";

/** So many segments are replayed at most in the search, all attempts together. */
const MOST_REPLAYED = 60_000;
/** So many of the tellings that are nearest to being right are mended, and as many of those that show all options. */
const MOST_MENDED = 2;

/** The first telling that can be made right; else the one that is nearest to it. */
export function mended(connections: readonly DrawnConnection[], found: readonly Telling[]): Telling {
  const sorted = found.toSorted((one, two) => weightOf(one) - weightOf(two));
  let budget = MOST_REPLAYED;
  let [best] = sorted;
  const whole = sorted.filter(({ options }) => options.detail === "everything");
  for (const told of new Set([...sorted.slice(0, MOST_MENDED), ...whole.slice(0, MOST_MENDED)])) {
    let current: Telling | undefined = told;
    while (current && current.wrong.length > 0 && budget > 0) {
      const next: Telling | undefined = furthest(connections, current, () => {
        budget -= told.drawing.packets.length;
        return budget > 0;
      });
      if (next && best && weightOf(next) < weightOf(best)) best = next;
      current = next;
    }
    if (best?.wrong.length === 0) return best;
  }
  if (!best) throw new Error("nothing was told");
  return best;
}

/** The telling with one change more whose first mistake comes later, or which has none. */
function furthest(connections: readonly DrawnConnection[], told: Telling, goesOn: () => boolean): Telling | undefined {
  const place = firstWrong(told);
  let best: Telling | undefined;
  for (const moves of changes(told)) {
    if (!goesOn()) break;
    const changed = tell(connections, { ...told.options, moves: [...told.options.moves, ...moves] });
    const next = isUnasked(changed) ? tellBest(connections, changed.options) : changed;
    if (next.wrong.length === 0) return next;
    if (firstWrong(next) > Math.max(place, best ? firstWrong(best) : place)) best = next;
  }
  return best;
}

/** What had asked for an answer is lost now: a second copy of something else may have. */
function isUnasked({ wrong: [first] }: Telling): boolean {
  return first?.rule === "unneeded-ack";
}

/** The first segment with which something is wrong. */
function firstWrong({ wrong, replay }: Telling): number {
  const [first] = wrong;
  return first === undefined ? Number.POSITIVE_INFINITY : (first.segment ?? replay.flow.segments.length);
}

/** How many segments are looked at, on either side. */
const REACH = 6;

/** What may have happened otherwise, so that the first mistake is none. */
function* changes({ wrong, drawing: { packets, ways } }: Telling): Generator<readonly Move[]> {
  const [first] = wrong;
  const of = first?.segment === undefined ? undefined : packets[first.segment];
  const way = ways.find(({ record }) => record.packet === of);
  if (!first || of === undefined || !way) return;
  const same = ways.filter(({ record }) => record.connection === way.record.connection);
  const causes = first.related.map(({ span }) => packets[span.start]);
  if (isRefusal(way)) yield refusing(way, same);
  yield* otherArrivals(way, same, causes);
  yield* otherDepartures(way, same);
  yield [{ packet: of, kind: "lost" }];
  for (const answer of same
    .filter(({ record, left }) => record.from !== way.record.from && left > way.left)
    .slice(0, 3))
    yield [{ packet: of, kind: "arrives behind", of: answer.record.packet }];
}

/** A reset without ACK answers what has come to an end that knows no connection (RFC 9293 §3.5.2). */
function isRefusal({ record: { flags } }: Way): boolean {
  return has(flags, RST) && !has(flags, ACK);
}

/** Its sender has reset the connection before, unseen: each of its resets answers what has that number, and nothing else came. */
function refusing(way: Way, same: readonly Way[]): Move[] {
  const { from, packet } = way.record;
  const resets = same.filter((one) => isRefusal(one) && one.record.from === from && one.left >= way.left);
  const theirs = same.filter(({ record }) => record.from !== from && !has(record.flags, RST));
  const answered = new Set<Way>();
  const moves: Move[] = [{ packet, kind: "aborts before" }];
  for (const reset of resets.toReversed()) {
    const asking = theirs.findLast(
      (one) => !answered.has(one) && one.left < reset.left && one.record.ack === reset.record.seq,
    );
    if (!asking) continue;
    answered.add(asking);
    moves.push({ packet: asking.record.packet, kind: "arrives before", of: reset.record.packet });
  }
  const isOpen = (one: Way): boolean => (one.arrived ?? Number.POSITIVE_INFINITY) > way.left;
  const lost = theirs.filter((one) => !answered.has(one) && isOpen(one));
  return [...moves, ...lost.map(({ record }): Move => ({ packet: record.packet, kind: "lost" }))];
}

/** Less has arrived before it, or more. */
function* otherArrivals(way: Way, same: readonly Way[], causes: readonly (number | undefined)[]): Generator<Move[]> {
  const of = way.record.packet;
  const theirs = same.filter(({ record, left }) => record.from !== way.record.from && left < way.left);
  const isIn = ({ arrived }: Way): boolean => arrived !== undefined && arrived <= way.left;
  const packetOf = ({ record }: Way): number => record.packet;
  const arrived = theirs.filter(isIn).sort((a, b) => (b.arrived ?? 0) - (a.arrived ?? 0));
  const caused = arrived.filter((one) => causes.includes(packetOf(one)));
  const late = [...new Set([...caused, ...arrived.slice(0, REACH)])].map(packetOf);
  const pending = theirs.filter((one) => !isIn(one)).map(packetOf);
  const early = arrived.filter((one) => isWanted(way, one)).map(packetOf);
  if (early.length > 0) {
    yield early.map((packet) => ({ packet, kind: "lost" }));
    yield early.map((packet) => ({ packet, kind: "arrives behind", of }));
  }
  for (const packet of late) yield [{ packet, kind: "arrives behind", of }];
  for (const packet of asked(
    way,
    theirs.filter((one) => !isIn(one)),
  ))
    yield [{ packet, kind: "arrives before", of }];
  for (const packet of pending.slice(-REACH).toReversed()) yield [{ packet, kind: "arrives before", of }];
  for (let n = 2; n <= Math.min(REACH, arrived.length); n++)
    yield arrived.slice(0, n).map((one) => ({ packet: packetOf(one), kind: "arrives behind", of }));
  for (let n = 2; n <= Math.min(REACH, pending.length); n++)
    yield pending.slice(0, n).map((packet) => ({ packet, kind: "arrives before", of }));
  for (const packet of late) yield [{ packet, kind: "lost" }];
}

/** What is acknowledged is what is wanted next: that octet has not arrived. */
function isWanted({ record: { flags, ack } }: Way, { record }: Way): boolean {
  return has(flags, ACK) && ahead(record.seq, ack) >= 0 && ahead(ack, endOf(record)) > 0;
}

/** What has the number of a reset as its acknowledgment; before anything else, what ends where it acknowledges. */
function asked({ record: { flags, seq, ack } }: Way, pending: readonly Way[]): number[] {
  const isReset = has(flags, RST) && !has(flags, ACK);
  return pending
    .filter(({ record }) => (isReset ? record.ack === seq : (record.seq + record.length) >>> 0 === ack))
    .map(({ record }) => record.packet);
}

/** It left before others of the same end. */
function* otherDepartures(way: Way, same: readonly Way[]): Generator<Move[]> {
  const { packet, from } = way.record;
  const own = same.filter(({ record, left }) => record.from === from && left < way.left && record.packet !== packet);
  const turning = own.filter(
    ({ record }) => has(record.flags, RST) || has(record.flags, FIN) || has(record.flags, SYN),
  );
  for (const other of new Set([...turning.slice(0, 3), ...own.slice(-REACH).toReversed()])) {
    const sooner: Move = { packet, kind: "leaves before", of: other.record.packet };
    yield [sooner];
    // What the other one answers had not arrived by then.
    const asked = same
      .filter(({ record, arrived }) => record.from !== from && arrived !== undefined && arrived <= other.left)
      .reduce<Way | undefined>((last, one) => ((one.arrived ?? 0) >= (last?.arrived ?? 0) ? one : last), undefined);
    if (asked) yield [sooner, { packet: asked.record.packet, kind: "arrives behind", of: packet }];
  }
}

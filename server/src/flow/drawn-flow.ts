/** A capture as a flow: who sent what when, what arrived and what was lost. */

import { RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import { withBefore } from "./drawn-before.ts";
import { type Moment, momentsOf } from "./drawn-clock.ts";
import { closesBefore } from "./drawn-closes.ts";
import { crossingsOf } from "./drawn-crossings.ts";
import { withGaps } from "./drawn-gaps.ts";
import { clientOf, hostsOf } from "./drawn-hosts.ts";
import { withMissing } from "./drawn-missing.ts";
import { type Move, withMoves } from "./drawn-moves.ts";
import { type Counting, counting, type Numbers } from "./drawn-numbers.ts";
import { inPieces } from "./drawn-pieces.ts";
import { type DrawnConnection, sizeOf } from "./drawn-record.ts";
import { type Detail, drawnSegment, NOWHERE, numbered, type Shown, UNSEEN } from "./drawn-segment.ts";
import { orderedStoryOf, storyOf } from "./drawn-story.ts";
import { type Watch, watchTimers } from "./drawn-timers.ts";
import { type Place, placeOf, type Way, waysOf } from "./drawn-ways.ts";
import { DEFAULT_SETTINGS, type Flow, type FlowEvent, type Segment, type Socket } from "./flow.ts";
import type { LocaleOptions } from "./locale.ts";
import { textsOf } from "./texts.ts";
import type { Act } from "./timeline.ts";

/** How arrivals are placed: at their likely times, or just before what shows them; or that in the order of departures. */
export type Schedule = "likely" | "proved" | "ordered";

export interface DrawingOptions extends LocaleOptions {
  readonly numbers: Numbers;
  readonly detail: Detail;
  readonly schedule: Schedule;
  /** Whether numbers count anew where a pair of ports is used again; else what is left of the old connection fits too. */
  readonly anew: boolean;
  /** Segments of which a second copy arrived, by the packet number of the answer that only this explains. */
  readonly copies: ReadonlySet<number>;
  /** Resets without effect, by packet: their arrivals stand on lines of their own. */
  readonly apart: ReadonlySet<number>;
  /** What happened at another moment than the schedule says. */
  readonly moves: readonly Move[];
  readonly title?: string;
}

/** A flow, and the packet that each of its segments was; -1 for what was not captured. */
export interface Drawing {
  readonly flow: Flow;
  readonly packets: readonly number[];
  readonly ways: readonly Way[];
}

/** One connection while it is drawn. */
interface Part {
  readonly ends: readonly [Socket, Socket];
  readonly counting: Counting;
  readonly shown: readonly [Shown, Shown];
  readonly timers: Watch;
  readonly ways: readonly Way[];
  readonly latency: number;
}

const WAYS = { likely: waysOf, proved: storyOf, ordered: orderedStoryOf } as const;

/** The flow of some connections of a capture. Its times count from the first segment that left. */
export function drawCapture(captured: readonly DrawnConnection[], options: DrawingOptions): Drawing {
  const { locale = "en" } = options;
  const connections = captured.map(inPieces).map(withBefore).map(withMissing);
  const hosts = hostsOf(connections);
  const countings = new Map<string, Counting>();
  const parts = new Map(
    connections.map((connection) => {
      const ends = [hosts.socket(connection, 0), hosts.socket(connection, 1)] as const;
      const mark = connections.length === 1 ? "" : String(connection.number + 1);
      const pair = JSON.stringify(connection.sockets);
      const known = options.anew ? undefined : countings.get(pair);
      const numbers = known ?? counting(options.numbers, mark, options.anew);
      countings.set(pair, numbers);
      return [connection.number, partOf(connection, ends, numbers, options)];
    }),
  );
  const latency = usual([...parts.values()].map((part) => part.latency));
  const ways = [...parts.values()].flatMap((part) => part.ways);
  const moments = withCopies(momentsOf(ways, latency), options.copies);
  const titled = options.title === undefined ? {} : { title: options.title };
  const { segments, packets, events } = layOut(moments, parts, options, textsOf(locale).notCaptured);
  return {
    packets,
    ways,
    flow: {
      locale,
      text: "",
      firstLine: 1,
      ...titled,
      endpoints: hosts.endpoints,
      settings: { ...DEFAULT_SETTINGS, latency },
      definitions: [],
      segments,
      events,
      annotations: [],
      problems: [],
    },
  };
}

function partOf(
  connection: DrawnConnection,
  ends: Part["ends"],
  numbers: Counting,
  { schedule, moves }: Pick<DrawingOptions, "schedule" | "moves">,
): Part {
  const likely = placeOf(connection, clientOf(connection));
  const proved = schedule !== "likely";
  const place: Place = proved ? { ...likely, away: [0, 0] } : likely;
  return {
    ends,
    counting: numbers,
    shown: [nothingShown(connection), nothingShown(connection)],
    timers: watchTimers(),
    ways: withMoves(withGaps(WAYS[schedule](connection, place), place), moves),
    latency: place.away[0] + place.away[1],
  };
}

/** What happens, moment after moment. */
function layOut(
  moments: readonly Moment[],
  parts: ReadonlyMap<number, Part>,
  { detail, apart }: Pick<DrawingOptions, "detail" | "apart">,
  notCaptured: string,
) {
  const [segments, packets, events]: [Segment[], number[], FlowEvent[]] = [[], [], []];
  const numbers = new Map<Way, number>();
  const closes = closesBefore(moments);
  const { opens, shuts } = crossingsOf(moments, closes);
  const put = (act: Act, at: number, statement = events.length): void => {
    events.push({ ...act, at, span: "segment" in act ? numbered(act.segment) : NOWHERE, statement });
  };
  // A line is a departure and, if nothing else is said, its arrival.
  const lines = new Map<Way, number>();
  const leave = (way: Way, at: number, part: Part): void => {
    const { record, arrived } = way;
    part.counting.begin(record);
    const [from, to] = record.from === 0 ? part.ends : [part.ends[1], part.ends[0]];
    const timer = part.timers.see(record);
    if (timer) put({ kind: "timeout", side: { self: from, peer: to }, timer, place: NOWHERE }, at);
    const segment = segments.length;
    const drawn = drawnSegment(record, from, to, part.counting, detail, part.shown[record.from], numbered(segment));
    segments.push(record.packet < UNSEEN ? { ...drawn, label: notCaptured } : drawn);
    packets.push(record.packet);
    if (!apart.has(record.packet)) lines.set(way, events.length);
    const fate = arrived === undefined ? "lost" : apart.has(record.packet) ? "waits" : "arrives";
    put({ kind: "send", segment, fate }, at);
    if (arrived === undefined) put({ kind: "lose", segment }, at);
  };
  for (const [index, { kind, way, at }] of moments.entries()) {
    const part = parts.get(way.record.connection);
    if (!part) continue;
    if (closes.has(index)) {
      const [self, peer] = way.record.from === 0 ? [part.ends[1], part.ends[0]] : part.ends;
      put({ kind: "call", side: { self, peer }, call: "close", place: NOWHERE }, at);
    }
    if (opens.has(index)) put({ kind: "open", frame: { kind: "crossing" } }, at);
    if (kind === "leaves") {
      numbers.set(way, segments.length);
      leave(way, at, part);
    } else {
      const again = kind === "again";
      put({ kind: "deliver", segment: numbers.get(way) ?? 0, again }, at, again ? undefined : lines.get(way));
    }
    if (shuts.has(index)) put({ kind: "shut", frame: { kind: "crossing" } }, at);
  }
  return { segments, packets, events };
}

function nothingShown({ records }: DrawnConnection): Shown {
  const opened = new Set(records.flatMap(({ flags, from }) => (has(flags, SYN) ? [from] : [])));
  return { scaled: opened.size === 2, ack: undefined, window: undefined };
}

/** The latency that most connections have. */
function usual(latencies: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const latency of latencies) counts.set(latency, (counts.get(latency) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** Before each of these answers arrives again what it reports as double, else what had arrived last. */
function withCopies(moments: readonly Moment[], copies: ReadonlySet<number>): Moment[] {
  const arrived = new Map<string, Way[]>();
  return moments.flatMap((moment): Moment[] => {
    const { way, kind, at } = moment;
    const { connection, from, flags, packet, options, seq } = way.record;
    if (kind === "arrives") {
      const key = `${connection} ${from}`;
      arrived.set(key, [...(arrived.get(key) ?? []), way]);
    }
    if (kind !== "leaves" || !copies.has(packet)) return [moment];
    const theirs = arrived.get(`${connection} ${from === 0 ? 1 : 0}`) ?? [];
    const sized = theirs.filter(({ record }) => sizeOf(record) > 0);
    const reported = sized.findLast(({ record }) => record.seq === options.sack?.[0]?.left);
    const isAsking = ({ record }: Way): boolean => record.ack === seq && !has(record.flags, RST);
    const asked = has(flags, RST) ? theirs.findLast(isAsking) : undefined;
    const again = asked ?? reported ?? sized.at(-1);
    return again ? [{ kind: "again", way: again, at }, moment] : [moment];
  });
}

/** A capture as a flow: who sent what when, what arrived and what was lost. */
import { type Moment, momentsOf } from "./drawn-clock.ts";
import { withGaps } from "./drawn-gaps.ts";
import { clientOf, hostsOf } from "./drawn-hosts.ts";
import { counting, type Numbers } from "./drawn-numbers.ts";
import { type DrawnConnection, sizeOf } from "./drawn-record.ts";
import { type Detail, drawnSegment, NOWHERE, type Shown } from "./drawn-segment.ts";
import { watchTimers } from "./drawn-timers.ts";
import { distances, type Way, waysOf } from "./drawn-ways.ts";
import { DEFAULT_SETTINGS, type Flow, type FlowEvent, type Segment } from "./flow.ts";

export interface DrawingOptions {
  readonly numbers: Numbers;
  readonly detail: Detail;
  /** Segments of which a second copy arrived, by the packet number of the answer that only this explains. */
  readonly copies: ReadonlySet<number>;
  readonly title?: string;
}

/** A flow, and the packet that each of its segments was; -1 for what was not captured. */
export interface Drawing {
  readonly flow: Flow;
  readonly packets: readonly number[];
}

/** The flow of some connections of a capture. Its times count from the first segment that left. */
export function drawCapture(connections: readonly DrawnConnection[], options: DrawingOptions): Drawing {
  const hosts = hostsOf(connections);
  const latencies: number[] = [];
  const parts = new Map(
    connections.map((connection) => {
      const away = distances(connection, clientOf(connection));
      latencies.push(away[0] + away[1]);
      const ends = [hosts.socket(connection, 0), hosts.socket(connection, 1)] as const;
      const mark = connections.length === 1 ? "" : String(connection.number + 1);
      const shown: readonly [Shown, Shown] = [NOTHING_SHOWN(), NOTHING_SHOWN()];
      const part = { ends, counting: counting(options.numbers, mark), shown, timers: watchTimers() };
      return [connection.number, { ...part, ways: withGaps(waysOf(connection, away), away) }];
    }),
  );
  const latency = usual(latencies);
  const ways = [...parts.values()].flatMap((part) => part.ways);
  const moments = withCopies(momentsOf(ways, latency), options.copies);
  const segments: Segment[] = [];
  const packets: number[] = [];
  const events: FlowEvent[] = [];
  const numbers = new Map<Way, number>();
  const titled = options.title === undefined ? {} : { title: options.title };
  for (const { kind, way, at } of moments) {
    const base = { at, span: NOWHERE, statement: events.length };
    if (kind !== "leaves") {
      events.push({ ...base, kind: "deliver", segment: numbers.get(way) ?? 0, again: kind === "again" });
      continue;
    }
    const { record } = way;
    const part = parts.get(record.connection);
    if (!part) continue;
    part.counting.begin(record);
    const [from, to] = record.from === 0 ? part.ends : [part.ends[1], part.ends[0]];
    const timer = part.timers.see(record);
    if (timer) events.push({ ...base, kind: "timeout", side: { self: from, peer: to }, timer, place: NOWHERE });
    const number = segments.length;
    numbers.set(way, number);
    segments.push(drawnSegment(record, from, to, part.counting, options.detail, part.shown[record.from]));
    packets.push(record.packet);
    if (record.lacks) events.push({ ...base, kind: "elide", text: "not captured" });
    events.push({ ...base, kind: "send", segment: number, fate: way.arrived === undefined ? "lost" : "arrives" });
    if (way.arrived === undefined) events.push({ ...base, kind: "lose", segment: number });
  }
  return {
    packets,
    flow: {
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

const NOTHING_SHOWN = (): Shown => ({ ack: undefined, window: undefined });

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
    const { connection, from, packet, options } = way.record;
    if (kind === "arrives" && sizeOf(way.record) > 0) {
      const key = `${connection} ${from}`;
      arrived.set(key, [...(arrived.get(key) ?? []), way]);
    }
    if (kind !== "leaves" || !copies.has(packet)) return [moment];
    const theirs = arrived.get(`${connection} ${from === 0 ? 1 : 0}`) ?? [];
    const reported = theirs.findLast(({ record }) => record.seq === options.sack?.[0]?.left);
    const again = reported ?? theirs.at(-1);
    return again ? [{ kind: "again", way: again, at }, moment] : [moment];
  });
}

/** What happens in a drawing of a capture, in order, on a clock that people can read. */
import { ahead } from "./drawn-record.ts";
import type { Way } from "./drawn-ways.ts";

/** A segment leaves or arrives; `again` is a second copy. */
export interface Moment {
  readonly kind: "leaves" | "arrives" | "again";
  readonly way: Way;
  /** Microseconds since the first moment. */
  readonly at: number;
}

/** From a tenth of a second down to a microsecond. */
const UNITS = [100_000, 10_000, 5000, 1000, 500, 100, 50, 10, 5];

/** All moments in order; times are rounded as far as the order allows, and ways of `usual` length keep it. */
export function momentsOf(ways: readonly Way[], usual: number): Moment[] {
  const moments = ways.flatMap((way): Moment[] => {
    const left: Moment = { kind: "leaves", way, at: way.left };
    return way.arrived === undefined ? [left] : [left, { kind: "arrives", way, at: way.arrived }];
  });
  moments.sort((a, b) => a.at - b.at || rank(a) - rank(b) || inStream(a, b));
  const start = moments[0]?.at ?? 0;
  const order = new Map(moments.map(({ kind, way }, index) => [kind === "leaves" ? way : undefined, index]));
  const longest = Math.max(usual / 4, 5);
  for (const unit of UNITS) {
    if (unit > longest || usual % unit !== 0) continue;
    const rounded = moments.map((moment) => ({ ...moment, at: Math.round((moment.at - start) / unit) * unit }));
    if (isInOrder(rounded, order)) return rounded;
  }
  return moments.map((moment) => ({ ...moment, at: moment.at - start }));
}

/** At one time what is under way arrives first; what takes no time arrives behind its own departure. */
function rank({ kind, way }: Moment): number {
  if (kind === "leaves") return 1;
  return way.arrived === way.left ? 2 : 0;
}

/** What one end sends at one time leaves in the order of its stream; what arrives at one time, in the order in which it left. */
function inStream(a: Moment, b: Moment): number {
  const [one, two] = [a.way.record, b.way.record];
  if (a.kind !== "leaves") return a.way.left - b.way.left;
  return one.connection === two.connection && one.from === two.from ? ahead(two.seq, one.seq) : 0;
}

/** Whether a text with these times puts everything in this order: arrivals come before departures of the same time. */
function isInOrder(moments: readonly Moment[], order: ReadonlyMap<Way | undefined, number>): boolean {
  let departure = -1;
  let departed = Number.NEGATIVE_INFINITY;
  let arrived = { at: Number.NEGATIVE_INFINITY, place: -1 };
  for (const [index, { kind, way, at }] of moments.entries()) {
    if (kind === "leaves") {
      [departure, departed] = [index, at];
      continue;
    }
    const place = order.get(way) ?? 0;
    if (at === departed && place < departure) return false;
    if (at === arrived.at && place < arrived.place) return false;
    arrived = { at, place };
  }
  return true;
}

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

/** Units of time, in microseconds. */
const UNITS = [100_000, 10_000, 5000, 1000, 500, 100, 50, 10, 5];

/** All moments in order, at round times; ways of `usual` length keep it where they can. */
export function momentsOf(ways: readonly Way[], usual: number): Moment[] {
  const moments = ways.flatMap((way): Moment[] => {
    const left: Moment = { kind: "leaves", way, at: way.left };
    return way.arrived === undefined ? [left] : [left, { kind: "arrives", way, at: way.arrived }];
  });
  moments.sort((a, b) => a.at - b.at || rank(a) - rank(b) || inStream(a, b));
  const start = moments[0]?.at ?? 0;
  const exact = moments.map((moment) => ({ ...moment, at: moment.at - start }));
  const coarsest = Math.max(usual / FINE, FINEST);
  for (const unit of UNITS) {
    const rounded = unit > coarsest || usual % unit !== 0 ? undefined : roundedTo(unit, exact, usual);
    if (rounded) return rounded;
  }
  return exact;
}

/** A way is shown in so many steps at least. */
const FINE = 20;

/** Ways that take no time, or are not known, leave it to the segments themselves how fine times must be. */
const FINEST = 100;

/** How far a moment may be moved to keep the order, in units. */
const MOST_MOVED = 4;

/** When a segment left, and as the how manieth moment. */
interface Departure {
  readonly place: number;
  readonly at: number;
}

const NEVER: Departure = { place: -1, at: Number.NEGATIVE_INFINITY };

/** The moments at multiples of a unit, each end's in the same order; nothing if some would have to be moved too far. */
function roundedTo(unit: number, moments: readonly Moment[], usual: number): Moment[] | undefined {
  const departures = new Map<Way, Departure>();
  // By end: what left there last, and what arrived there last.
  const departed = new Map<string, Departure>();
  const arrived = new Map<string, Departure>();
  const rounded: Moment[] = [];
  let last = 0;
  for (const [place, moment] of moments.entries()) {
    const { kind, way } = moment;
    const { connection, from } = way.record;
    const own = departures.get(way) ?? NEVER;
    const isUsual = kind === "arrives" && way.arrived === way.left + usual;
    let at = Math.max(last, isUsual ? own.at + usual : Math.round(moment.at / unit) * unit);
    if (kind === "leaves") {
      departures.set(way, { place, at });
      departed.set(`${connection} ${from}`, { place, at });
    } else {
      // What arrives at a time comes before what leaves there at that time, and in the order in which it left.
      const receiver = `${connection} ${from === 0 ? 1 : 0}`;
      const [sent, before] = [departed.get(receiver) ?? NEVER, arrived.get(receiver) ?? NEVER];
      const isEarly = at === sent.at && own.place < sent.place;
      if (isEarly || (at === before.at && own.place < before.place)) at += unit;
      arrived.set(receiver, { place: own.place, at });
    }
    if (Math.abs(at - moment.at) > MOST_MOVED * unit) return undefined;
    last = at;
    rounded.push({ ...moment, at });
  }
  // As a text has it: what comes from before arrives first, in the order in which it left.
  const placeOf = (moment: Moment): number => {
    const own = departures.get(moment.way);
    return rank(moment) === 0 && own?.at !== moment.at ? (own?.place ?? 0) : Number.MAX_SAFE_INTEGER;
  };
  return rounded.sort((a, b) => a.at - b.at || placeOf(a) - placeOf(b));
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
  if (one.connection !== two.connection || one.from !== two.from) return 0;
  return ahead(two.seq, one.seq) || ahead(two.ack, one.ack);
}

/** How the segments of a scene cross the network, and which of them meet there. */
import type { Act, Flight } from "./acts.ts";
import type { Scene } from "./scene.ts";

/**
 * `direct`: arrives, or is lost, before anything else happens. `flying`: arrives later, on a straight line.
 * `parked`: waits in the network. `stays`: never gets out of it. `old`: comes out of it.
 */
export type Course = "direct" | "flying" | "parked" | "stays" | "old";

/** The gap at the sender's side; of an old segment, at the receiver's. */
export function gapOf({ from, to, old }: Flight): number {
  if (old) return from < to ? to - 1 : to;
  return from < to ? from : from - 1;
}

/** So many acts later, a late segment still makes a straight line: it has met one other. */
const SHORT = 4;

/** How a flight is drawn. */
export function courseOf(flight: Flight, scene: Scene): Course {
  if (flight.old) return "old";
  const [first, ...more] = flight.ends;
  if (first === undefined) return flight.fate === "lost" ? "direct" : "stays";
  if (first.act === flight.sent + 1 && more.length === 0 && !takesTime(flight, first.act, scene)) return "direct";
  if (first.kind === "lose") return "parked";
  if (flight.fate !== "waits" || first.act === flight.sent + 1) return "flying";
  const isShort = more.length === 0 && first.act <= flight.sent + SHORT && !isOvertaken(flight, first.act, scene);
  return isShort ? "flying" : "parked";
}

/** Whether its line is as long as it takes. */
function takesTime({ sent }: Flight, arrival: number, { acts, toScale }: Scene): boolean {
  return toScale && acts[sent]?.at !== acts[arrival]?.at;
}

/** Whether another segment leaves the same way before it arrives. */
function isOvertaken(flight: Flight, arrival: number, scene: Scene): boolean {
  const between = scene.acts.slice(flight.sent + 1, arrival);
  return between.some((act) => {
    const other = flightOf(scene, act);
    return other !== undefined && act.kind === "send" && other.from < other.to === flight.from < flight.to;
  });
}

/** What is under way in one gap. */
interface Traffic {
  /** Copies in the air, and departures so far. */
  inAir: number;
  sent: number;
  /** Places of those that wait in the network; a free one is undefined. */
  readonly places: (number | undefined)[];
  /** By segment: the departures up to its own. */
  readonly begun: Map<number, number>;
}

export interface Meetings {
  readonly crossed: Set<number>;
  /** By segment. */
  readonly slots: Map<number, number>;
}

/** Segments that are under way together, in the gap of their label, and the places of those that wait there. */
export function meetings(scene: Scene): Meetings {
  const found: Meetings = { crossed: new Set(), slots: new Map() };
  const gaps = scene.lanes.map((): Traffic => ({ inAir: 0, sent: 0, places: [], begun: new Map() }));
  for (const [index, act] of scene.acts.entries()) {
    const flight = flightOf(scene, act);
    const traffic = flight && gaps[gapOf(flight)];
    if (flight === undefined || traffic === undefined) continue;
    const late = isLate(flight, scene);
    if (act.kind === "send") begin(found, traffic, flight, late);
    const step = stepInAir(flight, index);
    traffic.inAir += step;
    if (step < 0) finish(found, traffic, flight, late);
  }
  return found;
}

function begin(found: Meetings, traffic: Traffic, { segment }: Flight, late: boolean): void {
  if (late || traffic.inAir > 0) found.crossed.add(segment);
  if (late) found.slots.set(segment, takePlace(traffic.places, segment));
  traffic.begun.set(segment, ++traffic.sent);
}

function finish(found: Meetings, traffic: Traffic, { segment }: Flight, late: boolean): void {
  if (traffic.sent > (traffic.begun.get(segment) ?? 0)) found.crossed.add(segment);
  if (late) traffic.places[found.slots.get(segment) ?? 0] = undefined;
}

/** So many lines wait side by side; more of them share a place. */
const MOST_PLACES = 16;

/** The first free place is taken by a segment. */
function takePlace(places: (number | undefined)[], segment: number): number {
  const free = places.indexOf(undefined);
  const place = free < 0 ? Math.min(places.length, MOST_PLACES - 1) : free;
  places[place] = segment;
  return place;
}

function isLate(flight: Flight, scene: Scene): boolean {
  return courseOf(flight, scene) === "parked" || (flight.ends.length > 1 && !flight.old);
}

function flightOf(scene: Scene, act: Act): Flight | undefined {
  return act.kind === "send" || act.kind === "arrive" || act.kind === "lose"
    ? scene.flights.get(act.segment)
    : undefined;
}

/** +1 when a flight begins, −1 when its last copy ends, 0 where it leaves nothing in the air. */
function stepInAir(flight: Flight, act: number): number {
  const last = flight.ends.at(-1);
  if (flight.old || last === undefined) return 0;
  if (act === flight.sent) return 1;
  return act === last.act ? -1 : 0;
}

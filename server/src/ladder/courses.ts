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

/** How a flight is drawn. */
export function courseOf(flight: Flight): Course {
  if (flight.old) return "old";
  const [first, ...more] = flight.ends;
  if (first === undefined) return flight.fate === "lost" ? "direct" : "stays";
  if (first.act === flight.sent + 1 && more.length === 0) return "direct";
  const late = first.act > flight.sent + 1 && (flight.fate === "waits" || first.kind === "lose");
  return late ? "parked" : "flying";
}

/** What is under way in one gap. */
interface Traffic {
  /** To the right and to the left: copies in the air, and departures so far. */
  readonly inAir: [number, number];
  readonly sent: [number, number];
  /** The same of those that wait in the network. */
  late: number;
  lateSent: number;
}

/** Segments that meet others on their way, in the gap of their label, and how many wait there before them. */
export function meetings(scene: Scene): { crossed: ReadonlySet<number>; slots: ReadonlyMap<number, number> } {
  const crossed = new Set<number>();
  const slots = new Map<number, number>();
  const gaps = scene.lanes.map((): Traffic => ({ inAir: [0, 0], sent: [0, 0], late: 0, lateSent: 0 }));
  /** What the traffic was when a flight had begun. */
  const begun = new Map<number, { readonly sent: number; readonly lateSent: number }>();
  for (const [index, act] of scene.acts.entries()) {
    const flight = flightOf(scene, act);
    const traffic = flight && gaps[gapOf(flight)];
    if (flight === undefined || traffic === undefined) continue;
    const [way, other] = flight.from < flight.to ? ([0, 1] as const) : ([1, 0] as const);
    const late = isLate(flight);
    if (act.kind === "send") {
      if (late || traffic.late > 0 || traffic.inAir[other] > 0) crossed.add(flight.segment);
      slots.set(flight.segment, traffic.late);
      traffic.sent[way]++;
      traffic.lateSent += late ? 1 : 0;
      begun.set(flight.segment, { sent: traffic.sent[other], lateSent: traffic.lateSent });
    }
    const step = stepInAir(flight, index);
    traffic.inAir[way] += step;
    traffic.late += late ? step : 0;
    if (step < 0 && hasMet(begun.get(flight.segment), traffic, other)) crossed.add(flight.segment);
  }
  return { crossed, slots };
}

/** Whether something left the other way, or into the network, since a flight began. */
function hasMet(begun: { sent: number; lateSent: number } | undefined, traffic: Traffic, other: 0 | 1): boolean {
  return begun !== undefined && (traffic.sent[other] > begun.sent || traffic.lateSent > begun.lateSent);
}

function isLate(flight: Flight): boolean {
  return courseOf(flight) === "parked" || (flight.ends.length > 1 && !flight.old);
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

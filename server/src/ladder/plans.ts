/** How every segment will be drawn, and how much room its texts need, before any place is known. */
import type { Replay } from "../flow/replay-types.ts";
import type { Flight } from "./acts.ts";
import { labelOf, type Part, type Remark, remarksOf } from "./label.ts";
import { measure } from "./measure.ts";
import type { Scene } from "./scene.ts";
import { BLANK, FONT } from "./sizes.ts";

/**
 * `direct`: arrives, or is lost, before anything else happens. `flying`: arrives later, on a straight line.
 * `parked`: waits in the network. `stays`: never gets out of it. `old`: comes out of it.
 */
export type Course = "direct" | "flying" | "parked" | "stays" | "old";

export interface Plan {
  readonly flight: Flight;
  readonly course: Course;
  readonly lost: boolean;
  readonly parts: readonly (Part & { readonly dx: number; readonly width: number })[];
  readonly width: number;
  readonly remarks: readonly (Remark & { readonly width: number })[];
  /** The gap between two lanes (its left one's number) in which the label stands: the one at the sender. */
  readonly gap: number;
  /** Others cross it there: the label keeps to the sender's half. */
  readonly crossed: boolean;
  /** Among those that wait in the network at the same time. */
  readonly slot: number;
}

/** Plans all flights of a scene; one for each, by segment number. */
export function planFlights(replay: Replay, scene: Scene, answers: boolean): Map<number, Plan> {
  const plans = new Map<number, Plan>();
  const { crossed, slots } = meetings(scene);
  for (const flight of scene.flights.values()) {
    const connection = replay.readings[flight.segment]?.connection;
    const port = connection === undefined ? undefined : scene.ports[connection];
    const parts = placeParts(labelOf(replay, flight.segment, flight.mistakes, { answers }, port));
    const last = parts.at(-1);
    plans.set(flight.segment, {
      flight,
      course: courseOf(flight),
      lost: flight.ends.length === 0 ? flight.fate === "lost" : flight.ends[0]?.kind === "lose",
      parts,
      width: last ? last.dx + last.width : 0,
      remarks: remarksOf(replay, flight.segment, flight.mistakes).map((remark) => ({
        ...remark,
        width: measure(remark.text, FONT.remark, remark.role === "options" ? "mono" : "sans"),
      })),
      gap: gapOf(flight),
      crossed: crossed.has(flight.segment),
      slot: slots.get(flight.segment) ?? 0,
    });
  }
  return plans;
}

/** The gap at the sender's side; of an old segment, at the receiver's. */
function gapOf({ from, to, old }: Flight): number {
  if (old) return from < to ? to - 1 : to;
  return from < to ? from : from - 1;
}

function courseOf(flight: Flight): Course {
  if (flight.old) return "old";
  const [first, ...more] = flight.ends;
  if (first === undefined) return flight.fate === "lost" ? "direct" : "stays";
  if (first.act === flight.sent + 1 && more.length === 0) return "direct";
  const late = first.act > flight.sent + 1 && (flight.fate === "waits" || first.kind === "lose");
  return late ? "parked" : "flying";
}

/** Segments that meet others on their way, in the gap of their label, and how many wait there already. */
function meetings(scene: Scene): { crossed: Set<number>; slots: Map<number, number> } {
  const crossed = new Set<number>();
  const slots = new Map<number, number>();
  const gaps = Array.from({ length: Math.max(0, scene.lanes.length - 1) }, () => ({
    inAir: [0, 0],
    sent: [0, 0],
    late: 0,
    lateSent: 0,
  }));
  /** What the other way had seen when a flight began. */
  const begun = new Map<number, { readonly sent: number; readonly late: number }>();
  for (const [index, act] of scene.acts.entries()) {
    if (act.kind !== "send" && act.kind !== "arrive" && act.kind !== "lose") continue;
    const flight = scene.flights.get(act.segment);
    const gap = flight && gaps[gapOf(flight)];
    if (flight === undefined || gap === undefined) continue;
    const way = flight.from < flight.to ? 0 : 1;
    const late = courseOf(flight) === "parked" || (flight.ends.length > 1 && !flight.old);
    if (act.kind === "send") {
      if ((gap.inAir[1 - way] ?? 0) > 0 || gap.late > 0 || late) crossed.add(flight.segment);
      slots.set(flight.segment, gap.late);
      begun.set(flight.segment, { sent: gap.sent[1 - way] ?? 0, late: gap.lateSent });
      gap.sent[way] = (gap.sent[way] ?? 0) + 1;
      if (late) gap.lateSent++;
    }
    const step = stepInAir(flight, index);
    gap.inAir[way] = (gap.inAir[way] ?? 0) + step;
    if (late) gap.late += step;
    const before = begun.get(flight.segment);
    if (step < 0 && before && ((gap.sent[1 - way] ?? 0) > before.sent || gap.lateSent > before.late + (late ? 1 : 0)))
      crossed.add(flight.segment);
  }
  return { crossed, slots };
}

/** +1 when a flight begins, −1 when its last copy ends, 0 where it leaves nothing in the air. */
function stepInAir(flight: Flight, act: number): number {
  const last = flight.ends.at(-1);
  if (flight.old || last === undefined) return 0;
  if (act === flight.sent) return 1;
  return act === last.act ? -1 : 0;
}

const SPACE = { port: 7, flags: 8, name: 0, value: 8, blank: 8 } as const;

function placeParts(parts: readonly Part[]): (Part & { readonly dx: number; readonly width: number })[] {
  let dx = 0;
  return parts.map((part) => {
    const placed = { ...part, dx, width: partWidth(part) };
    dx += placed.width + SPACE[part.role];
    return placed;
  });
}

function partWidth({ role, text }: Part): number {
  if (role === "flags") return measure(text, FONT.flags, "bold");
  if (role === "blank") return Math.max(BLANK, measure(text, FONT.numbers, "mono") + 10);
  return measure(text, FONT.numbers, "mono");
}

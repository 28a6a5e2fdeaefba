/** How every segment will be drawn, and how much room its texts need, before any place is known. */
import type { Replay } from "../flow/replay-types.ts";
import type { Flight } from "./acts.ts";
import { type Course, courseOf, gapOf, meetings } from "./courses.ts";
import { type LabelOptions, labelOf, type Part, type Remark, remarksOf } from "./label.ts";
import { type Face, measure } from "./measure.ts";
import type { Scene } from "./scene.ts";
import { FONT, SPACE } from "./sizes.ts";

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
export function planFlights(replay: Replay, scene: Scene, options: LabelOptions): Map<number, Plan> {
  const plans = new Map<number, Plan>();
  const { crossed, slots } = meetings(scene);
  for (const flight of scene.flights.values()) {
    const connection = replay.readings[flight.segment]?.connection;
    const port = connection === undefined ? undefined : scene.ports[connection];
    const parts = placeParts(labelOf(replay, flight.segment, flight.mistakes, options, port), scene.blanks.number);
    const last = parts.at(-1);
    plans.set(flight.segment, {
      flight,
      course: courseOf(flight, scene),
      lost: flight.ends.length === 0 ? flight.fate === "lost" : flight.ends[0]?.kind === "lose",
      parts,
      width: last ? last.dx + last.width : 0,
      remarks: remarksOf(replay, flight.segment, flight.mistakes, options).map((remark) => ({
        ...remark,
        width: measure(remark.text, FONT.remark, remarkFace(remark)),
      })),
      gap: gapOf(flight),
      crossed: crossed.has(flight.segment),
      slot: slots.get(flight.segment) ?? 0,
    });
  }
  return plans;
}

/** What the wire carries is set as on the wire. */
export function remarkFace({ role }: Remark): Face {
  return role === "options" || role === "data" ? "mono" : "sans";
}

function placeParts(parts: readonly Part[], blank: number): (Part & { readonly dx: number; readonly width: number })[] {
  let dx = 0;
  return parts.map((part) => {
    const placed = { ...part, dx, width: partWidth(part, blank) };
    dx += placed.width + SPACE[part.role];
    return placed;
  });
}

function partWidth({ role, text }: Part, blank: number): number {
  if (role === "flags") return measure(text, FONT.flags, "bold");
  if (role === "blank") return Math.max(blank, measure(text, FONT.numbers, "mono") + 10);
  return measure(text, FONT.numbers, "mono");
}

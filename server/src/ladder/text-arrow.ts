/** Arrows of characters, from one lane to the next. */
import type { Part } from "./label.ts";
import { cells } from "./measure.ts";
import type { Plan } from "./plans.ts";
import type { Pen } from "./text-grid.ts";

export interface TextLabel {
  readonly text: string;
  /** Columns of the parts that a finding stands on, in the label. */
  readonly marks: readonly { readonly start: number; readonly width: number }[];
}

/** `FIN+ACK seq=u ack=v`, and where the mistakes are. */
export function textLabel(parts: readonly Part[]): TextLabel {
  let text = "";
  const marks: { start: number; width: number }[] = [];
  for (const part of parts) {
    const isValue = part.role === "value" || part.role === "blank";
    if (text !== "" && !isValue) text += " ";
    const words = wordsOf(part);
    if (part.level !== undefined) marks.push({ start: cells(text), width: Math.max(1, cells(words)) });
    text += words;
  }
  return { text, marks };
}

function wordsOf({ role, text }: Part): string {
  if (role === "flags") return text.startsWith("no ") ? text : text.replaceAll(" ", "+");
  return role === "blank" ? `[${text === "" ? "  " : text}]` : text;
}

/** Room that a label needs in a gap. */
export const ARROW_ROOM = 10;

/** What of a segment's way a row shows: all of it, its departure, its arrival, its loss on the way. */
export type Leg = "whole" | "lost" | "departs" | "arrives";

/** An arrow across one gap, and the column in it where its label begins. */
export function textArrow(
  plan: Plan,
  label: string,
  leg: Leg,
  width: number,
  pen: Pen,
): { text: string; start: number } {
  const right = plan.flight.from < plan.flight.to;
  const room = Math.max(ARROW_ROOM, width - cells(label));
  const near = Math.max(3, Math.min(12, (room >> 1) - 2));
  const far = room - near - 2;
  const solid = (count: number) => pen.line.repeat(Math.max(0, count));
  const waves = (count: number) => pen.wave.repeat(Math.max(0, Math.min(5, count)));
  const ends = {
    whole: { tail: solid(near), head: `${solid(far - 1)}>` },
    lost: { tail: solid(near), head: `${solid(Math.max(1, (far >> 1) - 1))}x` },
    departs: { tail: solid(near), head: waves(far) },
    arrives: { tail: waves(near), head: `${solid(far - 1)}>` },
  }[leg];
  const tail = leg === "arrives" ? ends.tail.padStart(near, " ") : ends.tail;
  if (right) return { text: `${tail} ${label} ${ends.head}`, start: near + 1 };
  const head = ends.head.replace(">", "<");
  const mirrored = [...head].reverse().join("").padStart(far, " ");
  const tailEnd = leg === "arrives" ? ends.tail : tail;
  return { text: `${mirrored} ${label} ${tailEnd}`, start: far + 1 };
}

/** The part of an arrow beyond the gap of its label. */
export function textWire(leg: Leg, isLast: boolean, right: boolean, width: number, pen: Pen): string {
  if (leg === "lost" || leg === "departs") return "";
  const line = pen.line.repeat(width);
  if (!isLast) return line;
  return right ? `${line.slice(0, -1)}>` : `<${line.slice(1)}`;
}

/** Text in, ladder out: what tests of the picture look at. */
import type { Arrow, Ladder, Point, Stroke } from "../../server/src/ladder/geometry.ts";
import { type LayoutOptions, layout } from "../../server/src/ladder/layout.ts";
import { check } from "../support/flows.ts";

export function ladderOf(text: string, options: LayoutOptions = {}): Ladder {
  return layout(check(text), options);
}

/** The arrow of a segment, counted from 0. */
export function arrowOf(ladder: Ladder, segment: number): Arrow {
  const arrow = ladder.arrows.find((each) => each.segment === segment);
  if (arrow === undefined) throw new Error(`segment ${segment} has no arrow`);
  return arrow;
}

/** What is written along an arrow, e.g. `SYN seq=x`; a blank is `[]`. */
export function labelOf({ labels: [label] }: Arrow): string {
  const words = (label?.parts ?? []).map(({ role, text }) => {
    if (role === "blank") return `[${text}]`;
    return role === "value" ? text : ` ${text}`;
  });
  return words.join("").trim();
}

/** Where a line begins and where it ends. */
export function endsOf({ points }: Stroke): { start: Point; end: Point } {
  const [start, end] = [points[0], points.at(-1)];
  if (start === undefined || end === undefined) throw new Error("a line without points");
  return { start, end };
}

/** The states of an end from top to bottom, e.g. `CLOSED SYN-SENT`. */
export function statesOf(ladder: Ladder, end: number): string {
  return ladder.bands
    .filter((band) => band.end === end)
    .map(({ state, blank }) => (blank ? "?" : state))
    .join(" ");
}

/** Whether two straight lines meet between their ends. */
export function cross(a: Stroke, b: Stroke): boolean {
  const [p, q] = [endsOf(a), endsOf(b)];
  const side = ({ start, end }: { start: Point; end: Point }, point: Point) =>
    Math.sign((end.x - start.x) * (point.y - start.y) - (end.y - start.y) * (point.x - start.x));
  return side(p, q.start) !== side(p, q.end) && side(q, p.start) !== side(q, p.end);
}

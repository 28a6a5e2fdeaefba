/** An arrow in the picture as a way that a segment goes, piece by piece. */
import type { StepSegment } from "../../../../server/src/ladder/steps.ts";

/** A part of a line, from one share of its length to another. */
interface Piece {
  readonly path: SVGPathElement;
  readonly from: number;
  readonly to: number;
}

export interface ArrowWay {
  /** What is gone when the segment leaves, and with each end of its way. */
  readonly legs: readonly (readonly Piece[])[];
  readonly group: SVGGElement;
}

/** @param ends for each end of its way, whether it arrives there */
export function arrowWay(group: SVGGElement, { course }: StepSegment, ends: readonly boolean[]): ArrowWay {
  const paths = [...group.querySelectorAll<SVGPathElement>("path.wire")];
  const whole = (list: readonly SVGPathElement[]) => list.map((path): Piece => ({ path, from: 0, to: 1 }));
  if (course === "stays") return { group, legs: [whole(paths)] };
  if (course === "old") return { group, legs: [[], whole(paths)] };
  const [first, ...rest] = paths;
  if (first === undefined) return { group, legs: [] };
  const legs: Piece[][] =
    course === "parked" ? [whole([first])] : [[{ path: first, from: 0, to: 0.5 }], [{ path: first, from: 0.5, to: 1 }]];
  let next = 0;
  for (const arrives of ends.slice(legs.length - 1)) {
    // A copy goes on from where it waits in the network: down, and then to the receiver.
    const count = arrives ? 2 : 1;
    legs.push(whole(rest.slice(next, next + count)));
    next += count;
  }
  return { group, legs };
}

/** Shows the first `done` legs, and of the next one the share `part`; gives the place where that ends. */
export function showWay({ legs, group }: ArrowWay, done: number, part: number): DOMPoint | undefined {
  let tip: DOMPoint | undefined;
  const shown = new Map<SVGPathElement, number>();
  for (const [index, leg] of legs.entries()) {
    const lengths = leg.map(({ path, from, to }) => path.getTotalLength() * (to - from));
    const total = lengths.reduce((sum, length) => sum + length, 0);
    let room = index < done ? total : index === done ? total * part : 0;
    for (const [i, { path, from }] of leg.entries()) {
      const length = lengths[i] ?? 0;
      const gone = Math.min(room, length);
      room -= gone;
      const start = path.getTotalLength() * from;
      if (gone > 0) tip = path.getPointAtLength(start + gone);
      shown.set(path, Math.max(shown.get(path) ?? 0, gone > 0 ? start + gone : 0));
    }
  }
  for (const [path, length] of shown) cut(path, length);
  group.classList.add("partial");
  return tip;
}

/** Shows the first so many pixels of a line; of one that is dotted, all or nothing. */
function cut(path: SVGPathElement, length: number): void {
  const total = path.getTotalLength();
  path.classList.toggle("unseen", length === 0);
  if (length >= total - 0.5 || path.classList.contains("network")) path.removeAttribute("stroke-dasharray");
  else path.setAttribute("stroke-dasharray", `${length} ${total + 10}`);
}

/** Shows the ends that have been reached. */
export function showEnds({ group }: ArrowWay, ends: readonly boolean[], reached: number, parked: boolean): void {
  const happened = ends.slice(0, reached);
  const arrived = happened.filter((arrives) => arrives).length;
  hideAfter(group, "path.tip", arrived);
  hideAfter(group, "path.lost", reached - arrived);
  hideAfter(group, "circle.tip", parked ? arrived + 1 : Math.max(0, reached - 1));
  hideAfter(group, ":scope > g", Math.max(1, arrived + (parked ? 1 : 0)));
}

function hideAfter(group: SVGGElement, selector: string, count: number): void {
  for (const [index, found] of [...group.querySelectorAll(selector)].entries())
    found.classList.toggle("unseen", index >= count);
}

/** As it was drawn. */
export function showWhole(group: Element): void {
  group.classList.remove("partial");
  for (const hidden of group.querySelectorAll(".unseen")) hidden.classList.remove("unseen");
  for (const path of group.querySelectorAll("path.wire")) path.removeAttribute("stroke-dasharray");
}

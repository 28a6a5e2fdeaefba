/** The steps that one can stop at, and what is known at each of them. */
import type { EndView, Step, Steps } from "../../../../server/src/ladder/steps.ts";

/** What stands in the picture without anything happening. */
const STILL: readonly Step["kind"][] = ["note", "section", "open", "claim"];

export interface Moments {
  readonly steps: Steps;
  /** Places in `steps.steps`; a position is an index of this list, -1 is before all. */
  readonly acts: readonly number[];
}

export function momentsOf(steps: Steps): Moments {
  return { steps, acts: steps.steps.flatMap(({ kind }, index) => (STILL.includes(kind) ? [] : [index])) };
}

export function stepAt({ steps, acts }: Moments, position: number): Step | undefined {
  return steps.steps[acts[position] ?? -1];
}

/** The last step of a line (from 0), or of the nearest line above it. */
export function positionOfLine(moments: Moments, line: number): number {
  let best = -1;
  let bestLine = -1;
  for (const position of moments.acts.keys()) {
    const at = stepAt(moments, position)?.line ?? 0;
    if (at > line || at < bestLine) continue;
    best = position;
    bestLine = at;
  }
  return best;
}

/** The first step at which a segment is where its way ends first, else where it leaves. */
export function positionOfSegment(moments: Moments, segment: number): number | undefined {
  const positions = [...moments.acts.keys()].filter((at) => stepAt(moments, at)?.segment === segment);
  return positions[1] ?? positions[0];
}

/** The views of all ends at a position, and those of the position before. */
export function viewsAt(moments: Moments, position: number): { now: EndView[]; before: EndView[] } {
  const { steps, acts } = moments;
  const last = acts[position] ?? -1;
  const views = steps.ends.map(({ view }) => view);
  let before = [...views];
  const start = acts[position - 1] ?? -1;
  for (const [index, { changes }] of steps.steps.entries()) {
    if (index > last) break;
    if (index === start + 1) before = [...views];
    for (const [end, view] of changes) views[end] = view;
  }
  const look = (list: readonly number[]) => list.flatMap((view) => steps.views[view] ?? []);
  return { now: look(views), before: look(before) };
}

/** The segments that have left by a position. */
export function sentBy({ steps, acts }: Moments, position: number): Set<number> {
  const sent = new Set<number>();
  for (const { kind, segment } of steps.steps.slice(0, (acts[position] ?? -1) + 1))
    if (kind === "send" && segment !== undefined) sent.add(segment);
  return sent;
}

/** The segments under way at a position, with how many of their copies have ended. */
export function underWay({ steps, acts }: Moments, position: number): Map<number, number> {
  const found = new Map<number, number>();
  const last = acts[position] ?? -1;
  for (const { kind, segment } of steps.steps.slice(0, last + 1)) {
    if (segment === undefined) continue;
    if (kind === "send") found.set(segment, 0);
    else if (kind === "arrive" || kind === "lose") {
      const ended = (found.get(segment) ?? 0) + 1;
      if (ended >= (steps.segments[segment]?.ends ?? 0)) found.delete(segment);
      else found.set(segment, ended);
    }
  }
  return found;
}

/** The states that an end has been in up to a position, in order. */
export function pathOf({ steps, acts }: Moments, end: number, position: number): readonly EndView[] {
  const path: EndView[] = [];
  const add = (index: number | undefined) => {
    const view = steps.views[index ?? -1];
    if (view && (path.at(-1)?.state !== view.state || path.at(-1)?.name !== view.name)) path.push(view);
  };
  add(steps.ends[end]?.view);
  const last = acts[position] ?? -1;
  for (const { changes } of steps.steps.slice(0, last + 1))
    for (const [changed, view] of changes) if (changed === end) add(view);
  return path;
}

/** The two ends that a position is about: those of the nearest segment up to it, else the first ones. */
export function endsAt({ steps, acts }: Moments, position: number): readonly number[] {
  let connection = 0;
  for (const { segment, changes } of steps.steps.slice(0, (acts[position] ?? -1) + 1)) {
    const [[end] = []] = changes;
    if (segment !== undefined) connection = steps.segments[segment]?.connection ?? connection;
    else if (end !== undefined) connection = steps.ends[end]?.connection ?? connection;
  }
  return steps.ends.flatMap((end, index) => (end.connection === connection ? [index] : []));
}

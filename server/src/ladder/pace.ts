/** How long a microsecond is in a picture that is drawn to scale. */
import type { Act } from "./acts.ts";
import type { Rows } from "./sweep.ts";

/** A picture grows to so many times its height, or at least to so many pixels. */
const MOST_GROWTH = 3;
const LEAST_ROOM = 1600;

/**
 * Pixels for each microsecond: so many that even the shortest time between two acts has the room that it needs, unless
 * the picture would be far too long. What is shorter then stands as close together as it can be read.
 */
export function paceOf(acts: readonly Act[], even: Rows): number {
  let pace = 0;
  for (const [index, act] of acts.entries()) {
    const before = acts[index - 1];
    if (before === undefined || act.at <= before.at) continue;
    pace = Math.max(pace, ((even.y[index] ?? 0) - (even.y[index - 1] ?? 0)) / (act.at - before.at));
  }
  const duration = (acts.at(-1)?.at ?? 0) - (acts[0]?.at ?? 0);
  const most = Math.max(LEAST_ROOM, MOST_GROWTH * (even.bottom - even.top));
  return duration === 0 ? 0 : Math.min(pace, most / duration);
}

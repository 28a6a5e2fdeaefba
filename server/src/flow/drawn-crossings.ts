/** Segments of both ends that pass each other on an otherwise empty way: drawn as crossing. An ACK that passes data is no news. */
import type { Moment } from "./drawn-clock.ts";
import { sizeOf } from "./drawn-record.ts";

/** By the index of a moment: where a block begins, and where it is over. */
export interface Crossings {
  readonly opens: ReadonlySet<number>;
  readonly shuts: ReadonlySet<number>;
}

/** Two segments leave, one at each end, before either arrives; then they arrive in the same order, and nobody `calls` between. */
export function crossingsOf(moments: readonly Moment[], calls: ReadonlySet<number>): Crossings {
  const opens = new Set<number>();
  const shuts = new Set<number>();
  let underWay = 0;
  for (const [index, moment] of moments.entries()) {
    const isCalm = ![1, 2, 3].some((place) => calls.has(index + place));
    if (underWay === 0 && isCalm && isCrossing(moments.slice(index, index + 4))) {
      opens.add(index);
      shuts.add(index + 3);
    }
    if (moment.kind === "arrives") underWay--;
    else if (moment.kind === "leaves" && moment.way.arrived !== undefined) underWay++;
  }
  return { opens, shuts };
}

function isCrossing([first, second, third, fourth]: readonly Moment[]): boolean {
  if (first?.kind !== "leaves" || second?.kind !== "leaves") return false;
  if (third?.kind !== "arrives" || fourth?.kind !== "arrives") return false;
  if (third.way !== first.way || fourth.way !== second.way) return false;
  const [one, two] = [first.way.record, second.way.record];
  const speak = sizeOf(one) > 0 && sizeOf(two) > 0;
  return speak && one.connection === two.connection && one.from !== two.from;
}

/** Segments that were captured and have not been proved to have arrived: they must not become too many. */
import { arrive } from "../tcp/arrival.ts";
import type { ArrivalContext } from "../tcp/outcomes.ts";
import { takesNumbers } from "../tcp/segment.ts";
import { ahead, type CapturedEnd, endValue, NO_SYMBOLS, numberOf } from "./capture-ends.ts";

/** More segments are never under way in practice. */
const MOST_WAITING = 1024;

/**
 * When too many wait, the older half is settled: what can have arrived without being acknowledged has arrived, the rest
 * was lost.
 */
export function relieve(end: CapturedEnd, now: number): void {
  if (end.waiting.length <= MOST_WAITING) return;
  const context: ArrivalContext = { symbols: NO_SYMBOLS, now, answer: undefined, repeats: false, listens: undefined };
  for (const header of end.waiting.splice(0, MOST_WAITING / 2)) {
    const { rcvNxt } = end.block;
    const acknowledged = rcvNxt !== undefined && ahead(endValue(header), numberOf(rcvNxt)) >= 0;
    if (acknowledged || !takesNumbers(header)) end.block = arrive(end.block, header, context).block;
  }
}

/** The control blocks at any event of a replay, found in the changes of its steps. */
import type { Block } from "../tcp/block.ts";
import type { Replay } from "./replay-types.ts";

/** The block of an end behind event `step`; before the first event for -1. */
export function blockAt(replay: Replay, end: number, step: number): Block | undefined {
  for (let i = Math.min(step, replay.steps.length - 1); i >= 0; i--) {
    const change = replay.steps[i]?.changes.findLast((one) => one.end === end);
    if (change) return change.after;
  }
  return replay.ends[end]?.start;
}

/** The blocks of all ends behind the last event. */
export function lastBlocks(replay: Replay): readonly Block[] {
  const blocks = replay.ends.map(({ start }) => start);
  for (const { changes } of replay.steps) for (const { end, after } of changes) blocks[end] = after;
  return blocks;
}

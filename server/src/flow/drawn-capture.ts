/** The drawing of a capture that shows as little of the headers as explains what happened. */

import { SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { DrawingOptions, Schedule } from "./drawn-flow.ts";
import { mended } from "./drawn-mending.ts";
import type { DrawnConnection } from "./drawn-record.ts";
import { DETAILS } from "./drawn-segment.ts";
import { withStates } from "./drawn-states.ts";
import { type Telling, tellBest } from "./drawn-telling.ts";
import type { Flow } from "./flow.ts";

const SCHEDULES: readonly Schedule[] = ["likely", "proved", "ordered"];

/** The flow of some connections of a capture, with the states at its turning points. */
export function tellCapture(
  connections: readonly DrawnConnection[],
  options: Pick<DrawingOptions, "numbers" | "title" | "locale">,
): Flow {
  const found: Telling[] = [];
  for (const anew of reuses(connections) ? [true, false] : [true]) {
    for (const schedule of SCHEDULES) {
      for (const detail of DETAILS) {
        const told = tellBest(connections, { ...options, ...PLAIN, detail, schedule, anew });
        if (told.wrong.length === 0) return withStates(told.replay);
        found.push(told);
      }
    }
  }
  return withStates(mended(connections, found).replay);
}

const PLAIN = { copies: new Set<number>(), apart: new Set<number>(), moves: [] } as const;

/** Whether a pair of ports is used again. */
function reuses(connections: readonly DrawnConnection[]): boolean {
  const opened = new Map<string, number>();
  return connections.some(({ sockets, records }) =>
    records.some(({ flags, from, seq }) => {
      if (!has(flags, SYN)) return false;
      const key = JSON.stringify([sockets, from]);
      const before = opened.get(key);
      opened.set(key, seq);
      return before !== undefined && before !== seq;
    }),
  );
}

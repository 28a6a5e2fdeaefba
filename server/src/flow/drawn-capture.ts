/** The drawing of a capture that shows as little of the headers as explains what happened. */

import { ACK, RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { Drawing, DrawingOptions, Schedule } from "./drawn-flow.ts";
import { mended, type Telling, tell, weightOf } from "./drawn-mending.ts";
import type { DrawnConnection } from "./drawn-record.ts";
import { DETAILS } from "./drawn-segment.ts";
import { withStates } from "./drawn-states.ts";
import type { Finding } from "./findings.ts";
import type { Flow } from "./flow.ts";

/** How often a drawing is made anew because its replay shows what more must have arrived. */
const MOST_ATTEMPTS = 20;

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
        const told = tellOnce(connections, { ...options, detail, schedule, anew, moves: [] });
        if (told.wrong.length === 0) return withStates(told.replay);
        found.push(told);
      }
    }
  }
  return withStates(mended(connections, found).replay);
}

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

/** The best drawing of its kind. */
function tellOnce(connections: readonly DrawnConnection[], options: Omit<DrawingOptions, "copies" | "apart">): Telling {
  const [copies, apart] = [new Set<number>(), new Set<number>()];
  let best: Telling | undefined;
  for (let attempt = 1; ; attempt++) {
    const told = tell(connections, { ...options, copies: new Set(copies), apart: new Set(apart) });
    if (best === undefined || weightOf(told) < weightOf(best)) best = told;
    const before = copies.size + apart.size;
    for (const packet of unexplained(told.wrong, told.drawing)) copies.add(packet);
    for (const packet of ignored(told.wrong, told.drawing)) apart.add(packet);
    if (told.wrong.length === 0 || copies.size + apart.size === before || attempt === MOST_ATTEMPTS) return best;
  }
}

/** Acknowledgments and resets that nothing has asked for, by packet: a copy of an earlier segment must have arrived. */
function unexplained(findings: readonly Finding[], { packets, flow }: Drawing): number[] {
  return findings.flatMap(({ rule, segment }) => {
    const packet = segment === undefined ? undefined : packets[segment];
    const flags = (segment !== undefined && flow.segments[segment]?.flags) || 0;
    const isRefusal = (flags & (RST | ACK)) === RST && (rule === "illegal-segment" || rule === "wrong-reset");
    const unasked = rule === "unneeded-ack" || isRefusal;
    return unasked && packet !== undefined && packet >= 0 ? [packet] : [];
  });
}

/** Resets that have no effect, by packet. */
function ignored(findings: readonly Finding[], { packets }: Drawing): number[] {
  return findings.flatMap(({ rule, segment }) => {
    const packet = segment === undefined ? undefined : packets[segment];
    return rule === "reset-ignored" && packet !== undefined ? [packet] : [];
  });
}

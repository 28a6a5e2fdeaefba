/** The drawing of a capture that shows as little of the headers as explains what happened. */

import { type Drawing, type DrawingOptions, drawCapture } from "./drawn-flow.ts";
import type { DrawnConnection } from "./drawn-record.ts";
import { DETAILS } from "./drawn-segment.ts";
import { withStates } from "./drawn-states.ts";
import type { Finding } from "./findings.ts";
import type { Flow } from "./flow.ts";
import { replay } from "./replay.ts";

/** How often a drawing is made anew because its replay shows that a second copy must have arrived. */
const MOST_ATTEMPTS = 20;

/** The flow of some connections of a capture, with the states at its turning points. */
export function tellCapture(
  connections: readonly DrawnConnection[],
  options: Pick<DrawingOptions, "numbers" | "title" | "locale">,
): Flow {
  let best: { flow: Flow; wrong: number } | undefined;
  for (const detail of DETAILS) {
    const copies = new Set<number>();
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const drawing = drawCapture(connections, { ...options, detail, copies });
      const replayed = replay(drawing.flow);
      const wrong = replayed.findings.filter(({ severity }) => severity === "error" || severity === "warning");
      if (best === undefined || wrong.length < best.wrong) best = { flow: withStates(replayed), wrong: wrong.length };
      if (wrong.length === 0) return best.flow;
      const before = copies.size;
      for (const packet of unexplained(wrong, drawing)) copies.add(packet);
      if (copies.size === before) break;
    }
  }
  return best?.flow ?? drawCapture(connections, { ...options, detail: "everything", copies: new Set() }).flow;
}

/** Acknowledgments that nothing has asked for, by packet: a copy of an earlier segment must have arrived. */
function unexplained(findings: readonly Finding[], { packets }: Drawing): number[] {
  return findings.flatMap(({ rule, segment }) => {
    const packet = segment === undefined ? undefined : packets[segment];
    return rule === "unneeded-ack" && packet !== undefined && packet >= 0 ? [packet] : [];
  });
}

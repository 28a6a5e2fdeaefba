/** Calls that take effect with the segment they send: their state begins where its arrow does. */
import type { Act } from "./acts.ts";

/** How many acts a call and its segment may be apart: both ends may call before either sends. */
const REACH = 4;

/** By send act: the call act whose changes begin there. */
export function sendingCalls(acts: readonly Act[]): Map<number, number> {
  const calls = new Map<number, number>();
  for (const [index, act] of acts.entries()) {
    if (act.kind !== "call" || act.changes.length === 0) continue;
    const send = sendAfter(acts, index, act.lane);
    if (send !== undefined && acts[send]?.changes.length === 0) calls.set(send, index);
  }
  return calls;
}

/** The first segment that a lane sends after a call, where only calls and departures of others come in between. */
function sendAfter(acts: readonly Act[], call: number, lane: number): number | undefined {
  for (let i = call + 1; i <= call + REACH; i++) {
    const act = acts[i];
    if (act?.kind !== "call" && act?.kind !== "send") return undefined;
    if (act.lane === lane) return act.kind === "send" ? i : undefined;
  }
  return undefined;
}

/** Beside which lane a wait stands, and from where on its time runs. */
import type { Act } from "./acts.ts";
import type { StateTrack } from "./states.ts";

export interface WaitPlace {
  readonly lane: number;
  /** The act from which on the time runs. */
  readonly since?: number;
}

/** The lane that is in TIME-WAIT now, if any. */
export function laneInTimeWait(track: StateTrack): { readonly lane: number } | undefined {
  for (const spans of track.byEnd) {
    const span = spans.at(-1);
    if (span?.state === "TIME-WAIT") return { lane: span.lane };
  }
  return undefined;
}

/**
 * A wait in MSL belongs to the lane in TIME-WAIT, which it has already, and runs from what last happened there;
 * any other to the lane that goes on after it, and an RTO runs from what that lane sent last.
 */
export function placeWait(acts: readonly Act[], index: number): WaitPlace {
  const wait = acts[index];
  if (wait?.kind !== "wait") return { lane: 0 };
  const isMsl = wait.text.endsWith("MSL");
  const lane = isMsl ? wait.lane : (laneAfter(acts, index) ?? 0);
  const isTimer = isMsl || wait.text.endsWith("RTO");
  let since: number | undefined;
  for (let i = index - 1; i >= 0; i--) {
    const act = acts[i];
    if (act === undefined || act.kind === "wait" || act.kind === "elide" || act.kind === "section") break;
    if (act.at > wait.begin) continue;
    since ??= i;
    if (!isTimer || act.at < wait.begin) break;
    if ((act.kind === "send" || (isMsl && act.kind === "arrive")) && act.lane === lane) return { lane, since: i };
  }
  return since === undefined ? { lane } : { lane, since };
}

function laneAfter(acts: readonly Act[], index: number): number | undefined {
  for (let i = index + 1; i < acts.length; i++) {
    const act = acts[i];
    if (act?.kind === "send" || act?.kind === "timeout" || act?.kind === "call") return act.lane;
    if (act?.kind === "elide" || act?.kind === "wait") return undefined;
  }
  return undefined;
}

/** What an end is going to send: a flow is known whole, and what follows tells which choice a TCP made. */
import { type Answer, isBareReset } from "../tcp/outcomes.ts";
import { numberOf } from "./fields.ts";
import type { Run } from "./run.ts";

/** What the end sends next on this connection, or so many segments after that: it tells which of several right answers its TCP chose. */
export function nextAnswer(run: Run, end: number, after = 0): Answer | undefined {
  const next = run.connections.sends[end]?.[(run.ends[end]?.sent ?? 0) + after];
  const segment = next === undefined ? undefined : run.flow.segments[next];
  if (!segment) return undefined;
  const { flags, seq, ack, len, win: window } = segment;
  const answer = { flags, seq: numberOf(seq), ack: numberOf(ack), len: numberOf(len), window };
  // Its user's reset answers nothing.
  return isBareReset(answer) && isAborted(run, end, next) ? undefined : answer;
}

/** Whether an abort is called before the segment leaves. */
function isAborted({ flow, connections, steps }: Run, end: number, segment: number | undefined): boolean {
  for (let i = steps.length + 1; i < flow.events.length; i++) {
    const event = flow.events[i];
    if (event?.kind === "send" && event.segment === segment) return false;
    if (event?.kind === "call" && event.call === "abort" && connections.endsOf(event.side).includes(end)) return true;
  }
  return false;
}

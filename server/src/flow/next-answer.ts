/** What an end is going to send: a flow is known whole, and what follows tells which choice a TCP made. */
import type { Answer } from "../tcp/outcomes.ts";
import { numberOf } from "./fields.ts";
import type { Run } from "./run.ts";

/** What the end sends next on this connection, or so many segments after that: it tells which of several right answers its TCP chose. */
export function nextAnswer(run: Run, end: number, after = 0): Answer | undefined {
  const next = run.connections.sends[end]?.[(run.ends[end]?.sent ?? 0) + after];
  const segment = next === undefined ? undefined : run.flow.segments[next];
  if (!segment) return undefined;
  const { flags, seq, ack, len, win: window } = segment;
  return { flags, seq: numberOf(seq), ack: numberOf(ack), len: numberOf(len), window };
}

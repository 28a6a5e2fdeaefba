/** The turning points of a drawing: which states each segment leads to. */

import { NOWHERE } from "./drawn-segment.ts";
import type { Claim, Flow, FlowEvent } from "./flow.ts";
import type { Replay } from "./replay-types.ts";

/** The flow of a replay with an assertion wherever states have changed, before the next line. */
export function withStates({ flow, ends, steps }: Replay): Flow {
  const events: FlowEvent[] = [];
  const told = ends.map(({ start }) => start.state);
  const now = [...told];
  const tell = (at: number): void => {
    const statement = events.length;
    for (const [end, { self, peer }] of ends.entries()) {
      const state = now[end];
      if (state === undefined || state === told[end]) continue;
      told[end] = state;
      const claim: Claim = { state: { kind: "state", state, span: NOWHERE }, variables: [] };
      events.push({ at, span: NOWHERE, statement, kind: "assert", side: { self, peer }, claim });
    }
  };
  for (const [index, event] of flow.events.entries()) {
    const before = flow.events[index - 1];
    if (before && isLine(event)) tell(before.at);
    const statement = events.length;
    events.push({ ...event, statement: event.kind === "lose" ? statement - 1 : statement });
    for (const { end, after } of steps[index]?.changes ?? []) now[end] = after.state;
  }
  tell(flow.events.at(-1)?.at ?? 0);
  return { ...flow, events };
}

/** Whether an event begins a line of its own in the text, and not the end of a block. */
function isLine(event: FlowEvent): boolean {
  if (event.kind === "lose" || event.kind === "shut") return false;
  return event.kind !== "deliver" || event.again;
}

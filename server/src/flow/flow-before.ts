/** What of a flow has happened at a place in its text, for proposals of what may come next. */
import type { Flow, FlowEvent, Span } from "./flow.ts";

/**
 * The flow as if its text ended at `offset`, the start of a line. What was sent with `->` has arrived by then, as before
 * any line without a time; in a crossing block it has not; behind a `wait` only what was due has.
 */
export function flowBefore(flow: Flow, offset: number): Flow {
  const { events, waited } = eventsBefore(flow.events, offset);
  const problems = flow.problems.filter(({ span }) => span.start < offset);
  const annotations = flow.annotations.filter(({ span }) => span.start < offset);
  return { ...flow, events: waited ?? events, problems, annotations };
}

/** `waited`: the same up to a `wait` that is the last statement. */
function eventsBefore(
  all: readonly FlowEvent[],
  offset: number,
): { events: readonly FlowEvent[]; waited: readonly FlowEvent[] | undefined } {
  const events: FlowEvent[] = [];
  /** The statement furthest down, and how many events there are up to its own. */
  let last: { readonly count: number; readonly event: FlowEvent } | undefined;
  for (const event of upToBlock(all, offset)) {
    if (event.span.start >= offset) continue;
    events.push(event);
    if (event.kind === "deliver" || event.span.start < (last?.event.span.start ?? 0)) continue;
    last = { count: events.length, event };
  }
  return { events, waited: last?.event.kind === "wait" ? events.slice(0, last.count) : undefined };
}

/** Of a repeat around the place, the first round counts; of a crossing, what was sent before the first arrival. */
function* upToBlock(all: readonly FlowEvent[], offset: number): Generator<FlowEvent> {
  let crossing: Set<number> | undefined;
  for (const event of all) {
    const around = (event.kind === "open" || event.kind === "shut") && holds(event.span, offset);
    if (around && event.kind === "shut") return;
    if (around && event.frame.kind === "crossing") crossing ??= new Set();
    if (event.kind === "send") crossing?.add(event.segment);
    if (event.kind !== "deliver" || !crossing?.has(event.segment)) yield event;
  }
}

function holds({ start, end }: Span, offset: number): boolean {
  return start < offset && offset < end;
}

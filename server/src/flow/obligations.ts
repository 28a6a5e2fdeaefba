/** Answers and probes that TCP owes and the flow never draws, though time goes on (RFC 9293 §3.10.7, §3.8.6.1). */
import { FIN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { FlowEvent, Segment } from "./flow.ts";
import { book } from "./report.ts";
import { RULES } from "./rules.ts";
import { isUnchecked, nameOf, type Run, type WorkingEnd } from "./run.ts";

/** Looks at every end once the last event has happened. */
export function reportObligations(run: Run): void {
  const last = run.flow.events.at(-1)?.at ?? 0;
  for (const end of run.ends.keys()) {
    const working = run.ends[end];
    if (!working || isUnchecked(run, end)) continue;
    reportReply(run, end, working);
    const { closed } = working;
    if (closed && !closed.probed && closed.waiting && last - closed.at >= run.flow.settings.rto)
      reportProbe(run, end, closed.segment);
  }
}

/** D3: a SYN+ACK for a SYN, an ACK for a FIN, a RST for a segment of no connection are not optional. */
function reportReply(run: Run, end: number, { block, owedEvent }: WorkingEnd): void {
  const { owes } = block;
  if (!owes || owes.kind === "abort" || owedEvent === undefined) return;
  const segment = run.flow.segments[owes.segment];
  if (!segment || !goesOn(run.flow.events, owedEvent)) return;
  const due =
    owes.kind === "syn-ack"
      ? "a SYN+ACK"
      : owes.kind === "rst"
        ? "a RST"
        : has(segment.flags, FIN)
          ? "an ACK"
          : undefined;
  if (due === undefined || (block.state === "CLOSED" && owes.kind !== "rst")) return;
  report(
    run,
    "missing-reply",
    owes.segment,
    segment,
    `${nameOf(run, end)} owes ${due} for this segment, which is never drawn`,
    "RFC 9293 §3.10.7",
  );
}

/** Whether anything shows that time passes after an event. */
function goesOn(events: readonly FlowEvent[], from: number): boolean {
  const { statement } = events[from] ?? { statement: -1 };
  for (let i = from + 1; i < events.length; i++) {
    const event = events[i];
    const happens = event?.kind === "send" || event?.kind === "wait" || event?.kind === "timeout";
    if (happens && event.statement !== statement) return true;
  }
  return false;
}

/** W3: the window opened again only after an RTO, and nothing asked for it. */
export function reportProbe(run: Run, end: number, index: number): void {
  const segment = run.flow.segments[index];
  if (!segment) return;
  const message = `${nameOf(run, end)} has data waiting behind this closed window: it probes after each RTO, or it might wait for ever`;
  report(run, "missing-probe", index, segment, message, "RFC 9293 §3.8.6.1");
}

function report(
  run: Run,
  rule: "missing-reply" | "missing-probe",
  index: number,
  segment: Segment,
  message: string,
  rfc: string,
): void {
  const event = run.flow.events[run.readings[index]?.sent ?? -1];
  book(run, {
    rule,
    severity: RULES[rule].severity,
    message,
    rfc,
    span: segment.places.line,
    ...(event ? { statement: event.statement } : {}),
    segment: index,
    related: [],
    fixes: [],
    expected: false,
  });
}

/** Answers and probes that TCP owes and the flow never draws, though time goes on (RFC 9293 §3.10.7, §3.8.6.1). */
import { FIN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { Segment } from "./flow.ts";
import { book } from "./report.ts";
import { RULES } from "./rules.ts";
import { isUnchecked, nameOf, type Run } from "./run.ts";

/** Looks at every end once the last event has happened: an answer that takes an RTO is none. */
export function reportObligations(run: Run): void {
  const last = run.flow.events.at(-1)?.at ?? 0;
  for (const end of run.ends.keys()) {
    const working = run.ends[end];
    if (!working || isUnchecked(run, end)) continue;
    reportReply(run, end, last);
    const { closed } = working;
    if (closed && !closed.probed && closed.waiting && last - closed.at >= run.flow.settings.rto)
      reportProbe(run, end, closed.segment);
  }
}

/** D3: a SYN+ACK for a SYN, an ACK for a FIN, a RST for a segment of no connection are not optional. */
export function reportReply(run: Run, end: number, now: number): void {
  const working = run.ends[end];
  if (!working || working.owedAt === undefined || now - working.owedAt < run.flow.settings.rto) return;
  const { block } = working;
  const { owes } = block;
  if (!owes || owes.kind === "abort") return;
  const segment = run.flow.segments[owes.segment];
  if (!segment) return;
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

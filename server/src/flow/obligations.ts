/** Answers and probes that TCP owes and the flow never draws, though time goes on (RFC 9293 §3.10.7, §3.8.6.1). */
import { ACK, FIN, RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { Finding, Fix } from "./findings.ts";
import { insertLineBehind, writeFlags } from "./fixes.ts";
import type { Segment, Span } from "./flow.ts";
import { book } from "./report.ts";
import { RULES } from "./rules.ts";
import { isUnchecked, nameOf, type Run, type WorkingEnd } from "./run.ts";
import { textsOf } from "./texts.ts";

/** Looks at every end once the last event has happened: an answer that takes an RTO is none. */
export function reportObligations(run: Run): void {
  const last = run.flow.events.at(-1)?.at ?? 0;
  for (const end of run.ends.keys()) {
    const working = run.ends[end];
    if (!working || isUnchecked(run, end)) continue;
    reportReply(run, end, last);
    const { closed } = working;
    if (closed && !closed.probed && closed.waiting && last - closed.at >= probeDelay(run, working))
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
  // Who has refused once refuses whatever else comes: it need not be drawn each time.
  if (owes.kind === "rst" && block.lastSent?.cargo === "rst") return;
  const segment = run.flow.segments[owes.segment];
  // Nothing is owed to a segment that should not be there.
  if (!segment || (run.readings[owes.segment]?.findings.length ?? 0) > 0) return;
  const flags = owes.kind === "syn-ack" ? SYN | ACK : owes.kind === "rst" ? RST | (owes.ack ? ACK : 0) : ACK;
  if ((owes.kind === "ack" && !has(segment.flags, FIN)) || (block.state === "CLOSED" && owes.kind !== "rst")) return;
  const { flow } = run;
  const texts = textsOf(flow.locale);
  const { from, to, line } = segment.places;
  const due = writeFlags(flags);
  // The numbers of the answer are those that a correct TCP sends: left out, they are filled in.
  const answer = `${flow.text.slice(to.start, to.end)} -> ${flow.text.slice(from.start, from.end)}: ${due}`;
  report(run, "missing-reply", owes.segment, segment, {
    message: texts.owesReply(nameOf(run, end), due),
    rfc: "RFC 9293 §3.10.7",
    fixes: [insertLineBehind(flow, line, answer, texts.drawAnswer(answer))],
  });
}

/** How long the first probe of a closed window may take: three seconds where the SYN had to be repeated (RFC 6298 §5.7). */
export function probeDelay({ flow }: Run, { stream }: WorkingEnd): number {
  const repeated = stream.ranges.some(({ syn, carriers }) => syn && carriers.length > 1);
  return Math.max(flow.settings.rto, repeated ? 3_000_000 : 0);
}

/** W3: the window opened again only after an RTO, and nothing asked for it. */
export function reportProbe(run: Run, end: number, index: number): void {
  const segment = run.flow.segments[index];
  if (!segment) return;
  report(run, "missing-probe", index, segment, {
    message: textsOf(run.flow.locale).owesProbe(nameOf(run, end)),
    rfc: "RFC 9293 §3.8.6.1",
    fixes: [drawProbe(run, end, segment)],
  });
}

/** The timer and the octet that it sends, an RTO behind the segment that closed the window. */
function drawProbe(run: Run, end: number, { places: { line, from, to } }: Segment): Fix {
  const text = ({ start, end: stop }: Span): string => run.flow.text.slice(start, stop);
  const probe = `${text(to)} -> ${text(from)}: ACK len=1`;
  const lines = ["wait RTO", `${nameOf(run, end)} timeout persist`, probe];
  const { edits } = insertLineBehind(run.flow, line, lines.join("\n"), "");
  return { title: textsOf(run.flow.locale).drawProbe(probe), edits };
}

function report(
  run: Run,
  rule: "missing-reply" | "missing-probe",
  index: number,
  segment: Segment,
  what: Pick<Finding, "message" | "rfc" | "fixes">,
): void {
  const event = run.flow.events[run.readings[index]?.sent ?? -1];
  book(run, {
    rule,
    severity: RULES[rule].severity,
    ...what,
    span: segment.places.line,
    ...(event ? { statement: event.statement } : {}),
    segment: index,
    related: [],
    expected: false,
  });
}

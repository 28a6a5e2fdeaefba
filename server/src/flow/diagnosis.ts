/**
 * One mistake, one finding: where one wrong flag, one arrow turned round, or a segment that was really lost or crossing
 * makes several lines wrong, the finding belongs to that place. The search tries such single changes near the first
 * finding, and keeps the one that makes most of the rest right.
 */
import { ACK, FIN, RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { Finding, RuleId } from "./findings.ts";
import { changeFlags, writeFlags } from "./fixes.ts";
import type { Flow, Segment, Span } from "./flow.ts";
import type { Replay } from "./replay-types.ts";
import { RULES } from "./rules.ts";
import { forgotten, stories } from "./stories.ts";
import { textsOf } from "./texts.ts";

/** How many segments back a mistake is looked for. */
const REACH = 8;
/** The search replays the flow for each change that it tries: in all so many events, a few hundredths of a second. */
const MOST_EVENTS = 50_000;
/** Mistakes of this kind that one flow may have. */
const MOST_ROUNDS = 4;

/** A single change that the author may have meant, and the finding that takes the place of the others. */
interface Change {
  readonly flow: Flow;
  readonly finding: Finding;
  /** The text is right in another order of events: it is drawn as written, and only the findings change. */
  readonly story: boolean;
}

/** Replays a flow as it is written; gives up, with what it has, once more than `most` findings may be complaints. */
export type ReplayOnce = (flow: Flow, most?: number) => Replay;

/** Replays a flow; findings that one change explains become one finding on what should be changed. */
export function diagnose(flow: Flow, replay: ReplayOnce): Replay {
  let best = replay(flow);
  let meant = flow;
  const budget = { events: MOST_EVENTS };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const change = explain(meant, best, replay, budget);
    if (!change) break;
    if (change.story) {
      best = withOnly(best, new Set(complaints(meant, best)), change.finding);
      break;
    }
    meant = { ...change.flow, problems: [...meant.problems, change.finding] };
    best = replay(meant);
  }
  return meant === flow ? best : { ...best, flow };
}

/** The same replay with one finding in the place of several. */
function withOnly(replay: Replay, dropped: ReadonlySet<Finding>, finding: Finding): Replay {
  const kept = (findings: readonly Finding[]): readonly Finding[] =>
    findings.some((one) => dropped.has(one)) ? findings.filter((one) => !dropped.has(one)) : findings;
  const readings = replay.readings.map((reading, index) => {
    const findings = kept(reading.findings);
    return { ...reading, findings: index === finding.segment ? [...findings, finding] : findings };
  });
  const steps = replay.steps.map((step) => ({ ...step, findings: kept(step.findings) }));
  const findings = [...kept(replay.findings), finding].sort((a, b) => a.span.start - b.span.start);
  return { ...replay, readings, steps, findings };
}

/** What a wrong flag, a turned arrow or another story shows in: flags, numbers and states, not windows or options. */
export const SYMPTOMS: ReadonlySet<RuleId> = new Set<RuleId>([
  "illegal-segment",
  "illegal-flags",
  "wrong-seq",
  "wrong-ack",
  "borrowed-number",
  "stale-ack",
  "syn-not-counted",
  "fin-not-counted",
  "length-not-counted",
  "ack-counted",
  "ack-of-unsent",
  "ack-of-undelivered",
  "unneeded-ack",
  "data-after-fin",
  "unrelated-number",
  "wrong-state",
  "time-wait-too-short",
  "illegal-call",
  "wrong-reset",
]);

/** The findings that one change may explain; those of the reader, and those shown on purpose, are none of them. */
function complaints(flow: Flow, replay: Replay): Finding[] {
  return replay.findings.filter(
    (finding) => !finding.expected && SYMPTOMS.has(finding.rule) && !flow.problems.includes(finding),
  );
}

function explain(flow: Flow, found: Replay, replay: ReplayOnce, budget: { events: number }): Change | undefined {
  const wrong = complaints(flow, found);
  const [first] = wrong;
  if (!first || wrong.length < 2) return undefined;
  let best: { change: Change; left: number } | undefined;
  for (const change of candidates(flow, first)) {
    // Only what leaves fewer than the best so far is worth the rest of its replay.
    const most = change.story ? 0 : Math.min(wrong.length - 2, wrong.length >> 1, (best?.left ?? wrong.length) - 1);
    const tried = replay(change.flow, most);
    // A finding, with its words and fixes, costs as much as several events.
    budget.events -= tried.steps.length + 4 * tried.findings.length;
    const left = complaints(change.flow, tried).length;
    if (left <= most) best = { change, left };
    if (left === 0 || budget.events < 0) break;
  }
  return best?.change;
}

/** Nearest first: the likeliest place of a mistake is where it shows. */
function* candidates(flow: Flow, first: Finding): Generator<Change> {
  const from =
    first.segment ??
    Math.max(
      0,
      flow.segments.findLastIndex(({ places }) => places.line.start <= first.span.start),
    );
  for (const story of stories(flow, from, first)) yield { ...story, story: true };
  const last = Math.min(from + 1, flow.segments.length - 1);
  for (let index = last; index >= 0 && index > from - REACH; index--) {
    const segment = flow.segments[index];
    if (!segment || segment.old || segment.forgedBy !== undefined) continue;
    yield turned(flow, index, segment);
    if (!has(segment.flags, RST)) yield* reflagged(flow, index, segment);
  }
  for (const story of forgotten(flow, from, first)) yield { ...story, story: true };
}

function turned(flow: Flow, index: number, segment: Segment): Change {
  const texts = textsOf(flow.locale);
  const { from, to, places } = segment;
  const text = (span: Span): string => flow.text.slice(span.start, span.end);
  const edits = [
    { span: places.from, newText: text(places.to) },
    { span: places.to, newText: text(places.from) },
  ];
  return changed(
    flow,
    index,
    { ...segment, from: to, to: from },
    {
      rule: "illegal-segment",
      message: texts.otherWay(text(places.to), text(places.from)),
      span: { start: places.from.start, end: places.to.end },
      fixes: [{ title: texts.turnArrow, edits }],
    },
  );
}

function* reflagged(flow: Flow, index: number, segment: Segment): Generator<Change> {
  const { flags, places } = segment;
  const texts = textsOf(flow.locale);
  const make = (bits: number, rule: RuleId, message: string): Change =>
    changed(
      flow,
      index,
      { ...segment, flags: bits },
      { rule, message, span: places.flags, fixes: [changeFlags(flow, segment, bits)] },
    );
  if (has(flags, FIN)) {
    const bits = flags & ~FIN || ACK;
    yield make(bits, "fin-not-counted", texts.finNotCounted(writeFlags(bits)));
  } else if (!has(flags, SYN)) {
    const bits = flags | FIN | ACK;
    yield make(bits, "ack-counted", texts.countedAsFin(writeFlags(bits)));
  }
  if (has(flags, SYN)) {
    const bits = flags & ~SYN || ACK;
    yield make(bits, "illegal-segment", texts.noSyn(writeFlags(bits)));
  }
  for (const bits of [SYN, SYN | ACK]) {
    if (bits !== flags) yield make(bits, "illegal-segment", texts.openNeeds(writeFlags(bits)));
  }
}

function changed(
  flow: Flow,
  index: number,
  segment: Segment,
  what: Pick<Finding, "rule" | "message" | "span" | "fixes">,
): Change {
  const segments = flow.segments.with(index, segment);
  const event = flow.events.find((e) => e.kind === "send" && e.segment === index);
  const finding: Finding = {
    ...what,
    severity: RULES[what.rule].severity,
    rfc: "RFC 9293 §3.4",
    ...(event ? { statement: event.statement } : {}),
    segment: index,
    related: [],
    expected: false,
  };
  return { flow: { ...flow, segments }, finding, story: false };
}

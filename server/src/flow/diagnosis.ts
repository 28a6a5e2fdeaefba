/**
 * One mistake, one finding: where one wrong flag, one arrow turned round, or a segment that was really lost or crossing
 * makes several lines wrong, the finding belongs to that place. The search tries such single changes near the first
 * finding, and keeps the one that makes most of the rest right.
 */
import { ACK, FIN, RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { Finding, Fix, RuleId } from "./findings.ts";
import { changeArrow, changeFlags, makeCross, writeFlags } from "./fixes.ts";
import type { Flow, FlowEvent, Segment, Span } from "./flow.ts";
import type { Replay } from "./replay-types.ts";
import { RULES } from "./rules.ts";

/** How many segments back a mistake is looked for. */
const REACH = 8;
/** How many segments back another story is looked for: it shows at once. */
const STORY_REACH = 2;
/** Longer flows are judged line by line only: the search replays the flow once for each change that it tries. */
const MOST_EVENTS = 2000;
/** Mistakes of this kind that one flow may have. */
const MOST_ROUNDS = 4;

/** A single change that the author may have meant, and the finding that takes the place of the others. */
interface Change {
  readonly flow: Flow;
  readonly finding: Finding;
}

/** Replays a flow; findings that one change explains become one finding on what should be changed. */
export function diagnose(flow: Flow, replay: (flow: Flow) => Replay): Replay {
  let best = replay(flow);
  if (flow.events.length > MOST_EVENTS) return best;
  let meant = flow;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const change = explain(meant, best, replay);
    if (!change) break;
    meant = { ...change.flow, problems: [...meant.problems, change.finding] };
    best = replay(meant);
  }
  return meant === flow ? best : { ...best, flow };
}

/** What a wrong flag, a turned arrow or another story shows in: flags, numbers and states, not windows or options. */
const SYMPTOMS: ReadonlySet<RuleId> = new Set<RuleId>([
  "illegal-segment",
  "illegal-flags",
  "wrong-seq",
  "wrong-ack",
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

function explain(flow: Flow, found: Replay, replay: (flow: Flow) => Replay): Change | undefined {
  const wrong = complaints(flow, found);
  const [first] = wrong;
  if (!first || wrong.length < 2) return undefined;
  let best: { change: Change; left: number } | undefined;
  for (const change of candidates(flow, first)) {
    const left = complaints(change.flow, replay(change.flow)).length;
    if (left <= wrong.length - 2 && left <= wrong.length / 2 && (!best || left < best.left)) best = { change, left };
    if (left === 0) break;
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
  for (let index = from; index >= 0 && index >= from - STORY_REACH; index--) yield* stories(flow, index, first);
  const last = Math.min(from + 1, flow.segments.length - 1);
  for (let index = last; index >= 0 && index > from - REACH; index--) {
    const segment = flow.segments[index];
    if (!segment || segment.old || segment.forgedBy !== undefined) continue;
    yield turned(flow, index, segment);
    if (!has(segment.flags, RST)) yield* reflagged(flow, index, segment);
  }
}

/** The same text with another way of one segment. */
function* stories(flow: Flow, index: number, first: Finding): Generator<Change> {
  const at = flow.events.findIndex((event) => event.kind === "send" && event.segment === index);
  const sent = flow.events[at];
  const ended = flow.events[at + 1];
  const segment = flow.segments[index];
  if (!segment || sent?.kind !== "send" || !ended || !("segment" in ended) || ended.segment !== index) return;
  const { at: time, span, statement } = sent;
  const same = { at: time, span, statement, segment: index } as const;
  if (ended.kind === "deliver") {
    const crossing = crossed(flow, at);
    const next = flow.segments[index + 1];
    const fix = crossing && next && makeCross(flow, segment.places.line, next.places.line);
    if (crossing && fix) yield retold(flow, crossing, first, fix);
    const lost: FlowEvent[] = [
      { ...same, kind: "send", fate: "lost" },
      { ...same, kind: "lose" },
    ];
    yield retold(
      flow,
      flow.events.toSpliced(at, 2, ...lost),
      first,
      changeArrow(segment, "-x", "Let this segment be lost"),
    );
  } else if (ended.kind === "lose") {
    const arrives: FlowEvent[] = [
      { ...same, kind: "send", fate: "arrives" },
      { ...same, kind: "deliver", again: false },
    ];
    yield retold(
      flow,
      flow.events.toSpliced(at, 2, ...arrives),
      first,
      changeArrow(segment, "->", "Let this segment arrive"),
    );
  }
}

/** The events of a segment and of the next one, opposite to it, with both sent before either arrives. */
function crossed(flow: Flow, at: number): readonly FlowEvent[] | undefined {
  const [send, arrive, sendBack, arriveBack] = flow.events.slice(at, at + 4);
  if (!send || !arrive || sendBack?.kind !== "send" || arriveBack?.kind !== "deliver" || !("segment" in send))
    return undefined;
  const [one, other] = [flow.segments[send.segment], flow.segments[sendBack.segment]];
  if (arriveBack.segment !== sendBack.segment || one?.from.endpoint !== other?.to.endpoint) return undefined;
  return flow.events.toSpliced(at, 4, send, sendBack, arrive, arriveBack);
}

/** The first finding stays; the way in which all of it would be right is its first fix. */
function retold(flow: Flow, events: readonly FlowEvent[], first: Finding, fix: Fix): Change {
  const others = first.fixes.filter(({ edits }) => edits[0]?.newText !== fix.edits[0]?.newText);
  return { flow: { ...flow, events }, finding: { ...first, fixes: [fix, ...others] } };
}

function turned(flow: Flow, index: number, segment: Segment): Change {
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
      message: `this segment fits the other way round: ${text(places.to)} sends it to ${text(places.from)}`,
      span: { start: places.from.start, end: places.to.end },
      fixes: [{ title: "Turn the arrow round", edits }],
    },
  );
}

function* reflagged(flow: Flow, index: number, segment: Segment): Generator<Change> {
  const { flags, places } = segment;
  const make = (bits: number, rule: RuleId, message: string): Change =>
    changed(
      flow,
      index,
      { ...segment, flags: bits },
      { rule, message, span: places.flags, fixes: [changeFlags(flow, segment, bits)] },
    );
  if (has(flags, FIN)) {
    const bits = flags & ~FIN || ACK;
    yield make(bits, "fin-not-counted", `no later line counts this FIN: ${writeFlags(bits)} fits what follows`);
  } else if (!has(flags, SYN)) {
    const bits = flags | FIN | ACK;
    yield make(
      bits,
      "ack-counted",
      `later lines count a number for this segment, as for a FIN: ${writeFlags(bits)} fits what follows`,
    );
  }
  if (has(flags, SYN)) {
    const bits = flags & ~SYN || ACK;
    yield make(bits, "illegal-segment", `no SYN fits here: ${writeFlags(bits)} fits what follows`);
  }
  for (const bits of [SYN, SYN | ACK]) {
    if (bits !== flags)
      yield make(bits, "illegal-segment", `the open needs another segment here: ${writeFlags(bits)} fits what follows`);
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
  return { flow: { ...flow, segments }, finding };
}

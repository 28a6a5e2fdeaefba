/**
 * One mistake, one finding: where one wrong flag or one arrow turned round makes many later lines wrong, the finding
 * belongs to that segment and not to them. The search tries such single changes on the segments before the first
 * finding and keeps the one that makes most of the rest right.
 */
import { ACK, FIN, RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { Finding, Fix, RuleId } from "./findings.ts";
import { changeFlags, writeFlags } from "./fixes.ts";
import type { Flow, Segment, Span } from "./flow.ts";
import type { Replay } from "./replay-types.ts";
import { RULES } from "./rules.ts";

/** How many segments back a mistake is looked for. */
const REACH = 8;
/** Longer flows are judged line by line only: the search replays the flow once for each change that it tries. */
const MOST_EVENTS = 2000;
/** Mistakes of this kind that one flow may have. */
const MOST_ROUNDS = 4;

/** A single change of a segment that its author may have meant. */
interface Change {
  readonly index: number;
  readonly segment: Segment;
  readonly rule: RuleId;
  readonly message: string;
  readonly rfc: string;
  readonly span: Span;
  readonly fix: Fix;
}

/** The findings of a replay that ask for a change of the text. */
export function complaints(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity, expected }) => !expected && (severity === "error" || severity === "warning"));
}

/** Replays a flow; findings that one change explains become one finding on what should be changed. */
export function diagnose(flow: Flow, replay: (flow: Flow) => Replay): Replay {
  let best = replay(flow);
  if (flow.events.length > MOST_EVENTS) return best;
  let meant = flow;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const step = explain(meant, best, replay);
    if (!step) break;
    meant = { ...step.flow, problems: [...meant.problems, findingOf(flow, step.change)] };
    best = replay(meant);
  }
  return meant === flow ? best : { ...best, flow };
}

function explain(
  flow: Flow,
  found: Replay,
  replay: (flow: Flow) => Replay,
): { flow: Flow; change: Change } | undefined {
  const wrong = complaints(found.findings).filter(
    ({ segment, statement }) => segment !== undefined || statement !== undefined,
  );
  if (wrong.length < 2) return undefined;
  let best: { flow: Flow; change: Change; left: number } | undefined;
  const most = wrong.length - 2;
  for (const change of candidates(flow, firstSegment(flow, wrong))) {
    const segments = flow.segments.map((segment, index) => (index === change.index ? change.segment : segment));
    const changed: Flow = { ...flow, segments };
    const left = complaints(replay(changed).findings).filter(
      ({ segment, statement }) => segment !== undefined || statement !== undefined,
    ).length;
    if (left <= most && (!best || left < best.left)) best = { flow: changed, change, left };
    if (left === 0) break;
  }
  return best;
}

/** The segment of the first finding, or the last one before it. */
function firstSegment(flow: Flow, wrong: readonly Finding[]): number {
  const [first] = wrong;
  if (first?.segment !== undefined) return first.segment;
  const at = flow.segments.findLastIndex(({ places }) => places.line.start <= (first?.span.start ?? 0));
  return Math.max(at, 0);
}

/** Nearest first: the likeliest place of a mistake is where it shows. */
function* candidates(flow: Flow, from: number): Generator<Change> {
  const last = Math.min(from + 1, flow.segments.length - 1);
  for (let index = last; index >= 0 && index > from - REACH; index--) {
    const segment = flow.segments[index];
    if (!segment || segment.old || segment.forgedBy !== undefined || has(segment.flags, RST)) continue;
    yield turned(flow, index, segment);
    yield* reflagged(flow, index, segment);
  }
}

function turned(flow: Flow, index: number, segment: Segment): Change {
  const { from, to, places } = segment;
  const text = (span: Span): string => flow.text.slice(span.start, span.end);
  const fix: Fix = {
    title: "Turn the arrow round",
    edits: [
      { span: places.from, newText: text(places.to) },
      { span: places.to, newText: text(places.from) },
    ],
  };
  return {
    index,
    segment: { ...segment, from: to, to: from },
    rule: "illegal-segment",
    message: `this segment fits the other way round: ${text(places.to)} sends it to ${text(places.from)}`,
    rfc: "RFC 9293 §3.4",
    span: { start: places.from.start, end: places.to.end },
    fix,
  };
}

function* reflagged(flow: Flow, index: number, segment: Segment): Generator<Change> {
  const { flags, places } = segment;
  const make = (bits: number, rule: RuleId, message: string): Change => ({
    index,
    segment: { ...segment, flags: bits },
    rule,
    message,
    rfc: "RFC 9293 §3.4",
    span: places.flags,
    fix: changeFlags(flow, segment, bits),
  });
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
  } else {
    for (const bits of [SYN, SYN | ACK]) {
      yield make(bits, "illegal-segment", `the open needs a SYN here: ${writeFlags(bits)} fits what follows`);
    }
  }
}

function findingOf(flow: Flow, { index, rule, message, rfc, span, fix }: Change): Finding {
  const event = flow.events.find((e) => e.kind === "send" && e.segment === index);
  return {
    rule,
    severity: RULES[rule].severity,
    message,
    rfc,
    span,
    ...(event ? { statement: event.statement } : {}),
    segment: index,
    related: [],
    fixes: [fix],
    expected: false,
  };
}

/** Other stories that a text may mean: a segment was lost, arrived after all, crossed, stands in the wrong line, or was forgotten. */
import { ACK, FIN, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { Finding, Fix } from "./findings.ts";
import { changeArrow, insertLineBefore, makeCross, swapLines, writeFlags } from "./fixes.ts";
import type { Flow, FlowEvent, Segment } from "./flow.ts";
import { textsOf } from "./texts.ts";

/** A flow that would be right, and the finding that says so. */
export interface Story {
  readonly flow: Flow;
  readonly finding: Finding;
}

/** How many segments back another way of one is looked for: it shows at once. */
const REACH = 2;

/** The same segments, with another way of one of them. */
export function* stories(flow: Flow, from: number, first: Finding): Generator<Story> {
  for (let index = from; index >= 0 && index >= from - REACH; index--) yield* waysOf(flow, index, first);
}

function* waysOf(flow: Flow, index: number, first: Finding): Generator<Story> {
  const at = flow.events.findIndex((event) => event.kind === "send" && event.segment === index);
  const sent = flow.events[at];
  const ended = flow.events[at + 1];
  const segment = flow.segments[index];
  if (!segment || sent?.kind !== "send" || !ended || !("segment" in ended) || ended.segment !== index) return;
  const { at: time, span, statement } = sent;
  const same = { at: time, span, statement, segment: index } as const;
  if (ended.kind === "deliver") {
    yield* neighbours(flow, at, segment, first);
    const lost: FlowEvent[] = [
      { ...same, kind: "send", fate: "lost" },
      { ...same, kind: "lose" },
    ];
    yield retold(
      flow,
      flow.events.toSpliced(at, 2, ...lost),
      first,
      changeArrow(segment, "-x", textsOf(flow.locale).letThisBeLost),
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
      changeArrow(segment, "->", textsOf(flow.locale).letThisArrive),
    );
  }
}

/** A segment and the next one: both are sent before either arrives, or they change places. */
function* neighbours(flow: Flow, at: number, segment: Segment, first: Finding): Generator<Story> {
  const [send, arrive, sendNext, arriveNext] = flow.events.slice(at, at + 4);
  if (!send || !arrive || sendNext?.kind !== "send" || arriveNext?.kind !== "deliver") return;
  const next = flow.segments[sendNext.segment];
  if (!next || arriveNext.segment !== sendNext.segment) return;
  const opposite = next.to.endpoint === segment.from.endpoint;
  const fix = opposite ? makeCross(flow, segment.places.line, next.places.line) : undefined;
  const cross = fix && retold(flow, flow.events.toSpliced(at, 4, send, sendNext, arrive, arriveNext), first, fix);
  const swap = retold(
    flow,
    flow.events.toSpliced(at, 4, sendNext, arriveNext, send, arrive),
    first,
    swapLines(flow, send.span, sendNext.span),
  );
  // An answer above its SYN stands in the wrong line; other opposite segments rather crossed.
  const answers = has(segment.flags, SYN) && has(segment.flags, ACK) && has(next.flags, SYN);
  if (answers) yield swap;
  if (cross) yield cross;
  if (!answers) yield swap;
}

/** The first finding stays; the way in which all of it would be right is its first fix. */
function retold(flow: Flow, events: readonly FlowEvent[], first: Finding, fix: Fix): Story {
  const others = first.fixes.filter(({ edits }) => edits[0]?.newText !== fix.edits[0]?.newText);
  return { flow: { ...flow, events }, finding: { ...first, fixes: [fix, ...others] } };
}

const FORGETTABLE = [ACK, FIN | ACK, SYN | ACK, SYN];

/** A segment that nobody drew, just before the line of the finding; its numbers are filled in. */
export function* forgotten(flow: Flow, from: number, first: Finding): Generator<Story> {
  const at = flow.events.findIndex(({ statement }) => statement === first.statement);
  const event = flow.events[at];
  const near = flow.segments[from];
  if (!event || !near || near.old || near.forgedBy !== undefined) return;
  const place = { start: event.span.start, end: event.span.start };
  const places = { line: place, from: place, arrow: place, to: place, flags: place, fieldsEnd: place.start };
  const text = ({ start, end }: { start: number; end: number }): string => flow.text.slice(start, end);
  const names = [text(near.places.from), text(near.places.to)] as const;
  const sides = [
    [near.from, near.to, ...names],
    [near.to, near.from, names[1], names[0]],
  ] as const;
  const segment = flow.segments.length;
  const common = { at: event.at, span: place, statement: -1, segment } as const;
  const inserted: FlowEvent[] = [
    { ...common, kind: "send", fate: "arrives" },
    { ...common, kind: "deliver", again: false },
  ];
  for (const flags of FORGETTABLE) {
    for (const [self, peer, name, other] of sides) {
      const line = `${name} -> ${other}: ${writeFlags(flags)}`;
      const added: Segment = { from: self, to: peer, flags, options: [], old: false, places };
      const fix = insertLineBefore(flow, event.span, line, textsOf(flow.locale).drawMissing(line));
      const events = flow.events.toSpliced(at, 0, ...inserted);
      yield retold({ ...flow, segments: [...flow.segments, added] }, events, first, fix);
    }
  }
}

/** A script with its choices made: the flows that it tells, one for each connection. */
import {
  DEFAULT_SETTINGS,
  type Flow,
  type FlowEvent,
  type Segment,
  type Socket,
  type Span,
  type Written,
} from "../flow/flow.ts";
import { ACK, SYN } from "../tcp/flags.ts";
import type { Num } from "../tcp/numbers.ts";
import { ALL_AT_LAST, ANEW, ARRIVALS, type Choice, ELIDED, runsFrom } from "./mermaid-choices.ts";
import type { Found } from "./mermaid-labels.ts";
import type { Arrow, Diagram, Script, StateNote } from "./mermaid-scripts.ts";
import type { Form } from "./mermaid-segments.ts";

/** One connection: its flow, and where its arrows and state notes stand among the events. */
export interface Scene {
  readonly flow: Flow;
  readonly arrows: readonly {
    readonly arrow: Arrow;
    readonly form: Form;
    readonly sent: number;
    readonly ended: number;
  }[];
  readonly states: readonly { readonly note: StateNote; readonly arrows: number }[];
  /** It begins in the middle of what the diagram tells, with something else than a plain SYN. */
  readonly resumes: boolean;
}

interface Draft {
  readonly segments: Segment[];
  readonly events: FlowEvent[];
  readonly arrows: { arrow: Arrow; form: Form; sent: number; ended: number }[];
  readonly states: { note: StateNote; arrows: number }[];
  readonly resumes: boolean;
  /** Segments under way, each with its place among the arrows. */
  late: { arrival: FlowEvent; arrow: number }[];
  /** Of a run that arrives late: how many answers are left, and how many segments arrive before each. */
  answers: { left: number; from: 0 | 1; each: number; allAtLast: boolean } | undefined;
}

/** The scenes of a script; `chosen[i]` is the option taken at choice i. */
export function scenesOf(
  diagram: Diagram,
  { pair, turns }: Script,
  choices: readonly Choice[],
  chosen: readonly number[],
): Scene[] {
  const options = new Map(choices.map(({ kind, turn }, i) => [`${kind}${turn}`, chosen[i] ?? 0]));
  const taken = (kind: Choice["kind"], turn: number): number => options.get(`${kind}${turn}`) ?? 0;
  const spellings = new Map<string, string>();
  let draft = newDraft(false);
  const drafts = [draft];
  for (const [turn, now] of turns.entries()) {
    if (now.kind === "states") draft.states.push({ note: now, arrows: draft.arrows.length });
    if (now.kind !== "arrow") continue;
    const form = now.forms[taken("form", turn)] ?? { kind: "words" };
    const scene = taken("scene", turn);
    if (scene === ELIDED) elide(draft, now);
    if (scene === ANEW) {
      arrive(draft, draft.late.length);
      draft = newDraft(!(form.kind === "segment" && (form.flags & (SYN | ACK)) === SYN));
      drafts.push(draft);
    }
    const option = taken("late", turn);
    if (option > 0) {
      const left = runsFrom(turns, turn)[1].length;
      const from = now.from === 0 ? 1 : 0;
      draft.answers = { left, from, each: ARRIVALS[option] ?? 0, allAtLast: option === ALL_AT_LAST };
    }
    act(draft, now, form, now.fates[taken("fate", turn)] === "lost", taken("cross", turn) === 1, spellings);
  }
  arrive(draft, draft.late.length);
  return drafts.map((one) => finish(diagram, pair, one));
}

function newDraft(resumes: boolean): Draft {
  return { segments: [], events: [], arrows: [], states: [], resumes, late: [], answers: undefined };
}

function elide({ events }: Draft, { line, statement }: Arrow): void {
  events.push({ kind: "elide", at: 0, span: line.span, statement });
}

/** So many of the segments under way arrive. */
function arrive(draft: Draft, count: number): void {
  const { events, arrows, late } = draft;
  for (const { arrival, arrow } of late.splice(0, count)) {
    const one = arrows[arrow];
    if (one) one.ended = events.length;
    events.push(arrival);
  }
}

/** What answers a run that arrives late has seen but some of it. */
function arriveBefore(draft: Draft, arrow: Arrow): void {
  const { answers, late } = draft;
  if (!answers || answers.from !== arrow.from) return;
  answers.left--;
  arrive(draft, answers.left === 0 && answers.allAtLast ? late.length : answers.each);
  if (answers.left === 0) {
    draft.answers = undefined;
  }
}

/** One message happens; one that crosses the message before leaves before that arrives. */
function act(
  draft: Draft,
  arrow: Arrow,
  form: Form,
  lost: boolean,
  crosses: boolean,
  spellings: Map<string, string>,
): void {
  const { events, arrows, segments, late } = draft;
  const { line, statement } = arrow;
  const last = draft.answers?.from === arrow.from && draft.answers.left === 1;
  arriveBefore(draft, arrow);
  if (form.kind === "words") {
    elide(draft, arrow);
    arrows.push({ arrow, form, sent: events.length - 1, ended: events.length - 1 });
    return;
  }
  const segment = segments.push(segmentOf(arrow, form, spellings)) - 1;
  const common = { at: 0, span: line.span, statement, segment } as const;
  const send: FlowEvent = { ...common, kind: "send", fate: lost ? "lost" : "arrives" };
  const end: FlowEvent = lost ? { ...common, kind: "lose" } : { ...common, kind: "deliver", again: false };
  const before = arrows.at(-1);
  if (crosses && before && before.ended === events.length - 1 && before.ended > before.sent) {
    events.splice(before.ended, 0, send);
    before.ended++;
    events.push(end);
    arrows.push({ arrow, form, sent: before.ended - 1, ended: events.length - 1 });
    return;
  }
  events.push(send);
  arrows.push({ arrow, form, sent: events.length - 1, ended: events.length });
  if (draft.answers && draft.answers.from !== arrow.from && !lost)
    late.push({ arrival: end, arrow: arrows.length - 1 });
  else events.push(end);
  if (last) arrive(draft, late.length);
  if (form.more) elide(draft, arrow);
}

function segmentOf(
  { line, label, from }: Arrow,
  form: Extract<Form, { kind: "segment" }>,
  spellings: Map<string, string>,
): Segment {
  const { seq, ack, len, window, flags, flagsSpan } = form;
  const [self, peer]: Socket[] = from === 0 ? [{ endpoint: 0 }, { endpoint: 1 }] : [{ endpoint: 1 }, { endpoint: 0 }];
  const { start, end } = label.piece;
  const field = (name: "seq" | "ack" | "len", found: Found | undefined) =>
    found && { [name]: written(found, spellings) };
  return {
    from: self ?? { endpoint: 0 },
    to: peer ?? { endpoint: 1 },
    flags,
    ...field("seq", seq),
    ...field("ack", ack),
    ...field("len", len),
    ...(window && { win: window.value }),
    options: [],
    old: false,
    places: {
      line: line.span,
      from: spanOf(line.from),
      arrow: spanOf(line.arrow),
      to: spanOf(line.to),
      flags: flagsSpan ?? { start, end: start },
      ...(seq && { seq: seq.place }),
      ...(ack && { ack: ack.place }),
      ...(len && { len: len.place }),
      ...(window && { win: window.place }),
      fieldsEnd: end,
    },
  };
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

/** `X` and `x` are the same number. */
function written({ value, span }: Found, spellings: Map<string, string>): Written {
  const terms = value.terms.map(({ symbol, factor }) => {
    const key = symbol.toLowerCase();
    const known = spellings.get(key) ?? symbol;
    spellings.set(key, known);
    return { symbol: known, factor };
  });
  const same: Num = { constant: value.constant, terms: terms.sort((a, b) => (a.symbol < b.symbol ? -1 : 1)) };
  return { kind: "number", value: same, span };
}

function finish(
  { text, firstLine, locale, participants }: Diagram,
  pair: readonly [number, number],
  draft: Draft,
): Scene {
  const endpoints = pair.map((number) => {
    const { label = "?", span = { start: 0, end: 0 } } = participants[number] ?? {};
    return { name: label, unchecked: false, span };
  });
  const flow: Flow = {
    text,
    firstLine,
    locale,
    endpoints,
    settings: DEFAULT_SETTINGS,
    definitions: [],
    segments: draft.segments,
    events: draft.events,
    annotations: [],
    problems: [],
    shorthand: true,
  };
  return { flow, arrows: draft.arrows, states: draft.states, resumes: draft.resumes };
}

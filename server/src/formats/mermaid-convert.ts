/** A Mermaid diagram that shows TCP as a flow that can be written as text; what cannot be carried over becomes a note. */
import { DEFAULT_SETTINGS, type Flow, type FlowEvent, type Segment, type Span } from "../flow/flow.ts";
import { replay } from "../flow/replay.ts";
import { ACK, FIN } from "../tcp/flags.ts";
import { type MermaidOptions, readDiagram, type ToldScript, tellAll, titleOf } from "./mermaid.ts";
import { type Cast, castFor } from "./mermaid-cast.ts";
import { statesBelow } from "./mermaid-claims.ts";
import type { Line, Piece } from "./mermaid-lines.ts";
import { plainText, remainder } from "./mermaid-remarks.ts";
import type { Scene } from "./mermaid-scenes.ts";
import type { Diagram, StateNote } from "./mermaid-scripts.ts";
import { formatTexts } from "./texts.ts";

/** What a diagram says that no flow can say; `span` is its place in the diagram. */
export interface Remark {
  readonly span: Span;
  readonly message: string;
}

export interface Conversion {
  readonly flow: Flow;
  readonly remarks: readonly Remark[];
}

/** The flow that a diagram tells; nothing if it shows no TCP. Never throws. */
export function convertMermaid(text: string, options: MermaidOptions = {}): Conversion | undefined {
  const diagram = readDiagram(text, options);
  return diagram && carryOver(diagram, tellAll(diagram));
}

/** A connection of the flow, with what of it is written already. */
interface Strand {
  readonly scene: Scene;
  readonly ends: readonly [number, number];
  /** The port that tells it from others between the same ends: of the side that begins. */
  readonly port: { readonly side: 0 | 1; readonly port: number } | undefined;
  readonly rename: (symbol: string) => string;
  readonly held: ReadonlySet<StateNote>;
  /** The number of each of its segments in the flow. */
  readonly numbers: Map<number, number>;
  next: number;
}

type ToldArrow = Scene["arrows"][number];

interface Work {
  readonly diagram: Diagram;
  readonly cast: Cast;
  readonly strands: readonly Strand[];
  readonly segments: Segment[];
  readonly events: FlowEvent[];
  readonly remarks: Remark[];
  crossing: boolean;
}

function carryOver(diagram: Diagram, told: readonly ToldScript[]): Conversion {
  const cast = castFor(diagram);
  const work: Work = {
    diagram,
    cast,
    strands: strandsOf(told),
    segments: [],
    events: [],
    remarks: [],
    crossing: false,
  };
  for (const [statement, line] of diagram.lines.entries()) {
    if (line.kind === "message") carryMessage(work, line, statement);
    else if (line.kind === "note") carryNote(work, line, statement);
    else if ((line.kind === "open" && line.block !== "plain") || line.kind === "branch")
      carryBlock(work, line, statement);
  }
  const title = titleOf(diagram);
  const flow: Flow = {
    text: "",
    firstLine: 1,
    locale: diagram.locale,
    ...(title ? { title } : {}),
    endpoints: cast.endpoints,
    settings: DEFAULT_SETTINGS,
    definitions: [],
    segments: work.segments,
    events: work.events,
    annotations: [],
    problems: [],
  };
  return { flow, remarks: work.remarks };
}

/** The first port of those that are handed out (RFC 6335 §6). */
const FIRST_PORT = 49_152;

/** The connections on the first course; another that a block tells instead stays out. */
function strandsOf(told: readonly ToldScript[]): Strand[] {
  const pairs = new Set<string>();
  const taken = new Set<string>();
  const strands: Strand[] = [];
  for (const { script, scenes } of told) {
    const key = script.pair.join(" ");
    if (pairs.has(key)) continue;
    pairs.add(key);
    for (const [number, scene] of scenes.entries()) {
      const own = symbolsOf(scene);
      const clashes = new Map(
        [...own].filter((name) => taken.has(name)).map((name) => [name, fresh(name, taken, own)]),
      );
      for (const name of own) taken.add(clashes.get(name) ?? name);
      const first = scene.flow.segments[0]?.from.endpoint === 1 ? 1 : 0;
      strands.push({
        scene,
        ends: script.pair,
        port: scenes.length > 1 ? { side: first, port: FIRST_PORT + number } : undefined,
        rename: (name) => clashes.get(name) ?? name,
        held: statesBelow(scene, replay(scene.flow)),
        numbers: new Map(),
        next: 0,
      });
    }
  }
  return strands;
}

function symbolsOf({ flow }: Scene): Set<string> {
  const fields = flow.segments.flatMap(({ seq, ack, len }) => [seq, ack, len]);
  return new Set(
    fields.flatMap((field) => (field?.kind === "number" ? field.value.terms.map(({ symbol }) => symbol) : [])),
  );
}

/** Numbers of another connection get names of their own. */
function fresh(name: string, taken: ReadonlySet<string>, own: ReadonlySet<string>): string {
  let number = 2;
  while (taken.has(`${name}${number}`) || own.has(`${name}${number}`)) number++;
  return `${name}${number}`;
}

function carryMessage(work: Work, line: Extract<Line, { kind: "message" }>, statement: number): void {
  const strand = work.strands.find(({ scene }) => scene.arrows.some(({ arrow }) => arrow.statement === statement));
  if (strand) return carryArrow(work, strand, statement);
  const [from, to] = [work.diagram.numbers.get(line.from.text), work.diagram.numbers.get(line.to.text)];
  if (from === undefined || to === undefined) return;
  const said = plainText(line.label.text);
  if (from === to) return note(work, line, statement, [from], said);
  const names = `${work.cast.labels[from]} → ${work.cast.labels[to]}`;
  remark(work, line.span, formatTexts(work.diagram.locale).otherExchange(said));
  note(work, line, statement, [from, to], `${names}: ${said}`);
}

/** Everything of a connection that happens up to its next message. */
function carryArrow(work: Work, strand: Strand, statement: number): void {
  const { events } = strand.scene.flow;
  const told = strand.scene.arrows.find(({ arrow }) => arrow.statement === statement);
  const begins = (event: FlowEvent | undefined): boolean => event?.kind === "send" || event?.kind === "elide";
  const [now, next, then] = events.slice(strand.next, strand.next + 3);
  const from = (event: FlowEvent | undefined): number | undefined =>
    event?.kind === "send" ? strand.scene.flow.segments[event.segment]?.from.endpoint : undefined;
  const crosses = from(next) !== undefined && from(next) !== from(now) && then?.statement === statement;
  if (crosses && now && !work.crossing) frame(work, "open", now.span, statement);
  for (; strand.next < events.length; strand.next++) {
    const event = events[strand.next];
    if (!event || (begins(event) && event.statement !== statement)) break;
    carryEvent(work, strand, event, told);
  }
  if (work.crossing && !crosses) frame(work, "shut", { start: 0, end: 0 }, statement);
}

function frame(work: Work, kind: "open" | "shut", span: Span, statement: number): void {
  work.crossing = kind === "open";
  work.events.push({ kind, frame: { kind: "crossing" }, at: 0, span, statement });
}

function carryEvent(work: Work, strand: Strand, event: FlowEvent, told: ToldArrow | undefined): void {
  if (event.kind === "elide") {
    const text = told?.form.kind === "words" ? plainText(told.arrow.label.piece.text) : "";
    work.events.push(text === "" ? event : { ...event, text });
  } else if ("segment" in event) {
    if (event.kind === "send") {
      const segment = strand.scene.flow.segments[event.segment];
      if (segment) strand.numbers.set(event.segment, work.segments.push(carrySegment(strand, segment, told)) - 1);
    }
    const next = strand.scene.flow.events[strand.next + 1];
    const waits = event.kind === "send" && event.fate === "arrives" && !work.crossing && !arrives(next, event.segment);
    const segment = strand.numbers.get(event.segment) ?? 0;
    work.events.push(waits ? { ...event, segment, fate: "waits" } : { ...event, segment });
  }
}

function arrives(event: FlowEvent | undefined, segment: number): boolean {
  return event?.kind === "deliver" && event.segment === segment;
}

function carrySegment(strand: Strand, segment: Segment, told: ToldArrow | undefined): Segment {
  const { rename } = strand;
  const named = (field: Segment["seq"]): Segment["seq"] =>
    field?.kind === "number"
      ? {
          ...field,
          value: {
            ...field.value,
            terms: field.value.terms
              .map((term) => ({ ...term, symbol: rename(term.symbol) }))
              .sort((a, b) => (a.symbol < b.symbol ? -1 : 1)),
          },
        }
      : field;
  const [seq, ack, len] = [named(segment.seq), named(segment.ack), named(segment.len)];
  const quoted = told?.arrow.label.quoted;
  const data = quoted && told.form.kind === "segment" && told.form.len === quoted ? quoted.text : undefined;
  const label = told && remainder(told.arrow.label, segment.places.flags, data !== undefined);
  return {
    ...segment,
    from: socket(strand, segment.from.endpoint),
    to: socket(strand, segment.to.endpoint),
    // What a diagram draws as FIN is what every TCP sends as FIN,ACK.
    flags: segment.flags & FIN ? segment.flags | ACK : segment.flags,
    ...(seq && { seq }),
    ...(ack && { ack }),
    ...(len && { len }),
    ...(data === undefined ? {} : { data }),
    ...(label ? { label } : {}),
  };
}

function socket({ ends, port }: Strand, side: number): Segment["from"] {
  const endpoint = ends[side === 0 ? 0 : 1];
  return port && port.side === side ? { endpoint, port: port.port } : { endpoint };
}

function carryNote(work: Work, line: Extract<Line, { kind: "note" }>, statement: number): void {
  const over = line.over.flatMap(({ text }) => work.diagram.numbers.get(text) ?? []);
  const held = work.strands.flatMap((strand) => {
    const states = [...strand.held].find((one) => one.statement === statement);
    return states ? [{ strand, states }] : [];
  });
  for (const { strand, states } of held) work.events.push(assertion(strand, states));
  // A note that is states and nothing else has said them.
  if (held.some(({ states }) => !hasMore(line.label, states))) return;
  note(work, line, statement, over, plainText(line.label.text));
}

function assertion(strand: Strand, { statement, span, side, words }: StateNote): FlowEvent {
  const word = words.at(-1);
  const state = word
    ? ({ kind: "state", state: word.state, span: word.span } as const)
    : { kind: "blank" as const, span };
  const sides = { self: socket(strand, side), peer: socket(strand, 1 - side) };
  return { kind: "assert", at: 0, span, statement, side: sides, claim: { state, variables: [] } };
}

/** Whether a note has words beside its states. */
function hasMore({ text, start }: Piece, { words }: StateNote): boolean {
  let left = text;
  for (const { span } of words) {
    left = left.slice(0, span.start - start) + " ".repeat(span.end - span.start) + left.slice(span.end - start);
  }
  return /[\p{L}\p{N}]/u.test(left.replaceAll(/<br\s*\/?>/giu, " "));
}

function carryBlock(work: Work, line: Extract<Line, { kind: "open" | "branch" }>, statement: number): void {
  const label = plainText(line.label.text);
  const word = /^\w+/u.exec(work.diagram.text.slice(line.span.start))?.[0] ?? "";
  const texts = formatTexts(work.diagram.locale);
  const what: Readonly<Record<string, string>> = {
    loop: texts.loopDrawnOnce,
    else: texts.alternativeAsNotes,
    option: texts.alternativeAsNotes,
    opt: texts.optionDrawn,
    break: texts.breakAsNotes,
    par: texts.drawnInOrder,
    and: texts.drawnInOrder,
  };
  const message = what[word];
  if (message !== undefined) remark(work, line.span, message);
  if (label !== "") note(work, line, statement, work.cast.speaking, `${word}: ${label}`);
}

function remark(work: Work, span: Span, message: string): void {
  work.remarks.push({ span, message });
}

function note(work: Work, line: Line, statement: number, endpoints: readonly number[], text: string): void {
  if (text === "" || endpoints.length === 0) return;
  work.events.push({ kind: "note", at: 0, span: line.span, statement, endpoints, text });
}

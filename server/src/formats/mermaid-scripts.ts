/** One course through a diagram as the exchanges of each pair that speaks TCP. */
import type { Span } from "../flow/flow.ts";
import type { Locale } from "../flow/locale.ts";
import { FIN, RST } from "../tcp/flags.ts";
import { pairOf } from "./mermaid-engagement.ts";
import { LOST } from "./mermaid-fields.ts";
import type { Label } from "./mermaid-labels.ts";
import type { Line, Piece } from "./mermaid-lines.ts";
import { type Form, formsOf, type Style } from "./mermaid-segments.ts";
import { type StateWord, statesIn } from "./mermaid-states.ts";
import type { Step } from "./mermaid-tree.ts";

export type MessageLine = Extract<Line, { kind: "message" }>;

/** A message as one of several segments, on one of several ways. The likeliest stands first. */
export interface Arrow {
  readonly kind: "arrow";
  /** The place of its line among the lines of the diagram. */
  readonly statement: number;
  readonly line: MessageLine;
  readonly label: Label;
  /** The side that sends: 0 or 1. */
  readonly from: 0 | 1;
  readonly forms: readonly Form[];
  readonly fates: readonly ("arrives" | "lost")[];
}

export interface StateNote {
  readonly kind: "states";
  readonly statement: number;
  readonly span: Span;
  readonly side: 0 | 1;
  readonly words: readonly StateWord[];
}

export type Turn = Arrow | StateNote | { readonly kind: "edge"; readonly loop: boolean };

export interface Script {
  /** The participants, in their order. */
  readonly pair: readonly [number, number];
  readonly turns: readonly Turn[];
}

/** What is known of a whole diagram. */
export interface Diagram {
  readonly text: string;
  readonly firstLine: number;
  readonly locale: Locale;
  readonly lines: readonly Line[];
  readonly participants: readonly Participant[];
  /** By the name that a line uses. */
  readonly numbers: ReadonlyMap<string, number>;
  /** By line. */
  readonly labels: ReadonlyMap<Line, Label>;
  readonly engaged: ReadonlySet<string>;
  readonly style: Style;
  /** It tells of late or forged segments: what looks wrong may be meant so. */
  readonly untold: boolean;
}

export interface Participant {
  readonly name: string;
  /** As it is shown. */
  readonly label: string;
  /** Where it is named first. */
  readonly span: Span;
}

/** The scripts of one course under way. */
interface Writing {
  readonly diagram: Diagram;
  readonly scripts: Map<string, { readonly pair: [number, number]; readonly turns: Turn[] }>;
  /** Of each participant the pair that it spoke in last; before it has, the first one. */
  readonly latest: Map<number, string>;
}

/** The exchanges on one course, one for each pair. */
export function scriptsOf(diagram: Diagram, course: readonly Step[]): Script[] {
  const writing: Writing = { diagram, scripts: new Map(), latest: new Map() };
  for (const step of course) if (step.kind === "message") meet(writing, step);
  for (const step of course) {
    if (step.kind === "stop") break;
    take(writing, step);
  }
  return [...writing.scripts.values()];
}

function meet({ diagram, scripts, latest }: Writing, line: MessageLine): void {
  const { from, to, key } = endsOf(diagram, line);
  if (!diagram.engaged.has(key)) return;
  if (!scripts.has(key)) scripts.set(key, { pair: [Math.min(from, to), Math.max(from, to)], turns: [] });
  for (const one of [from, to]) if (!latest.has(one)) latest.set(one, key);
}

function take(writing: Writing, step: Exclude<Step, { kind: "stop" }>): void {
  const { diagram, scripts, latest } = writing;
  if (step.kind === "edge") for (const { turns } of scripts.values()) turns.push(step);
  else if (step.kind === "note") takeNote(writing, step);
  else if (step.kind === "message") {
    const { from, to, key } = endsOf(diagram, step);
    const script = scripts.get(key);
    if (from === to) return takeState(writing, step, from, step.label);
    if (!script) return;
    for (const one of [from, to]) latest.set(one, key);
    const arrow = arrowOf(diagram, step, from === script.pair[0] ? 0 : 1);
    if (arrow) script.turns.push(arrow);
  }
}

function endsOf({ numbers }: Diagram, line: MessageLine): { from: number; to: number; key: string } {
  const [from, to] = [numbers.get(line.from.text) ?? -1, numbers.get(line.to.text) ?? -1];
  return { from, to, key: from === to ? "" : pairOf({ from, to }) };
}

function arrowOf(diagram: Diagram, line: MessageLine, from: 0 | 1): Arrow | undefined {
  const label = diagram.labels.get(line);
  if (!label) return undefined;
  const statement = diagram.lines.indexOf(line);
  const forms = formsOf(label, diagram.style);
  return { kind: "arrow", statement, line, label, from, forms, fates: fatesOf(label, line, forms) };
}

/** A cross at the end of an arrow means a loss, or that a FIN or a reset ends something. */
function fatesOf({ lost }: Label, { arrow }: MessageLine, forms: readonly Form[]): Arrow["fates"] {
  if (lost) return ["lost"];
  if (!/x$/iu.test(arrow.text)) return ["arrives"];
  const ends = forms.some((form) => form.kind === "segment" && (form.flags & (FIN | RST)) !== 0);
  return ends ? ["lost", "arrives"] : ["lost"];
}

/** A note across both ends titles what follows; one at an end tells its state. */
function takeNote(writing: Writing, line: Extract<Line, { kind: "note" }>): void {
  const { diagram, scripts } = writing;
  if (LOST.test(line.label.text)) for (const { turns } of scripts.values()) mayBeLost(turns);
  const [name, ...more] = line.over;
  if (more.length > 0) for (const { turns } of scripts.values()) turns.push({ kind: "edge", loop: false });
  else if (name) takeState(writing, line, diagram.numbers.get(name.text) ?? -1, line.label);
}

/** The state of one end: in a note beside it, or in a message to itself. */
function takeState({ diagram, scripts, latest }: Writing, line: Line, one: number, label: Piece): void {
  const script = scripts.get(latest.get(one) ?? "");
  const words = statesIn(label);
  if (!script || words.length === 0) return;
  const side = one === script.pair[0] ? 0 : 1;
  script.turns.push({ kind: "states", statement: diagram.lines.indexOf(line), span: line.span, side, words });
}

/** What was sent just before a note on a loss. */
function mayBeLost(turns: Turn[]): void {
  const at = turns.findLastIndex(({ kind }) => kind === "arrow");
  const arrow = turns[at];
  if (arrow?.kind === "arrow" && arrow.fates.length === 1) turns[at] = { ...arrow, fates: ["arrives", "lost"] };
}

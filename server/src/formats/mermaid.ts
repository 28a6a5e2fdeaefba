/** Mermaid sequence diagrams that show TCP, judged line by line like flows. */
import type { Finding, Fix } from "../flow/findings.ts";
import type { LocaleOptions } from "../flow/locale.ts";
import { engagedPairs, isForeign, leavesUntold, type Message } from "./mermaid-engagement.ts";
import { fullBudget, type Told, tell } from "./mermaid-judge.ts";
import { type Label, readLabel } from "./mermaid-labels.ts";
import { type Line, type Piece, readLines } from "./mermaid-lines.ts";
import { plainText } from "./mermaid-remarks.ts";
import { type Diagram, type Participant, type Script, scriptsOf } from "./mermaid-scripts.ts";
import { styleOf } from "./mermaid-segments.ts";
import { coursesOf, type Step, treeOf } from "./mermaid-tree.ts";

/** A diagram that shows TCP, as judged. */
export interface MermaidReport {
  /** In the order of the text; offsets are those of the diagram. */
  readonly findings: readonly Finding[];
  readonly title: string | undefined;
  /** Messages that are segments. */
  readonly segments: number;
  readonly connections: number;
}

export interface MermaidOptions extends LocaleOptions {
  /** Number of the first line of the text as messages count it. */
  readonly firstLine?: number;
}

/** Most diagrams have none of these, and need not be read. */
const WORDS = /SYN|FIN|ACK|SEQ/iu;
/** Longer texts are no diagrams. In characters. */
const LONGEST = 200_000;

/** Judges a Mermaid text; nothing if it shows no TCP. Never throws. */
export function checkMermaid(text: string, options: MermaidOptions = {}): MermaidReport | undefined {
  const diagram = readDiagram(text, options);
  if (!diagram) return undefined;
  const told = tellAll(diagram);
  const segments = new Map<number, number>();
  const connections = new Set<string>();
  for (const { scenes, script } of told) {
    for (const [number, { arrows }] of scenes.entries()) {
      for (const { arrow, form } of arrows) if (form.kind === "segment") segments.set(arrow.statement, 0);
      connections.add(`${script.pair.join(" ")} ${number}`);
    }
  }
  const order = [...segments.keys()].sort((a, b) => a - b);
  const findings = agreedFindings(told).map((finding) => {
    const segment = finding.statement === undefined ? -1 : order.indexOf(finding.statement);
    const { segment: _, ...rest } = finding;
    const fixes = numberFixes(finding, told);
    const severity = diagram.untold ? "hint" : finding.severity;
    return segment < 0 ? { ...rest, severity, fixes } : { ...rest, severity, segment, fixes };
  });
  findings.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return { findings, title: titleOf(diagram), segments: order.length, connections: connections.size };
}

/** A diagram that shows TCP; nothing for any other text. */
export function readDiagram(text: string, { firstLine = 1, locale = "en" }: MermaidOptions): Diagram | undefined {
  if (!WORDS.test(text) || text.length > LONGEST) return undefined;
  const lines = readLines(text);
  if (!lines) return undefined;
  const { participants, numbers } = castOf(lines);
  const labels = new Map<Line, Label>();
  const messages: Message[] = [];
  for (const line of lines) {
    if (line.kind !== "message") continue;
    const label = readLabel(line.label);
    labels.set(line, label);
    messages.push({ from: numbers.get(line.from.text) ?? -1, to: numbers.get(line.to.text) ?? -1, label });
  }
  const words = wordsOf(lines, participants);
  const engaged = engagedPairs(messages, /\bTCP\b/u.test(words));
  if (engaged.size === 0 || isForeign(words)) return undefined;
  const style = styleOf([...labels.values()]);
  return { text, firstLine, locale, lines, participants, numbers, labels, engaged, style, untold: leavesUntold(words) };
}

/** As the diagram shows it. */
export function titleOf({ lines }: Diagram): string | undefined {
  const title = lines.find((line) => line.kind === "title");
  return title && plainText(title.label.text);
}

function castOf(lines: readonly Line[]): { participants: Participant[]; numbers: Map<string, number> } {
  const participants: Participant[] = [];
  const numbers = new Map<string, number>();
  const meet = ({ text: name, start, end }: Piece, alias = name): void => {
    if (numbers.has(name)) return;
    const label = alias.replaceAll(/<br\s*\/?>|\\n/giu, " ").replaceAll(/\s+/gu, " ");
    numbers.set(name, participants.push({ name, label, span: { start, end } }) - 1);
  };
  for (const line of lines) if (line.kind === "participant") meet(line.name, line.alias);
  for (const line of lines) {
    if (line.kind === "message") for (const one of [line.from, line.to]) meet(one);
    else if (line.kind === "note") for (const one of line.over) meet(one);
  }
  return { participants, numbers };
}

function wordsOf(lines: readonly Line[], participants: readonly Participant[]): string {
  const labels = lines.flatMap((line) => ("label" in line ? [line.label.text] : []));
  return [...labels, ...participants.map(({ label }) => label)].join("\n");
}

/** One script on one course, told. */
export interface ToldScript extends Told {
  readonly script: Script;
}

/** Every exchange on every course; courses that are alike for a pair are told once. */
export function tellAll(diagram: Diagram): ToldScript[] {
  const told = new Map<string, ToldScript>();
  const budget = fullBudget();
  for (const course of coursesOf(treeOf(diagram.lines))) {
    for (const script of scriptsOf(diagram, course satisfies readonly Step[])) {
      const key = keyOf(script);
      if (!told.has(key)) told.set(key, { script, ...tell(diagram, script, budget) });
    }
  }
  return [...told.values()];
}

function keyOf({ pair, turns }: Script): string {
  const parts = turns.map((turn) => (turn.kind === "edge" ? (turn.loop ? "l" : "e") : String(turn.statement)));
  return `${pair.join(" ")}:${parts.join(" ")}`;
}

/** What is wrong on every course that takes the line: an author thinks of one of them. */
function agreedFindings(told: readonly ToldScript[]): Finding[] {
  const found = new Map<number, Finding[]>();
  const right = new Set<number>();
  for (const { script, findings } of told) {
    for (const turn of script.turns) {
      if (turn.kind === "edge") continue;
      const own = findings.filter(({ statement }) => statement === turn.statement);
      if (own.length === 0) right.add(turn.statement);
      else if (!found.has(turn.statement)) found.set(turn.statement, own);
    }
  }
  const agreed = [...found].flatMap(([statement, findings]) => (right.has(statement) ? [] : findings));
  const hint = agreed.find(({ rule, severity }) => rule === "missing-ack-flag" && severity === "hint");
  return agreed.filter(
    (finding) => finding === hint || finding.rule !== "missing-ack-flag" || finding.severity !== "hint",
  );
}

/** The fixes that only change a number that is written. */
function numberFixes({ fixes, segment, statement }: Finding, told: readonly ToldScript[]): readonly Fix[] {
  if (segment === undefined) return [];
  const numbers = told.flatMap(({ scenes }) =>
    scenes.flatMap(({ flow }) => {
      const event = flow.events.find((one) => one.kind === "send" && one.statement === statement);
      const own = event?.kind === "send" ? flow.segments[event.segment] : undefined;
      return own ? [own.seq, own.ack, own.len].flatMap((written) => (written ? [written.span] : [])) : [];
    }),
  );
  const isNumber = (fix: Fix): boolean =>
    fix.edits.every(({ span }) => numbers.some(({ start, end }) => start === span.start && end === span.end));
  return fixes.filter(isNumber);
}

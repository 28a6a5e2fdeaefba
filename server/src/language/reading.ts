/** What is known while a text is read, and how its findings are booked. */
import { type AstNode, type CstNode, isCompositeCstNode } from "langium";
import type { Finding, Fix, RelatedPlace } from "../flow/findings.ts";
import type { Settings, Span } from "../flow/flow.ts";
import { RULES } from "../flow/rules.ts";
import type { Num } from "../tcp/numbers.ts";
import type { EndpointTable } from "./endpoints.ts";
import { nearest } from "./nearest.ts";
import type { ReadingTexts, WordKind } from "./texts.ts";
import { known } from "./words.ts";

export interface Reading {
  readonly texts: ReadingTexts;
  readonly text: string;
  readonly problems: Finding[];
  readonly endpoints: EndpointTable;
  readonly settings: Settings;
  /** The numbers that symbols stand for, each made once. */
  readonly symbols: Map<string, Num>;
  /** Names of segments, and where each is given first. */
  readonly tags: ReadonlyMap<string, Span>;
  /** The statement being read; -1 before the first. */
  statement: number;
  /** Where the statements read so far begin. */
  readonly starts: number[];
}

/** What a finding about the text can be. */
type TextRule = "syntax" | "unknown-name" | "duplicate-name";

interface Extras {
  readonly fixes?: readonly Fix[];
  readonly related?: readonly RelatedPlace[];
}

/** The part of a reading that findings need. */
export type Complaints = Pick<Reading, "problems" | "statement" | "texts">;

export function complain(to: Complaints, rule: TextRule, span: Span, message: string, extras: Extras = {}): void {
  to.problems.push({
    rule,
    severity: RULES[rule].severity,
    message: shorten(message),
    span,
    statement: to.statement,
    related: extras.related ?? [],
    fixes: extras.fixes ?? [],
    expected: false,
  });
}

/** A message stays readable whatever it quotes. */
export function shorten(message: string): string {
  return message.replace(/`([^`]{40})[^`]+`/gu, "`$1…`");
}

/** A fix that puts `newText` in place of what stands in `span`. */
export function replace(to: Complaints, span: Span, newText: string, title = to.texts.changeTo(newText)): Fix {
  return { title, edits: [{ span, newText }] };
}

/**
 * The known word that `word` means: itself, whatever its case, or the nearest one with a finding
 * that proposes it. Nothing, with a finding that lists the words, if none is near.
 */
export function readWord<Known extends string>(
  to: Complaints,
  word: string,
  span: Span,
  words: readonly Known[],
  kind: WordKind,
): Known | undefined {
  const exact = known(word, words);
  if (exact !== undefined) return exact;
  const near = nearest(word, words);
  if (near === undefined) complain(to, "unknown-name", span, to.texts.noSuchWord(word, kind, words));
  else didYouMean(to, word, span, near, kind);
  return near;
}

/** `word` is read as `near`. */
export function didYouMean(to: Complaints, word: string, span: Span, near: string, kind: WordKind): void {
  complain(to, "unknown-name", span, to.texts.didYouMeanWord(word, kind, near), {
    fixes: [replace(to, span, near)],
  });
}

const NOWHERE: Span = { start: 0, end: 0 };

/** The text that a node of the tree covers. */
export function spanOf(node: AstNode): Span {
  const cst = node.$cstNode;
  return cst ? { start: cst.offset, end: cst.end } : NOWHERE;
}

/** The tokens and nodes directly in a node, without comments. */
export function childrenOf(node: AstNode): readonly CstNode[] {
  const cst = node.$cstNode;
  if (cst === undefined || !isCompositeCstNode(cst)) return [];
  const { content } = cst;
  for (const child of content) if (child.hidden) return content.filter((other) => !other.hidden);
  return content;
}

/** The span of the child at `index`, the whole node if there is none; -1 is the last. */
export function childSpan(node: AstNode, index: number): Span {
  const child = childrenOf(node).at(index);
  return child ? { start: child.offset, end: child.end } : spanOf(node);
}

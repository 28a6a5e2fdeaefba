/** The words of a document, each with what it is in its place: read by hover, highlighting, references and rename. */
import {
  type AstNode,
  CstUtils,
  isLeafCstNode,
  type LangiumDocument,
  type LeafCstNode,
  type ParseResult,
} from "langium";
import type { Span } from "../flow/flow.ts";

/** A thing with a name of its own; the same name means the same thing everywhere in the document. */
export type NamedRole = "endpoint" | "symbol" | "segment";

export type Role =
  | NamedRole
  | "arrow"
  | "flags"
  | "field"
  | "number"
  | "option"
  | "state"
  | "call"
  | "timer"
  | "variable"
  | "setting"
  | "mark"
  | "rule"
  | "keyword";

export interface Word {
  readonly role: Role;
  readonly text: string;
  readonly span: Span;
  /** `endpoint NAME`, `let NAME`, `as NAME`. */
  readonly declares: boolean;
}

const known = new WeakMap<ParseResult, readonly Word[]>();

/** In the order of the text; made once for each version. */
export function wordsOf(document: LangiumDocument): readonly Word[] {
  const parsed = document.parseResult;
  let words = known.get(parsed);
  if (words === undefined) {
    words = readWords(parsed.value);
    known.set(parsed, words);
  }
  return words;
}

/** The word at an offset; of two that touch there the one behind it. */
export function wordAt(words: readonly Word[], offset: number): Word | undefined {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle]?.span.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const word = words[low - 1];
  return word !== undefined && offset <= word.span.end ? word : undefined;
}

function readWords(root: AstNode): readonly Word[] {
  const cst = root.$cstNode;
  if (cst === undefined) return [];
  const words: Word[] = [];
  for (const leaf of CstUtils.streamCst(cst)) {
    if (!isLeafCstNode(leaf) || leaf.hidden) continue;
    const { astNode } = leaf;
    const span = { start: leaf.offset, end: leaf.end };
    const last = words.at(-1);
    const read = roleOf(leaf, astNode);
    if (read === undefined) continue;
    // A state in several words (`FIN WAIT 1`) is one.
    if (read === "state" && last?.role === "state" && last.span.start >= (astNode.$cstNode?.offset ?? 0)) {
      words[words.length - 1] = {
        ...last,
        span: { start: last.span.start, end: leaf.end },
        text: `${last.text} ${leaf.text}`,
      };
    } else {
      words.push({ role: read, text: leaf.text, span, declares: declares(read, leaf, astNode) });
    }
  }
  return words;
}

/** What a token is, by the statement or part that holds it; nothing for signs, strings and what cannot be read. */
function roleOf(leaf: LeafCstNode, node: AstNode): Role | undefined {
  if (node.$type === "StateName") return "state";
  if (node.$type === "Argument") return termRole(leaf);
  const { name } = leaf.tokenType;
  const read = READERS[name];
  if (read !== undefined) return read(leaf, node);
  return name === leaf.text && /^\p{L}+$/u.test(name) ? "keyword" : undefined;
}

const READERS: Readonly<Record<string, (leaf: LeafCstNode, node: AstNode) => Role | undefined>> = {
  ARROW: () => "arrow",
  FLAGS: () => "flags",
  TERM: termRole,
  KEY: keyRole,
  EMPTY_KEY: keyRole,
  ID: nameRole,
  DURATION: nameRole,
};

function termRole({ text }: LeafCstNode): Role | undefined {
  if (/^[\p{L}_]/u.test(text)) return "symbol";
  return /^\d/u.test(text) ? "number" : undefined;
}

function keyRole(leaf: LeafCstNode, node: AstNode): Role | undefined {
  // The first word of a mark stands right behind its `@`.
  const isRule = node.$type === "Mark" && leaf.offset !== (node.$cstNode?.offset ?? 0) + 1;
  return isRule ? "rule" : KEYS[node.$type];
}

function nameRole(leaf: LeafCstNode, node: AstNode): Role | undefined {
  return leaf.offset === node.$cstNode?.offset ? FIRST[node.$type] : LATER[node.$type];
}

/** Words before `=` and behind `@`. */
const KEYS: Readonly<Record<string, Role>> = {
  Field: "field",
  Segment: "field",
  Let: "symbol",
  Setting: "setting",
  Variable: "variable",
  Mark: "mark",
};

/** Names that begin a statement or a part. */
const FIRST: Readonly<Record<string, Role>> = {
  Segment: "endpoint",
  Assert: "endpoint",
  Call: "endpoint",
  Timeout: "endpoint",
  Crash: "endpoint",
  Party: "endpoint",
  Arrival: "segment",
  Loss: "segment",
  Option: "option",
};

/** Names further on. */
const LATER: Readonly<Record<string, Role>> = { Segment: "endpoint", Call: "call", Timeout: "timer", Tag: "segment" };

function declares(role: Role, { tokenType }: LeafCstNode, node: AstNode): boolean {
  if (role === "symbol") return node.$type === "Let" && tokenType.name !== "TERM";
  if (role === "segment") return node.$type === "Tag";
  return role === "endpoint" && node.$type === "Party" && node.$container?.$type === "Declared";
}

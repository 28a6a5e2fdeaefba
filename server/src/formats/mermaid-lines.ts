/** The lines of a Mermaid sequence diagram: messages, notes, blocks; everything else is left out. */
import type { Span } from "../flow/flow.ts";

/** A piece of the diagram's text. */
export interface Piece extends Span {
  readonly text: string;
}

export type BlockKind = "loop" | "alt" | "opt" | "par" | "break" | "plain";

export type Line = { readonly span: Span } & (
  | {
      readonly kind: "message";
      readonly from: Piece;
      readonly to: Piece;
      readonly arrow: Piece;
      readonly label: Piece;
    }
  | { readonly kind: "note"; readonly over: readonly Piece[]; readonly label: Piece }
  | { readonly kind: "participant"; readonly name: Piece; readonly alias: string | undefined }
  | { readonly kind: "title"; readonly label: Piece }
  | { readonly kind: "open"; readonly block: BlockKind; readonly label: Piece }
  | { readonly kind: "branch"; readonly label: Piece }
  | { readonly kind: "shut" }
);

const HEADER = /^\s*sequenceDiagram\b/u;
/** Arrows with a head that can stand in no name come first: names may hold hyphens. */
const ARROWS = [
  /\s*(<<-->>|<<->>|-->>|->>)\s*/u,
  /\s*(-->|->)\s*/u,
  /\s*(--\)|-\))\s*/u,
  /\s*(--x|-x)\s*(?=[+-]?\s*\S)/iu,
  /\s*(-{1,2}[|]?[\\/]{1,2}|-{1,2}\|[\\/])\s*/u,
];

const BLOCKS: Readonly<Record<string, BlockKind>> = {
  loop: "loop",
  alt: "alt",
  opt: "opt",
  par: "par",
  par_over: "par",
  critical: "alt",
  break: "break",
  rect: "plain",
  box: "plain",
};

/** Nobody draws a longer line. In characters. */
const LONGEST = 1000;

/** The lines of a diagram in their order; nothing if the text is no sequence diagram. Never throws. */
export function readLines(text: string): Line[] | undefined {
  const statements = statementsOf(withoutAsides(text));
  const header = statements.findIndex((piece) => HEADER.test(piece.text));
  if (header < 0) return undefined;
  // Only comments and settings stand before the word.
  if (statements.slice(0, header).some((piece) => piece.text.trim() !== "")) return undefined;
  const rest = statements.slice(header + 1).filter(({ text: { length } }) => length <= LONGEST);
  return rest.flatMap((piece) => readLine(piece) ?? []);
}

/** Front matter, `%%{init: …}%%` and comments, as blanks: every offset stays. */
function withoutAsides(text: string): string {
  const blank = (found: string): string => found.replaceAll(/[^\n\r]/gu, " ");
  return text
    .replace(/^\uFEFF?\s*---[ \t]*\r?\n.*?\r?\n[ \t]*---[ \t]*(?=\r?\n|$)/su, blank)
    .replaceAll(/%%\{.*?\}%%/gsu, blank)
    .replaceAll(/^[ \t]*%%.*$/gmu, blank);
}

/** A line each; a semicolon ends one too, unless it ends an entity (`#35;`, `&amp;`). */
function statementsOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  const end = /\r\n|\r|\n|(?<![#&]\w{1,8});/gu;
  let start = 0;
  for (const { index, 0: mark } of text.matchAll(end)) {
    pieces.push({ text: text.slice(start, index), start, end: index });
    start = index + mark.length;
  }
  pieces.push({ text: text.slice(start), start, end: text.length });
  return pieces;
}

function readLine(piece: Piece): Line | undefined {
  const trimmed = trim(piece);
  const { text } = trimmed;
  const span = { start: trimmed.start, end: trimmed.end };
  const [, word = ""] = /^([\p{L}_]+)(?![\p{L}\p{N}_]|\s*(?:<<)?--?[>x)])/iu.exec(text) ?? [];
  const rest = trim(cut(trimmed, word.length, text.length));
  switch (word.toLowerCase()) {
    case "participant":
    case "actor":
      return readParticipant(rest, span);
    case "create":
      return readLine(rest);
    case "note":
      return readNote(rest, span);
    case "title":
      return { kind: "title", span, label: trim(cut(rest, rest.text.startsWith(":") ? 1 : 0, rest.text.length)) };
    case "else":
    case "and":
    case "option":
      return { kind: "branch", span, label: rest };
    case "end":
      return rest.text === "" ? { kind: "shut", span } : undefined;
    default: {
      const block = BLOCKS[word.toLowerCase()];
      const message = readMessage(trimmed, span);
      return block !== undefined && message === undefined ? { kind: "open", block, span, label: rest } : message;
    }
  }
}

/** `C`, `C as Client`, `C@{ "type": "boundary" } as Client`. */
function readParticipant(rest: Piece, span: Span): Line | undefined {
  const [, name = "", alias] = /^(.*?)\s*(?:@\{.*?\})?\s*(?:\sas\s+(.*))?$/su.exec(rest.text) ?? [];
  if (name === "") return undefined;
  return { kind: "participant", span, name: trim(cut(rest, 0, name.length)), alias: alias?.trim() };
}

/** `left of A: …`, `over A,B: …`. */
function readNote(rest: Piece, span: Span): Line | undefined {
  const found = /^(?:(?:left|right)\s+of|over)\s+([^:]*?)\s*:/iu.exec(rest.text);
  const [whole, names = ""] = found ?? [];
  if (whole === undefined) return undefined;
  const first = whole.indexOf(names);
  const over: Piece[] = [];
  for (const match of names.matchAll(/[^,，]+/gu)) {
    over.push(trim(cut(rest, first + match.index, first + match.index + match[0].length)));
  }
  return { kind: "note", span, over, label: trim(cut(rest, whole.length, rest.text.length)) };
}

function readMessage(piece: Piece, span: Span): Line | undefined {
  const colon = piece.text.indexOf(":");
  const head = colon < 0 ? piece.text : piece.text.slice(0, colon);
  for (const pattern of ARROWS) {
    const found = pattern.exec(head);
    if (found === null || found.index === 0) continue;
    const [whole, arrow = ""] = found;
    const behind = found.index + whole.length;
    const sign = /^(?:\(\))?\s*[+-]?\s*/u.exec(head.slice(behind))?.[0].length ?? 0;
    const from = trim(cut(piece, 0, found.index));
    const to = trim(cut(piece, behind + sign, head.length));
    if (from.text === "" || to.text === "") return undefined;
    const at = found.index + whole.indexOf(arrow);
    const label = trim(cut(piece, colon < 0 ? piece.text.length : colon + 1, piece.text.length));
    return { kind: "message", span, from, to, arrow: cut(piece, at, at + arrow.length), label };
  }
  return undefined;
}

function cut(piece: Piece, from: number, to: number): Piece {
  return { text: piece.text.slice(from, to), start: piece.start + from, end: piece.start + to };
}

function trim(piece: Piece): Piece {
  const front = piece.text.length - piece.text.trimStart().length;
  return cut(piece, Math.min(front, piece.text.trimEnd().length), Math.max(front, piece.text.trimEnd().length));
}

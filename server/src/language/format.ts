/**
 * The canonical form of a text: one blank between words, two for each block, at most one blank line,
 * and the spellings of other tools as this language writes them. Works on tokens, so that comments
 * stay where they are and nothing is lost; a line that cannot be read stays as it is.
 */
import type { IToken } from "chevrotain";
import { parse, parserServices } from "./parse.ts";
import { writeTokens } from "./spacing.ts";

/** A line of the text, with the comments that begin on it; more lines where a comment has several. */
interface Line {
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly IToken[];
}

export function format(text: string): string {
  const { tokens, hidden } = parserServices().Lexer.tokenize(text);
  const lines = linesOf(text, tokens, hidden);
  const broken = brokenLines(text, lines);
  const paired = pairedBraces(tokens);
  const endOfLine = text.includes("\r\n") ? "\r\n" : "\n";
  const written: string[] = [];
  let depth = 0;
  let isOpen = true;
  let isBlank = false;
  for (const [index, line] of lines.entries()) {
    const source = sourceOf(text, line);
    if (BLANK.test(source)) {
      isBlank = !isOpen;
      continue;
    }
    const braces = line.tokens.filter((token) => paired.has(token));
    const closesFirst = line.tokens[0] !== undefined && paired.get(line.tokens[0]) === -1;
    const isRaw = broken.has(index) || hasInnerComment(line.tokens);
    const indent = "  ".repeat(closesFirst ? depth - 1 : depth);
    if (isBlank && !closesFirst) written.push("");
    written.push(isRaw ? source : indent + writeTokens(line.tokens));
    for (const brace of braces) depth += paired.get(brace) ?? 0;
    isOpen = line.tokens.at(-1)?.tokenType.name === "{";
    isBlank = false;
  }
  const byteOrderMark = text.startsWith("\ufeff") && !written[0]?.startsWith("\ufeff") ? "\ufeff" : "";
  return byteOrderMark + written.map((line) => line + endOfLine).join("");
}

/** Without the line breaks that a comment without end has swallowed. */
function sourceOf(text: string, { start, end, tokens }: Line): string {
  const source = text.slice(start, end);
  return tokens.at(-1)?.tokenType.name === "BLOCK_COMMENT" ? source.trimEnd() : source;
}

const BLANK = /^[\s\u200b]*$/u;

function linesOf(text: string, tokens: readonly IToken[], hidden: readonly IToken[]): Line[] {
  const all = [...tokens, ...hidden].sort((a, b) => a.startOffset - b.startOffset);
  const lines: Line[] = [];
  let start = 0;
  let line: IToken[] = [];
  for (const token of all) {
    if (token.tokenType.name !== "NL") {
      line.push(token);
      continue;
    }
    lines.push({ start, end: token.startOffset, tokens: line });
    start = token.startOffset + token.image.length;
    line = [];
  }
  lines.push({ start, end: text.length, tokens: line });
  return lines;
}

/** The numbers of the lines with something that cannot be read. */
function brokenLines(text: string, lines: readonly Line[]): ReadonlySet<number> {
  const broken = new Set<number>();
  const places = parse(text)
    .problems.filter(({ rule }) => rule === "syntax" || rule === "unknown-name" || rule === "duplicate-name")
    .map(({ span }) => span.start);
  let next = 0;
  for (const [index, { start, end }] of lines.entries()) {
    for (let place = places[next]; place !== undefined && place <= end; place = places[++next]) {
      if (place >= start) broken.add(index);
    }
  }
  return broken;
}

/** 1 for each brace that opens a block and -1 for its partner. */
function pairedBraces(tokens: readonly IToken[]): ReadonlyMap<IToken, 1 | -1> {
  const paired = new Map<IToken, 1 | -1>();
  const open: IToken[] = [];
  for (const token of tokens) {
    if (token.tokenType.name === "{") open.push(token);
    if (token.tokenType.name !== "}") continue;
    const partner = open.pop();
    if (partner) paired.set(partner, 1).set(token, -1);
  }
  return paired;
}

function isComment(token: IToken): boolean {
  return token.tokenType.name.endsWith("_COMMENT");
}

/** A comment between the words of a statement: where it belongs, only its author knows. */
function hasInnerComment(tokens: readonly IToken[]): boolean {
  const first = tokens.findIndex((token) => !isComment(token));
  const last = tokens.findLastIndex((token) => !isComment(token));
  return tokens.slice(Math.max(first, 0), last + 1).some(isComment);
}

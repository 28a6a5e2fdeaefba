/** What Langium's lexer and parser could not read, in plain words, one finding a line. */
import type { AstNode, ParseResult } from "langium";
import type { Finding } from "../flow/findings.ts";
import type { Span } from "../flow/flow.ts";
import { lineTable, positionAt } from "../flow/lines.ts";
import { RULES } from "../flow/rules.ts";
import { shorten } from "./reading.ts";

/**
 * Adds the errors of lexer and parser to the findings of a text. A character without meaning is the
 * cause of whatever else is unreadable on its line; tokens left over are told only where nothing else is.
 * `starts` says where the statements begin, in their order.
 */
export function addSyntaxErrors(
  text: string,
  parsed: ParseResult<AstNode>,
  problems: readonly Finding[],
  starts: readonly number[],
): Finding[] {
  const { lexerErrors, parserErrors } = parsed;
  if (lexerErrors.length === 0 && parserErrors.length === 0) return [...problems];
  const lines = lineTable(text);
  const lineOf = (offset: number) => positionAt(lines, offset).line;
  const found = new Map<number, Finding>();
  for (const { offset, length, message } of lexerErrors) {
    const line = lineOf(offset);
    const span = { start: offset, end: offset + length };
    if (!found.has(line)) found.set(line, unknownCharacter(text, lines[line] ?? 0, span, message));
  }
  const isOfText = ({ rule }: Finding) => rule === "syntax" || rule === "unknown-name";
  const kept = problems.filter((problem) => !isOfText(problem) || !found.has(lineOf(problem.span.start)));
  const told = new Set(kept.filter(isOfText).map(({ span }) => lineOf(span.start)));
  // Where statements that cannot be read begin: one may be a `repeat 3 {`, and has the finding of its `}`.
  const heads = kept
    .filter(({ span }) => isHead(text, lines[lineOf(span.start)] ?? 0, span.start))
    .map(({ span }) => span.start)
    .sort((a, b) => b - a);
  let unclosed = 0;
  for (const { token, message } of parserErrors) {
    const span = { start: token.startOffset, end: token.startOffset + token.image.length };
    const line = lineOf(span.start);
    for (; (heads.at(-1) ?? span.start) < span.start; unclosed++) heads.pop();
    if (isClosing(token.image) && unclosed > 0) {
      unclosed--;
      continue;
    }
    if (!told.has(line) && !found.has(line)) {
      const begins = isHead(text, lines[line] ?? 0, span.start);
      found.set(line, begins ? noStatement(token.image, span, message) : unread(token.image, span, message));
    }
  }
  // A statement begins its line, so that lines find their statements as offsets find their lines.
  const withStatement = [...found].map(([line, problem]) => {
    const statement = positionAt(starts, (lines[line + 1] ?? text.length + 1) - 1).line;
    return lineOf(starts[statement] ?? -1) === line ? { ...problem, statement } : problem;
  });
  return [...withStatement, ...kept];
}

function unknownCharacter(text: string, lineStart: number, span: Span, message: string): Finding {
  const isComment = isHead(text, lineStart, span.start) && /^[#;%'][ \t]/u.test(text.slice(span.start, span.start + 2));
  if (!isComment) return finding(span, message);
  return {
    ...finding(span, "comments begin with //"),
    fixes: [{ title: "Write //", edits: [{ span, newText: "//" }] }],
  };
}

/** Whether a statement begins here. */
function isHead(text: string, lineStart: number, offset: number): boolean {
  return text.slice(lineStart, offset).trim() === "";
}

function isClosing(image: string): boolean {
  return image === "}" || image === "｝";
}

/** What begins a line and is neither a name nor a word that begins statements. */
function noStatement(image: string, span: Span, message: string): Finding {
  if (/^\p{L}+\.\p{L}+$/u.test(image)) {
    const name = image.replaceAll(".", "-");
    return {
      ...finding(span, `names have letters, digits and inner hyphens: \`${name}\``),
      fixes: [{ title: `Change to ${name}`, edits: [{ span, newText: name }] }],
    };
  }
  if (/^[0-9]/u.test(image)) return finding(span, `\`${image}\` is no name: names begin with a letter`);
  return unread(image, span, message);
}

function unread(image: string, span: Span, message: string): Finding {
  if (isClosing(image)) {
    return {
      ...finding(span, "this } closes no block"),
      fixes: [{ title: "Remove it", edits: [{ span, newText: "" }] }],
    };
  }
  const isOpening = image === "{" || image === "｛";
  return finding(span, isOpening ? "only repeat and crossing open a block" : message);
}

function finding(span: Span, message: string): Finding {
  return {
    rule: "syntax",
    severity: RULES.syntax.severity,
    message: shorten(message),
    span,
    related: [],
    fixes: [],
    expected: false,
  };
}

/** What Langium's lexer and parser could not read, in plain words instead of theirs, one finding a line. */
import type { AstNode, ParseResult } from "langium";
import type { Finding } from "../flow/findings.ts";
import type { Span } from "../flow/flow.ts";
import { lineTable, positionAt } from "../flow/lines.ts";
import { RULES } from "../flow/rules.ts";
import type { Reading } from "./reading.ts";
import { shorten } from "./reading.ts";
import type { ReadingTexts } from "./texts.ts";

/**
 * Adds the errors of lexer and parser to the findings of a text. A character without meaning is the
 * cause of whatever else is unreadable on its line; tokens left over are told only where nothing else is.
 * `starts` says where the statements begin, in their order.
 */
export function addSyntaxErrors(
  { text, texts, starts }: Pick<Reading, "text" | "texts" | "starts">,
  parsed: ParseResult<AstNode>,
  problems: readonly Finding[],
): Finding[] {
  const { lexerErrors, parserErrors } = parsed;
  if (lexerErrors.length === 0 && parserErrors.length === 0) return [...problems];
  const lines = lineTable(text);
  const lineOf = (offset: number) => positionAt(lines, offset).line;
  const found = new Map<number, Finding>();
  for (const { offset, length } of lexerErrors) {
    const line = lineOf(offset);
    const span = { start: offset, end: offset + length };
    if (!found.has(line)) found.set(line, unknownCharacter(texts, text, lines[line] ?? 0, span));
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
  for (const { token } of parserErrors) {
    const span = { start: token.startOffset, end: token.startOffset + token.image.length };
    const line = lineOf(span.start);
    for (; (heads.at(-1) ?? span.start) < span.start; unclosed++) heads.pop();
    if (isClosing(token.image) && unclosed > 0) {
      unclosed--;
      continue;
    }
    if (!told.has(line) && !found.has(line)) {
      const begins = isHead(text, lines[line] ?? 0, span.start);
      found.set(line, begins ? noStatement(texts, token.image, span) : unread(texts, token.image, span));
    }
  }
  // A statement begins its line, so that lines find their statements as offsets find their lines.
  const withStatement = [...found].map(([line, problem]) => {
    const statement = positionAt(starts, (lines[line + 1] ?? text.length + 1) - 1).line;
    return lineOf(starts[statement] ?? -1) === line ? { ...problem, statement } : problem;
  });
  return [...withStatement, ...kept];
}

function unknownCharacter(texts: ReadingTexts, text: string, lineStart: number, span: Span): Finding {
  const image = text.slice(span.start, span.end);
  if (image === "/*") return finding(span, texts.openComment);
  const isComment = isHead(text, lineStart, span.start) && /^[#;%'][ \t]/u.test(text.slice(span.start, span.start + 2));
  if (!isComment) return finding(span, texts.meansNothing(image));
  return {
    ...finding(span, texts.comments),
    fixes: [{ title: texts.writeComment, edits: [{ span, newText: "//" }] }],
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
function noStatement(texts: ReadingTexts, image: string, span: Span): Finding {
  if (/^\p{L}+\.\p{L}+$/u.test(image)) {
    const name = image.replaceAll(".", "-");
    return {
      ...finding(span, texts.badName(name)),
      fixes: [{ title: texts.changeTo(name), edits: [{ span, newText: name }] }],
    };
  }
  if (/^[0-9]/u.test(image)) return finding(span, texts.nameBegins(image));
  return unread(texts, image, span);
}

function unread(texts: ReadingTexts, image: string, span: Span): Finding {
  if (isClosing(image)) {
    return {
      ...finding(span, texts.closesNothing),
      fixes: [{ title: texts.remove, edits: [{ span, newText: "" }] }],
    };
  }
  const isOpening = image === "{" || image === "｛";
  return finding(span, isOpening ? texts.opensNothing : texts.notHere(image));
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

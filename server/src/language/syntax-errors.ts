/** What Langium's lexer and parser could not read, in plain words, one finding a line. */
import type { AstNode, ParseResult } from "langium";
import type { Finding } from "../flow/findings.ts";
import { RULES } from "../flow/rules.ts";
import { DEEPEST_BLOCK } from "./roles.ts";

/**
 * Adds the errors of lexer and parser to the findings of a text. A character without meaning is the
 * cause of whatever else is unreadable on its line; tokens left over are told only where nothing else is.
 */
export function addSyntaxErrors(text: string, parsed: ParseResult<AstNode>, problems: readonly Finding[]): Finding[] {
  const { lexerErrors, parserErrors } = parsed;
  if (lexerErrors.length === 0 && parserErrors.length === 0) return [...problems];
  const lineOf = (offset: number) => text.lastIndexOf("\n", offset - 1);
  const lexed = new Map<number, Finding>();
  for (const { offset, length, message } of lexerErrors) {
    const line = lineOf(offset);
    if (!lexed.has(line)) lexed.set(line, finding(offset, offset + length, message));
  }
  const isText = ({ rule }: Finding) => rule === "syntax" || rule === "unknown-name";
  const kept = problems.filter((problem) => !(isText(problem) && lexed.has(lineOf(problem.span.start))));
  const told = new Set([...lexed.keys(), ...kept.filter(isText).map((problem) => lineOf(problem.span.start))]);
  for (const { token, message } of parserErrors) {
    const line = lineOf(token.startOffset);
    if (told.has(line)) continue;
    told.add(line);
    const span = { start: token.startOffset, end: token.startOffset + token.image.length };
    const isBrace = token.image === "}" || token.image === "｝";
    const fixes = isBrace ? [{ title: "Remove it", edits: [{ span, newText: "" }] }] : [];
    kept.push({ ...finding(span.start, span.end, wordsFor(token.image, message)), fixes });
  }
  return [...lexed.values(), ...kept];
}

function wordsFor(image: string, message: string): string {
  if (image === "}" || image === "｝") return "this } closes no block";
  if (image === "{" || image === "｛")
    return `only repeat and crossing open a block, at most ${DEEPEST_BLOCK} inside each other`;
  return message;
}

function finding(start: number, end: number, message: string): Finding {
  return {
    rule: "syntax",
    severity: RULES.syntax.severity,
    message,
    span: { start, end },
    related: [],
    fixes: [],
    expected: false,
  };
}

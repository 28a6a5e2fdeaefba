/** What can be folded: sections, blocks, and comments of several lines. */
import { CstUtils, isLeafCstNode, type LangiumDocument } from "langium";
import { type FoldingRange, FoldingRangeKind } from "vscode-languageserver";
import type { Flow, Span } from "../flow/flow.ts";
import { rangesIn } from "./documents.ts";

/** @param comments the spans of all comments, in the order of the text */
export function foldingRanges(flow: Flow, comments: readonly Span[]): FoldingRange[] {
  const rangeOf = rangesIn(flow.text);
  const lastLine = rangeOf({ start: flow.text.trimEnd().length, end: flow.text.trimEnd().length }).end.line;
  const folds: FoldingRange[] = [];
  const fold = (startLine: number, endLine: number, kind?: FoldingRangeKind) => {
    if (endLine > startLine) folds.push(kind === undefined ? { startLine, endLine } : { startLine, endLine, kind });
  };

  let section: number | undefined;
  const blocks = new Set<number>();
  for (const event of flow.events) {
    const { start, end } = rangeOf(event.span);
    if (event.kind === "section") {
      if (section !== undefined) fold(section, start.line - 1, FoldingRangeKind.Region);
      section = start.line;
    } else if (event.kind === "open" && !blocks.has(event.statement)) {
      // The line of the closing brace stays visible.
      blocks.add(event.statement);
      fold(start.line, end.line - 1);
    }
  }
  if (section !== undefined) fold(section, lastLine, FoldingRangeKind.Region);

  for (const block of commentBlocks(flow.text, comments)) {
    const { start, end } = rangeOf(block);
    fold(start.line, end.line, FoldingRangeKind.Comment);
  }
  return folds;
}

/** All comments, in the order of the text. */
export function commentSpans(document: LangiumDocument): Span[] {
  const root = document.parseResult.value.$cstNode;
  if (root === undefined) return [];
  const spans: Span[] = [];
  for (const node of CstUtils.streamCst(root)) {
    if (isLeafCstNode(node) && node.hidden && node.text.startsWith("/"))
      spans.push({ start: node.offset, end: node.end });
  }
  return spans;
}

/** Joins comments on following lines with nothing but blanks between them. */
function commentBlocks(text: string, comments: readonly Span[]): Span[] {
  const blocks: Span[] = [];
  for (const comment of comments) {
    const last = blocks.at(-1);
    const startsLine = text.slice(text.lastIndexOf("\n", comment.start - 1) + 1, comment.start).trim() === "";
    if (last !== undefined && startsLine && /^[^\S\n]*\n[^\S\n]*$/.test(text.slice(last.end, comment.start))) {
      blocks[blocks.length - 1] = { start: last.start, end: comment.end };
    } else {
      blocks.push(comment);
    }
  }
  return blocks;
}

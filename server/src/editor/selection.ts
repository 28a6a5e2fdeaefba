/** Growing the selection: word, field, statement, block, document. */
import { type CstNode, CstUtils, isLeafCstNode, type LangiumDocument } from "langium";
import type { Position, SelectionRange } from "vscode-languageserver";
import type { Span } from "../flow/flow.ts";
import { lineTable } from "../flow/lines.ts";
import { rangesIn } from "./documents.ts";

/** Each position has an answer; where nothing stands, it is the document. */
export function selectionRanges(document: LangiumDocument, positions: readonly Position[]): SelectionRange[] {
  const text = document.textDocument.getText();
  const rangeOf = rangesIn(text);
  const lines = lineTable(text);
  const root = document.parseResult.value.$cstNode;
  const whole: SelectionRange = { range: rangeOf({ start: 0, end: text.length }) };
  return positions.map(({ line, character }) => {
    const offset = (lines[line] ?? text.length) + character;
    const leaf =
      root && (CstUtils.findLeafNodeAtOffset(root, offset) ?? CstUtils.findLeafNodeBeforeOffset(root, offset));
    let selection = whole;
    let outer = { start: 0, end: text.length };
    for (const span of around(leaf)) {
      if (span.start > offset || span.end < offset) continue;
      if (span.start === outer.start && span.end === outer.end) continue;
      outer = span;
      selection = { range: rangeOf(span), parent: selection };
    }
    return selection;
  });
}

/** A node and what holds it, the outermost first. */
function around(leaf: CstNode | undefined): Span[] {
  const found: Span[] = [];
  for (let node = leaf; node !== undefined; node = node.container) found.unshift({ start: node.offset, end: node.end });
  const field = leaf && fieldAround(leaf);
  return field ? [...found.slice(0, -1), field, ...found.slice(-1)] : found;
}

/** The field of a segment that a token is part of. */
function fieldAround(leaf: CstNode): Span | undefined {
  if (leaf.astNode.$type !== "Segment") return undefined;
  const tokens = leaf.container?.content ?? [];
  const isPart = (index: number) => tokens[index] !== undefined && typeOf(tokens[index]) === "TERM";
  let first = tokens.indexOf(leaf);
  let last = first;
  while (isPart(first)) first--;
  const key = tokens[first];
  if (key === undefined || typeOf(key) !== "KEY") return undefined;
  while (isPart(last + 1)) last++;
  return { start: key.offset, end: (tokens[last] ?? key).end };
}

function typeOf(node: CstNode): string | undefined {
  return isLeafCstNode(node) ? node.tokenType.name : undefined;
}

/** Growing the selection: word, field, statement, block, document. */
import { type CstNode, CstUtils, type LangiumDocument } from "langium";
import type { Position, SelectionRange } from "vscode-languageserver";
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
function around(leaf: CstNode | undefined): { readonly start: number; readonly end: number }[] {
  const found: { readonly start: number; readonly end: number }[] = [];
  for (let node = leaf; node !== undefined; node = node.container) found.unshift({ start: node.offset, end: node.end });
  return found;
}

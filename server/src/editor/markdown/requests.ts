/** Requests for which Langium has no service of a language, so that they ask here what kind of document they are about. */
import type { LangiumDocument } from "langium";
import type { LangiumServices } from "langium/lsp";
import type { InlineCompletionItem, Position, SelectionRange } from "vscode-languageserver";
import { inlineCompletions } from "../completion/inline.ts";
import { replayIn } from "../module.ts";
import { selectionRanges } from "../selection.ts";
import { flowsIn, isFlow } from "./flows.ts";
import { fenceAt, positionInFlow, rangeInFile, selectionInFile, textEditInFile } from "./places.ts";

/** @param services of the language `tcpflow` */
export function inlineCompletionsAt(
  services: LangiumServices,
  document: LangiumDocument,
  position: Position,
): InlineCompletionItem[] {
  if (isFlow(services, document)) return inlineCompletions(replayIn(services, document), position);
  const here = fenceAt(flowsIn(services, document), position);
  if (here === undefined) return [];
  return inlineCompletions(replayIn(services, here.flow), positionInFlow(here, position)).map((item) => {
    const { insertText, range } = item;
    if (range === undefined || typeof insertText !== "string") return item;
    return {
      ...item,
      insertText: textEditInFile(here, { range, newText: insertText }).newText,
      range: rangeInFile(here, range),
    };
  });
}

/** Outside of the fences of Markdown the selection grows from where it is, so that other providers go on. */
export function selectionRangesAt(
  services: LangiumServices,
  document: LangiumDocument,
  positions: readonly Position[],
): SelectionRange[] {
  if (isFlow(services, document)) return selectionRanges(document, positions);
  const flows = flowsIn(services, document);
  return positions.map((position) => {
    const here = fenceAt(flows, position);
    const nothing = { range: { start: position, end: position } };
    if (here === undefined) return nothing;
    const [selection] = selectionRanges(here.flow, [positionInFlow(here, position)]);
    return selection === undefined ? nothing : selectionInFile(here, selection);
  });
}

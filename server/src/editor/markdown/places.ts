/** Places in a fence and in its file, and the answers of the language server moved from the one to the other. */
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  Diagnostic,
  InlayHint,
  LocationLink,
  Position,
  Range,
  SelectionRange,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import { editInFile, offsetInFile, offsetInFlow } from "../../formats/markdown.ts";
import type { FencedFlow } from "./flows.ts";

/** The fence whose text holds a position; what stands before its lines (`> `) is not in it. */
export function fenceAt(flows: readonly FencedFlow[], position: Position): FencedFlow | undefined {
  const here = fencesIn(flows, { start: position, end: position })[0];
  return here !== undefined && positionInFile(here, positionInFlow(here, position)).character <= position.character
    ? here
    : undefined;
}

/** The fences with lines of text that a range touches. */
export function fencesIn(flows: readonly FencedFlow[], { start, end }: Range): FencedFlow[] {
  return flows.filter(({ fence: { line, lastLine, closed } }) => {
    const last = closed ? lastLine - 1 : lastLine;
    return line <= last && start.line <= last && end.line >= line;
  });
}

export function positionInFlow({ fence, flow, file }: FencedFlow, position: Position): Position {
  return flow.textDocument.positionAt(offsetInFlow(fence, file.offsetAt(position)));
}

export function rangeInFlow(here: FencedFlow, { start, end }: Range): Range {
  return { start: positionInFlow(here, start), end: positionInFlow(here, end) };
}

export function positionInFile({ fence, flow, file }: FencedFlow, position: Position): Position {
  return file.positionAt(offsetInFile(fence, flow.textDocument.offsetAt(position)));
}

export function rangeInFile(here: FencedFlow, { start, end }: Range): Range {
  return { start: positionInFile(here, start), end: positionInFile(here, end) };
}

export function textEditInFile(here: FencedFlow, { range, newText }: TextEdit): TextEdit {
  const { fence, flow, file } = here;
  const span = { start: flow.textDocument.offsetAt(range.start), end: flow.textDocument.offsetAt(range.end) };
  const edit = editInFile(file.getText(), fence, { span, newText });
  return { range: rangeInFile(here, range), newText: edit.newText };
}

export function workspaceEditInFile(here: FencedFlow, { changes = {} }: WorkspaceEdit): WorkspaceEdit {
  const moved = Object.entries(changes).map(([uri, edits]) => [uri, edits.map((edit) => textEditInFile(here, edit))]);
  return { changes: Object.fromEntries(moved) };
}

export function diagnosticInFile(here: FencedFlow, diagnostic: Diagnostic): Diagnostic {
  const { relatedInformation = [], range } = diagnostic;
  return {
    ...diagnostic,
    range: rangeInFile(here, range),
    relatedInformation: relatedInformation.map(({ location, message }) => ({
      location: { uri: location.uri, range: rangeInFile(here, location.range) },
      message,
    })),
  };
}

export function actionInFile(here: FencedFlow, action: CodeAction): CodeAction {
  const { diagnostics, edit } = action;
  return {
    ...action,
    ...(diagnostics && { diagnostics: diagnostics.map((diagnostic) => diagnosticInFile(here, diagnostic)) }),
    ...(edit && { edit: workspaceEditInFile(here, edit) }),
  };
}

export function completionInFile(here: FencedFlow, item: CompletionItem): CompletionItem {
  const { textEdit } = item;
  if (textEdit === undefined || !("range" in textEdit)) return item;
  return { ...item, textEdit: textEditInFile(here, textEdit) };
}

export function hintInFile(here: FencedFlow, hint: InlayHint): InlayHint {
  const { position, textEdits } = hint;
  return {
    ...hint,
    position: positionInFile(here, position),
    ...(textEdits && { textEdits: textEdits.map((edit) => textEditInFile(here, edit)) }),
  };
}

export function linkInFile(here: FencedFlow, link: LocationLink): LocationLink {
  const { targetRange, targetSelectionRange, originSelectionRange } = link;
  return {
    ...link,
    targetRange: rangeInFile(here, targetRange),
    targetSelectionRange: rangeInFile(here, targetSelectionRange),
    ...(originSelectionRange && { originSelectionRange: rangeInFile(here, originSelectionRange) }),
  };
}

export function selectionInFile(here: FencedFlow, { range, parent }: SelectionRange): SelectionRange {
  return { range: rangeInFile(here, range), ...(parent && { parent: selectionInFile(here, parent) }) };
}

/** Above the marks that open the fence; its command is told which flow is meant. */
export function lensInFile({ fence, file }: FencedFlow, { command }: CodeLens): CodeLens {
  const place = { line: fence.line - 1, character: 0 };
  return {
    range: { start: place, end: place },
    ...(command && { command: { ...command, arguments: [file.uri, fence.line] } }),
  };
}

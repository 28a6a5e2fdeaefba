/** The texts that previews show: which documents have flows, and where they are open. */
import * as vscode from "vscode";
import { MARKDOWN } from "../first-flow.ts";

const FENCE = /^ {0,3}(?:>\s*)*(?:`{3,}|~{3,})\s*tcpflow\b/m;

/** Whether a preview can show something of a document. */
export function isFlow(document: vscode.TextDocument): boolean {
  if (document.languageId === "tcpflow") return true;
  return vscode.languages.match(MARKDOWN, document) > 0 && FENCE.test(document.getText());
}

export function isSame(a: vscode.Uri, b: vscode.Uri): boolean {
  return a.toString() === b.toString();
}

/** Puts the cursor on a line of a source, in the editor that shows it or in one beside the preview. */
export async function revealLine(
  panel: vscode.WebviewPanel,
  source: vscode.Uri,
  line: number,
  go: boolean,
): Promise<void> {
  const elsewhere = panel.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One;
  const column = columnOf(source);
  // A text that is out of sight comes only when it is asked for.
  if (!go && column === undefined) return;
  const document = await vscode.workspace.openTextDocument(source);
  const start = document.lineAt(Math.min(line, document.lineCount - 1)).range.start;
  const indent = document.lineAt(start).firstNonWhitespaceCharacterIndex;
  const place = start.translate(0, indent);
  await vscode.window.showTextDocument(document, {
    viewColumn: column ?? elsewhere,
    selection: new vscode.Range(place, place),
    preserveFocus: !go,
  });
}

/** The column of a tab with the text of a document; of several, the one in front. */
export function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  const tabs = vscode.window.tabGroups.all.flatMap((group) =>
    group.tabs.filter(({ input }) => input instanceof vscode.TabInputText && isSame(input.uri, uri)),
  );
  return (tabs.find((tab) => tab.isActive) ?? tabs[0])?.group.viewColumn;
}

/** All open previews: which document each one shows, and the commands on them. */
import * as vscode from "vscode";
import type { PageState } from "./messages.ts";
import { createPreview, type Draw, type Preview } from "./preview.ts";

/** The type of the panels, as the window stores it. */
export const PREVIEW = "tcpflow.preview";

export interface PreviewManager extends vscode.WebviewPanelSerializer<PageState | undefined>, vscode.Disposable {
  /** Shows the preview of a document, by default the one being edited: over its editor, or beside it. */
  show(uri: vscode.Uri | undefined, place: "here" | "beside"): void;
  /** Goes from the preview in front to the text. */
  showSource(): Promise<void>;
}

export function previewManager(extensionUri: vscode.Uri, draw: Draw): PreviewManager {
  const previews = new Set<Preview>();

  const adopt = (panel: vscode.WebviewPanel, source: vscode.Uri) => {
    const preview = createPreview(panel, extensionUri, draw, source, (from, line) => {
      revealLine(from, line).catch((error) => vscode.window.showErrorMessage(String(error)));
    });
    previews.add(preview);
    panel.onDidDispose(() => previews.delete(preview));
    const editor = vscode.window.visibleTextEditors.find(({ document }) => isSame(document.uri, source));
    if (editor !== undefined) preview.moveCursor(editor.selection.active.line);
  };

  const showing = (uri: vscode.Uri) => [...previews].filter((preview) => isSame(preview.source(), uri));

  const refreshAll = () => {
    for (const preview of previews) preview.refresh();
  };

  const listeners = [
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) for (const preview of showing(document.uri)) preview.refresh();
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      const [selection] = selections;
      if (selection === undefined) return;
      for (const preview of showing(textEditor.document.uri)) preview.moveCursor(selection.active.line);
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor === undefined || !isFlow(editor.document)) return;
      for (const preview of previews) {
        preview.follow(editor.document.uri);
        preview.moveCursor(editor.selection.active.line);
      }
    }),
    vscode.window.onDidChangeActiveColorTheme(() => refreshAll()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      // After the language client, which listens too, has told the server.
      if (change.affectsConfiguration("tcpflow")) setTimeout(refreshAll);
    }),
  ];

  return {
    show: (uri, place) => {
      const source = uri ?? activeFlow();
      if (source === undefined) return;
      const here = vscode.window.tabGroups.activeTabGroup.viewColumn;
      const open = [...previews].find(({ panel: { viewColumn } }) =>
        place === "here" ? viewColumn === here : viewColumn !== here,
      );
      if (open !== undefined) {
        open.follow(source);
        open.panel.reveal(open.panel.viewColumn, place === "beside");
        return;
      }
      const column = place === "here" ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
      const panel = vscode.window.createWebviewPanel(PREVIEW, "", {
        viewColumn: column,
        preserveFocus: place === "beside",
      });
      adopt(panel, source);
    },
    showSource: async () => {
      const preview = [...previews].find(({ panel }) => panel.active);
      if (preview === undefined) return;
      const column = columnOf(preview.source()) ?? preview.panel.viewColumn ?? vscode.ViewColumn.Active;
      await vscode.window.showTextDocument(preview.source(), { viewColumn: column });
    },
    deserializeWebviewPanel: async (panel, state) => {
      // A page that never had a picture has no state.
      if (state?.source === undefined) panel.dispose();
      else adopt(panel, vscode.Uri.parse(state.source));
    },
    dispose: () => {
      for (const listener of listeners) listener.dispose();
      for (const { panel } of previews) panel.dispose();
    },
  };
}

/** Puts the cursor on a line of the source, in the editor that shows it or in one beside the preview. */
async function revealLine({ panel, source }: Preview, line: number): Promise<void> {
  const elsewhere = panel.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One;
  const document = await vscode.workspace.openTextDocument(source());
  const start = document.lineAt(Math.min(line, document.lineCount - 1)).range.start;
  const indent = document.lineAt(start).firstNonWhitespaceCharacterIndex;
  const place = start.translate(0, indent);
  await vscode.window.showTextDocument(document, {
    viewColumn: columnOf(source()) ?? elsewhere,
    selection: new vscode.Range(place, place),
  });
}

/** The column of a tab with the text of a document; of several, the one in front. */
function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  const tabs = vscode.window.tabGroups.all.flatMap((group) =>
    group.tabs.filter(({ input }) => input instanceof vscode.TabInputText && isSame(input.uri, uri)),
  );
  return (tabs.find((tab) => tab.isActive) ?? tabs[0])?.group.viewColumn;
}

function activeFlow(): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document !== undefined && isFlow(document) ? document.uri : undefined;
}

function isFlow(document: vscode.TextDocument): boolean {
  return document.languageId === "tcpflow";
}

function isSame(a: vscode.Uri, b: vscode.Uri): boolean {
  return a.toString() === b.toString();
}

/** All open previews: which flow each one shows, and the commands on them. */
import * as vscode from "vscode";
import type { Drawing } from "./drawing.ts";
import type { ExportFormat, PageState } from "./messages.ts";
import { createPreview, type Preview, type Start, type Surroundings } from "./preview.ts";
import { columnOf, isFlow, isSame, revealLine } from "./sources.ts";

/** The type of the panels, as the window stores it. */
export const PREVIEW = "tcpflow.preview";

export interface PreviewManager extends vscode.WebviewPanelSerializer<PageState | undefined>, vscode.Disposable {
  /** Makes a panel, new or restored, a preview. */
  adopt(panel: vscode.WebviewPanel, start: Start): Preview;
  /** Shows the preview of a document, by default the one being edited: over its editor, or beside it. */
  show(place: "here" | "beside", uri?: vscode.Uri | string, line?: number): void;
  /** Goes from the preview in front to the text. */
  showSource(): Promise<void>;
  /** Lets the preview in front stay with its flow, or follow again. */
  lock(locked: boolean): void;
  /** Acts on the preview in front, else on one of the flow being edited. */
  exportPicture(): Promise<void>;
  copyPicture(): Promise<void>;
  openInBrowser(): Promise<void>;
}

export function previewManager(context: vscode.ExtensionContext, drawing: Drawing): PreviewManager {
  const previews = new Set<Preview>();
  const around: Surroundings = {
    extensionUri: context.extensionUri,
    storage: context.globalStorageUri,
    drawing,
    reveal: ({ panel, source }, line, go) => {
      revealLine(panel, source(), line, go).catch((error) => vscode.window.showErrorMessage(String(error)));
    },
  };

  const tellLock = () => {
    const active = [...previews].find(({ panel }) => panel.active);
    if (active !== undefined) vscode.commands.executeCommand("setContext", LOCKED, active.isLocked());
  };

  const adopt = (panel: vscode.WebviewPanel, start: Start): Preview => {
    const preview = createPreview(panel, around, start);
    previews.add(preview);
    panel.onDidDispose(() => previews.delete(preview));
    panel.onDidChangeViewState(tellLock);
    const editor = vscode.window.visibleTextEditors.find(({ document }) => isSame(document.uri, start.source));
    if (editor !== undefined) preview.moveCursor(editor.selection.active.line);
    tellLock();
    return preview;
  };

  const showing = (uri: vscode.Uri) => [...previews].filter((preview) => isSame(preview.source(), uri));

  /** The preview in front, else one of the flow being edited. */
  const current = () => {
    const active = [...previews].find(({ panel }) => panel.active);
    const editor = vscode.window.activeTextEditor;
    return active ?? (editor === undefined ? undefined : showing(editor.document.uri)[0]);
  };

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
      const { document, selection } = editor;
      for (const preview of previews) {
        preview.follow(document.uri, lineIn(document, selection.active.line));
        if (isSame(preview.source(), document.uri)) preview.moveCursor(selection.active.line);
      }
    }),
    vscode.window.onDidChangeActiveColorTheme(() => refreshAll()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      // After the language client, which listens too, has told the server.
      if (change.affectsConfiguration("tcpflow")) setTimeout(refreshAll);
    }),
  ];

  return {
    adopt,
    show: (place, uri, at) => {
      const start = startAt(uri, at);
      if (start === undefined) return;
      const here = vscode.window.tabGroups.activeTabGroup.viewColumn;
      const open = [...previews].find((preview) => {
        const { viewColumn } = preview.panel;
        const fits = !preview.isLocked() || isSame(preview.source(), start.source);
        return fits && (place === "here" ? viewColumn === here : viewColumn !== here);
      });
      if (open !== undefined) {
        open.follow(start.source, start.line);
        open.panel.reveal(open.panel.viewColumn, place === "beside");
        return;
      }
      const viewColumn = place === "here" ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
      adopt(vscode.window.createWebviewPanel(PREVIEW, "", { viewColumn, preserveFocus: place === "beside" }), start);
    },
    showSource: async () => {
      const preview = [...previews].find(({ panel }) => panel.active);
      if (preview === undefined) return;
      const column = columnOf(preview.source()) ?? preview.panel.viewColumn ?? vscode.ViewColumn.Active;
      await vscode.window.showTextDocument(preview.source(), { viewColumn: column });
    },
    lock: (locked) => {
      current()?.lock(locked);
      tellLock();
    },
    exportPicture: async () => {
      const preview = current();
      if (preview === undefined) return;
      const chosen = await vscode.window.showQuickPick(formats(), {
        placeHolder: vscode.l10n.t("Save the picture as"),
        // The page takes the keyboard back when the list of commands goes.
        ignoreFocusOut: true,
      });
      if (chosen !== undefined) await preview.exports.save(chosen.format);
    },
    copyPicture: async () => current()?.exports.copy(),
    openInBrowser: async () => current()?.exports.browse(),
    deserializeWebviewPanel: async (panel, state) => {
      // A page that never had a picture has no state.
      if (state?.source === undefined) return panel.dispose();
      const source = vscode.Uri.parse(state.source);
      // Markdown by its name: the document need not be open yet.
      const line = source.path.endsWith(".tcpflow") ? {} : { line: state.line };
      adopt(panel, { source, locked: state.locked, ...line });
    },
    dispose: () => {
      for (const listener of listeners) listener.dispose();
      for (const { panel } of previews) panel.dispose();
    },
  };
}

/** The context in which the preview in front can be unlocked. */
const LOCKED = "tcpflow.previewLocked";

function formats(): (vscode.QuickPickItem & { readonly format: ExportFormat })[] {
  return [
    { label: "SVG", format: "svg" },
    { label: "PNG", format: "png" },
    { label: "HTML", description: vscode.l10n.t("a page to step through"), format: "html" },
    { label: "Mermaid", format: "mermaid" },
    { label: vscode.l10n.t("Text"), format: "text" },
  ];
}

function startAt(uri: vscode.Uri | string | undefined, line: number | undefined): Start | undefined {
  const editor = vscode.window.activeTextEditor;
  if (uri === undefined) {
    if (editor === undefined || !isFlow(editor.document)) return undefined;
    return { source: editor.document.uri, ...optional(lineIn(editor.document, editor.selection.active.line)) };
  }
  const source = typeof uri === "string" ? vscode.Uri.parse(uri) : uri;
  return { source, ...optional(line ?? (source.path.endsWith(".tcpflow") ? undefined : 0)) };
}

/** In Markdown the line tells which flow is meant. */
function lineIn(document: vscode.TextDocument, line: number): number | undefined {
  return document.languageId === "tcpflow" ? undefined : line;
}

function optional(line: number | undefined): { line?: number } {
  return line === undefined ? {} : { line };
}

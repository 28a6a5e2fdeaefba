/** One preview: a panel that shows the picture of one document and follows its edits. */
import * as vscode from "vscode";
import type { Picture, PictureParams } from "../../../server/src/editor/picture-request.ts";
import type { Badge, FromPage, ToPage } from "./messages.ts";
import { pageHtml, pageOptions } from "./page.ts";

/** Draws a document as it stands; nothing where the server does not know it. */
export type Draw = (document: vscode.TextDocument, theme: PictureParams["theme"]) => Promise<Picture | null>;

export interface Preview {
  readonly panel: vscode.WebviewPanel;
  source(): vscode.Uri;
  /** Shows another document. */
  follow(source: vscode.Uri): void;
  /** Brings the picture up to date. */
  refresh(): void;
  /** Marks the arrow of the line (from 0) that the cursor stands in. */
  moveCursor(line: number): void;
}

/**
 * Takes over a panel, new or restored.
 * @param reveal shows a line (from 0) of the source in its editor
 */
export function createPreview(
  panel: vscode.WebviewPanel,
  extensionUri: vscode.Uri,
  draw: Draw,
  first: vscode.Uri,
  reveal: (preview: Preview, line: number) => void,
): Preview {
  let source = first;
  /** The document whose picture the page has. */
  let shown: vscode.Uri | undefined;
  let cursor: number | undefined;
  /** The last picture of this source whose text could be read, shown while the text cannot. */
  let good: Picture | undefined;
  let loaded = false;
  let drawing = false;
  let outdated = false;

  const post = (message: ToPage) => {
    if (loaded) void panel.webview.postMessage(message);
  };

  /** One request at a time; edits that come meanwhile are drawn together by the next one. */
  const refresh = async () => {
    outdated = true;
    if (drawing || !loaded) return;
    drawing = true;
    while (outdated && loaded) {
      outdated = false;
      const asked = source;
      const picture = await drawSource(asked);
      if (asked !== source) continue;
      if (picture === undefined)
        post({ kind: "failure", badge: { text: vscode.l10n.t("The flow cannot be drawn now") } });
      else show(picture);
    }
    drawing = false;
  };

  const drawSource = async (uri: vscode.Uri): Promise<Picture | undefined> => {
    try {
      // Also keeps the document open for the server while no editor shows it.
      const document = await vscode.workspace.openTextDocument(uri);
      return (await draw(document, THEMES[vscode.window.activeColorTheme.kind])) ?? undefined;
    } catch {
      // The document is gone, or the server is starting again.
      return undefined;
    }
  };

  const show = (picture: Picture) => {
    const [brokenLine] = picture.brokenLines;
    if (brokenLine === undefined) good = picture.empty ? undefined : picture;
    const { svg, empty } = good ?? picture;
    const badge = brokenLine === undefined ? undefined : brokenBadge(brokenLine, good !== undefined);
    shown = source;
    post({
      kind: "picture",
      source: source.toString(),
      svg,
      empty,
      ...(cursor === undefined ? {} : { cursor }),
      ...(badge === undefined ? {} : { badge }),
    });
  };

  const preview: Preview = {
    panel,
    source: () => source,
    follow: (uri) => {
      if (uri.toString() === source.toString()) return;
      source = uri;
      cursor = undefined;
      good = undefined;
      panel.title = titleOf(uri);
      void refresh();
    },
    refresh: () => void refresh(),
    moveCursor: (line) => {
      cursor = line;
      if (shown === source) post({ kind: "cursor", line });
    },
  };

  panel.webview.options = pageOptions(extensionUri);
  panel.iconPath = vscode.Uri.joinPath(extensionUri, "client", "media", "file.svg");
  panel.title = titleOf(source);
  panel.webview.onDidReceiveMessage((message: FromPage) => {
    if (message.kind === "reveal") {
      reveal(preview, message.line);
    } else {
      loaded = true;
      void refresh();
    }
  });
  panel.onDidChangeViewState(() => {
    // A hidden page is thrown away; it says "ready" when it comes back.
    if (!panel.visible) loaded = false;
  });
  panel.onDidDispose(() => {
    loaded = false;
  });
  panel.webview.html = pageHtml(panel.webview, extensionUri);
  return preview;
}

/** @param kept whether a picture from before is shown */
function brokenBadge(line: number, kept: boolean): Badge {
  const text = kept
    ? vscode.l10n.t("Line {0} cannot be read: this is the picture from before", line + 1)
    : vscode.l10n.t("Line {0} cannot be read", line + 1);
  return { text, line };
}

function titleOf(uri: vscode.Uri): string {
  return vscode.l10n.t("Preview {0}", uri.path.slice(uri.path.lastIndexOf("/") + 1));
}

/** High contrast is drawn in the theme's own colours (see preview.css). */
const THEMES: Readonly<Record<vscode.ColorThemeKind, PictureParams["theme"]>> = {
  [vscode.ColorThemeKind.Light]: "light",
  [vscode.ColorThemeKind.Dark]: "dark",
  [vscode.ColorThemeKind.HighContrast]: "host",
  [vscode.ColorThemeKind.HighContrastLight]: "host",
};

/** One preview: a panel that shows the picture of one flow and follows its edits. */
import * as vscode from "vscode";
import type { Picture, PictureOptions, PictureParams } from "../../../server/src/editor/picture-request.ts";
import type { Drawing } from "./drawing.ts";
import { createExports, type Exports } from "./exports.ts";
import type { Badge, FromPage, ToPage } from "./messages.ts";
import { pageHtml, pageOptions } from "./page.ts";

export interface Preview {
  readonly panel: vscode.WebviewPanel;
  readonly exports: Exports;
  source(): vscode.Uri;
  /** Shows another document, and of Markdown the flow at a line (from 0); a locked preview does not. */
  follow(source: vscode.Uri, line?: number): void;
  /** The same, also if it is locked. */
  turnTo(source: vscode.Uri, line?: number): void;
  /** Brings the picture up to date. */
  refresh(): void;
  /** Marks the arrow of the line (from 0) that the cursor stands in; in Markdown, shows its fence. */
  moveCursor(line: number): void;
  /** A locked preview stays with its flow. */
  isLocked(): boolean;
  lock(locked: boolean): void;
}

/** What a preview begins with. */
export interface Start {
  readonly source: vscode.Uri;
  readonly line?: number;
  readonly locked?: boolean;
  /** The panel has a name already. */
  readonly named?: boolean;
}

export interface Surroundings {
  readonly extensionUri: vscode.Uri;
  /** A folder for pages that are only looked at. */
  readonly storage: vscode.Uri;
  readonly drawing: Drawing;
  /** Shows a line (from 0) of the source in its editor; `go`: with the keyboard. */
  reveal(preview: Preview, line: number, go: boolean): void;
}

/** Takes over a panel, new or restored. */
export function createPreview(panel: vscode.WebviewPanel, around: Surroundings, start: Start): Preview {
  const { extensionUri, drawing } = around;
  let source = start.source;
  /** A line (from 0) in the fence that is shown, where the source is Markdown. */
  let line = start.line;
  let locked = start.locked ?? false;
  let options: PictureOptions = {};
  /** The document whose picture the page has, and that picture. */
  let shown: { readonly source: vscode.Uri; readonly picture: Picture } | undefined;
  let cursor: number | undefined;
  /** The last picture of this source whose text could be read, shown while the text cannot. */
  let good: Picture | undefined;
  /** The next picture is that of another flow. */
  let fresh = false;
  let loaded = false;
  let isDrawing = false;
  let outdated = false;
  /** Whoever waits for an answer of the page. */
  let waiting: ((answer: FromPage | undefined) => void) | undefined;

  const post = (message: ToPage) => {
    if (loaded) void panel.webview.postMessage(message);
  };

  /** Sends the page a question and waits for its answer; nothing if it goes away, or is asked again, meanwhile. */
  const ask = (question: ToPage) =>
    new Promise<FromPage | undefined>((resolve) => {
      waiting?.(undefined);
      waiting = resolve;
      if (loaded) post(question);
      else resolve(undefined);
    });

  /** One request at a time; edits that come meanwhile are drawn together by the next one. */
  const refresh = async () => {
    outdated = true;
    if (isDrawing || !loaded) return;
    isDrawing = true;
    while (outdated && loaded) {
      outdated = false;
      const asked = source;
      const picture = await drawSource(asked);
      if (asked !== source) continue;
      if (picture === undefined)
        post({ kind: "failure", badge: { text: vscode.l10n.t("The flow cannot be drawn now") } });
      else if (picture !== null) show(picture);
    }
    isDrawing = false;
  };

  /** Null where a Markdown document has no flow at the line: what is shown stays. */
  const drawSource = async (uri: vscode.Uri): Promise<Picture | null | undefined> => {
    try {
      // Also keeps the document open for the server while no editor shows it.
      const document = await vscode.workspace.openTextDocument(uri);
      const params = { theme: THEMES[vscode.window.activeColorTheme.kind], options };
      if (line === undefined || document.languageId === "tcpflow")
        return (await drawing.picture(document, params)) ?? undefined;
      const picture = await drawing.picture(document, { ...params, line });
      if (picture !== null || shown?.source === uri) return picture;
      return (await drawing.picture(document, params)) ?? undefined;
    } catch {
      // The document is gone, or the server is starting again.
      return undefined;
    }
  };

  const show = (picture: Picture) => {
    const [brokenLine] = picture.brokenLines;
    if (brokenLine === undefined) good = picture.empty ? undefined : picture;
    const badge =
      brokenLine === undefined ? undefined : brokenBadge(brokenLine + picture.firstLine, good !== undefined);
    shown = { source, picture };
    if (line !== undefined) line = picture.firstLine;
    post({
      kind: "picture",
      source: source.toString(),
      picture: good ?? picture,
      fresh,
      ...(cursor === undefined ? {} : { cursor }),
      ...(badge === undefined ? {} : { badge }),
    });
    fresh = false;
  };

  const exports = createExports(drawing, extensionUri, around.storage, {
    source: () => source,
    line: () => line,
    options: () => options,
    image: async (svg) => {
      const answer = await ask({ kind: "image", svg, use: "send" });
      return answer?.kind === "image" && answer.png !== undefined ? octetsOf(answer.png) : undefined;
    },
    copyImage: async (svg) => {
      const answer = await ask({ kind: "image", svg, use: "copy" });
      return answer?.kind === "copied" && answer.done;
    },
  });

  const setTitle = () => {
    if (start.named) return;
    const name = source.path.slice(source.path.lastIndexOf("/") + 1);
    panel.title = locked ? vscode.l10n.t("[Preview {0}]", name) : vscode.l10n.t("Preview {0}", name);
  };

  const turnTo = (uri: vscode.Uri, at?: number) => {
    const isSource = uri.toString() === source.toString();
    if (isSource && (at === undefined || isShown(at))) return;
    source = uri;
    line = at;
    cursor = undefined;
    good = undefined;
    // That the source is another one the page sees for itself.
    fresh ||= isSource;
    setTitle();
    void refresh();
  };

  const preview: Preview = {
    panel,
    exports,
    source: () => source,
    follow: (uri, at) => {
      if (!locked) turnTo(uri, at);
    },
    turnTo,
    refresh: () => void refresh(),
    moveCursor: (at) => {
      cursor = at;
      if (shown?.source === source && (line === undefined || locked || isShown(at))) {
        post({ kind: "cursor", line: at });
      } else if (line !== undefined) {
        line = at;
        good = undefined;
        fresh = true;
        void refresh();
      }
    },
    isLocked: () => locked,
    lock: (wanted) => {
      locked = wanted;
      setTitle();
      post({ kind: "locked", locked });
    },
  };

  /** Whether a line (from 0) of the source is one of the flow that is shown. */
  const isShown = (at: number) => {
    if (shown === undefined) return false;
    const { firstLine, lines } = shown.picture;
    return at >= firstLine - 1 && at <= firstLine + lines;
  };

  const answer = (message: FromPage) => {
    switch (message.kind) {
      case "ready":
        loaded = true;
        options = message.options;
        post({ kind: "locked", locked });
        return void refresh();
      case "reveal":
        return around.reveal(preview, message.line, message.go);
      case "options":
        options = message.options;
        return void refresh();
      case "export":
        return void exports.save(message.format);
      case "copy":
        return void exports.copy();
      case "browse":
        return void exports.browse();
      case "mermaid":
        return void exports
          .mermaid()
          .then((text) => post({ kind: "mermaid", ...(text === undefined ? {} : { text }) }));
      case "clip":
        return void vscode.env.clipboard.writeText(message.text);
      case "image":
      case "copied":
        return waiting?.(message);
    }
  };

  panel.webview.options = pageOptions(extensionUri);
  if (!start.named) panel.iconPath = vscode.Uri.joinPath(extensionUri, "client", "media", "file.svg");
  setTitle();
  panel.webview.onDidReceiveMessage(answer);
  panel.onDidChangeViewState(() => {
    // A hidden page is thrown away; it says "ready" when it comes back.
    if (!panel.visible) loaded = false;
  });
  panel.onDidDispose(() => {
    loaded = false;
    waiting?.(undefined);
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

function octetsOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** High contrast is drawn in the theme's own colours (see preview.css). */
const THEMES: Readonly<Record<vscode.ColorThemeKind, PictureParams["theme"]>> = {
  [vscode.ColorThemeKind.Light]: "light",
  [vscode.ColorThemeKind.Dark]: "dark",
  [vscode.ColorThemeKind.HighContrast]: "host",
  [vscode.ColorThemeKind.HighContrastLight]: "host",
};

/** The script of the preview's page: shows the pictures it is sent, and tells what the reader points at. */
import type { FromPage, PageState, ToPage } from "./messages.ts";
import { lineAt, markLine } from "./webview/lines.ts";
import { createPicture } from "./webview/picture.ts";
import { createZoom } from "./webview/zoom.ts";

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
};

const vscode = acquireVsCodeApi();
const before = vscode.getState();
const badge = element("badge");
const picture = createPicture(element("picture"));
const zoom = createZoom(picture, before?.zoom, keep);
let source = before?.source;
let cursor: number | undefined;
let blamed = 0;
let restored = before !== undefined;
/** Where to scroll to when the first picture is there. */
let place = before;

function keep(): void {
  if (source === undefined) return;
  const { level } = zoom;
  vscode.setState({ source, left: scrollX, top: scrollY, ...(level === undefined ? {} : { zoom: level }) });
}

function show(message: Extract<ToPage, { kind: "picture" }>): void {
  picture.draw(message.svg);
  zoom.apply();
  badge.hidden = message.badge === undefined;
  badge.textContent = message.badge?.text ?? "";
  blamed = message.badge?.line ?? 0;
  if (message.source !== source) {
    source = message.source;
    cursor = undefined;
    scrollTo(0, 0);
  } else if (place !== undefined) {
    scrollTo(place.left, place.top);
  }
  place = undefined;
  markLine(picture.root, cursor);
  keep();
}

addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  if (data.kind === "picture") {
    show(data);
  } else if (data.line !== cursor) {
    cursor = data.line;
    const marked = markLine(picture.root, cursor);
    // After a reload the reader finds the place that was left, not that of the cursor.
    if (!restored) marked?.scrollIntoView({ block: "nearest", inline: "nearest" });
    restored = false;
  }
});
addEventListener("scroll", keep, { passive: true });
badge.addEventListener("click", () => vscode.postMessage({ kind: "reveal", line: blamed }));
picture.root.addEventListener("click", (event) => {
  const line = lineAt(event);
  if (line !== undefined) vscode.postMessage({ kind: "reveal", line });
});

vscode.postMessage({ kind: "ready" });

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element #${id}`);
  return found;
}

/** The script of the preview's page: shows the pictures it is sent, and tells what the reader points at. */
import type { Badge, FromPage, PageState, ToPage } from "./messages.ts";
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
const empty = element("empty");
const picture = createPicture(element("picture"));
const zoom = createZoom(picture, before?.zoom, keep);
let source = before?.source;
let cursor: number | undefined;
let blamed: number | undefined;
/** Where to scroll to when the first picture after a reload is there. */
let place = before;

function keep(): void {
  if (source === undefined) return;
  const { level } = zoom;
  vscode.setState({ source, left: scrollX, top: scrollY, ...(level === undefined ? {} : { zoom: level }) });
}

function showBadge(shown: Badge | undefined): void {
  badge.hidden = shown === undefined;
  badge.textContent = shown?.text ?? "";
  blamed = shown?.line;
}

function showPicture(message: Extract<ToPage, { kind: "picture" }>): void {
  const isOther = message.source !== source;
  if (isOther) zoom.restart();
  // What the author is at stays where it is in the window, also when the picture changes its size.
  const anchor = isOther || message.cursor !== cursor ? undefined : topOf(markLine(picture.root, cursor));
  picture.draw(message.svg);
  zoom.apply();
  empty.hidden = !message.empty;
  showBadge(message.badge);
  source = message.source;
  cursor = message.cursor;
  const marked = markLine(picture.root, cursor);
  if (isOther) {
    scrollTo(0, 0);
    marked?.scrollIntoView(NEAREST);
  } else if (place !== undefined) {
    scrollTo(place.left, place.top);
  } else if (anchor !== undefined) {
    scrollBy(0, (topOf(marked) ?? anchor) - anchor);
  }
  place = undefined;
  keep();
}

/** How far an element is below the window's upper edge; nothing where it is out of sight. */
function topOf(element: Element | undefined): number | undefined {
  const box = element?.getBoundingClientRect();
  return box === undefined || box.bottom < 0 || box.top > innerHeight ? undefined : box.top;
}

const NEAREST: ScrollIntoViewOptions = { block: "nearest", inline: "nearest" };

addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  if (data.kind === "picture") {
    showPicture(data);
  } else if (data.kind === "failure") {
    showBadge(data.badge);
  } else if (data.line !== cursor) {
    cursor = data.line;
    markLine(picture.root, cursor)?.scrollIntoView(NEAREST);
  }
});
addEventListener("scroll", keep, { passive: true });
badge.addEventListener("click", () => {
  if (blamed !== undefined) vscode.postMessage({ kind: "reveal", line: blamed });
});
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

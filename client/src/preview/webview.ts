/** The script of the preview's page: shows the pictures it is sent, and tells what the reader points at. */
import type { Badge, FromPage, PageState, ToPage } from "./messages.ts";
import { createCaptureList } from "./webview/capture.ts";
import { createCulling } from "./webview/culling.ts";
import { element, onClick, takesKeys } from "./webview/dom.ts";
import { connectExports } from "./webview/exports.ts";
import { base64, drawImage } from "./webview/image.ts";
import { lineAt, markLine, segmentAt } from "./webview/lines.ts";
import { createMermaidTab } from "./webview/mermaid-tab.ts";
import { createPan } from "./webview/pan.ts";
import { createPicture } from "./webview/picture.ts";
import { createPlayer } from "./webview/player.ts";
import { scrollToPlace, topIn } from "./webview/scroll.ts";
import { closeMenus, createSwitches } from "./webview/switches.ts";
import { createTabs } from "./webview/tabs.ts";
import { readTexts } from "./webview/texts.ts";
import { createZoom } from "./webview/zoom.ts";

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
};

const vscode = acquireVsCodeApi();
const before = vscode.getState();
const texts = readTexts();
const badge = element("badge");
const empty = element("empty");
const box = element("ladder");
const picture = createPicture(element("picture"));
const zoom = createZoom(picture.svg, box, before?.zoom, keep);
const culling = createCulling(picture.svg, box);
const mermaid = createMermaidTab(texts, document.currentScript?.nonce ?? "");
const player = createPlayer(texts, {
  svg: picture.svg,
  scroll: (y) => scrollToPlace(box, picture.svg(), y),
  changed: keep,
});
const capture = createCaptureList((message) => vscode.postMessage(message));
const tabs = createTabs(before?.tab ?? "ladder", (tab) => {
  if (tab === "mermaid") vscode.postMessage({ kind: "mermaid" });
  keep();
});

let source = before?.source;
let options = before?.options ?? {};
let isPanelShown = before?.panel ?? true;
let isLocked = before?.locked ?? false;
/** The line (from 0) of the source on which the flow begins. */
let firstLine = before?.line ?? 0;
let cursor: number | undefined;
let blamed: number | undefined;
/** What was shown before a reload, until the first picture is there. */
let place = before;

function keep(): void {
  if (source === undefined || place !== undefined) return;
  const { level } = zoom;
  const { pinned } = player;
  const { chosen: connection } = capture;
  vscode.setState({
    source,
    left: box.scrollLeft,
    top: box.scrollTop,
    options,
    tab: tabs.chosen,
    panel: isPanelShown,
    locked: isLocked,
    line: firstLine,
    ...(level === undefined ? {} : { zoom: level }),
    ...(pinned === undefined ? {} : { pinned }),
    ...(connection === undefined ? {} : { connection }),
  });
}

function showBadge(shown: Badge | undefined): void {
  badge.hidden = shown === undefined;
  badge.textContent = shown?.text ?? "";
  blamed = shown?.line;
}

function showPicture(message: Extract<ToPage, { kind: "picture" }>): void {
  const { svg, steps } = message.picture;
  const isOther = message.source !== source || message.fresh;
  if (isOther) {
    zoom.restart();
    player.pin(undefined);
  }
  // What the author is at stays where it is in the window, also when the picture changes its size.
  const isStill = !isOther && message.cursor === cursor;
  firstLine = message.picture.firstLine;
  const anchor = isStill ? topIn(box, markCursor()) : undefined;
  culling.release();
  picture.draw(svg);
  zoom.apply();
  culling.load();
  empty.hidden = !message.picture.empty;
  document.body.classList.toggle("is-empty", message.picture.empty);
  showBadge(message.badge);
  source = message.source;
  cursor = message.cursor;
  player.load(steps);
  if (cursor !== undefined) player.follow(cursor - firstLine);
  const marked = markCursor();
  if (place !== undefined && !isOther) {
    if (place.pinned !== undefined) player.pin(place.pinned);
    box.scrollTo(place.left, place.top);
  } else if (isOther) {
    box.scrollTo(0, 0);
    marked?.scrollIntoView(NEAREST);
  } else if (anchor !== undefined) {
    box.scrollBy(0, (topIn(box, marked) ?? anchor) - anchor);
  }
  place = undefined;
  keep();
  if (tabs.chosen === "mermaid") vscode.postMessage({ kind: "mermaid" });
}

const NEAREST: ScrollIntoViewOptions = { block: "nearest", inline: "nearest" };

function markCursor(): Element | undefined {
  const marked = markLine(picture.root, cursor === undefined ? undefined : cursor - firstLine);
  if (marked !== undefined) culling.show(marked);
  return marked;
}

function showPanel(shown: boolean): void {
  isPanelShown = shown;
  document.body.classList.toggle("no-panel", !shown);
  element("panel-toggle").setAttribute("aria-pressed", String(shown));
}

async function makeImage(svg: string, use: "send" | "copy"): Promise<void> {
  try {
    const image = await drawImage(svg);
    if (use === "send") return vscode.postMessage({ kind: "image", png: await base64(image) });
    await navigator.clipboard.write([new ClipboardItem({ [image.type]: image })]);
    vscode.postMessage({ kind: "copied", done: true });
  } catch {
    vscode.postMessage(use === "send" ? { kind: "image" } : { kind: "copied", done: false });
  }
}

addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  switch (data.kind) {
    case "picture":
      return showPicture(data);
    case "failure":
      return showBadge(data.badge);
    case "locked":
      isLocked = data.locked;
      return keep();
    case "mermaid":
      return void mermaid.show(data.text);
    case "capture":
      return capture.load(data);
    case "chosen":
      capture.mark(data.connection);
      return keep();
    case "image":
      return void makeImage(data.svg, data.use);
    case "cursor":
      if (data.line === cursor) return;
      cursor = data.line;
      player.follow(cursor - firstLine);
      markCursor()?.scrollIntoView(NEAREST);
  }
});

box.addEventListener("scroll", keep, { passive: true });
badge.addEventListener("click", () => {
  if (blamed !== undefined) vscode.postMessage({ kind: "reveal", line: blamed, go: true });
});
for (const type of ["click", "dblclick"] as const) {
  picture.root.addEventListener(type, (event) => {
    const segment = segmentAt(event);
    if (segment !== undefined && type === "click") player.pinSegment(segment);
    // Who goes to the text wants to follow the cursor there.
    if (type === "dblclick") player.pin(undefined);
    const line = lineAt(event);
    if (line !== undefined) vscode.postMessage({ kind: "reveal", line: line + firstLine, go: type === "dblclick" });
  });
}
picture.root.addEventListener("pointerover", (event) => player.point(segmentAt(event)));
box.addEventListener("pointerleave", () => player.point(undefined));
addEventListener("keydown", ({ key, target }) => {
  const { line } = player;
  if (key !== "Enter" || takesKeys(target) || line === undefined) return;
  vscode.postMessage({ kind: "reveal", line: line + firstLine, go: true });
});
createPan(box, player.toggle);
onClick("panel-toggle", () => {
  showPanel(!isPanelShown);
  keep();
});
onClick("mermaid-copy", () => vscode.postMessage({ kind: "clip", text: mermaid.text() }));
createSwitches(options, (chosen) => {
  options = chosen;
  keep();
  vscode.postMessage({ kind: "options", options });
});
connectExports((message) => vscode.postMessage(message));
closeMenus();
showPanel(isPanelShown);

vscode.postMessage({
  kind: "ready",
  options,
  ...(before?.connection === undefined ? {} : { connection: before.connection }),
});

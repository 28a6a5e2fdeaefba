/**
 * The script of a page of its own, in which one flow can be stepped through and its blanks filled in; the page holds the
 * picture and its steps.
 */
import type { Steps } from "../../../server/src/ladder/steps.ts";
import { createBlanks } from "./webview/blanks.ts";
import { createCulling } from "./webview/culling.ts";
import { element } from "./webview/dom.ts";
import { segmentAt } from "./webview/lines.ts";
import { createPan } from "./webview/pan.ts";
import { createPlayer } from "./webview/player.ts";
import { scrollToPlace } from "./webview/scroll.ts";
import { readTexts } from "./webview/texts.ts";
import { createZoom } from "./webview/zoom.ts";

const box = element("ladder");
const svg = () => box.querySelector<SVGSVGElement>("svg.tcpflow") ?? undefined;
const texts = readTexts();
const zoom = createZoom(svg, box, undefined, () => {});
const player = createPlayer(texts, {
  svg,
  scroll: (y) => scrollToPlace(box, svg(), y),
  changed: () => {},
});
const steps: Steps = JSON.parse(element("steps").textContent ?? "");
const picture = svg();
// The list of sentences says the same to those who do not see the picture; its boxes are for all.
if (picture !== undefined && Object.keys(steps.blanks).length === 0) picture.setAttribute("aria-hidden", "true");
else if (picture !== undefined) {
  picture.setAttribute("role", "group");
  picture.setAttribute("aria-labelledby", picture.querySelector("title")?.id ?? "");
  for (const child of picture.children) if (child.tagName !== "title") child.setAttribute("aria-hidden", "true");
  // What both ends know would tell the answers.
  createBlanks(picture, steps, texts, (all) => document.body.classList.toggle("no-panel", !all));
}
zoom.apply();
createCulling(svg, box).load();
player.load(steps);
createPan(box, player.toggle);
box.addEventListener("click", (event) => {
  const segment = segmentAt(event);
  if (segment !== undefined) player.pinSegment(segment);
});
box.addEventListener("pointerover", (event) => player.point(segmentAt(event)));
box.addEventListener("pointerleave", () => player.point(undefined));

/** The script of a page of its own, in which one flow can be stepped through; the page holds the picture and its steps. */
import type { Steps } from "../../../server/src/ladder/steps.ts";
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
const zoom = createZoom(svg, box, undefined, () => {});
const player = createPlayer(readTexts(), {
  svg,
  scroll: (y) => scrollToPlace(box, svg(), y),
  changed: () => {},
});
const steps: Steps = JSON.parse(element("steps").textContent ?? "");
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

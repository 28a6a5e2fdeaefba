/** The parts of a page in which a flow can be stepped through, for the preview and for a page of its own. */
import type { Locale } from "../flow/locale.ts";
import { button, escapeHtml, safeJson } from "./html.ts";
import { icon } from "./icons.ts";
import { pageTexts } from "./texts.ts";

/**
 * The ladder in its scrolling box, the panel beside it, and the bar below; with what the page's script says.
 * @param picture what stands in the box
 * @param over what lies over it
 */
export function playerHtml(locale: Locale, picture: string, over = ""): string {
  const texts = pageTexts(locale);
  return `<div id="stage">
<main id="ladder" tabindex="0" aria-label="${escapeHtml(texts.ladder)}">${picture}
<ol id="sentences" class="for-readers" aria-label="${escapeHtml(texts.sentences)}"></ol>
</main>
<aside id="panel" aria-label="${escapeHtml(texts.panel)}">
<div>
<p id="happening" aria-live="polite"></p>
<table id="blocks"></table>
<h2>${escapeHtml(texts.network)}</h2>
<ul id="network"></ul>
</div>
<div>
<h2>${escapeHtml(texts.states)}</h2>
<div id="diagrams"></div>
</div>
</aside>
${over}
<div id="zoom" role="toolbar" aria-label="${escapeHtml(texts.zoom)}">
${button("zoom-out", "zoomOut", texts.zoomOut)}
${button("zoom-fit", "fit", texts.zoomFit)}
${button("zoom-in", "zoomIn", texts.zoomIn)}
</div>
</div>
<div id="transport" role="toolbar" aria-label="${escapeHtml(texts.transport)}">
${button("step-back", "back", texts.stepBack, ' aria-keyshortcuts="ArrowLeft"')}
<button type="button" class="tool" id="play" aria-keyshortcuts="Space">${icon("play")}${icon("pause")}</button>
${button("step-forward", "forward", texts.stepForward, ' aria-keyshortcuts="ArrowRight"')}
<input type="range" id="slider" min="0" max="0" value="0" aria-label="${escapeHtml(texts.step)}">
<output id="where" for="slider"></output>
${button("unpin", "pin", texts.unpin, " hidden")}
</div>
<script type="application/json" id="texts">${safeJson(texts.script)}</script>`;
}

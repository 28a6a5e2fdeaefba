/** The parts of a page in which a flow can be stepped through, for the preview and for a page of its own. */
import * as vscode from "vscode";
import { type Icon, icon } from "./icons.ts";
import type { Texts } from "./texts.ts";

/** A button with an icon; its name is read out and shown as a hint. */
export function button(id: string, name: Icon, label: string, more = ""): string {
  const text = escapeHtml(label);
  return `<button type="button" class="tool" id="${id}" title="${text}" aria-label="${text}"${more}>${icon(name)}</button>`;
}

/**
 * The ladder in its scrolling box, the panel beside it, and the bar below.
 * @param picture what stands in the box
 * @param over what lies over it
 */
export function playerHtml(picture: string, over = ""): string {
  return `<div id="stage">
<main id="ladder" tabindex="0" aria-label="${escapeHtml(vscode.l10n.t("Ladder diagram"))}">${picture}
<ol id="sentences" class="for-readers" aria-label="${escapeHtml(vscode.l10n.t("The exchange in sentences"))}"></ol>
</main>
<aside id="panel" aria-label="${escapeHtml(vscode.l10n.t("State of both ends"))}">
<div>
<p id="happening" aria-live="polite"></p>
<table id="blocks"></table>
<h2>${escapeHtml(vscode.l10n.t("In the network"))}</h2>
<ul id="network"></ul>
</div>
<div>
<h2>${escapeHtml(vscode.l10n.t("States"))}</h2>
<div id="diagrams"></div>
</div>
</aside>
${over}
<div id="zoom" role="toolbar" aria-label="${escapeHtml(vscode.l10n.t("Zoom"))}">
${button("zoom-out", "zoomOut", vscode.l10n.t("Zoom out"))}
${button("zoom-fit", "fit", vscode.l10n.t("Fit to the width"))}
${button("zoom-in", "zoomIn", vscode.l10n.t("Zoom in"))}
</div>
</div>
<div id="transport" role="toolbar" aria-label="${escapeHtml(vscode.l10n.t("Step through"))}">
${button("step-back", "back", vscode.l10n.t("Step back"), ' aria-keyshortcuts="ArrowLeft"')}
<button type="button" class="tool" id="play" aria-keyshortcuts="Space">${icon("play")}${icon("pause")}</button>
${button("step-forward", "forward", vscode.l10n.t("Step forward"), ' aria-keyshortcuts="ArrowRight"')}
<input type="range" id="slider" min="0" max="0" value="0" aria-label="${escapeHtml(vscode.l10n.t("Step"))}">
<output id="where" for="slider"></output>
${button("unpin", "pin", vscode.l10n.t("Unpin (Escape)"), " hidden")}
</div>
<script type="application/json" id="texts">${safeJson(pageTexts())}</script>`;
}

function pageTexts(): Texts {
  return {
    stepOf: vscode.l10n.t("Step {0} of {1}", "{0}", "{1}"),
    start: vscode.l10n.t("Before the first step"),
    state: vscode.l10n.t("State"),
    held: vscode.l10n.t("Out of order"),
    nothing: vscode.l10n.t("Nothing"),
    unknown: "–",
    blank: "?",
    before: vscode.l10n.t("Before: {0}", "{0}"),
    diagram: vscode.l10n.t("State diagram of {0}; its way so far: {1}", "{0}", "{1}"),
    play: vscode.l10n.t("Play (Space)"),
    pause: vscode.l10n.t("Pause (Space)"),
    noMermaid: vscode.l10n.t("The flow cannot be drawn by Mermaid"),
  };
}

/** JSON that can stand in a page: no text in it ends the element around it. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** The page of a preview: written once for each panel; from then on only messages change what it shows. */
import * as vscode from "vscode";
import { button, escapeHtml } from "../../../server/src/page/html.ts";
import { icon } from "../../../server/src/page/icons.ts";
import { playerHtml } from "../../../server/src/page/player.ts";
import { pageLocale } from "./locale.ts";

/** The page may load its own scripts and style, and nothing else. */
export function pageOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [dist(extensionUri), media(extensionUri)] };
}

export function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = crypto.randomUUID();
  const file = (folder: vscode.Uri, name: string) => webview.asWebviewUri(vscode.Uri.joinPath(folder, name));
  const script = file(dist(extensionUri), "preview.js");
  const mermaid = file(dist(extensionUri), "mermaid.js");
  const style = file(media(extensionUri), "preview.css");
  // Mermaid's pictures bring their own styles; an image is drawn from the picture itself.
  const policy = `default-src 'none'; style-src ${webview.cspSource} 'unsafe-inline'; script-src 'nonce-${nonce}'; img-src blob:`;
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
</head>
<body data-mermaid="${mermaid}" data-vscode-context='{"preventDefaultContextMenuItems":true}'>
<header id="bar">
<div role="tablist" aria-label="${escapeHtml(vscode.l10n.t("Kind of picture"))}">
<button type="button" role="tab" id="tab-ladder" aria-controls="stage" aria-selected="true">${escapeHtml(vscode.l10n.t("Ladder"))}</button>
<button type="button" role="tab" id="tab-mermaid" aria-controls="mermaid" aria-selected="false" tabindex="-1">Mermaid</button>
</div>
<span class="space"></span>
${optionsMenu()}
${exportMenu()}
${button("panel-toggle", "panel", vscode.l10n.t("Show or hide the panel"), ' aria-pressed="true"')}
</header>
${playerHtml(pageLocale(), '<div id="picture"></div>', '<div id="notice" role="status"><button type="button" id="badge" hidden></button></div>')}
<section id="mermaid" role="tabpanel" aria-labelledby="tab-mermaid" hidden>
<div id="mermaid-bar"><button type="button" class="plain" id="mermaid-copy">${escapeHtml(vscode.l10n.t("Copy as Mermaid"))}</button></div>
<div id="mermaid-picture"></div>
</section>
<p id="empty" hidden>${escapeHtml(vscode.l10n.t("Nothing to draw yet. Begin with a line such as"))}<br><code>client -&gt; server: SYN seq=x</code></p>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

function optionsMenu(): string {
  const choices = (name: string, label: string, values: readonly (readonly [string, string])[]) =>
    `<fieldset><legend>${escapeHtml(label)}</legend>${values
      .map(([value, text]) => `<label><input type="radio" name="${name}" value="${value}"> ${escapeHtml(text)}</label>`)
      .join("")}</fieldset>`;
  const check = (name: string, label: string) =>
    `<label><input type="checkbox" name="${name}"> ${escapeHtml(label)}</label>`;
  const numbers = choices("numbers", vscode.l10n.t("Numbers"), [
    ["written", vscode.l10n.t("As written")],
    ["relative", vscode.l10n.t("Relative")],
    ["absolute", vscode.l10n.t("Absolute")],
  ]);
  const states = choices("states", vscode.l10n.t("Names of states"), [
    ["rfc", vscode.l10n.t("As in RFC 9293")],
    ["netstat", vscode.l10n.t("As in netstat")],
  ]);
  const time = choices("time", vscode.l10n.t("Time"), [
    ["even", vscode.l10n.t("Evenly spaced")],
    ["scale", vscode.l10n.t("To scale")],
  ]);
  const show = `<fieldset><legend>${escapeHtml(vscode.l10n.t("Show"))}</legend>${check("classes", vscode.l10n.t("Kinds of segments"))}${check("answers", vscode.l10n.t("Answers of blanks"))}</fieldset>`;
  return `<details class="menu" id="options">${summary("options", vscode.l10n.t("What the picture shows"))}<form>${numbers}${states}${time}${show}</form></details>`;
}

function exportMenu(): string {
  const item = (action: string, label: string) =>
    `<button type="button" class="item" data-export="${action}">${escapeHtml(label)}</button>`;
  const items = [
    item("svg", vscode.l10n.t("Save as SVG…")),
    item("png", vscode.l10n.t("Save as PNG…")),
    item("html", vscode.l10n.t("Save as HTML…")),
    item("mermaid", vscode.l10n.t("Save as Mermaid…")),
    item("text", vscode.l10n.t("Save as Text…")),
    "<hr>",
    item("copy", vscode.l10n.t("Copy Picture")),
    item("browse", vscode.l10n.t("Open in Browser")),
  ];
  return `<details class="menu" id="exports">${summary("export", vscode.l10n.t("Save, copy or open the picture"))}<div>${items.join("")}</div></details>`;
}

function summary(name: "options" | "export", label: string): string {
  const text = escapeHtml(label);
  return `<summary class="tool" title="${text}" aria-label="${text}">${icon(name)}</summary>`;
}

function dist(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, "dist");
}

function media(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, "client", "media");
}

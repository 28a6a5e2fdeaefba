/** A page of its own in which one flow can be stepped through, without anything beside it. */
import * as vscode from "vscode";
import type { Picture } from "../../../server/src/editor/picture-request.ts";
import { escapeHtml, playerHtml, safeJson } from "./player-html.ts";

/** What a style sheet takes from other files: the themes of Visual Studio Code. */
const IMPORTS = /^@import[^\n]*\n/gmu;

/** @param picture in the theme `auto` */
export async function standalonePage({ svg, steps, title }: Picture, extensionUri: vscode.Uri): Promise<string> {
  const read = async (...path: string[]) =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, ...path)));
  const [script, style, ladder, colours] = await Promise.all([
    read("dist", "standalone.js"),
    read("client", "media", "preview.css"),
    read("client", "media", "ladder.css"),
    read("client", "media", "standalone.css"),
  ]);
  // Only this very script runs, and nothing is loaded.
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${await sha256(script)}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title === "" ? "TCPFlow" : title)}</title>
<style>${colours}${style.replace(IMPORTS, "")}${ladder}</style>
</head>
<body class="standalone">
${playerHtml(`<div id="picture">${svg.replace("<svg ", '<svg aria-hidden="true" ')}</div>`)}
<script type="application/json" id="steps">${safeJson(steps)}</script>
<script>${script}</script>
</body>
</html>
`;
}

async function sha256(text: string): Promise<string> {
  const octets = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return btoa(String.fromCharCode(...octets));
}

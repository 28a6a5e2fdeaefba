/** The page of a preview: written once for each panel; from then on only messages change what it shows. */
import * as vscode from "vscode";

/** The page may load its own script and style, and nothing else. */
export function pageOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [dist(extensionUri), media(extensionUri)] };
}

export function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = crypto.randomUUID();
  const script = webview.asWebviewUri(vscode.Uri.joinPath(dist(extensionUri), "preview.js"));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(media(extensionUri), "preview.css"));
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  const button = (id: string, text: string, label: string) =>
    `<button type="button" id="${id}" title="${label}" aria-label="${label}">${text}</button>`;
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
</head>
<body data-vscode-context='{"preventDefaultContextMenuItems":true}'>
<div id="picture"></div>
<p id="empty" hidden>${vscode.l10n.t("Nothing to draw yet. Begin with a line such as")}<br><code>client -&gt; server: SYN seq=x</code></p>
<div role="status"><button type="button" id="badge" hidden></button></div>
<div id="zoom" role="toolbar" aria-label="${vscode.l10n.t("Zoom")}">
${button("zoom-out", "−", vscode.l10n.t("Zoom out"))}
${button("zoom-fit", "⤢", vscode.l10n.t("Fit to the width"))}
${button("zoom-in", "+", vscode.l10n.t("Zoom in"))}
</div>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

function dist(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, "dist");
}

function media(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, "client", "media");
}

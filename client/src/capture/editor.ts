/** Captures opened as what they are: the connections in them, and the picture of the one that is chosen. */
import * as vscode from "vscode";
import {
  OVERVIEW_REQUEST,
  type OverviewAnswer,
  type OverviewParams,
} from "../../../server/src/editor/capture/request.ts";
import { escapeHtml } from "../../../server/src/page/html.ts";
import { openNew } from "../commands/templates.ts";
import type { Server } from "../language-client.ts";
import type { PreviewManager } from "../preview/manager.ts";
import type { CaptureWords, FromPage, ToPage } from "../preview/messages.ts";
import { flowUri } from "./flows.ts";
import { nameOf, readCapture } from "./read.ts";

/** The type of the editors, as the manifest has it. */
const CAPTURE = "tcpflow.capture";

export function registerCaptureEditor(server: Server, previews: PreviewManager): vscode.Disposable {
  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => {} }),
    resolveCustomEditor: async ({ uri }, panel, token) => {
      const overview = await look(server, uri);
      // Closed again meanwhile.
      if (token.isCancellationRequested) return;
      if (overview.kind === "problem") showProblem(panel, uri, overview.message);
      else showCapture(previews, panel, uri, overview);
    },
  };
  return vscode.Disposable.from(
    vscode.window.registerCustomEditorProvider(CAPTURE, provider, { supportsMultipleEditorsPerDocument: true }),
    vscode.commands.registerCommand("tcpflow.showConnections", (uri: vscode.Uri) =>
      vscode.commands.executeCommand("vscode.openWith", uri, CAPTURE),
    ),
  );
}

async function look(server: Server, uri: vscode.Uri): Promise<OverviewAnswer> {
  try {
    const params: OverviewParams = await readCapture(uri);
    return await server.request<OverviewAnswer>(OVERVIEW_REQUEST, params);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "problem", message: vscode.l10n.t("{0} cannot be shown: {1}", nameOf(uri), reason) };
  }
}

function showProblem(panel: vscode.WebviewPanel, uri: vscode.Uri, message: string): void {
  panel.webview.html = `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${panel.webview.cspSource} 'unsafe-inline'">
<title>${escapeHtml(nameOf(uri))}</title>
</head>
<body><p role="alert" style="margin: 20vh auto 0; max-width: 40em; text-align: center">${escapeHtml(message)}</p></body>
</html>`;
}

function showCapture(
  previews: PreviewManager,
  panel: vscode.WebviewPanel,
  uri: vscode.Uri,
  { connections, more }: Extract<OverviewAnswer, { kind: "overview" }>,
): void {
  // What is wrong is what one looks for.
  const drawable = connections.filter(({ problem }) => problem === undefined);
  let chosen = (drawable.find(({ found }) => found !== "") ?? drawable[0] ?? connections[0])?.number ?? 0;
  const post = (message: ToPage) => void panel.webview.postMessage(message);
  const choose = (connection: number) => {
    const known = connections.find(({ number }) => number === connection);
    if (known === undefined) return;
    chosen = connection;
    post({ kind: "chosen", connection });
    if (known.problem === undefined) preview.turnTo(flowUri(uri, connection));
  };
  const importText = async () => {
    const flow = await vscode.workspace.openTextDocument(flowUri(uri, chosen));
    await openNew(flow.getText());
  };
  // Before the preview hears the page, so that it draws what was chosen before a reload.
  panel.webview.onDidReceiveMessage((message: FromPage) => {
    switch (message.kind) {
      case "ready":
        post({ kind: "capture", connections, more, words: words() });
        return choose(message.connection ?? chosen);
      case "choose":
        return choose(message.connection);
      case "import":
        return void importText().catch((error) => vscode.window.showErrorMessage(String(error)));
    }
  });
  const preview = previews.adopt(panel, { source: flowUri(uri, chosen), locked: true, named: true });
}

function words(): CaptureWords {
  return {
    connections: vscode.l10n.t("Connections of the capture"),
    moreConnections: vscode.l10n.t("and {0} more", "{0}"),
    packet: vscode.l10n.t("Packet {0}", "{0}"),
    segments: vscode.l10n.t("{0} segments", "{0}"),
    oneSegment: vscode.l10n.t("1 segment"),
    nothingFound: vscode.l10n.t("nothing found"),
    importText: vscode.l10n.t("Import as Text"),
  };
}

/** What the extension adds to VS Code wherever it runs. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { importCapture } from "./commands/import-capture.ts";
import { newFromTemplate } from "./commands/templates.ts";
import { onFirstFlow } from "./first-flow.ts";
import { pictures, startClient } from "./language-client.ts";
import { languageModelTools } from "./language-model-tools.ts";
import { PREVIEW, previewManager } from "./preview/manager.ts";
import { watchConfiguration } from "./project-config.ts";

export function contribute(context: vscode.ExtensionContext, client: BaseLanguageClient): void {
  const { extensionUri } = context;
  const previews = previewManager(extensionUri, pictures(client));
  context.subscriptions.push(
    onFirstFlow(() => startClient(client)),
    watchConfiguration(client),
    previews,
    vscode.window.registerWebviewPanelSerializer(PREVIEW, previews),
    vscode.commands.registerCommand("tcpflow.showPreview", (uri?: vscode.Uri | string) =>
      previews.show(uriOf(uri), "here"),
    ),
    vscode.commands.registerCommand("tcpflow.showPreviewToSide", (uri?: vscode.Uri | string) =>
      previews.show(uriOf(uri), "beside"),
    ),
    vscode.commands.registerCommand("tcpflow.showSource", () => previews.showSource()),
    vscode.commands.registerCommand("tcpflow.newFromTemplate", (name?: unknown) => newFromTemplate(extensionUri, name)),
    vscode.commands.registerCommand("tcpflow.importCapture", (uri?: vscode.Uri) => importCapture(client, uri)),
    ...languageModelTools(extensionUri, client),
  );
}

/** The lens of a flow names the document as the protocol does. */
function uriOf(uri: vscode.Uri | string | undefined): vscode.Uri | undefined {
  return typeof uri === "string" ? vscode.Uri.parse(uri) : uri;
}

/** What the extension adds to VS Code wherever it runs. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { pictures, startClient } from "./language-client.ts";
import { PREVIEW, previewManager } from "./preview/manager.ts";

export function contribute(context: vscode.ExtensionContext, client: BaseLanguageClient): void {
  startClient(client);
  const previews = previewManager(context.extensionUri, pictures(client));
  context.subscriptions.push(
    previews,
    vscode.window.registerWebviewPanelSerializer(PREVIEW, previews),
    vscode.commands.registerCommand("tcpflow.showPreview", (uri?: vscode.Uri) => previews.show(uri, "here")),
    vscode.commands.registerCommand("tcpflow.showPreviewToSide", (uri?: vscode.Uri) => previews.show(uri, "beside")),
    vscode.commands.registerCommand("tcpflow.showSource", () => previews.showSource()),
  );
}

/** The extension in VS Code on the desktop and on a server. */
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { pictures, startClient } from "./language-client.ts";
import { PREVIEW, previewManager } from "./preview/manager.ts";

let client: LanguageClient | undefined;

export function activate(context: vscode.ExtensionContext): void {
  client = startClient(context.extensionUri);
  const previews = previewManager(context.extensionUri, pictures(client));
  context.subscriptions.push(
    previews,
    vscode.window.registerWebviewPanelSerializer(PREVIEW, previews),
    vscode.commands.registerCommand("tcpflow.showPreview", (uri?: vscode.Uri) => previews.show(uri, "here")),
    vscode.commands.registerCommand("tcpflow.showPreviewToSide", (uri?: vscode.Uri) => previews.show(uri, "beside")),
    vscode.commands.registerCommand("tcpflow.showSource", () => previews.showSource()),
  );
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

/** The extension in VS Code on the desktop and on a server. */
import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { registerCheckTask } from "./check-task.ts";
import { contribute } from "./contribute.ts";
import { clientOptions } from "./language-client.ts";

let client: LanguageClient | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri } = context;
  const run = { module: vscode.Uri.joinPath(extensionUri, "dist", "server.cjs").fsPath, transport: TransportKind.ipc };
  const debug = { ...run, options: { execArgv: ["--nolazy", "--inspect=6009"] } };
  client = new LanguageClient("tcpflow", "TCPFlow", { run, debug }, clientOptions(extensionUri));
  contribute(context, client);
  context.subscriptions.push(registerCheckTask(extensionUri));
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

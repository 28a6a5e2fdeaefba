/** The extension in VS Code on the desktop and on a server. */
import { createRequire } from "node:module";
import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { registerCheckTask } from "./check-task.ts";
import { contribute } from "./contribute.ts";
import { clientOptions } from "./language-client.ts";
import { type MarkdownExtension, markdownPreview } from "./markdown/preview.ts";

let client: LanguageClient | undefined;

export function activate(context: vscode.ExtensionContext): MarkdownExtension {
  const { extensionUri } = context;
  const run = { module: vscode.Uri.joinPath(extensionUri, "dist", "server.cjs").fsPath, transport: TransportKind.ipc };
  const debug = { ...run, options: { execArgv: ["--nolazy", "--inspect=6009"] } };
  client = new LanguageClient("tcpflow", "TCPFlow", { run, debug }, clientOptions(extensionUri));
  contribute(context, client);
  context.subscriptions.push(registerCheckTask(extensionUri));
  return markdownPreview(vscode.env.language, () => createRequire(__filename)("./markdown-it.cjs"));
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

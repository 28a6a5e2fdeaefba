/** The client of the language server on Node: a program of its own, since it is far bigger than the rest of the extension. */
import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, TransportKind } from "vscode-languageclient/node";

export function createClient(extensionUri: vscode.Uri, options: LanguageClientOptions): LanguageClient {
  const run = { module: vscode.Uri.joinPath(extensionUri, "dist", "server.cjs").fsPath, transport: TransportKind.ipc };
  const debug = { ...run, options: { execArgv: ["--nolazy", "--inspect=6009"] } };
  return new LanguageClient("tcpflow", "TCPFlow", { run, debug }, options);
}

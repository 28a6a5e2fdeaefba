/** The connection to the language server, which runs as a Node program of its own. */
import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { PICTURE_REQUEST, type Picture, type PictureParams } from "../../server/src/editor/picture-request.ts";
import type { Draw } from "./preview/preview.ts";

/** Starts the server in the background; requests wait until it is there. */
export function startClient(extensionUri: vscode.Uri): LanguageClient {
  const run = { module: vscode.Uri.joinPath(extensionUri, "dist", "server.cjs").fsPath, transport: TransportKind.ipc };
  const debug = { ...run, options: { execArgv: ["--nolazy", "--inspect=6009"] } };
  const client = new LanguageClient(
    "tcpflow",
    "TCPFlow",
    { run, debug },
    {
      documentSelector: [{ language: "tcpflow" }],
      initializationOptions: { rulePages: `${vscode.Uri.joinPath(extensionUri, "docs", "rules")}/` },
    },
  );
  client.start().catch((error) => client.error(vscode.l10n.t("The TCPFlow language server did not start"), error));
  return client;
}

/** Has the server draw open documents. */
export function pictures(client: LanguageClient): Draw {
  return (document, theme) => {
    const params: PictureParams = { textDocument: { uri: document.uri.toString() }, theme };
    return client.sendRequest<Picture | null>(PICTURE_REQUEST, params);
  };
}

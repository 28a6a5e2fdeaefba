/** The connection to the language server, wherever it runs. */
import * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import {
  EXPORT_REQUEST,
  PICTURE_REQUEST,
  type Picture,
  type PictureParams,
} from "../../server/src/editor/picture-request.ts";
import { MARKDOWN } from "./first-flow.ts";
import type { Drawing } from "./preview/drawing.ts";
import { configured } from "./project-config.ts";

/** What the client tells the server, and of which documents. */
export function clientOptions(extensionUri: vscode.Uri): LanguageClientOptions {
  return {
    documentSelector: [{ language: "tcpflow" }, ...MARKDOWN],
    middleware: configured,
    initializationOptions: { rulePages: `${vscode.Uri.joinPath(extensionUri, "docs", "rules")}/` },
  };
}

/** Starts the server in the background; requests wait until it is there. */
export function startClient(client: BaseLanguageClient): void {
  client.start().catch((error) => client.error(vscode.l10n.t("The TCPFlow language server did not start"), error));
}

/** Has the server draw open documents. */
export function pictures(client: BaseLanguageClient): Drawing {
  return {
    picture: (document, params) =>
      client.sendRequest<Picture | null>(PICTURE_REQUEST, { ...params, ...addressOf(document) }),
    exported: (document, params) =>
      client.sendRequest<string | null>(EXPORT_REQUEST, { ...params, ...addressOf(document) }),
  };
}

function addressOf(document: vscode.TextDocument): Pick<PictureParams, "textDocument"> {
  return { textDocument: { uri: document.uri.toString() } };
}

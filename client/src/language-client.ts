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

/** The language server as the extension talks to it. */
export interface Server {
  /** Starts it in the background, if it does not run yet. */
  start(): void;
  /** Waits for an answer; starts the server first, if it does not run yet. */
  request<Answer>(method: string, params: object, token?: vscode.CancellationToken): Promise<Answer>;
  /** Says something to a server that runs, and nothing to one that does not. */
  notify(method: string, params: object): void;
  stop(): Promise<void>;
}

/** @param load makes the client, which is far bigger than the rest of the extension: when the server is first needed */
export function lazyServer(load: () => BaseLanguageClient): Server {
  let client: BaseLanguageClient | undefined;
  const started = () => {
    client ??= load();
    return client;
  };
  return {
    start: () => {
      // Not as a part of the activation, which others wait for.
      setTimeout(() => {
        const starting = started();
        starting.start().catch((error) => {
          starting.error(vscode.l10n.t("The TCPFlow language server did not start"), error);
        });
      });
    },
    request: <Answer>(method: string, params: object, token?: vscode.CancellationToken) =>
      started().sendRequest<Answer>(method, params, token),
    notify: (method, params) => {
      const running = client;
      if (!running?.isRunning()) return;
      running.sendNotification(method, params).catch((error) => running.error(String(error)));
    },
    stop: async () => {
      await client?.stop();
    },
  };
}

/** What the client tells the server, and of which documents. */
export function clientOptions(extensionUri: vscode.Uri): LanguageClientOptions {
  return {
    documentSelector: [{ language: "tcpflow" }, ...MARKDOWN],
    middleware: configured,
    initializationOptions: { rulePages: `${vscode.Uri.joinPath(extensionUri, "docs", "rules")}/` },
  };
}

/** Has the server draw open documents. */
export function pictures(server: Server): Drawing {
  return {
    picture: (document, params) =>
      server.request<Picture | null>(PICTURE_REQUEST, { ...params, ...addressOf(document) }),
    exported: (document, params) =>
      server.request<string | null>(EXPORT_REQUEST, { ...params, ...addressOf(document) }),
  };
}

function addressOf(document: vscode.TextDocument): Pick<PictureParams, "textDocument"> {
  return { textDocument: { uri: document.uri.toString() } };
}

/** The extension in VS Code for the Web, where the language server is a web worker. */
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import * as adapter from "../../server/src/adapters/markdown-it.ts";
import { contribute } from "./contribute.ts";
import { clientOptions, lazyServer, type Server } from "./language-client.ts";
import { type MarkdownExtension, markdownPreview } from "./markdown/preview.ts";

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): MarkdownExtension {
  const { extensionUri } = context;
  server = lazyServer(() => {
    const worker = new Worker(vscode.Uri.joinPath(extensionUri, "dist", "server-browser.js").toString(true));
    return new LanguageClient("tcpflow", "TCPFlow", worker, clientOptions(extensionUri));
  });
  contribute(context, server);
  // A web worker can load no file at once, when it is wanted.
  return markdownPreview(vscode.env.language, () => adapter);
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

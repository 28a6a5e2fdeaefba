/** The extension in VS Code on the desktop and on a server. */
import { createRequire } from "node:module";
import * as vscode from "vscode";
import { registerCheckTask } from "./check-task.ts";
import { contribute } from "./contribute.ts";
import { clientOptions, lazyServer, type Server } from "./language-client.ts";
import { type MarkdownExtension, markdownPreview } from "./markdown/preview.ts";
import type * as nodeClient from "./node-client.ts";

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): MarkdownExtension {
  const { extensionUri } = context;
  const load = createRequire(__filename);
  server = lazyServer(() => {
    const { createClient }: typeof nodeClient = load("./client.cjs");
    return createClient(extensionUri, clientOptions(extensionUri));
  });
  contribute(context, server);
  context.subscriptions.push(registerCheckTask(extensionUri));
  return markdownPreview(vscode.env.language, () => load("./markdown-it.cjs"));
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

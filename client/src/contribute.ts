/** What the extension adds to VS Code wherever it runs. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { importCapture } from "./commands/import-capture.ts";
import { newFromTemplate } from "./commands/templates.ts";
import { onFirstFlow } from "./first-flow.ts";
import { pictures, startClient } from "./language-client.ts";
import { languageModelTools } from "./language-model-tools.ts";
import { registerPreviews } from "./preview/commands.ts";
import { watchConfiguration } from "./project-config.ts";

export function contribute(context: vscode.ExtensionContext, client: BaseLanguageClient): void {
  const { extensionUri } = context;
  registerPreviews(context, pictures(client));
  context.subscriptions.push(
    onFirstFlow(() => startClient(client)),
    watchConfiguration(client),
    vscode.commands.registerCommand("tcpflow.newFromTemplate", (name?: unknown) => newFromTemplate(extensionUri, name)),
    vscode.commands.registerCommand("tcpflow.importCapture", (uri?: vscode.Uri) => importCapture(client, uri)),
    ...languageModelTools(extensionUri, client),
  );
}

/** What the extension adds to VS Code wherever it runs. */
import * as vscode from "vscode";
import { registerCaptureEditor } from "./capture/editor.ts";
import { registerCaptureFlows } from "./capture/flows.ts";
import { importCapture } from "./commands/import-capture.ts";
import { newFromTemplate } from "./commands/templates.ts";
import { onFirstFlow } from "./first-flow.ts";
import { pictures, type Server } from "./language-client.ts";
import { languageModelTools } from "./language-model-tools.ts";
import { registerPreviews } from "./preview/commands.ts";
import { watchConfiguration } from "./project-config.ts";

export function contribute(context: vscode.ExtensionContext, server: Server): void {
  const { extensionUri } = context;
  const previews = registerPreviews(context, pictures(server));
  context.subscriptions.push(
    onFirstFlow(server.start),
    watchConfiguration(server),
    registerCaptureFlows(server),
    registerCaptureEditor(server, previews),
    vscode.commands.registerCommand("tcpflow.newFromTemplate", (name?: unknown) => newFromTemplate(extensionUri, name)),
    vscode.commands.registerCommand("tcpflow.importCapture", (uri?: vscode.Uri) => importCapture(server, uri)),
    ...languageModelTools(extensionUri, server),
  );
}

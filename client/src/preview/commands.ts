/** Puts the previews and their commands into the window. */
import * as vscode from "vscode";
import type { Drawing } from "./drawing.ts";
import { PREVIEW, type PreviewManager, previewManager } from "./manager.ts";

export function registerPreviews(context: vscode.ExtensionContext, drawing: Drawing): PreviewManager {
  const previews = previewManager(context, drawing);
  const command = vscode.commands.registerCommand;
  context.subscriptions.push(
    previews,
    vscode.window.registerWebviewPanelSerializer(PREVIEW, previews),
    command("tcpflow.showPreview", (uri?: vscode.Uri | string, line?: number) =>
      previews.show("here", uri, numberIn(line)),
    ),
    command("tcpflow.showPreviewToSide", (uri?: vscode.Uri | string, line?: number) =>
      previews.show("beside", uri, numberIn(line)),
    ),
    command("tcpflow.showSource", () => previews.showSource()),
    command("tcpflow.lockPreview", () => previews.lock(true)),
    command("tcpflow.unlockPreview", () => previews.lock(false)),
    command("tcpflow.exportPicture", () => previews.exportPicture()),
    command("tcpflow.copyPicture", () => previews.copyPicture()),
    command("tcpflow.openPictureInBrowser", () => previews.openInBrowser()),
  );
  return previews;
}

/** Menus give a command more than its own arguments. */
function numberIn(argument: unknown): number | undefined {
  return typeof argument === "number" ? argument : undefined;
}

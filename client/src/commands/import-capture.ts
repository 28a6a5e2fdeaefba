/** "Import a Capture": a capture file as a flow that one can read, change and draw. */
import * as vscode from "vscode";
import { CAPTURE_REQUEST, type CaptureAnswer, type CaptureParams } from "../../../server/src/editor/capture/request.ts";
import { nameOf, readCapture } from "../capture/read.ts";
import type { Server } from "../language-client.ts";
import { openNew } from "./templates.ts";

/** @param chosen the file, where a menu knows it; the author picks one if left out */
export async function importCapture(server: Server, chosen?: vscode.Uri): Promise<void> {
  const uri = chosen ?? (await pickFile());
  if (uri === undefined) return;
  try {
    const capture = await readCapture(uri);
    let answer = await ask(server, capture);
    while (answer.kind === "connections") {
      const connection = await pickConnection(answer);
      if (connection === undefined) return;
      answer = await ask(server, { ...capture, connection });
    }
    if (answer.kind === "flow") await openNew(answer.text);
    else void vscode.window.showErrorMessage(`${capture.name}: ${answer.message}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t("{0} could not be imported: {1}", nameOf(uri), reason));
  }
}

async function pickFile(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: vscode.l10n.t("Import a Capture"),
    openLabel: vscode.l10n.t("Import"),
    filters: { [vscode.l10n.t("Captures")]: ["pcap", "pcapng", "cap"] },
  });
  return picked?.[0];
}

function ask(server: Server, params: CaptureParams): Promise<CaptureAnswer> {
  const title = vscode.l10n.t("Reading {0}", params.name);
  const options = { location: vscode.ProgressLocation.Window, title };
  return Promise.resolve(
    vscode.window.withProgress(options, () => server.request<CaptureAnswer>(CAPTURE_REQUEST, params)),
  );
}

async function pickConnection({
  connections,
  together,
}: Extract<CaptureAnswer, { kind: "connections" }>): Promise<CaptureParams["connection"]> {
  const all = { label: vscode.l10n.t("All connections in one flow"), connection: "all" as const };
  const each = connections.map(({ number, sockets, segments }) => ({
    label: sockets.join(" ↔ "),
    description: segments === 1 ? vscode.l10n.t("1 segment") : vscode.l10n.t("{0} segments", segments),
    connection: number,
  }));
  const picked = await vscode.window.showQuickPick(together ? [all, ...each] : each, {
    title: vscode.l10n.t("Import a Capture"),
    placeHolder: vscode.l10n.t("The capture has {0} connections. Which one?", connections.length),
  });
  return picked?.connection;
}

/** "Import a Capture": a capture file as a flow that one can read, change and draw. */
import * as vscode from "vscode";
import { CAPTURE_REQUEST, type CaptureAnswer, type CaptureParams } from "../../../server/src/editor/capture/request.ts";
import type { Server } from "../language-client.ts";
import { openNew } from "./templates.ts";

/** In octets. What is larger is no text for a reader, and would have to pass to the server whole. */
const LARGEST = 32 * 1024 * 1024;

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

async function readCapture(uri: vscode.Uri): Promise<CaptureParams> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > LARGEST) {
    const [is, most] = [Math.ceil(size / 2 ** 20), LARGEST / 2 ** 20];
    throw new Error(vscode.l10n.t("it has {0} MiB, and {1} MiB are the most", is, most));
  }
  return { name: nameOf(uri), octets: toBase64(await vscode.workspace.fs.readFile(uri)) };
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

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** As many characters as a call may have arguments, and less. */
const PIECE = 0x8000;

function toBase64(octets: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < octets.length; at += PIECE) {
    pieces.push(String.fromCharCode(...octets.subarray(at, at + PIECE)));
  }
  return btoa(pieces.join(""));
}

/** Captures of the folder, as the server takes them. */
import * as vscode from "vscode";
import type { OverviewParams } from "../../../server/src/editor/capture/request.ts";

/** In octets. What is larger is no text or picture for a reader, and would have to pass to the server whole. */
const LARGEST = 32 * 1024 * 1024;

/** Throws an error in the words for a user if the file is too large or cannot be read. */
export async function readCapture(uri: vscode.Uri): Promise<OverviewParams> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > LARGEST) {
    const [is, most] = [Math.ceil(size / 2 ** 20), LARGEST / 2 ** 20];
    throw new Error(vscode.l10n.t("it has {0} MiB, and {1} MiB are the most", is, most));
  }
  return { name: nameOf(uri), octets: toBase64(await vscode.workspace.fs.readFile(uri)) };
}

export function nameOf({ path }: vscode.Uri): string {
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

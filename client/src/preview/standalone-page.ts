/** Makes the page of one flow from the files of the extension. */
import * as vscode from "vscode";
import type { Picture } from "../../../server/src/editor/picture-request.ts";
import { pageOf } from "../../../server/src/page/page.ts";
import { pageLocale } from "./locale.ts";

/** @param picture in the theme `auto`, with room in its blanks */
export async function standalonePage(picture: Picture, extensionUri: vscode.Uri): Promise<string> {
  const read = async (name: string) =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, "dist", name)));
  const [script, style] = await Promise.all([read("standalone.js"), read("standalone.css")]);
  return pageOf(picture, { script, style }, { locale: pageLocale(), theme: "auto" });
}

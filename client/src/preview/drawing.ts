/** What the preview wants of the server. */
import type * as vscode from "vscode";
import type { ExportParams, Picture, PictureParams } from "../../../server/src/editor/picture-request.ts";

/** Draws documents as they stand; nothing where the server does not know them, or finds no flow there. */
export interface Drawing {
  picture(document: vscode.TextDocument, params: Omit<PictureParams, "textDocument">): Promise<Picture | null>;
  exported(document: vscode.TextDocument, params: Omit<ExportParams, "textDocument">): Promise<string | null>;
}

/** The language of the pages: that of Visual Studio Code, where there is a table for it. */
import * as vscode from "vscode";
import { type Locale, localeOf } from "../../../server/src/flow/locale.ts";

export function pageLocale(): Locale {
  return localeOf(vscode.env.language) ?? "en";
}

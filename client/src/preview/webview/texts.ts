/** The page's words; the host writes them into the page. */
import type { ScriptTexts } from "../../../../server/src/page/texts.ts";

/** Reads the table from the element that the host wrote. */
export function readTexts(): ScriptTexts {
  return JSON.parse(document.getElementById("texts")?.textContent ?? "{}");
}

export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replaceAll(/\{(\d)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}

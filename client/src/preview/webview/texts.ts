/** The page's words; the host writes them into the page. */
import type { Texts } from "../texts.ts";

/** Reads the table from the element that the host wrote. */
export function readTexts(): Texts {
  return JSON.parse(document.getElementById("texts")?.textContent ?? "{}");
}

export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replaceAll(/\{(\d)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}

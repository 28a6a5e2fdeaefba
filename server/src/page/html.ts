/** Pieces of HTML text. */
import { type Icon, icon } from "./icons.ts";

/** A button with an icon; its name is read out and shown as a hint. */
export function button(id: string, name: Icon, label: string, more = ""): string {
  const text = escapeHtml(label);
  return `<button type="button" class="tool" id="${id}" title="${text}" aria-label="${text}"${more}>${icon(name)}</button>`;
}

/** JSON that can stand in a page: no text in it ends the element around it. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** Text for an element or an attribute in double quotes. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

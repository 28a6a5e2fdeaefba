/** Pieces of SVG text. */
import { printable } from "./printable.ts";

const SPECIAL = /[&<>"']/gu;
const ANY_SPECIAL = /[&<>"']/u;
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for an element or an attribute: well-formed whatever it holds. */
export function escapeXml(text: string): string {
  const clean = printable(text);
  return ANY_SPECIAL.test(clean) ? clean.replace(SPECIAL, (character) => ENTITIES[character] ?? "") : clean;
}

/** A coordinate, to a tenth of a pixel. */
export function px(value: number): string {
  const tenths = Math.round(value * 10);
  if (tenths % 10 === 0) return String(tenths / 10);
  // Much faster than printing the fraction as a number.
  const size = Math.abs(tenths);
  return `${tenths < 0 ? "-" : ""}${(size - (size % 10)) / 10}.${size % 10}`;
}

/** A short name for a text, the same for the same text: FNV-1a, in base 36. */
export function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0).toString(36);
}

/** Texts inside of a Mermaid diagram: whatever they hold, Mermaid shows them as they are. */
import { printable } from "./printable.ts";

/**
 * What Mermaid takes for the end of a statement, a comment, an entity, HTML, a formula (`$$`), a line break (`\n`), or
 * for what it makes of an entity before it parses (`ﬂ°…¶ß`).
 */
const SPECIAL = /[#;<>&%$\\ﬂ¶]/gu;
/** `wrap:` sets how a text breaks; `style …: #` loses its last semicolon. */
const BEFORE_COLON = /wrap|style|classdef/iu;

/** One line of text; what has a meaning in Mermaid becomes an entity (`#59;`). */
export function mermaidText(text: string): string {
  const plain = printable(text).trim().replace(SPECIAL, entity);
  return BEFORE_COLON.test(plain) ? plain.replaceAll(":", entity) : plain;
}

function entity(character: string): string {
  return `#${character.codePointAt(0)};`;
}

/** Lines of text one below the other; those without a letter are left out. */
export function mermaidLines(lines: readonly string[]): string {
  return lines
    .map(mermaidText)
    .filter((line) => line !== "")
    .join("<br/>");
}

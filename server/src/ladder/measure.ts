/** How wide texts are, and how they break into lines, without a font at hand. */

/** The faces of the picture. Sans and bold have the metrics of Helvetica and Arial, mono 0.6 em. */
export type Face = "sans" | "bold" | "mono";

const MONO_EM = 0.6;
/** Of a letter that the table does not hold. */
const OTHER_EM = 0.6;

/** Widths of U+0020 to U+007E in Helvetica, in thousandths of an em. */
const HELVETICA = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];

/** The same in Helvetica Bold. */
const HELVETICA_BOLD = [
  278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611,
  556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
  280, 389, 584,
];

/** Signs that authors write often, in thousandths of an em: the wider of both faces. */
const SIGNS: Readonly<Record<string, number>> = {
  "–": 556,
  "—": 1000,
  "‘": 278,
  "’": 278,
  "“": 500,
  "”": 500,
  "…": 1000,
  "←": 1000,
  "→": 1000,
  "↔": 1000,
  "×": 584,
};

const COMBINING = /[\p{Mn}\p{Me}\p{Cf}]/u;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Whether a character takes two columns of a terminal and a full em of a picture (CJK, emoji). */
function isWide(character: string): boolean {
  return WIDE.test(character);
}

/** Columns that a text takes in a terminal. */
export function cells(text: string): number {
  let count = 0;
  for (const character of text) count += cellsOf(character);
  return count;
}

/** Columns of one character: 0, 1 or 2. */
function cellsOf(character: string): number {
  if (character < "\u0300") return 1;
  if (COMBINING.test(character)) return 0;
  return isWide(character) ? 2 : 1;
}

/** Width of a text in pixels at a font size in pixels. */
export function measure(text: string, size: number, face: Face = "sans"): number {
  const table = face === "bold" ? HELVETICA_BOLD : HELVETICA;
  let em = 0;
  for (let i = 0; i < text.length; i++) {
    const width = table[text.charCodeAt(i) - 32];
    if (width === undefined) return measureAny(text, size, face);
    em += width;
  }
  return face === "mono" ? text.length * MONO_EM * size : (em / 1000) * size;
}

function measureAny(text: string, size: number, face: Face): number {
  const table = face === "bold" ? HELVETICA_BOLD : HELVETICA;
  let em = 0;
  for (const character of text) {
    const taken = cellsOf(character);
    if (taken === 0) continue;
    if (taken === 2) em += 1;
    else if (face === "mono") em += MONO_EM;
    else em += (table[character.charCodeAt(0) - 32] ?? SIGNS[character] ?? OTHER_EM * 1000) / 1000;
  }
  return em * size;
}

/**
 * Breaks a text at blanks, between wide characters, and inside words that are longer than a line.
 * `width` is what a line may hold, in the unit that `widthOf` gives. A text without words gives no line.
 */
export function wrap(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of text.match(PIECES) ?? []) {
    if (widthOf((line + piece).trimEnd()) <= width) {
      line += piece;
      continue;
    }
    if (line.trim() !== "") lines.push(line.trim());
    line = piece.trimStart();
    while (widthOf(line.trimEnd()) > width) {
      const head = headThatFits(line, width, widthOf);
      if (head.length >= line.length) break;
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  if (line.trim() !== "") lines.push(line.trim());
  return lines;
}

/** As `wrap`, but at most so many lines; the last one then ends in an ellipsis. */
export function wrapAtMost(most: number, text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines = wrap(text, width, widthOf);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), clip(`${lines[most - 1] ?? ""} …`, width, widthOf)];
}

/** A wide character, or a word with the blanks before it. */
const PIECES =
  /\s*(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60](?:[\u3001\u3002\uff0c\uff1a\uff1b\uff1f\uff01\u300d\u300f\uff09])*|[^\s\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60]+)|\s+/gu;

function headThatFits(word: string, width: number, widthOf: (text: string) => number): string {
  let head = "";
  for (const character of word) {
    if (head !== "" && widthOf(head + character) > width) break;
    head += character;
  }
  return head;
}

/** Cuts a text that is wider than `width`, with an ellipsis in place of the rest. */
export function clip(text: string, width: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= width) return text;
  const head = headThatFits(text, width - widthOf("…"), widthOf);
  return `${head.trimEnd()}…`;
}

/** Rows of characters between lanes, for the text form of a ladder. */
import { cells, wrap } from "./measure.ts";

/** The characters that lines are made of. */
export interface Pen {
  readonly lane: string;
  readonly line: string;
  readonly dots: string;
  readonly wave: string;
  readonly times: string;
  readonly rule: string;
}

export const UNICODE_PEN: Pen = { lane: "│", line: "─", dots: "⋮", wave: "~", times: "×", rule: "═" };
export const ASCII_PEN: Pen = { lane: "|", line: "-", dots: ":", wave: "~", times: "x", rule: "=" };

/** One row: what stands left of the first lane, the lanes, what lies between them, what stands right of the last. */
export interface TextRow {
  readonly left: string;
  readonly lanes: string[];
  readonly gaps: string[];
  readonly right: string;
}

/** Fills up with blanks to a number of columns. */
export function padTo(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - cells(text)));
}

/** Fills up on the left. */
export function padLeft(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - cells(text))) + text;
}

/** Puts a text in the middle of a number of columns. */
export function centre(text: string, width: number): string {
  return padTo(" ".repeat(Math.max(0, (width - cells(text)) >> 1)) + text, width);
}

/** Breaks a text into lines of so many columns. */
export function wrapCells(text: string, width: number): string[] {
  return wrap(text, width, cells);
}

/** The text of a row, without blanks at its end. */
export function rowText(row: TextRow, leftWidth: number, gapWidths: readonly number[]): string {
  let text = `${padLeft(row.left, leftWidth)} `;
  for (const [i, lane] of row.lanes.entries()) {
    text += lane;
    if (i < gapWidths.length) text += padTo(row.gaps[i] ?? "", gapWidths[i] ?? 0);
  }
  return (row.right === "" ? text : `${text} ${row.right}`).trimEnd();
}

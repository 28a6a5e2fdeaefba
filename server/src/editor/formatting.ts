/** Formatting as the smallest edits, so that the cursor, marks and undo stay where they are. */
import type { Range, TextEdit } from "vscode-languageserver";
import { format } from "../language/format.ts";

type Lines = readonly string[];

/** As everywhere else; the client writes the breaks of an edit as the document has them. */
const LINE_END = /\r\n|\r|\n/;

/** Edits that make `text` its formatted form; those of the lines of `within` alone, where given. */
export function formattingEdits(text: string, within?: Range): TextEdit[] {
  const edits = lineEdits(text.split(LINE_END), format(text).split(LINE_END));
  if (within === undefined) return edits;
  return edits.filter(({ range }) => range.start.line >= within.start.line && range.end.line <= lastLine(within));
}

/** Formatting keeps every line that holds something, and changes only how many empty ones lie between. */
function lineEdits(old: Lines, made: Lines): TextEdit[] {
  const edits: TextEdit[] = [];
  let [from, madeFrom] = [0, 0];
  while (from <= old.length) {
    const line = nextFilled(old, from);
    const madeLine = nextFilled(made, madeFrom);
    const empty = made.slice(madeFrom, madeLine);
    if (!isSame(old.slice(from, line), empty)) edits.push(replaceLines(old, from, line, empty));
    const [text, newText] = [old[line] ?? "", made[madeLine] ?? ""];
    if (text !== newText) {
      edits.push({ range: { start: { line, character: 0 }, end: { line, character: text.length } }, newText });
    }
    [from, madeFrom] = [line + 1, madeLine + 1];
  }
  return edits;
}

/** The next line that is not empty; past the end if there is none. */
function nextFilled(lines: Lines, from: number): number {
  let line = from;
  while (line < lines.length && lines[line]?.trim() === "") line += 1;
  return line;
}

function isSame(a: Lines, b: Lines): boolean {
  return a.length === b.length && a.every((line, i) => line === b[i]);
}

/** Puts `lines` in the place of those from `from` to before `to`. */
function replaceLines(old: Lines, from: number, to: number, lines: Lines): TextEdit {
  if (to < old.length) {
    const range = { start: { line: from, character: 0 }, end: { line: to, character: 0 } };
    return { range, newText: lines.map((line) => `${line}\n`).join("") };
  }
  // Up to the end of the text: the break before the first line goes or comes with it.
  const last = old.length - 1;
  const start = from === 0 ? { line: 0, character: 0 } : { line: from - 1, character: old[from - 1]?.length ?? 0 };
  const newText = from === 0 ? lines.join("\n") : lines.map((line) => `\n${line}`).join("");
  return { range: { start, end: { line: last, character: old[last]?.length ?? 0 } }, newText };
}

/** A selection that ends at the start of a line does not reach into it. */
function lastLine({ start, end }: Range): number {
  return end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
}

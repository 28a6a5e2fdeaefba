/** Formatting as the smallest edits, so that the cursor, marks and undo stay where they are. */
import type { Range, TextEdit } from "vscode-languageserver";
import { format } from "../language/format.ts";

/** As everywhere else; the client writes the breaks of an edit as the document has them. */
const LINE_END = /\r\n|\r|\n/;

/** Edits that make `text` its formatted form; in `within` alone, where given. */
export function formattingEdits(text: string, within?: Range): TextEdit[] {
  const old = text.split(LINE_END);
  const made = format(text).split(LINE_END);
  let first = 0;
  while (first < old.length && first < made.length && old[first] === made[first]) first += 1;
  let oldEnd = old.length;
  let madeEnd = made.length;
  while (oldEnd > first && madeEnd > first && old[oldEnd - 1] === made[madeEnd - 1]) {
    oldEnd -= 1;
    madeEnd -= 1;
  }
  const edits = old.length === made.length ? lineByLine(old, made) : [replaceLines(old, made, first, oldEnd, madeEnd)];
  if (within === undefined) return edits;
  return edits.filter(({ range }) => range.start.line >= within.start.line && range.end.line <= lastLine(within));
}

function lineByLine(old: readonly string[], made: readonly string[]): TextEdit[] {
  const edits: TextEdit[] = [];
  old.forEach((text, line) => {
    const newText = made[line];
    if (newText === undefined || newText === text) return;
    edits.push({ range: { start: { line, character: 0 }, end: { line, character: text.length } }, newText });
  });
  return edits;
}

/** Replaces the lines from `first` to before `oldEnd` by those of `made` from `first` to before `madeEnd`. */
function replaceLines(
  old: readonly string[],
  made: readonly string[],
  first: number,
  oldEnd: number,
  madeEnd: number,
): TextEdit {
  const lines = made.slice(first, madeEnd);
  if (oldEnd < old.length) {
    const range = { start: { line: first, character: 0 }, end: { line: oldEnd, character: 0 } };
    return { range, newText: lines.map((line) => `${line}\n`).join("") };
  }
  // Up to the end of the text: the break before the first line goes or comes with it.
  const before =
    first === 0 ? { line: 0, character: 0 } : { line: first - 1, character: (old[first - 1] ?? "").length };
  const end = { line: old.length - 1, character: (old.at(-1) ?? "").length };
  const newText = first === 0 ? lines.join("\n") : lines.map((line) => `\n${line}`).join("");
  return { range: { start: before, end }, newText };
}

/** A selection that ends at the start of a line does not reach into it. */
function lastLine({ start, end }: Range): number {
  return end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
}

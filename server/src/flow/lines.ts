/** Offsets to lines and characters, both counted from 0, characters in UTF-16 units as editors count them. */

/** The offset at which each line begins. Lines end in `\n`, `\r\n` or `\r`. */
export type LineTable = readonly number[];

export interface Position {
  readonly line: number;
  readonly character: number;
}

export function lineTable(text: string): LineTable {
  const starts = [0];
  if (text.includes("\r")) {
    for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/gu)) starts.push(index + end.length);
  } else {
    // Asked for again and again: a search is much faster than a look at each character.
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  }
  return starts;
}

/** The place of an offset; binary search. */
export function positionAt(table: LineTable, offset: number): Position {
  let [low, high] = [0, table.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((table[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: offset - (table[low] ?? 0) };
}

/** Offsets to lines and characters, both counted from 0, characters in UTF-16 units as editors count them. */

/** The offset at which each line begins. Lines end in `\n`, `\r\n` or `\r`. */
export type LineTable = readonly number[];

export interface Position {
  readonly line: number;
  readonly character: number;
}

export function lineTable(text: string): LineTable {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
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

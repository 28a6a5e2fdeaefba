/** The fences of a Markdown text while somebody types in one of them, without reading all of the text again. */
import type { Fence } from "./markdown.ts";

/**
 * The fences of `text`, if it is `old` but for one change inside a line of a fence. That is where most changes are made,
 * and where nothing but the flow can change: behind the first sign of a line that is not a mark of a fence.
 * @param fences of `old`
 */
export function fencesAfter(fences: readonly Fence[], old: string, text: string): Fence[] | undefined {
  const start = commonStart(old, text);
  const tail = commonEnd(old, text, start);
  const removed = old.slice(start, old.length - tail);
  const inserted = text.slice(start, text.length - tail);
  if (/[\r\n]/u.test(removed + inserted)) return undefined;
  const index = fences.findIndex((fence) => isInLine(fence, start));
  if (index < 0) return undefined;
  const by = inserted.length - removed.length;
  return fences.map((fence, i) => {
    if (i < index) return fence;
    const inFlow = i === index ? by : 0;
    const pieces = fence.pieces.map((piece) =>
      piece.inFile > start ? { inFlow: piece.inFlow + inFlow, inFile: piece.inFile + by } : piece,
    );
    if (i > index) return { ...fence, pieces };
    const from = flowOffset(fence, start) ?? 0;
    return { ...fence, pieces, text: fence.text.slice(0, from) + inserted + fence.text.slice(from + removed.length) };
  });
}

/** Whether an offset of the file is behind the first sign of a line of the flow, which must not be a mark of a fence. */
function isInLine(fence: Fence, offset: number): boolean {
  const place = flowOffset(fence, offset);
  if (place === undefined) return false;
  const before = fence.text.slice(0, place);
  const line = before.slice(Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1).trimStart();
  return line !== "" && !/^[`~]/u.test(line);
}

/** Where an offset of the file is in the text of a fence; nothing where it is not. */
function flowOffset({ pieces, text }: Fence, offset: number): number | undefined {
  const next = pieces.findIndex(({ inFile }) => inFile > offset);
  const piece = next === 0 ? undefined : pieces.at(next < 0 ? -1 : next - 1);
  if (piece === undefined) return undefined;
  const place = piece.inFlow + offset - piece.inFile;
  return place <= (pieces[next]?.inFlow ?? text.length) ? place : undefined;
}

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
}

/** @param from where both may end to have anything in common */
function commonEnd(a: string, b: string, from: number): number {
  const most = Math.min(a.length, b.length) - from;
  let length = 0;
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length += 1;
  return length;
}

/** Markdown as text: fences marked `tcpflow` become HTML in place, for programs that then make a page of it. */
import type { Finding } from "../flow/findings.ts";
import { type LineTable, lineTable, type Position, positionAt } from "../flow/lines.ts";
import { type Fence, findFences, offsetInFile } from "../formats/markdown.ts";
import { drawFigure, type FigureOptions, inFigure, shownFindings } from "./figure.ts";

/** An error or a warning, and where it stands in the text: line and character from 0. */
export interface FoundInText {
  readonly place: Position;
  readonly finding: Finding;
}

export interface DrawnText {
  /** All but the fences that were drawn is as it was. */
  readonly text: string;
  readonly findings: readonly FoundInText[];
}

/**
 * Draws the flows of a text.
 * @param next gives each picture of a page a number of its own
 */
export function drawText(text: string, options: FigureOptions, next: () => number): DrawnText {
  const findings: FoundInText[] = [];
  const lines = lineTable(text);
  let drawn = "";
  let from = 0;
  for (const fence of findFences(text)) {
    const { replay, picture, list } = drawFigure(fence.text, fence.line + 1, next(), options);
    for (const finding of shownFindings(replay)) {
      findings.push({ finding, place: positionAt(lines, offsetInFile(fence, finding.span.start)) });
    }
    if (picture === undefined) continue;
    const { start, end } = spanOf(fence, lines, text);
    drawn += text.slice(from, start) + inPlace(inFigure(picture + list), fence);
    from = end;
  }
  return { text: drawn + text.slice(from), findings };
}

/** From the marks that open a fence to the end of its last line. */
function spanOf({ line, lastLine }: Fence, lines: LineTable, text: string): { start: number; end: number } {
  const opening = lines[line - 1] ?? 0;
  const end = lines[lastLine + 1] ?? text.length;
  const marks = text.slice(opening, lines[line] ?? text.length).search(/`{3,}|~{3,}/u);
  const rest = text.slice(0, end);
  return { start: opening + Math.max(0, marks), end: rest.endsWith("\n") ? end - 1 : end };
}

/** Every line goes where the fence stood, and a blank line must follow. */
function inPlace(html: string, { prefix }: Fence): string {
  return `${html.replaceAll("\n", `\n${prefix}`)}\n${prefix.trimEnd()}`;
}

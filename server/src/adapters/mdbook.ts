/** A preprocessor for mdBook: in every chapter, fences marked `tcpflow` become pictures. */
import type { Finding } from "../flow/findings.ts";
import { type LineTable, lineTable, type Position, positionAt } from "../flow/lines.ts";
import { type Fence, findFences, offsetInFile } from "../formats/markdown.ts";
import { drawFigure, type FigureOptions, shownFindings } from "./figure.ts";

/** An error or a warning, and where it stands: the chapter's file, line and character from 0. */
export interface BookFinding {
  readonly path: string;
  readonly place: Position;
  readonly finding: Finding;
}

export interface DrawnBook {
  /** As mdBook wants it back: all but the text of the chapters is as it was. */
  readonly book: unknown;
  readonly findings: readonly BookFinding[];
}

/** Draws the flows of a book as mdBook hands it over (`sections` before its version 0.5, then `items`). */
export function drawBook(book: unknown, options: FigureOptions = {}): DrawnBook {
  const findings: BookFinding[] = [];
  let place = 0;
  const chapter = (content: string, path: string): string =>
    drawChapter(
      content,
      options,
      () => place++,
      (found) => findings.push({ ...found, path }),
    );
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isRecord(value)) return value;
    const copy: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(value)) copy[key] = walk(inner);
    if (isRecord(copy.Chapter) && typeof copy.Chapter.content === "string") {
      const { source_path, path, name, content } = copy.Chapter;
      const named = [source_path, path, name].find((word) => typeof word === "string");
      copy.Chapter = { ...copy.Chapter, content: chapter(content, String(named ?? "")) };
    }
    return copy;
  };
  return { book: walk(book), findings };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function drawChapter(
  content: string,
  options: FigureOptions,
  next: () => number,
  tell: (found: Omit<BookFinding, "path">) => void,
): string {
  const lines = lineTable(content);
  let drawn = "";
  let from = 0;
  for (const fence of findFences(content)) {
    const { replay, picture, list } = drawFigure(fence.text, fence.line + 1, next(), options);
    for (const finding of shownFindings(replay)) {
      tell({ finding, place: positionAt(lines, offsetInFile(fence, finding.span.start)) });
    }
    if (picture === undefined) continue;
    const { start, end } = spanOf(fence, lines, content);
    drawn +=
      content.slice(from, start) + inPlace(`<figure class="tcpflow-figure">\n${picture}\n${list}</figure>`, fence);
    from = end;
  }
  return drawn + content.slice(from);
}

/** From the marks that open a fence to the end of its last line. */
function spanOf({ line, lastLine }: Fence, lines: LineTable, content: string): { start: number; end: number } {
  const opening = lines[line - 1] ?? 0;
  const end = lines[lastLine + 1] ?? content.length;
  const marks = content.slice(opening, lines[line] ?? content.length).search(/`{3,}|~{3,}/u);
  const rest = content.slice(0, end);
  return { start: opening + Math.max(0, marks), end: rest.endsWith("\n") ? end - 1 : end };
}

/** A blank line would end the HTML, and one must follow it. */
function inPlace(html: string, { prefix }: Fence): string {
  const lines = html.split("\n").filter((line) => line.trim() !== "");
  return `${lines.join(`\n${prefix}`)}\n${prefix.trimEnd()}`;
}

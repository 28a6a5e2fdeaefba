/** A preprocessor for mdBook: in every chapter, fences marked `tcpflow` become pictures. */
import type { FigureOptions } from "./figure.ts";
import { drawText, type FoundInText } from "./markdown-text.ts";

/** An error or a warning, and where it stands: the chapter's file, line and character from 0. */
export interface BookFinding extends FoundInText {
  readonly path: string;
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
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (!isRecord(value)) return value;
    const copy: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(value)) copy[key] = walk(inner);
    if (isRecord(copy.Chapter) && typeof copy.Chapter.content === "string") {
      const { source_path, path, name, content } = copy.Chapter;
      const named = [source_path, path, name].find((word) => typeof word === "string");
      const drawn = drawText(content, options, () => place++);
      findings.push(...drawn.findings.map((found) => ({ ...found, path: String(named ?? "") })));
      copy.Chapter = { ...copy.Chapter, content: drawn.text };
    }
    return copy;
  };
  return { book: walk(book), findings };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Fences at the left margin, found line by line: what most Markdown files have, at a tenth of the cost of a full parse. */
import type { Fence, Wanted } from "./markdown.ts";

/** Marks that open a fence at the margin, and the info string behind them. */
const OPENING = /^(?:(`{3,})([^`]*)|(~{3,})([\s\S]*))$/u;

/** What only a full parse can tell: marks inside a line or a container, and HTML, in which a fence is none. */
const UNCLEAR = /`{3}|~{3}|^[ \t]*</u;

interface Line {
  readonly number: number;
  readonly start: number;
  readonly next: number;
  /** Without its end. */
  readonly content: string;
}

interface Opening {
  readonly marks: string;
  readonly info: string;
  readonly line: Line;
}

/**
 * The wanted fences of a Markdown text; nothing where a full parse has to say. No container holds a fence at the margin,
 * no paragraph goes on with one, and outside of HTML nothing else spans lines.
 */
export function plainFences(text: string, wants: Wanted): Fence[] | undefined {
  // Old line ends are left to the parser.
  if (/\r(?!\n)/u.test(text)) return undefined;
  const fences: Fence[] = [];
  let open: Opening | undefined;
  for (const line of linesOf(text)) {
    if (open === undefined) {
      open = opening(line);
      if (open === undefined && UNCLEAR.test(line.content)) return undefined;
    } else if (closes(line, open)) {
      const fence = fenceBetween(text, open, line, wants);
      if (fence) fences.push(fence);
      open = undefined;
    }
  }
  return open === undefined ? fences : undefined;
}

function* linesOf(text: string): Generator<Line> {
  let number = 0;
  for (let start = text.startsWith("\uFEFF") ? 1 : 0; start < text.length; number++) {
    const end = text.indexOf("\n", start);
    const next = end < 0 ? text.length : end + 1;
    const content = text.slice(start, end < 0 ? next : end);
    yield { number, start, next, content: content.endsWith("\r") ? content.slice(0, -1) : content };
    start = next;
  }
}

function opening(line: Line): Opening | undefined {
  const [, ticks, behindTicks, tildes, behindTildes] = OPENING.exec(line.content) ?? [];
  const marks = ticks ?? tildes;
  return marks === undefined ? undefined : { marks, info: behindTicks ?? behindTildes ?? "", line };
}

/** As many of the same marks, or more, and nothing else. */
function closes({ content }: Line, { marks }: Opening): boolean {
  const found = /^ {0,3}(`+|~+)[ \t]*$/u.exec(content)?.[1];
  return found !== undefined && found.length >= marks.length && found[0] === marks[0];
}

function fenceBetween(text: string, { info, line }: Opening, closing: Line, wants: Wanted): Fence | undefined {
  const flow = text.slice(line.next, closing.start);
  if (!wants(/[^ \t]+/u.exec(info)?.[0] ?? "", /[^\r\n]+/u.exec(flow)?.[0] ?? "")) return undefined;
  // What is added behind the text goes right before the closing marks.
  const marks = closing.start + closing.content.search(/[^ ]/u);
  const pieces = [{ inFlow: 0, inFile: flow === "" ? marks : line.next }];
  if (flow !== "" && marks > closing.start) pieces.push({ inFlow: flow.length, inFile: marks });
  return { text: flow, line: line.number + 1, pieces, prefix: "", lastLine: closing.number, closed: true };
}

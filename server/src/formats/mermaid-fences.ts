/** Mermaid diagrams inside Markdown: fences as people write them, and `:::mermaid` blocks. */
import type { TextEdit } from "../flow/findings.ts";
import type { Span } from "../flow/flow.ts";
import { lineTable, positionAt } from "../flow/lines.ts";
import { editInFile, type Fence, offsetInFile, readMarkdown, type Wanted } from "./markdown.ts";

/** `mermaid`, `{.mermaid}`, `{mermaid}`; or no language at all, where the text says it. */
const isMermaid: Wanted = (info, first) =>
  /^\{?\.?mermaid(?![\w-])/iu.test(info) || (info === "" && /^\s*(?:sequenceDiagram\b|---\s*$|%%)/u.test(first));

/** The lines of `:::mermaid` and `:::`, with what a container puts before them. */
const COLONS = /^([ \t>]*)(:::+)([ \t]*mermaid[ \t]*|[ \t]*)$/gimu;

/** The diagrams of a Markdown text in their order. Never throws. */
export function findDiagrams(text: string, { mdx = false } = {}): Fence[] {
  // Most files of a folder have none, and the parse costs far more than this.
  if (!/sequenceDiagram/u.test(text)) return [];
  const fences = readMarkdown(withFences(text, mdx), mdx, isMermaid);
  return fences.filter((fence) => /sequenceDiagram/u.test(fence.text));
}

/** `:::mermaid` blocks as fences of the same length, so that every offset stays; not those within other fences. */
function withFences(text: string, mdx: boolean): string {
  if (!/^[ \t>]*:::+[ \t]*mermaid/imu.test(text)) return text;
  const inside = readMarkdown(text, mdx, () => true).map((fence) => [offsetInFile(fence, 0), endOf(fence)] as const);
  let open = false;
  return text.replaceAll(COLONS, (line: string, before: string, colons: string, word: string, at: number) => {
    if (inside.some(([start, end]) => at >= start && at < end)) return line;
    const opens = word.trim() !== "";
    if (opens === open) return line;
    open = opens;
    return before + "`".repeat(colons.length) + word;
  });
}

function endOf(fence: Fence): number {
  return offsetInFile(fence, fence.text.length);
}

/** The edits of the file that turn the fence of a diagram into one of tcpflow with the text of a flow. */
export function asFlow(file: string, fence: Fence, flow: string): TextEdit[] {
  const lines = lineTable(file);
  const marksOn = (line: number, pattern: RegExp): { span: Span; marks: string } | undefined => {
    const start = lines[line] ?? file.length;
    const text = file.slice(start, lines[line + 1] ?? file.length).replace(/[\r\n]+$/u, "");
    const found = pattern.exec(text);
    const [whole, marks = ""] = found ?? [];
    if (!found || whole === undefined) return undefined;
    return { span: { start: start + found.index, end: start + found.index + whole.length }, marks };
  };
  const opening = marksOn(fence.line - 1, /(`{3,}|~{3,}|:{3,}).*$/u);
  if (!opening) return [];
  const isBlock = opening.marks.startsWith(":");
  const marks = isBlock ? "`".repeat(opening.marks.length) : opening.marks;
  const last = positionAt(lines, endOf(fence)).line;
  const closing = isBlock ? marksOn(last, /(:{3,})\s*$/u) : undefined;
  return [
    { span: opening.span, newText: `${marks}tcpflow` },
    editInFile(file, fence, { span: { start: 0, end: fence.text.length }, newText: flow }),
    ...(closing ? [{ span: closing.span, newText: marks }] : []),
  ];
}

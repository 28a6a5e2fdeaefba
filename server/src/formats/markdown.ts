/**
 * Flows inside Markdown and MDX: the code fences marked `tcpflow`, wherever CommonMark lets a fence
 * stand (lists, block quotes, indented, tildes), and the way back from a flow to its file.
 */
import { type Options, parse, postprocess, preprocess } from "micromark";
import { mdxExpression } from "micromark-extension-mdx-expression";
import { mdxMd } from "micromark-extension-mdx-md";
import type { TextEdit } from "../flow/findings.ts";

/** A run of the flow's text that stands in one piece in the file. */
interface Piece {
  /** Offset of its first character in the flow. */
  readonly inFlow: number;
  /** Offset of its first character in the file. */
  readonly inFile: number;
}

/** A flow that stands inside another text. Lines and offsets count from 0. */
export interface Fence {
  readonly text: string;
  /** The line of the file on which `text` begins. */
  readonly line: number;
  /** In order; the last may be empty. Between two pieces the file has what the container adds to a line, e.g. `> `. */
  readonly pieces: readonly Piece[];
}

/** `tcpflow`, `tcpflow title="…"`, `{.tcpflow #name}`, `{tcpflow}`. */
const MARK = /^\{?\.?tcpflow(?![\w-])/iu;

/** The fences of a Markdown text in their order; `mdx` reads it by the rules of MDX. Never throws. */
export function findFences(text: string, { mdx = false } = {}): Fence[] {
  // Most files of a folder have none, and the parse costs far more than this.
  if (!/tcpflow/iu.test(text)) return [];
  return mdx ? readMdx(text) : readFences(text, []);
}

/** Braces are expressions in MDX, comments among them; a text with a lone brace is read as if it had none. */
function readMdx(text: string): Fence[] {
  try {
    return readFences(text, [mdxMd(), mdxExpression()]);
  } catch {
    return readFences(text, [mdxMd()]);
  }
}

type Extensions = NonNullable<Options["extensions"]>;
type Token = ReturnType<typeof postprocess>[number][1];

function readFences(text: string, extensions: Extensions): Fence[] {
  // micromark drops a byte order mark and does not count it.
  const shift = text.startsWith("\uFEFF") ? 1 : 0;
  const events = postprocess(
    parse({ extensions })
      .document()
      .write(preprocess()(text.slice(shift), null, true)),
  );
  const fences: Fence[] = [];
  let tokens: Token[] = [];
  for (const [step, token] of events) {
    if (step === "enter") {
      if (token.type === "codeFenced") tokens = [];
    } else if (token.type === "codeFenced") {
      const fence = readFence(text, shift, token.start.line, tokens);
      if (fence) fences.push(fence);
    } else {
      tokens.push(token);
    }
  }
  return fences;
}

/** The fence that opens on line `line`, if it is marked; `tokens` are those inside it, in order. */
function readFence(text: string, shift: number, line: number, tokens: readonly Token[]): Fence | undefined {
  const info = tokens.find(({ type }) => type === "codeFencedFenceInfo");
  if (info === undefined || !MARK.test(text.slice(info.start.offset + shift, info.end.offset + shift)))
    return undefined;
  const fence = { text: "", line, pieces: [] };
  // The first line end is that of the opening line, which is not part of the flow.
  const opening = tokens.findIndex(({ type }) => type === "lineEnding");
  for (const { type, start, end } of opening < 0 ? [] : tokens.slice(opening + 1)) {
    const from = start.offset + shift;
    if (type === "codeFlowValue") append(fence, text.slice(from, end.offset + shift), from);
    // The token reaches to the content of the next line.
    else if (type === "lineEnding") append(fence, text.startsWith("\r\n", from) ? "\r\n" : text.charAt(from), from);
    // What is added behind the last line goes right before the marks that close the fence.
    else if (type === "codeFencedFence") append(fence, "", from);
  }
  return fence;
}

function append(fence: { text: string; pieces: Piece[] }, content: string, inFile: number): void {
  const last = fence.pieces.at(-1);
  const inFlow = fence.text.length;
  // A line and its end are one piece.
  if (last === undefined || last.inFile + inFlow - last.inFlow !== inFile) fence.pieces.push({ inFlow, inFile });
  fence.text += content;
}

/** A file that is one flow and nothing else. */
export function wholeFile(text: string): Fence {
  return { text, line: 0, pieces: [{ inFlow: 0, inFile: 0 }] };
}

/** Where an offset of the flow stands in the file. */
export function offsetInFile({ pieces }: Fence, offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.inFlow ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  return piece === undefined ? offset : piece.inFile + offset - piece.inFlow;
}

/**
 * An edit of the flow as an edit of the file: lines that it adds end as the file's lines do, and get
 * what the container puts before a line.
 */
export function editInFile(file: string, fence: Fence, { span, newText }: TextEdit): TextEdit {
  const newLine = (file.includes("\r\n") ? "\r\n" : "\n") + prefixAt(file, fence, span.start);
  return {
    span: { start: offsetInFile(fence, span.start), end: offsetInFile(fence, span.end) },
    newText: newText.replaceAll(/\r?\n/gu, newLine),
  };
}

/** What stands in the file before the line of the flow that holds this offset. */
function prefixAt(file: string, fence: Fence, offset: number): string {
  const lineInFlow = fence.text.lastIndexOf("\n", offset - 1) + 1;
  const lineInFile = offsetInFile(fence, lineInFlow);
  return file.slice(file.lastIndexOf("\n", lineInFile - 1) + 1, lineInFile);
}

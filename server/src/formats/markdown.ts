/**
 * Flows inside Markdown and MDX: the code fences marked `tcpflow`, wherever CommonMark lets a fence
 * stand (lists, block quotes, indented, tildes), and the way back from a flow to its file.
 */
import { type Options, parse, postprocess, preprocess } from "micromark";
import { mdxExpression } from "micromark-extension-mdx-expression";
import { mdxMd } from "micromark-extension-mdx-md";
import type { TextEdit } from "../flow/findings.ts";
import { lineTable } from "../flow/lines.ts";
import { isFlowFence } from "./fence-mark.ts";
import { plainFences } from "./plain-fences.ts";

/** A run of the flow's text that stands in one piece in the file. */
interface Piece {
  /** Offset of its first character in the flow. */
  readonly inFlow: number;
  /** Offset of its first character in the file. */
  readonly inFile: number;
}

/** A flow that stands inside another text. Lines and offsets count from 0. */
export interface Fence extends FencePlace {
  readonly text: string;
}

/** Where the text of a fence stands in its file. */
export interface FencePlace {
  /** The line of the file on which the text begins. */
  readonly line: number;
  /** In order; the last may be empty. Between two pieces the file has what the container adds to a line, e.g. `> `. */
  readonly pieces: readonly Piece[];
  /** What goes before a line that is added, so that it stays in the fence and is read as it was meant: `> `, blanks. */
  readonly prefix: string;
  /** The last line of the fence: its closing marks; where it is never closed, the last line that belongs to it. */
  readonly lastLine: number;
  readonly closed: boolean;
}

/** The fences of a Markdown text in their order; `mdx` reads it by the rules of MDX. Never throws. */
export function findFences(text: string, { mdx = false } = {}): Fence[] {
  // Most files of a folder have none, and the parse costs far more than this.
  return /tcpflow/iu.test(text) ? readMarkdown(text, mdx, isMarked) : [];
}

/** The fences that a test wants, in their order. */
export function readMarkdown(text: string, mdx: boolean, wants: Wanted): Fence[] {
  return mdx ? readMdx(text, wants) : (plainFences(text, wants) ?? readFences(text, [], wants));
}

/** Braces are expressions in MDX, comments among them; a text with a lone brace is read as if it had none. */
function readMdx(text: string, wants: Wanted): Fence[] {
  try {
    return readFences(text, [mdxMd(), mdxExpression()], wants);
  } catch {
    return readFences(text, [mdxMd()], wants);
  }
}

/** Whether a fence with this info string and this text behind its opening line is looked for. */
export type Wanted = (info: string, rest: string) => boolean;

const isMarked: Wanted = (info) => info !== "" && isFlowFence(info);

type Extensions = NonNullable<Options["extensions"]>;
type Token = ReturnType<typeof postprocess>[number][1];

function readFences(text: string, extensions: Extensions, wants: Wanted): Fence[] {
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
      const fence = readFence(text, shift, token, tokens, wants);
      if (fence) fences.push(fence);
    } else {
      tokens.push(token);
    }
  }
  return fences;
}

/** The fence that `whole` is, if it is wanted; `tokens` are those inside it, in order. */
function readFence(
  text: string,
  shift: number,
  whole: Token,
  tokens: readonly Token[],
  wants: Wanted,
): Fence | undefined {
  const slice = (type: Token["type"]): string => {
    const token = tokens.find((one) => one.type === type);
    return token === undefined ? "" : text.slice(token.start.offset + shift, token.end.offset + shift);
  };
  if (!wants(slice("codeFencedFenceInfo"), slice("codeFlowValue"))) return undefined;
  const opens = whole.start.offset + shift;
  const closed = tokens.filter(({ type }) => type === "codeFencedFence").length > 1;
  const fence = {
    text: "",
    // micromark counts lines from 1, and the flow begins on the next one.
    line: whole.start.line,
    pieces: [],
    prefix: laterPrefix(text.slice(Math.max(shift, startOfLine(text, opens)), opens)),
    lastLine: whole.end.line - 1,
    closed,
  };
  // The first line end is that of the opening line, which is not part of the flow.
  const opening = tokens.findIndex(({ type }) => type === "lineEnding");
  for (const { type, start, end } of opening < 0 ? [] : tokens.slice(opening + 1)) {
    const from = start.offset + shift;
    if (type === "codeFlowValue") append(fence, text.slice(from, end.offset + shift), from);
    // The token reaches to the content of the next line.
    else if (type === "lineEnding") append(fence, text.startsWith("\r\n", from) ? "\r\n" : text.charAt(from), from);
    // What is added behind the last line goes right before the marks that close the fence.
    else if (type === "codeFencedFenceSequence") append(fence, "", from);
  }
  if (!closed) append(fence, "", behindMarks(text, whole.end.offset + shift));
  return fence;
}

/** Behind what a container has before the empty line at the end of a fence that is never closed. */
function behindMarks(text: string, end: number): number {
  return end + (/^[ \t>]*(?=[\r\n]|$)/u.exec(text.slice(end))?.[0].length ?? 0);
}

/** The offset at which the line with this offset begins. */
function startOfLine(text: string, offset: number): number {
  const before = text.slice(0, offset);
  return Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
}

/**
 * What the lines after the first have where that one has `first`: blanks for the marks of a list, and behind each `>`
 * the blank that it takes with it, so that it takes none of the flow.
 */
function laterPrefix(first: string): string {
  return first.replaceAll(/>(?!\s)/gu, "> ").replaceAll(/[^\s>]/gu, " ");
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
  const lastLine = lineTable(text).length - 1;
  return { text, line: 0, pieces: [{ inFlow: 0, inFile: 0 }], prefix: "", lastLine, closed: false };
}

/** Where an offset of the flow stands in the file. */
export function offsetInFile({ pieces }: FencePlace, offset: number): number {
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

/** Where an offset of the file stands in the flow; what is between two pieces counts to the second. */
export function offsetInFlow({ pieces, text }: Fence, offset: number): number {
  const next = pieces.findIndex(({ inFile }) => inFile > offset);
  const piece = pieces.at(next < 0 ? -1 : next - 1);
  if (next === 0 || piece === undefined) return 0;
  return Math.min(piece.inFlow + offset - piece.inFile, pieces[next]?.inFlow ?? text.length);
}

/**
 * An edit of the flow as an edit of the file: lines that it adds end as the file's lines do, and get
 * what the container puts before a line; so does an empty line that it fills, where that is missing.
 */
export function editInFile(file: string, fence: FencePlace, { span, newText }: TextEdit): TextEdit {
  const start = offsetInFile(fence, span.start);
  const lineEnd = file.includes("\r\n") ? "\r\n" : "\n";
  const nextLine = (_: string, isEmpty?: string) => lineEnd + (isEmpty ? fence.prefix.trimEnd() : fence.prefix);
  return {
    span: { start, end: offsetInFile(fence, span.end) },
    newText: missingPrefix(file, fence, start, newText) + newText.replaceAll(/\r?\n(?=(\r?\n)?)/gu, nextLine),
  };
}

/** An empty line in a list may begin without the blanks that the list puts before others; it needs them to be filled. */
function missingPrefix(file: string, fence: FencePlace, offset: number, newText: string): string {
  const before = file.slice(startOfLine(file, offset), offset);
  const isEmpty = /^[>\s]*$/u.test(before) && /^[^\S\r\n]*(?:[\r\n]|$)/u.test(file.slice(offset));
  const prefix = /^[\r\n]/u.test(newText) ? fence.prefix.trimEnd() : fence.prefix;
  return isEmpty && prefix.startsWith(before) ? prefix.slice(before.length) : "";
}

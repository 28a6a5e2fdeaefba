/** A plugin for markdown-it: fences marked `tcpflow` become pictures, drawn where the page is made. */
import type MarkdownIt from "markdown-it";
import type { RenderRule } from "markdown-it/lib/renderer.mjs";
import { isFlowFence } from "../formats/fence-mark.ts";
import { drawFigure, type FigureOptions } from "./figure.ts";

export interface MarkdownItOptions extends FigureOptions {
  /** From where messages count lines: the `fence`, if left out, or the `file`, as far as the host hands over all of it. */
  readonly lines?: "fence" | "file";
}

/**
 * The plugin: `md.use(tcpflow, { theme: "dark" })`. It is synchronous, throws on no text, and escapes all of it. A fence
 * in which nobody sends anything yet stays a fence.
 */
export function tcpflow(md: MarkdownIt, { lines = "fence", ...options }: MarkdownItOptions = {}): void {
  const plain = md.renderer.rules.fence;
  const fence: RenderRule = (tokens, index, mdOptions, env, self) => {
    const token = tokens[index];
    const asText = () => plain?.(tokens, index, mdOptions, env, self) ?? self.renderToken(tokens, index, mdOptions);
    if (token === undefined || !isFlowFence(token.info)) return asText();
    // The flow begins on the line behind the marks, and people count from 1.
    const firstLine = lines === "file" ? (token.map?.[0] ?? -1) + 2 : 1;
    const { picture, list } = drawFigure(token.content, firstLine, index, options);
    if (picture === undefined) return asText() + list;
    return `<div${self.renderAttrs(token)}><figure class="tcpflow-figure">\n${picture}\n${list}</figure></div>\n`;
  };
  md.renderer.rules.fence = fence;
}

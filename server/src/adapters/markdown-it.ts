/** A plugin for markdown-it: fences marked `tcpflow` become pictures, drawn where the page is made. */
import type MarkdownIt from "markdown-it";
import type { Token } from "markdown-it";
import type { RenderRule } from "markdown-it/lib/renderer.mjs";
import { replay } from "../flow/replay.ts";
import { isFlowFence } from "../formats/fence-mark.ts";
import { ladderTexts } from "../ladder/texts.ts";
import { escapeXml } from "../ladder/xml.ts";
import { parse } from "../language/parse.ts";
import { drawFigure, type FigureOptions, inFigure, sayErrors } from "./figure.ts";
import { type Page, watchPages } from "./markdown-it-page.ts";

export interface MarkdownItOptions extends FigureOptions {
  /** What an error in a flow does: it ends the build (`fail`, if left out), or it is drawn (`draw`). */
  readonly errors?: "fail" | "draw";
  /**
   * From where messages count lines: the `fence`, or the `file`, as far as the host hands over all of it. If left out,
   * the file where that is seen to be so, as in VitePress.
   */
  readonly lines?: "fence" | "file";
}

/**
 * The plugin: `md.use(tcpflow, { theme: "dark" })`. It is synchronous and escapes all text. A fence in which nobody
 * sends anything yet stays a fence. Where a page is parsed that has errors in its flows, it throws one with all of them,
 * unless told otherwise; else it throws on no text. For VitePress and VuePress the figure is written so that Vue leaves
 * it as it is.
 */
export function tcpflow(md: MarkdownIt, { lines, errors = "fail", ...options }: MarkdownItOptions = {}): void {
  const pageOf = watchPages(md);
  const countsInFile = (page: Page) => lines === "file" || (lines === undefined && page.isWhole);
  /** The flow begins on the line behind the marks, and people count from 1. */
  const firstLine = ({ map }: Token, page: Page) => (countsInFile(page) ? page.linesBefore + (map?.[0] ?? -1) + 2 : 1);

  const plain = md.renderer.rules.fence;
  const fence: RenderRule = (tokens, index, mdOptions, env, self) => {
    const token = tokens[index];
    const asText = () => plain?.(tokens, index, mdOptions, env, self) ?? self.renderToken(tokens, index, mdOptions);
    if (token === undefined || !isFlowFence(token.info)) return asText();
    const page = pageOf(env);
    const { picture, list } = drawFigure(token.content, firstLine(token, page), index, options);
    if (picture === undefined) return asText() + list;
    const html = inFigure(picture + list);
    const attributes = self.renderAttrs(token);
    return page.isTemplate ? `<div${attributes}${asVueText(html)}></div>\n` : `<div${attributes}>${html}</div>\n`;
  };
  md.renderer.rules.fence = fence;

  if (errors === "draw") return;
  md.core.ruler.push("tcpflow", ({ tokens, env }) => {
    const page = pageOf(env);
    const flows = tokens.filter(({ type, info }) => type === "fence" && isFlowFence(info));
    const said = flows.flatMap((token) => {
      const { locale = "en" } = options;
      const read = replay(parse(token.content, { firstLine: firstLine(token, page), locale }));
      return sayErrors(read, ({ line }, { message, rule }) =>
        page.path !== undefined && countsInFile(page)
          ? `${page.path}:${line}: ${message} [${rule}]`
          : `${page.path === undefined ? "" : `${page.path}: `}${ladderTexts(locale).footnote(line, message, rule)}`,
      );
    });
    if (said.length > 0) throw new Error(said.join("\n"));
  });
}

/** As an attribute: in its templates Vue drops styles and reads `{{`. */
function asVueText(html: string): string {
  return ` v-html="${escapeXml(JSON.stringify(html))}"`;
}

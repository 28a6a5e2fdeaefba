/** A plugin for markdown-it: fences marked `tcpflow` become pictures, drawn where the page is made. */
import type MarkdownIt from "markdown-it";
import type { RenderRule } from "markdown-it/lib/renderer.mjs";
import type { Finding } from "../flow/findings.ts";
import { lineTable, positionAt } from "../flow/lines.ts";
import type { LocaleOptions } from "../flow/locale.ts";
import { replay } from "../flow/replay.ts";
import type { Replay } from "../flow/replay-types.ts";
import { isFlowFence } from "../formats/fence-mark.ts";
import { renderSvg, type SvgOptions } from "../ladder/svg.ts";
import { ladderTexts } from "../ladder/texts.ts";
import { escapeXml, hash } from "../ladder/xml.ts";
import { parse } from "../language/parse.ts";

/** How the pictures are drawn, and what stands beside them. */
export interface MarkdownItOptions extends Omit<SvgOptions, "idPrefix">, LocaleOptions {
  /** Whether a list of what is wrong with a flow stands below its picture; it does if left out. */
  readonly findings?: boolean;
  /** From where messages count lines: the `fence`, if left out, or the `file`, as far as the host hands over all of it. */
  readonly lines?: "fence" | "file";
}

/**
 * The plugin: `md.use(tcpflow, { theme: "dark" })`. It is synchronous, throws on no text, and escapes all of it. A fence
 * in which nobody sends anything yet stays a fence.
 */
export function tcpflow(md: MarkdownIt, options: MarkdownItOptions = {}): void {
  const plain = md.renderer.rules.fence;
  const fence: RenderRule = (tokens, index, mdOptions, env, self) => {
    const token = tokens[index];
    const asText = () => plain?.(tokens, index, mdOptions, env, self) ?? self.renderToken(tokens, index, mdOptions);
    if (token === undefined || !isFlowFence(token.info)) return asText();
    // The flow begins on the line behind the marks, and people count from 1.
    const firstLine = options.lines === "file" ? (token.map?.[0] ?? -1) + 2 : 1;
    const read = replay(parse(token.content, { firstLine, locale: options.locale ?? "en" }));
    const list = options.findings === false ? "" : findingList(read);
    if (read.flow.endpoints.length === 0) return asText() + list;
    const picture = draw(read, index, options);
    return `<div${self.renderAttrs(token)}><figure class="tcpflow-figure">\n${picture}\n${list}</figure></div>\n`;
  };
  md.renderer.rules.fence = fence;
}

/** @param index of the fence's token: two pictures of one page have no id in common */
function draw(
  read: Replay,
  index: number,
  { findings: _findings, lines: _lines, locale: _locale, ...options }: MarkdownItOptions,
): string {
  return renderSvg(read, { ...options, idPrefix: `tcpflow-${hash(read.flow.text)}-${index}` });
}

/** Errors and warnings; what the author expects is none. */
function findingList({ findings, flow }: Replay): string {
  const shown = findings.filter(
    ({ severity, expected }) => !expected && (severity === "error" || severity === "warning"),
  );
  if (shown.length === 0) return "";
  const lines = lineTable(flow.text);
  const texts = ladderTexts(flow.locale);
  const item = ({ severity, span, message, rule, rfc }: Finding) => {
    const line = positionAt(lines, span.start).line + flow.firstLine;
    const text = texts.footnote(line, message, rfc === undefined ? rule : `${rule}, ${rfc}`);
    return `<li class="tcpflow-${severity}">${escapeXml(text)}</li>\n`;
  };
  return `<ul class="tcpflow-findings">\n${shown.map(item).join("")}</ul>\n`;
}

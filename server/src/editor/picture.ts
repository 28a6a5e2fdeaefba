/** Draws a flow for the preview. */
import type { Replay } from "../flow/replay-types.ts";
import { renderMermaid } from "../ladder/mermaid.ts";
import { renderSteps, renderSvg } from "../ladder/svg.ts";
import { renderText } from "../ladder/text.ts";
import { rangesIn } from "./documents.ts";
import type { ExportParams, Picture, PictureOptions, PictureParams } from "./picture-request.ts";

/**
 * @param version of the document that was replayed
 * @param firstLine on which the flow begins in it
 */
export function pictureOf(
  replay: Replay,
  version: number,
  firstLine: number,
  { theme, options }: { theme: PictureParams["theme"]; options?: PictureOptions },
): Picture {
  const { flow } = replay;
  const rangeOf = rangesIn(flow.text);
  const broken = flow.problems.filter(({ rule }) => rule === "syntax").map(({ span }) => rangeOf(span).start.line);
  return {
    title: flow.title ?? "",
    ...renderSteps(replay, { ...options, theme, idPrefix: "preview" }),
    version,
    empty: flow.endpoints.length === 0,
    brokenLines: [...new Set(broken)],
    firstLine,
    lines: rangeOf({ start: flow.text.length, end: flow.text.length }).end.line + 1,
  };
}

/** The same flow as a file. */
export function exported(replay: Replay, { format, theme, options = {} }: ExportParams): string {
  if (format === "svg") return `${renderSvg(replay, { ...options, theme })}\n`;
  return format === "text" ? renderText(replay, options) : renderMermaid(replay, options);
}

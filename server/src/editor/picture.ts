/** Draws a document for the preview. */
import type { Replay } from "../flow/replay-types.ts";
import { renderSvg } from "../ladder/svg.ts";
import { rangesIn } from "./documents.ts";
import type { Picture, PictureParams } from "./picture-request.ts";

/**
 * @param version of the document that was replayed
 * @param firstLine on which the flow begins in it
 */
export function pictureOf(replay: Replay, version: number, firstLine: number, theme: PictureParams["theme"]): Picture {
  const rangeOf = rangesIn(replay.flow.text);
  const broken = replay.flow.problems
    .filter(({ rule }) => rule === "syntax")
    .map(({ span }) => rangeOf(span).start.line);
  return {
    svg: renderSvg(replay, { theme, idPrefix: "preview" }),
    version,
    firstLine,
    empty: replay.flow.endpoints.length === 0,
    brokenLines: [...new Set(broken)],
  };
}

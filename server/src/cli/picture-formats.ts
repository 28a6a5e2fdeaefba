/** What a flow can be drawn as, and what draws it. */
import type { Replay } from "../flow/replay-types.ts";
import { renderMermaid } from "../ladder/mermaid.ts";
import { renderRfc } from "../ladder/rfc.ts";
import { renderSteps, renderSvg, type SvgOptions } from "../ladder/svg.ts";
import { renderText } from "../ladder/text.ts";
import { pageOf } from "../page/page.ts";
import { readPageParts } from "./page-parts.ts";
import { loadRasteriser } from "./png.ts";

export const PICTURE_FORMATS = ["svg", "png", "text", "rfc", "mermaid", "html"] as const;

export type PictureFormat = (typeof PICTURE_FORMATS)[number];

export const ENDINGS: Readonly<Record<PictureFormat, string>> = {
  svg: ".svg",
  png: ".png",
  text: ".txt",
  rfc: ".rfc",
  mermaid: ".mmd",
  html: ".html",
};

export interface PictureOptions extends SvgOptions {
  readonly theme: "auto" | "light" | "dark";
  /** Pixels of an image for each pixel of the picture. */
  readonly scale: number;
}

/** A picture as the content of a file, and what is to be told about it. */
interface Drawn {
  readonly content: string | Uint8Array;
  /** The scale that a large image has instead of the wanted one. */
  readonly scale?: number;
}

type Draw = (replay: Replay) => Drawn | Promise<Drawn>;

/**
 * What draws flows in a format, with all that it needs.
 * @throws CannotRun where that is not installed
 */
export async function drawerOf(format: PictureFormat, options: PictureOptions): Promise<Draw> {
  switch (format) {
    case "svg":
      return (replay) => ({ content: renderSvg(replay, options) });
    case "text":
      return (replay) => ({ content: renderText(replay, options) });
    case "rfc":
      return (replay) => ({ content: renderRfc(replay, options) });
    case "mermaid":
      return (replay) => ({ content: renderMermaid(replay, options) });
    case "html": {
      const parts = await readPageParts();
      return async (replay) => {
        const { flow } = replay;
        const picture = renderSteps(replay, { ...options, inputs: true });
        const { locale } = flow;
        return { content: await pageOf({ ...picture, title: flow.title ?? "" }, parts, { ...options, locale }) };
      };
    }
    case "png": {
      const rasterise = await loadRasteriser();
      // An image follows nobody's system.
      const theme = options.theme === "auto" ? "light" : options.theme;
      return (replay) => {
        const { octets, scale } = rasterise(renderSvg(replay, { ...options, theme }), options.scale);
        return { content: octets, ...(scale < options.scale ? { scale } : {}) };
      };
    }
  }
}

/** Draws flows, each into a file of its own; where there is much to draw on all cores. */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Locale } from "../flow/locale.ts";
import type { Fence } from "../formats/markdown.ts";
import { complaintAbout } from "./inputs.ts";
import type { Io } from "./io.ts";
import { drawerOf, type PictureFormat, type PictureOptions } from "./picture-formats.ts";
import { progressOf } from "./progress.ts";
import { countErrors, replayFence } from "./reports.ts";
import { share, type Work } from "./threads.ts";

/** How flows are drawn. */
export interface Manner {
  readonly format: PictureFormat;
  readonly options: PictureOptions;
  readonly locale: Locale;
}

/** A flow, and the file that it is drawn to. */
export interface Picture {
  readonly fence: Fence;
  /** Below the folder, if there is one; what messages call it. */
  readonly place: string;
}

interface DrawOrder extends Manner {
  /** The folder of all pictures, absolute. */
  readonly folder: string;
}

/** What came of a picture. */
export interface DrawnPicture {
  readonly place: string;
  /** Errors in the flow. */
  readonly errors: number;
  /** The scale that a large image has instead of the wanted one. */
  readonly scale?: number;
  /** Why it could not be written. */
  readonly complaint?: string;
}

/** The drawing of a flow. */
export const DRAWING: Work<DrawOrder, Picture, DrawnPicture> = {
  name: "render",
  prepare: async ({ folder, format, options, locale }) => {
    const draw = await drawerOf(format, options);
    return async ({ fence, place }) => {
      const replay = replayFence(fence, locale);
      const { content, ...about } = await draw(replay);
      const drawn = { place, errors: countErrors(replay), ...about };
      try {
        writePicture(join(folder, place), content);
        return drawn;
      } catch (error) {
        return { ...drawn, complaint: complaintAbout(place, error, { locale }) };
      }
    };
  },
};

/** How many times longer drawing a flow takes than checking Markdown of its length. */
const COSTS: Readonly<Record<PictureFormat, number>> = { svg: 6, text: 6, rfc: 6, mermaid: 6, html: 8, png: 500 };

/**
 * Draws pictures into a folder that exists; the results in their order.
 * @throws CannotRun where what draws the format is not installed
 */
export async function drawFiles(
  pictures: readonly Picture[],
  folder: string,
  manner: Manner,
  io: Io,
): Promise<DrawnPicture[]> {
  let cost = 0;
  for (const { fence } of pictures) cost += fence.text.length * COSTS[manner.format];
  const progress = progressOf(pictures.length, io);
  const job = { order: { ...manner, folder }, pieces: pictures, cost };
  return share(DRAWING, job, io, progress.show).finally(progress.end);
}

/** A file that has this content already is left as it is, so that nothing that watches it starts. */
export function writePicture(path: string, content: string | Uint8Array): void {
  if (hasContent(path, content)) return;
  if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function hasContent(path: string, content: string | Uint8Array): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  if (typeof content === "string") return readFileSync(path, "utf8") === content;
  return readFileSync(path).equals(content);
}

/** The requests beside the protocol's own: the picture of a flow, for a preview beside the text, and its other forms. */
import type { LayoutOptions } from "../ladder/layout.ts";
import type { Steps } from "../ladder/steps.ts";

/** `PictureParams` to `Picture`, or nothing where the document is not open or has no flow there. */
export const PICTURE_REQUEST = "tcpflow/picture";

/** `ExportParams` to text, or nothing likewise. */
export const EXPORT_REQUEST = "tcpflow/export";

/** What the reader of a picture may choose. */
export type PictureOptions = Omit<LayoutOptions, "findings">;

interface Place {
  readonly textDocument: { readonly uri: string };
  /** In Markdown, a line (from 0) of the fence that is meant, its marks among them; the first fence if left out. */
  readonly line?: number;
  readonly options?: PictureOptions;
}

export interface PictureParams extends Place {
  /** `host`: in the colours that the page sets; `auto`: follows the system of whoever looks at it. */
  readonly theme: "light" | "dark" | "host" | "auto";
}

export interface ExportParams extends Place {
  readonly format: "svg" | "text" | "mermaid";
  /** Of an SVG. */
  readonly theme: "auto" | "light" | "dark";
}

/** Lines in a picture count from the beginning of its flow. */
export interface Picture {
  readonly title: string;
  /** An `<svg>` element; what stands in a line (from 0) of the flow carries it as `data-line`. */
  readonly svg: string;
  readonly steps: Steps;
  /** The version of the document that it shows. */
  readonly version: number;
  /** Nobody is in the flow yet, so that there is nothing to see. */
  readonly empty: boolean;
  /** Lines (from 0) of the flow that could not be read, so that the picture lacks them. */
  readonly brokenLines: readonly number[];
  /** The line (from 0) of the document on which the flow begins: 0, but in Markdown; and how many lines it has. */
  readonly firstLine: number;
  readonly lines: number;
}

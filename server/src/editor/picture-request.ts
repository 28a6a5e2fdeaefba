/** The one request beside the protocol's own: the picture of a document, for a preview beside the text. */

/** `PictureParams` to `Picture`, or nothing where the document is not open or has no flow at that line. */
export const PICTURE_REQUEST = "tcpflow/picture";

export interface PictureParams {
  readonly textDocument: { readonly uri: string };
  /** `host`: in the colours that the page sets. */
  readonly theme: "light" | "dark" | "host";
  /** In Markdown, a line (from 0) of the fence to draw, its marks among them; the first fence if left out. */
  readonly line?: number;
}

/** Lines in a picture count from the beginning of its flow. */
export interface Picture {
  /** An `<svg>` element; what stands in a line (from 0) carries it as `data-line`. */
  readonly svg: string;
  /** The line (from 0) of the document on which the flow begins: 0, but in Markdown. */
  readonly firstLine: number;
  /** The version of the document that it shows. */
  readonly version: number;
  /** Nobody is in the flow yet, so that there is nothing to see. */
  readonly empty: boolean;
  /** Lines (from 0) that could not be read, so that the picture lacks them. */
  readonly brokenLines: readonly number[];
}

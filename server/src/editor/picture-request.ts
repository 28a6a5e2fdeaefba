/** The one request beside the protocol's own: the picture of a document, for a preview beside the text. */

/** `PictureParams` to `Picture`, or nothing where the document is not open. */
export const PICTURE_REQUEST = "tcpflow/picture";

export interface PictureParams {
  readonly textDocument: { readonly uri: string };
  /** `host`: in the colours that the page sets. */
  readonly theme: "light" | "dark" | "host";
}

export interface Picture {
  /** An `<svg>` element; what stands in a line (from 0) carries it as `data-line`. */
  readonly svg: string;
  /** The version of the document that it shows. */
  readonly version: number;
  /** Nobody is in the flow yet, so that there is nothing to see. */
  readonly empty: boolean;
  /** Lines (from 0) that could not be read, so that the picture lacks them. */
  readonly brokenLines: readonly number[];
}

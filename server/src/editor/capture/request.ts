/** A request beside the protocol's own: the flow of a capture, which the client read and nobody has open. */

/** `CaptureParams` to `CaptureAnswer`. */
export const CAPTURE_REQUEST = "tcpflow/capture";

export interface CaptureParams {
  /** The file's name, for title and remarks. */
  readonly name: string;
  /** The whole file in base64. */
  readonly octets: string;
  /** The number of the one connection that is wanted; without it all, if they are one or asked for. */
  readonly connection?: number | "all";
}

export type CaptureAnswer =
  | { readonly kind: "flow"; readonly text: string }
  /** There are several; one must be picked. */
  | { readonly kind: "connections"; readonly connections: readonly CaptureConnection[]; readonly together: boolean }
  /** In the words for a user. */
  | { readonly kind: "problem"; readonly message: string };

export interface CaptureConnection {
  readonly number: number;
  /** Address and port of each end, the opener's first. */
  readonly sockets: readonly [string, string];
  readonly segments: number;
}

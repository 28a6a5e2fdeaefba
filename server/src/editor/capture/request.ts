/** Requests beside the protocol's own, about a capture that the client read and nobody has open: what is in it, and its flow. */
import type { Severity } from "../../flow/findings.ts";

/** `OverviewParams` to `OverviewAnswer`. */
export const OVERVIEW_REQUEST = "tcpflow/captureOverview";

/** `CaptureParams` to `CaptureAnswer`. */
export const CAPTURE_REQUEST = "tcpflow/capture";

export interface OverviewParams {
  /** The file's name, for title and remarks. */
  readonly name: string;
  /** The whole file in base64. */
  readonly octets: string;
}

export interface CaptureParams extends OverviewParams {
  /** The number of the one connection that is wanted; without it all, if they are one or asked for. */
  readonly connection?: number | "all";
}

export type OverviewAnswer =
  | { readonly kind: "overview"; readonly connections: readonly ConnectionOverview[]; readonly more: number }
  | CaptureProblem;

export type CaptureAnswer =
  | { readonly kind: "flow"; readonly text: string }
  /** There are several; one must be picked. */
  | { readonly kind: "connections"; readonly connections: readonly CaptureConnection[]; readonly together: boolean }
  | CaptureProblem;

/** In the words for a user. */
export interface CaptureProblem {
  readonly kind: "problem";
  readonly message: string;
}

export interface CaptureConnection {
  readonly number: number;
  /** Address and port of each end, the opener's first. */
  readonly sockets: readonly [string, string];
  readonly segments: number;
}

/** A connection, and what is wrong in it. */
export interface ConnectionOverview extends CaptureConnection {
  /** How much was found: `2 errors · 1 warning`; empty where nothing was. */
  readonly found: string;
  /** The first of the findings. */
  readonly findings: readonly PacketFinding[];
  /** Why it cannot be drawn, where it cannot. */
  readonly problem?: string;
}

export interface PacketFinding {
  readonly severity: Severity;
  /** From 1, as in Wireshark. */
  readonly packet: number;
  readonly message: string;
}

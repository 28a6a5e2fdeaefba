/** A request beside the protocol's own: the check of a text that is no document, for a program that wrote it. */

/** `CheckParams` to `CheckAnswer`. */
export const CHECK_REQUEST = "tcpflow/check";

export interface CheckParams {
  /** A flow, or Markdown with flows in fences. */
  readonly text: string;
}

/** Lines count from 1, as in messages. */
export interface CheckAnswer {
  readonly errors: number;
  readonly warnings: number;
  readonly flows: readonly CheckedFlow[];
}

export interface CheckedFlow {
  /** The line on which the flow begins. */
  readonly line: number;
  readonly segments: number;
  /** The state of each end after the last line; the keys are those of `tcpflowc trace`. */
  readonly endsIn: Readonly<Record<string, string>>;
  readonly findings: readonly CheckedFinding[];
}

export interface CheckedFinding {
  readonly rule: string;
  readonly severity: string;
  readonly line: number;
  /** What stands in that line. */
  readonly text: string;
  /** The part of it that is wrong. */
  readonly wrong: string;
  readonly message: string;
  readonly rfc?: string;
  readonly fixes: readonly CheckedFix[];
}

/** A way to mend it: these lines, first and last, become this text. The first fix is the likeliest. */
export interface CheckedFix {
  readonly title: string;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly newText: string;
}

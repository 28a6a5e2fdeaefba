/** What the rules say of a sequence number. */
import type { Emission, Verdict } from "../judgement.ts";
import type { Bind, Learn } from "../match.ts";
import type { Num } from "../numbers.ts";
import type { SentRange } from "../streams.ts";

/** What the number says the segment is; an ACK at the `edge` of a window that was taken back takes no numbers. */
export type Use = "new" | "retransmission" | "keep-alive" | "edge";

export interface SequenceReading {
  /** The number that the segment means, mistakes mended. */
  readonly seq: Num;
  readonly use: Use;
  /** What is repeated. */
  readonly range?: SentRange | undefined;
  readonly binds: readonly Bind[];
  readonly learns: readonly Learn[];
  /** Data that the drawing leaves out moved SND.NXT here. */
  readonly undrawn?: Num;
  readonly drift?: number;
  readonly verdict?: Verdict | undefined;
}

export const PLAIN = { binds: [], learns: [] } as const;

export function isNone(n: Num): boolean {
  return n.constant === 0 && n.terms.length === 0;
}

export function verdictOf(verdict: Verdict | undefined): { verdict?: Verdict } {
  return verdict ? { verdict } : {};
}

export function mended(seq: Num, verdict: Verdict | undefined): SequenceReading {
  return { seq, use: "new", ...PLAIN, ...verdictOf(verdict) };
}

export function lastCause(e: Emission): { cause?: number } {
  const last = e.own.ranges.at(-1);
  return last ? { cause: last.segment } : {};
}

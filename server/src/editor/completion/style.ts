/** How the author writes segments: what is proposed looks the same. */
import type { Flow, Segment, Written } from "../../flow/flow.ts";
import { ACK } from "../../tcp/flags.ts";
import type { Num } from "../../tcp/numbers.ts";
import { has } from "../../tcp/segment.ts";

export interface Style {
  /** Whether sequence and acknowledgment numbers are written at all. */
  readonly seq: boolean;
  readonly ack: boolean;
  /** Whether streams begin at letters or at numbers. */
  readonly symbols: boolean;
  /** The length of data written last; of data in letters, each has a letter of its own. */
  readonly length: number | "letter";
}

/** Segments before the place that tell the style. */
const REACH = 12;
const USUAL_LENGTH = 100;

/** Judges by the segments just before the line, else by those behind it; without any, letters are written out. */
export function styleAt(flow: Flow, lineStart: number): Style {
  const before = flow.segments.filter(({ places }) => places.line.start < lineStart);
  const near = before.length > 0 ? before.slice(-REACH) : flow.segments.slice(0, REACH);
  const seq = near.length === 0 || near.some((segment) => segment.seq !== undefined);
  const acks = near.filter(({ flags }) => has(flags, ACK));
  return {
    seq,
    ack: acks.length === 0 ? seq : acks.some(({ ack }) => ack !== undefined),
    symbols: isSymbolic(near),
    length: usualLength(near),
  };
}

function isSymbolic(segments: readonly Segment[]): boolean {
  const first = segments.map(({ seq, ack }) => numberOf(seq) ?? numberOf(ack)).find((value) => value !== undefined);
  return first === undefined || first.terms.length > 0;
}

function usualLength(segments: readonly Segment[]): Style["length"] {
  const last = segments
    .map(({ len }) => numberOf(len))
    .findLast((value) => value !== undefined && value.constant !== 1);
  if (last === undefined) return USUAL_LENGTH;
  return last.terms.length > 0 ? "letter" : last.constant || USUAL_LENGTH;
}

function numberOf(written: Written | undefined): Num | undefined {
  return written?.kind === "number" ? written.value : undefined;
}

/** What the picture and the trace show of a segment: its numbers as written, filled in, or as they should be. */
import type { Block } from "../tcp/block.ts";
import type { Judgement } from "../tcp/emission.ts";
import { ACK, SYN } from "../tcp/flags.ts";
import type { Verdict } from "../tcp/judgement.ts";
import type { Num } from "../tcp/numbers.ts";
import { has } from "../tcp/segment.ts";
import { classify } from "./classes.ts";
import type { Segment, Written } from "./flow.ts";
import type { Field } from "./replay-types.ts";
import { addClass, NO_CLASSES, type Run } from "./run.ts";

export function numberOf(written: Written | undefined): Num | undefined {
  return written?.kind === "number" ? written.value : undefined;
}

/** What the picture and the trace show of the segment. */
export function fillReading(
  run: Run,
  index: number,
  segment: Segment,
  judgement: Judgement,
  before: Block,
  timedOut: boolean,
): void {
  const reading = run.readings[index];
  if (!reading) return;
  const { header, verdicts } = judgement;
  reading.seq = field(segment.seq, "seq", header.seq, verdicts);
  reading.ack = field(segment.ack, "ack", header.ack, verdicts);
  reading.len = field(segment.len, "len", header.data, verdicts);
  const { owes } = before;
  const asked = owes && owes.kind !== "abort" ? (run.readings[owes.segment]?.classes ?? NO_CLASSES) : NO_CLASSES;
  reading.classes = classify({ judgement, before, timedOut, symbols: run.symbols, asked });
  if (reopens(judgement, before)) addClass(reading, "port numbers reused");
}

/** A number as written, with the right one where a finding stands on it; or filled in. */
function field(
  written: Written | undefined,
  place: "seq" | "ack" | "len",
  meant: Num | undefined,
  verdicts: readonly Verdict[],
): Field | undefined {
  if (written?.kind !== "number") return meant && { value: meant, filled: true };
  const { value } = written;
  const wrong = verdicts.some((v) => v.place === place && v.expected !== undefined && v.rule !== "undrawn-data");
  return wrong && meant ? { value, filled: false, expected: meant } : { value, filled: false };
}

/** A SYN on a pair that had a connection before (Wireshark's TCP Port numbers reused). */
function reopens({ header, use }: Judgement, { ending, state }: Block): boolean {
  const opens = has(header.flags, SYN) && !has(header.flags, ACK) && use === "new";
  return opens && (state === "TIME-WAIT" || (ending !== undefined && ending !== "crashed"));
}

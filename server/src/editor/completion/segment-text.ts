/** A proposed segment as the author would write it. */
import { writeFlags } from "../../flow/fixes.ts";
import type { Flow } from "../../flow/flow.ts";
import type { NextSegment } from "../../flow/next-segments.ts";
import type { Run } from "../../flow/run.ts";
import { SYN } from "../../tcp/flags.ts";
import { type Num, num, type Symbols, showNumber, symbol } from "../../tcp/numbers.ts";
import { has } from "../../tcp/segment.ts";
import type { Style } from "./style.ts";

/** The parts of a line behind the colon. */
export interface SegmentText {
  /** `SYN+ACK` */
  readonly flags: string;
  /** Numbers as TCP demands them or as the author may choose; absent where nothing can be written. */
  readonly seq: string | undefined;
  readonly ack: string | undefined;
  readonly len: string | undefined;
  /** Without its number it would be something else: new data instead of a repetition. */
  readonly needsSeq: boolean;
  /** The number that was chosen for a stream that begins here. */
  readonly chosen: Num | undefined;
}

/** Letters for first numbers: of a connection that opens, and of one that is met in the middle. */
const OPENING = ["x", "y", "z", "p", "q", "r", "s"];
const LATER = ["u", "v", "w", "s", "t", "p", "q", "r"];
const LENGTHS = ["n", "m", "k", "l", "i", "j"];
/** First numbers of a flow in numbers: the opener's stream, and the other. */
const FIRST_NUMBERS = [1000, 5000] as const;

export function textOf(next: NextSegment, run: Run, style: Style): SegmentText {
  const symbols = asAuthors(run.symbols, run.flow);
  const known = showNumber(next.seq, symbols);
  const chosen = known === undefined ? choose(next, run, style) : undefined;
  const seq = known ?? (chosen && showNumber(chosen, symbols));
  return {
    flags: writeFlags(next.flags),
    seq,
    ack: next.ack && showNumber(next.ack, symbols),
    len: lengthOf(next, run, style, symbols),
    needsSeq: next.purpose === "repeat" && next.len !== undefined,
    chosen,
  };
}

/** The line behind the colon, with the numbers that the style writes. */
export function restOf(text: SegmentText, style: Style): string {
  const parts = [text.flags];
  if ((style.seq || text.needsSeq) && text.seq !== undefined) parts.push(`seq=${text.seq}`);
  if (style.ack && text.ack !== undefined) parts.push(`ack=${text.ack}`);
  if (text.len !== undefined) parts.push(`len=${text.len}`);
  return parts.join(" ");
}

/** Symbols that `let` defines stay symbols in what is proposed. */
export function asAuthors(symbols: Symbols, { definitions }: Flow): Symbols {
  if (definitions.length === 0) return symbols;
  const bindings = new Map(symbols.bindings);
  for (const definition of definitions) bindings.delete(definition.symbol);
  return { kinds: symbols.kinds, bindings };
}

function choose(next: NextSegment, run: Run, style: Style): Num | undefined {
  if (!style.symbols) return num(next.purpose === "answer" ? FIRST_NUMBERS[1] : FIRST_NUMBERS[0]);
  const name = unused(has(next.flags, SYN) ? OPENING : LATER, run);
  return name === undefined ? undefined : symbol(name);
}

function unused(letters: readonly string[], { symbols, flow }: Run): string | undefined {
  const names = new Set(flow.endpoints.map(({ name }) => name));
  return letters.find((name) => !symbols.kinds.has(name) && !symbols.bindings.has(name) && !names.has(name));
}

function lengthOf(next: NextSegment, run: Run, { length }: Style, symbols: Symbols): string | undefined {
  if (next.len !== undefined) return showNumber(next.len, symbols);
  if (next.purpose !== "data") return undefined;
  return length === "letter" ? unused(LENGTHS, run) : String(Math.min(length, next.room ?? length));
}

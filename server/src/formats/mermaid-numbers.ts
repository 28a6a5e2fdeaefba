/** Sequence numbers as people write them into labels: `x`, `x + 1`, `ISN(c)+1`, `0x1f`, `1000-1999`. */
import { minus, type Num, num, plus, symbol } from "../tcp/numbers.ts";

/** Also with commas between thousands: `1,460`. */
export const COUNT = String.raw`(?:\d{1,3}(?:,\d{3})+(?!,?\d)|\d+)`;
const TERM = String.raw`(?:0x[\da-f]+|${COUNT}(?![A-Za-z_])|[A-Za-zα-ω_][A-Za-z0-9_]*(?:\([A-Za-z0-9_]{1,6}\))?)`;
const WHOLE = String.raw`(?![\w.]|\s*\+\s*[\p{L}\d(]|-[\p{L}\d(])`;
/** A sum of numbers and names; a minus between blanks is a dash. */
export const SUM = String.raw`${TERM}(?:(?:\s*\+\s*|-)${TERM})*${WHOLE}`;
/** What may follow without an equals sign: `SEQ 92`, `ACK J+1`, but not `ACK received`. */
export const PLAIN_SUM = String.raw`(?:${COUNT}|[A-Za-z](?![\w(]))(?:(?:\s*\+\s*|-)(?:\d+|[A-Za-z](?![\w(])))*${WHOLE}`;

/** Words that stand for some number or other, and for the fields themselves. */
const NO_NAMES =
  /^(?:rand(?:om)?(?:_?num(?:ber)?)?|any(?:thing)?|some\w*|none|null|nil|undefined|unknown|initial|expected|next|last|len(?:gth)?|size|data|payload|seq\w*|ack\w*|isn|true|false|yes|no|set|n_?a)$/iu;

/** A number, or a range of octets (`1000-1999`, tcpdump's `1:1001`) with their count. */
export interface Sum {
  readonly value: Num;
  readonly count?: number;
}

/** The value of a sum; nothing where it names no number of its own (`seq+1`, `random`). */
export function readSum(text: string): Sum | undefined {
  const range = /^(\d+)\s*([-:])\s*(\d+)(?:\(\d+\))?$/u.exec(text.trim());
  if (range) {
    const [first, last] = [Number(range[1]), Number(range[3])];
    if (last > 0xffff_ffff) return undefined;
    if (last > first) return { value: num(first), count: last - first + (range[2] === "-" ? 1 : 0) };
  }
  let value = num(0);
  for (const [, sign, term = ""] of text.matchAll(new RegExp(`([+-]?)\\s*(${TERM})`, "giu"))) {
    const found = readTerm(term);
    if (found === undefined) return undefined;
    value = sign === "-" ? minus(value, found) : plus(value, found);
  }
  return { value };
}

function readTerm(term: string): Num | undefined {
  if (/^(?:0x[\da-f]+|[\d,]+)$/iu.test(term)) {
    const value = Number(term.replaceAll(",", ""));
    return value <= 0xffff_ffff ? num(value) : undefined;
  }
  // `ISN(c)` is a name; what tcpflow can write as one has no brackets.
  return NO_NAMES.test(term) ? undefined : symbol(term.replace("(", "_").replace(")", ""));
}

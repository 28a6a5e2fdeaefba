/** Whether what a reader writes into a blank belongs there. */
import type { Steps } from "../../../../server/src/ladder/steps.ts";
import { minus, type Num, num, plus, resolve, sameForm, symbol } from "../../../../server/src/tcp/numbers.ts";
import { readState } from "../../../../server/src/tcp/states.ts";

type Blank = Steps["blanks"][string];

/** `unread`: it is no number, or no state, at all. */
export type Verdict = "right" | "wrong" | "unread";

/** In any spelling: `x+1`, `1 + x`, `ack=x+1`, `0x3e9` for 1001; `TIME_WAIT`, `time-wait`. */
export function judge({ kind, answer, form }: Blank, text: string, bindings: Steps["bindings"]): Verdict {
  if (kind === "state") {
    const state = readState(text.trim());
    if (state === undefined) return "unread";
    return state === readState(answer) ? "right" : "wrong";
  }
  const given = readNumber(text);
  if (given === undefined) return "unread";
  const symbols = { kinds: new Map(), bindings: new Map(bindings) };
  // Relative and absolute numbers are right as the picture would show them.
  const right = [form, readNumber(answer)].filter((value) => value !== undefined);
  return right.some((value) => sameForm(resolve(given, symbols), resolve(value, symbols))) ? "right" : "wrong";
}

/** A sum of numbers and symbols, modulo 2^32; nothing if it is none. */
function readNumber(text: string): Num | undefined {
  const plain = text
    .normalize("NFKC")
    .replace(/^\s*(?:seq|ack|len)\s*[=:]/iu, "")
    .replaceAll(/\s+/gu, "")
    .replaceAll(/[−–]/gu, "-");
  if (!/^[+-]?[\p{L}\p{M}\p{N}_]+(?:[+-][\p{L}\p{M}\p{N}_]+)*$/u.test(plain)) return undefined;
  let sum = num(0);
  for (const [, sign = "", term = ""] of plain.matchAll(/([+-]?)([^+-]+)/gu)) {
    const value = readTerm(term);
    if (value === undefined) return undefined;
    sum = sign === "-" ? minus(sum, value) : plus(sum, value);
  }
  return sum;
}

function readTerm(term: string): Num | undefined {
  if (/^(?:\d+|0x[\da-f]+)$/iu.test(term)) {
    const value = Number(term);
    return value < 2 ** 32 ? num(value) : undefined;
  }
  return /^\d/u.test(term) ? undefined : symbol(term);
}

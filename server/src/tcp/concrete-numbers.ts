/** Numbers for the wire: every symbol that a flow leaves open gets a value, the same in every run. */
import { type Num, resolve, type Symbols } from "./numbers.ts";

/** Initial numbers lie so far apart that no two streams of a flow meet. */
const APART = 10_000_000;

/** Octets of data whose length nobody has told. */
const USUAL_LENGTH = 10;

/** Gives each number of a replay its value on the wire; numbers that were written stay as they are. */
export function concreteNumbers(symbols: Symbols): (value: Num) => number {
  const values = new Map<string, number>();
  let streams = 0;
  const valueFor = (name: string): number => {
    const known = values.get(name);
    if (known !== undefined) return known;
    const kind = symbols.kinds.get(name);
    let value: number;
    // What an elision or an undrawn piece may hold is left empty, so that the capture lacks nothing.
    if (kind?.kind === "count") value = kind.least === 0 ? 0 : Math.max(kind.least, USUAL_LENGTH);
    else if (kind?.kind === "after") value = evaluate(kind.base) + kind.least;
    else value = ++streams * APART;
    values.set(name, value >>> 0);
    return value >>> 0;
  };
  const evaluate = (value: Num): number => {
    const { constant, terms } = resolve(value, symbols);
    return terms.reduce((sum, { symbol, factor }) => (sum + Math.imul(valueFor(symbol), factor)) >>> 0, constant);
  };
  return evaluate;
}

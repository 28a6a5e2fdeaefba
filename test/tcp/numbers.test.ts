import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  distance,
  minus,
  type Num,
  noSymbols,
  num,
  plus,
  resolve,
  showNumber,
  symbol,
} from "../../server/src/tcp/numbers.ts";

const x = symbol("x");
const y = symbol("y");

describe("sums modulo 2^32", () => {
  test("4294967295 + 1 is 0", () => expect(add(num(4294967295), 1)).toEqual(num(0)));
  test("x + 1 - x is 1", () => expect(minus(add(x, 1), x)).toEqual(num(1)));
  test("x + y is y + x", () => expect(plus(x, y)).toEqual(plus(y, x)));
  test("sums are associative and differences undo them", () => {
    const numbers = fc.record({ k: fc.integer(), symbols: fc.array(fc.constantFrom("x", "y", "n"), { maxLength: 3 }) });
    const form = ({ k, symbols }: { k: number; symbols: string[] }): Num => symbols.map(symbol).reduce(plus, num(k));
    fc.assert(
      fc.property(numbers, numbers, numbers, (p, q, r) => {
        const [a, b, c] = [form(p), form(q), form(r)];
        expect(plus(plus(a, b), c)).toEqual(plus(a, plus(b, c)));
        expect(minus(plus(a, b), b)).toEqual(a);
      }),
    );
  });
});

describe("how far one number is ahead of another", () => {
  const cases: readonly [name: string, a: Num, b: Num, min: number, max: number][] = [
    ["a constant", num(100), num(150), 50, 50],
    ["across the wrap", num(4294967295), num(1), 2, 2],
    ["backwards", add(x, 10), x, -10, -10],
    ["another symbol tells nothing", x, y, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    ["n octets, at least one", x, plus(x, symbol("n")), 1, Number.POSITIVE_INFINITY],
    ["w lies after v+1", symbol("v"), symbol("w"), 1, Number.POSITIVE_INFINITY],
    ["what both share cancels", symbol("w"), add(symbol("w"), 1), 1, 1],
  ];
  const symbols = noSymbols();
  symbols.kinds.set("n", { kind: "count", least: 1 });
  symbols.kinds.set("w", { kind: "after", base: add(symbol("v"), 1), least: 0 });
  test.each(cases)("%s", (_name, a, b, min, max) => expect(distance(a, b, symbols)).toEqual({ min, max }));
});

describe("numbers as a flow writes them", () => {
  const symbols = noSymbols();
  symbols.bindings.set("#iss0", x);
  symbols.bindings.set("z", num(1000));
  test.each([
    ["x+1", add(x, 1)],
    ["u-1", add(symbol("u"), -1)],
    ["n+x+1", add(plus(x, symbol("n")), 1)],
    ["x+2", add(symbol("#iss0"), 2)],
    ["1001", add(symbol("z"), 1)],
  ])("%s", (text, n) => expect(showNumber(n, symbols)).toBe(text));
  test("nothing that no one has named", () => expect(showNumber(symbol("#len3"), symbols)).toBeUndefined());
});

test("a binding may stand on another", () => {
  const symbols = noSymbols();
  symbols.bindings.set("a", add(symbol("b"), 1));
  symbols.bindings.set("b", num(10));
  expect(resolve(add(symbol("a"), 1), symbols)).toEqual(num(12));
});

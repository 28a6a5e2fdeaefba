import { describe, expect, test } from "vitest";
import { learn } from "../../server/src/tcp/emission.ts";
import { match } from "../../server/src/tcp/match.ts";
import { add, distance, noSymbols, num, plus, type Symbols, showNumber, symbol } from "../../server/src/tcp/numbers.ts";

function known(): Symbols {
  const symbols = noSymbols();
  symbols.kinds.set("x", { kind: "free" });
  symbols.kinds.set("#iss0", { kind: "free" });
  symbols.kinds.set("#len3", { kind: "count", least: 1 });
  return symbols;
}

const x = symbol("x");

describe("a written number against the one that TCP requires", () => {
  test("the same", () => expect(match(add(x, 1), add(x, 1), known()).kind).toBe("same"));
  test("off by one", () => expect(match(x, add(x, 1), known())).toEqual({ kind: "off", by: -1 }));
  test("a new symbol in a determined place", () => {
    expect(match(symbol("z"), add(x, 1), known())).toEqual({ kind: "fresh", symbol: "z", bare: true });
  });
  test("a plain number beside a symbol", () =>
    expect(match(num(101), add(x, 1), known())).toEqual({ kind: "unrelated" }));
  test("a known symbol of something else", () => {
    const symbols = known();
    symbols.kinds.set("y", { kind: "free" });
    expect(match(add(symbol("y"), 1), add(x, 1), symbols)).toEqual({ kind: "other" });
  });
});

describe("what nobody has said yet is said here", () => {
  test("ack=x+1 names the number that a SYN left out", () => {
    const symbols = known();
    const found = match(add(symbol("p"), 1), add(symbol("#iss0"), 1), symbols);
    if (found.kind === "same") learn(symbols, found);
    expect(showNumber(symbol("#iss0"), symbols)).toBe("p");
  });
  test("ack=x+101 tells the length of data of unknown size", () => {
    const symbols = known();
    const found = match(add(x, 101), plus(add(x, 1), symbol("#len3")), symbols);
    if (found.kind === "same") learn(symbols, found);
    expect(showNumber(symbol("#len3"), symbols)).toBe("100");
  });
  test("but a length is never less than one", () => {
    expect(match(add(x, 1), plus(add(x, 1), symbol("#len3")), known()).kind).not.toBe("same");
  });
  test("w after data of unknown length keeps its name and its place", () => {
    const symbols = known();
    const found = match(symbol("w"), plus(add(x, 1), symbol("#len3")), symbols);
    if (found.kind === "same") learn(symbols, found);
    expect(distance(add(x, 1), symbol("w"), symbols).min).toBe(1);
  });
});

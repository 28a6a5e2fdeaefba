/**
 * Compares a written number with the one that TCP requires, and says which symbols the comparison
 * would bind. Nothing is bound here: a judgement may be tried and dropped.
 */
import {
  distance,
  isHidden,
  minus,
  type Num,
  plus,
  resolve,
  type SymbolKind,
  type Symbols,
  sameForm,
  signed,
} from "./numbers.ts";

/** A binding to make, and what is learned of the symbols that appear for the first time. */
export interface Bind {
  readonly symbol: string;
  readonly value: Num;
}

export interface Learn {
  readonly symbol: string;
  readonly kind: SymbolKind;
}

export type Match =
  /** Equal, or made equal by the bindings. */
  | { readonly kind: "same"; readonly binds: readonly Bind[]; readonly learns: readonly Learn[] }
  /** Off by a known count. */
  | { readonly kind: "off"; readonly by: number }
  /** A symbol that nothing has named before stands where the number is determined. */
  | { readonly kind: "fresh"; readonly symbol: string; readonly bare: boolean }
  /** A plain number where only symbols are known, so that nothing relates the two. */
  | { readonly kind: "unrelated" }
  /** Different, by an unknown count. */
  | { readonly kind: "other" };

const SAME: Match = { kind: "same", binds: [], learns: [] };
const FREE: SymbolKind = { kind: "free" };

/** Whether no line so far has named the symbol. */
export function isFresh(name: string, symbols: Symbols): boolean {
  return !symbols.kinds.has(name) && !symbols.bindings.has(name);
}

/** Written against required; both may hold unbound symbols. */
export function match(written: Num, expected: Num, symbols: Symbols): Match {
  if (sameForm(written, expected)) return SAME;
  const d = resolve(minus(written, expected), symbols);
  if (d.terms.length === 0) return d.constant === 0 ? SAME : { kind: "off", by: signed(d) };
  const right = resolve(expected, symbols);
  // A symbol of the replay's own stands for what nobody has said yet: here it is said.
  for (const { symbol: name, factor } of right.terms) {
    if (!isHidden(name) || factor !== 1) continue;
    const found = settle(name, plus(d, { constant: 0, terms: [{ symbol: name, factor: 1 }] }), right, symbols);
    if (found !== undefined) return found;
  }
  const left = resolve(written, symbols);
  const fresh = left.terms.find(({ symbol: name, factor }) => factor === 1 && isFresh(name, symbols));
  if (fresh) return { kind: "fresh", symbol: fresh.symbol, bare: left.terms.length === 1 && left.constant === 0 };
  if (left.terms.length === 0 && right.terms.every(({ symbol: name }) => !isHidden(name))) return { kind: "unrelated" };
  return { kind: "other" };
}

/** The binding of a hidden symbol to the value that makes both sides equal, if it can have that value. */
function settle(name: string, value: Num, right: Num, symbols: Symbols): Match | undefined {
  const kind = symbols.kinds.get(name) ?? FREE;
  const binds = [{ symbol: name, value }];
  const fresh = value.terms.filter((term) => isFresh(term.symbol, symbols));
  if (kind.kind !== "count")
    return { kind: "same", binds, learns: fresh.map((t) => ({ symbol: t.symbol, kind: FREE })) };
  const first = fresh[0];
  if (first && value.terms.length === 1 && value.constant === 0 && first.factor === 1) {
    // `n` for a hidden count: the same count, named.
    return { kind: "same", binds, learns: [{ symbol: first.symbol, kind }] };
  }
  if (first && fresh.length === 1 && first.factor === 1) {
    // `w` for `v + hidden count`: w keeps its name and lies at least as far after v.
    const others = value.terms.filter((t) => t !== first);
    const base = minus({ constant: 0, terms: [] }, { constant: value.constant, terms: others });
    return {
      kind: "same",
      binds,
      learns: [{ symbol: first.symbol, kind: { kind: "after", base, least: kind.least } }],
    };
  }
  const size = distance({ constant: 0, terms: [] }, value, symbols);
  if (size.min >= kind.least) return { kind: "same", binds, learns: [] };
  return right.terms.length > 0 && value.terms.length === 0
    ? { kind: "off", by: signed(value) - kind.least }
    : undefined;
}

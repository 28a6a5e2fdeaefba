/**
 * Sequence numbers as linear forms over symbols, modulo 2^32 (RFC 9293 §3.4).
 *
 * A drawing may say `x+1` without saying what x is. A number is therefore a sum of symbols plus a
 * constant; two numbers can be compared where their difference is known or bounded.
 */

/** A symbol with its factor, e.g. `-x` is `{ symbol: "x", factor: -1 }`. Factors are never 0. */
export interface Term {
  readonly symbol: string;
  readonly factor: number;
}

/** `constant + Σ factor·symbol`; the constant is an unsigned 32-bit integer; terms are sorted by symbol. */
export interface Num {
  readonly constant: number;
  readonly terms: readonly Term[];
}

const NO_TERMS: readonly Term[] = [];

/** The number k modulo 2^32. */
export function num(k: number): Num {
  return { constant: k >>> 0, terms: NO_TERMS };
}

/** The number that a symbol stands for. */
export function symbol(name: string): Num {
  return { constant: 0, terms: [{ symbol: name, factor: 1 }] };
}

/** a + k for an integer k. */
export function add(a: Num, k: number): Num {
  return k === 0 ? a : { constant: (a.constant + k) >>> 0, terms: a.terms };
}

/** a + b. */
export function plus(a: Num, b: Num): Num {
  return combine(a, b, 1);
}

/** a − b. */
export function minus(a: Num, b: Num): Num {
  return combine(a, b, -1);
}

/** Whether both stand on the same symbols, so that their constants alone tell them apart. */
function sameTerms(a: readonly Term[], b: readonly Term[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const [s, t] = [a[i], b[i]];
    if (s?.symbol !== t?.symbol || s?.factor !== t?.factor) return false;
  }
  return true;
}

function combine(a: Num, b: Num, sign: 1 | -1): Num {
  if (b.constant === 0 && b.terms.length === 0) return a;
  const constant = (a.constant + sign * b.constant) >>> 0;
  if (b.terms.length === 0) return { constant, terms: a.terms };
  if (a.terms.length === 0 && sign === 1) return { constant, terms: b.terms };
  const [p, q] = [a.terms[0], b.terms[0]];
  if (a.terms.length === 1 && b.terms.length === 1 && p && q && p.symbol === q.symbol) {
    const factor = p.factor + sign * q.factor;
    return { constant, terms: factor === 0 ? NO_TERMS : [{ symbol: p.symbol, factor }] };
  }
  const factors = new Map<string, number>();
  for (const { symbol, factor } of a.terms) factors.set(symbol, factor);
  for (const { symbol, factor } of b.terms) factors.set(symbol, (factors.get(symbol) ?? 0) + sign * factor);
  const terms: Term[] = [];
  for (const [symbol, factor] of factors) if (factor !== 0) terms.push({ symbol, factor });
  terms.sort((s, t) => (s.symbol < t.symbol ? -1 : 1));
  return { constant, terms };
}

/** Whether both are the same form; forms over unbound symbols may still be equal in fact. */
export function sameForm(a: Num, b: Num): boolean {
  if (a.constant !== b.constant || a.terms.length !== b.terms.length) return false;
  return sameTerms(a.terms, b.terms);
}

/** The constant read as a signed 32-bit integer, the sense of a small difference. */
export function signed(a: Num): number {
  return a.constant | 0;
}

/** What is known of a symbol: any number; a count of octets; or a number that many octets after `base`. */
export type SymbolKind =
  | { readonly kind: "free" }
  | { readonly kind: "count"; readonly least: number }
  | { readonly kind: "after"; readonly base: Num; readonly least: number };

/**
 * The symbols of one replay: their kinds, and what those that were bound stand for.
 * Symbols that the replay makes for itself begin with `#` and are never shown.
 */
export interface Symbols {
  readonly kinds: Map<string, SymbolKind>;
  readonly bindings: Map<string, Num>;
}

/** A table without symbols. */
export function noSymbols(): Symbols {
  return { kinds: new Map(), bindings: new Map() };
}

/** Whether a symbol was made by the replay and not by the author. */
export function isHidden(name: string): boolean {
  return name.charCodeAt(0) === 35;
}

/** a with every bound symbol replaced. */
export function resolve(a: Num, symbols: Symbols): Num {
  if (a.terms.length === 0 || symbols.bindings.size === 0) return a;
  let result = a;
  // A binding refers only to symbols that were unbound when it was made, so this ends.
  for (let found = true; found; ) {
    found = false;
    for (const { symbol: name, factor } of result.terms) {
      const value = symbols.bindings.get(name);
      if (value === undefined) continue;
      result = substitute(result, name, factor, value);
      found = true;
      break;
    }
  }
  return result;
}

function substitute(a: Num, name: string, factor: number, value: Num): Num {
  const rest: Num = { constant: a.constant, terms: a.terms.filter((t) => t.symbol !== name) };
  return plus(rest, times(value, factor));
}

/** k·a. */
function times(a: Num, k: number): Num {
  if (k === 1) return a;
  const terms = a.terms.map(({ symbol, factor }) => ({ symbol, factor: Math.imul(factor, k) }));
  return { constant: Math.imul(a.constant, k) >>> 0, terms: terms.filter(({ factor }) => factor !== 0) };
}

/** Gives an unbound symbol its value, unless the value would stand on the symbol itself. */
export function bind(symbols: Symbols, name: string, value: Num): void {
  if (symbols.bindings.has(name)) return;
  const settled = resolve(value, symbols);
  if (!settled.terms.some(({ symbol }) => symbol === name)) symbols.bindings.set(name, settled);
}

/** Least and greatest possible value of a difference, as signed integers; infinite where nothing is known. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

const ANYTHING: Bounds = { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };

/** How far b is ahead of a: exact where their difference is a constant, else what the symbols allow. */
export function distance(a: Num, b: Num, symbols: Symbols): Bounds {
  if (sameTerms(a.terms, b.terms)) return exactly((b.constant - a.constant) | 0);
  const d = resolve(minus(b, a), symbols);
  return d.terms.length === 0 ? exactly(signed(d)) : bounds(d, symbols);
}

const EQUAL: Bounds = { min: 0, max: 0 };

function exactly(k: number): Bounds {
  return k === 0 ? EQUAL : { min: k, max: k };
}

/** Rewrites every `after` symbol as its base plus a count, so that what they share cancels out. */
function bounds(difference: Num, symbols: Symbols): Bounds {
  let d = difference;
  let [min, max] = [0, 0];
  const count = (factor: number, least: number): void => {
    if (factor > 0) [min, max] = [min + factor * least, Number.POSITIVE_INFINITY];
    else [min, max] = [Number.NEGATIVE_INFINITY, max + factor * least];
  };
  for (let again = true; again; ) {
    again = false;
    // The newest symbols stand on older ones: rewriting all of them ends with free symbols and counts.
    for (const { symbol: name, factor } of d.terms) {
      const kind = symbols.kinds.get(name);
      if (kind?.kind !== "after") continue;
      d = resolve(substitute(d, name, factor, kind.base), symbols);
      count(factor, kind.least);
      again = true;
      break;
    }
  }
  for (const { symbol: name, factor } of d.terms) {
    const kind = symbols.kinds.get(name);
    if (kind?.kind !== "count") return ANYTHING;
    count(factor, kind.least);
  }
  const k = signed(d);
  return { min: min + k, max: max + k };
}

/** A symbol that stands more often in a sum is not shown. */
const MOST_REPEATS = 9;

/** The number as written in a flow (`x+1`, `u-1`, `x+n+1`, `1001`); undefined if a hidden symbol remains. */
export function showNumber(a: Num, symbols: Symbols): string | undefined {
  const value = resolve(a, symbols);
  if (value.terms.length === 0) return String(value.constant);
  // `x+n`: the number of an octet first, counts of octets behind it, what is taken off last.
  const weight = ({ symbol: name, factor }: Term): number =>
    (symbols.kinds.get(name)?.kind === "count" ? 1 : 0) + (factor < 0 ? 2 : 0);
  let text = "";
  for (const { symbol: name, factor } of value.terms.toSorted((s, t) => weight(s) - weight(t))) {
    if (isHidden(name) || Math.abs(factor) > MOST_REPEATS) return undefined;
    for (let i = 0; i < Math.abs(factor); i++) text += (factor < 0 ? "-" : text === "" ? "" : "+") + name;
  }
  const k = signed(value);
  if (k !== 0) text += k < 0 ? String(k) : `+${k}`;
  return text;
}

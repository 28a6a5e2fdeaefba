/** Numbers, durations and strings as flows write them. */
import { isCompositeCstNode, isLeafCstNode } from "langium";
import type { Fix } from "../flow/findings.ts";
import type { Span, Written } from "../flow/flow.ts";
import type { Duration } from "../flow/statements.ts";
import { minus, type Num, num, plus, symbol } from "../tcp/numbers.ts";
import type { Value } from "./generated/ast.ts";
import { complain, type Reading, replace } from "./reading.ts";

const TOP = 0xffff_ffff;

/** The integer that a word is, decimal or with `0x`; NaN if it is none. */
export function integerOf(word: string): number {
  return /^(?:[0-9]+|0[xX][0-9a-fA-F]+)$/.test(word) ? Number(word) : Number.NaN;
}

/** What stands behind an `=`. */
export function kindOf({ terms }: Pick<KeyedValue, "terms">): "nothing" | "blank" | "string" | "sum" {
  switch (terms[0]?.[0]) {
    case undefined:
      return "nothing";
    case "?":
    case "？":
      return "blank";
    case '"':
    case "“":
      return "string";
    default:
      return "sum";
  }
}

/** The number that a sum makes modulo 2^32; nothing, with a finding, if it is none. */
export function readSum(reading: Reading, terms: readonly string[], span: Span): Num | undefined {
  let total: Num | undefined;
  let sign = "+";
  for (const term of terms) {
    if (term === "+" || term === "＋" || term === "-") {
      sign = term;
      continue;
    }
    const value = readOperand(reading, term, span);
    if (value === undefined) return undefined;
    if (sign === "-") total = minus(total ?? ZERO, value);
    else total = total === undefined ? value : plus(total, value);
  }
  return total;
}

const ZERO = num(0);

/** A symbol that was met before is not made again. */
function readOperand(reading: Reading, text: string, span: Span): Num | undefined {
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57) {
    const integer = integerOf(text);
    if (integer <= TOP) return num(integer);
    complain(reading, "syntax", span, integer > TOP ? reading.texts.tooLarge(text) : reading.texts.noNumber(text));
    return undefined;
  }
  const known = reading.symbols.get(text);
  if (known !== undefined) return known;
  if (text.includes(".")) {
    complain(reading, "syntax", span, reading.texts.variableAsValue(text));
    return undefined;
  }
  const value = symbol(text);
  reading.symbols.set(text, value);
  return value;
}

/** What stands behind an `=`. */
export interface KeyedValue {
  readonly terms: readonly string[];
  /** Where it stands; behind the key if there is none. */
  readonly place: Span;
}

/** The value of a node. */
export function keyedValue(node: Value): KeyedValue {
  return { terms: node.terms, place: valueSpan(node) };
}

/** Where the value behind the key of a node stands; behind the node if there is none. */
export function valueSpan(node: Value): Span {
  const cst = node.$cstNode;
  if (cst === undefined || !isCompositeCstNode(cst)) return { start: 0, end: 0 };
  const { content, end } = cst;
  let start = end;
  for (let i = content.length - 1; i >= 0; i--) {
    const child = content[i];
    if (child === undefined || child.hidden) continue;
    if (!isLeafCstNode(child) || child.tokenType.name !== "TERM") break;
    start = child.offset;
  }
  return { start, end };
}

/** A number or a blank; nothing, with a finding on the whole field, if it is neither. */
export function readWritten(
  reading: Reading,
  written: KeyedValue,
  name: string,
  field: Span,
  fixes: readonly Fix[] = [],
): Written | undefined {
  const { terms, place: span } = written;
  const kind = kindOf(written);
  if (kind === "blank") return { kind, span };
  if (kind === "sum") {
    const value = readSum(reading, terms, span);
    return value && { kind: "number", value, span };
  }
  const message = kind === "nothing" ? reading.texts.numberMissing(name) : reading.texts.takesNumber(name);
  complain(reading, "syntax", field, message, { fixes });
  return undefined;
}

/** A number without symbols from 0 to `most`; nothing, with a finding, if it is none. */
export function readInteger(
  reading: Reading,
  written: Pick<KeyedValue, "terms">,
  name: string,
  span: Span,
  most: number,
  outside = reading.texts.range(name, most),
): number | undefined {
  const [term = ""] = written.terms;
  const value = written.terms.length === 1 ? integerOf(term) : Number.NaN;
  if (value <= most) return value;
  const isMissing = kindOf(written) === "nothing";
  complain(reading, "syntax", span, isMissing ? reading.texts.numberMissing(name) : outside);
  return undefined;
}

/** Microseconds of the units that are constant. */
const UNITS: Readonly<Record<string, number>> = { us: 1, µs: 1, ms: 1000, s: 1e6, min: 60e6, h: 3600e6 };

/** Longer than any flow; sums of such stretches stay exact enough. */
const LONGEST = 1e15;

const OTHER_UNITS: Readonly<Record<string, string>> = {
  usec: "us",
  msec: "ms",
  msecs: "ms",
  millis: "ms",
  sec: "s",
  secs: "s",
  second: "s",
  seconds: "s",
  mins: "min",
  minute: "min",
  minutes: "min",
  m: "min",
  hour: "h",
  hours: "h",
  hr: "h",
  msl: "MSL",
  rtt: "RTT",
  rto: "RTO",
};

/** A stretch of time as written (`40ms`, `2MSL`, `RTO`); nothing, with a finding, if it is none. */
export function readDuration(reading: Reading, text: string | undefined, span: Span): Duration | undefined {
  if (text === undefined) {
    complain(reading, "syntax", span, reading.texts.timeMissing);
    return undefined;
  }
  const [, digits = "", unit = ""] = /^([0-9.]*)[ \t*]*(.*)$/s.exec(text) ?? [];
  const amount = digits === "" ? 1 : Number(digits);
  const known = unitOf(reading, unit);
  if (known === undefined || Number.isNaN(amount)) {
    const meant = OTHER_UNITS[unit.toLowerCase()] ?? (unit === "" ? "ms" : undefined);
    const fixes = meant === undefined ? [] : [replace(reading, span, `${digits}${meant}`)];
    const message = unit === "" ? reading.texts.needsUnit(text) : reading.texts.noUnit(unit);
    complain(reading, "unknown-name", span, message, { fixes });
    const likely = meant === undefined ? undefined : unitOf(reading, meant);
    return likely && { ...likely, amount: likely.amount * amount };
  }
  if (digits === "" && UNITS[unit] !== undefined) {
    complain(reading, "syntax", span, reading.texts.howMany(unit));
    return undefined;
  }
  if (known.amount * amount > LONGEST) {
    complain(reading, "syntax", span, reading.texts.tooLong(text));
    return undefined;
  }
  // `4027.292ms` is 4027292 microseconds, not a little more: nothing is counted below a nanosecond.
  return { unit: known.unit, amount: Math.round(known.amount * amount * 1000) / 1000 };
}

function unitOf({ settings }: Reading, unit: string): Duration | undefined {
  const constant = UNITS[unit];
  if (constant !== undefined) return { unit: "us", amount: constant };
  if (unit === "MSL") return { unit: "us", amount: settings.msl };
  if (unit === "RTT") return { unit: "us", amount: 2 * settings.latency };
  return unit === "RTO" ? { unit: "rto", amount: 1 } : undefined;
}

/** The text between the quotes; `\"` and `\\` stand for the second character. A finding if it has no end. */
export function readString(reading: Reading, text: string, span: Span): string {
  const closed = text.length > 1 && /^(?:"(?:[^"\\]|\\.)*"|“[^”]*”)$/su.test(text);
  if (!closed) {
    complain(reading, "syntax", span, reading.texts.openQuote, {
      fixes: [{ title: reading.texts.closeQuote, edits: [{ span: { start: span.end, end: span.end }, newText: '"' }] }],
    });
  }
  const inner = text.slice(1, closed ? -1 : undefined);
  return text.startsWith("“") ? inner : inner.replace(/\\(.)/gsu, "$1");
}

/** The length of a text in UTF-8 octets. */
export function octets(text: string): number {
  let count = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    count += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return count;
}

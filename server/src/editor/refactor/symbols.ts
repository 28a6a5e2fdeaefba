/** Symbols into numbers and back. */
import type { Fix, TextEdit } from "../../flow/findings.ts";
import type { Replay } from "../../flow/replay-types.ts";
import {
  add,
  distance,
  minus,
  type Num,
  num,
  plus,
  resolve,
  type Symbols,
  showNumber,
  symbol,
} from "../../tcp/numbers.ts";
import { editorTexts } from "../texts.ts";
import type { Word } from "../words.ts";
import { writtenNumbers } from "./written.ts";

/** First numbers of streams; data that is not drawn, and data in letters, counts as so many octets. */
const FIRST = 1000;
const APART = 4000;
const OCTETS = 100;

/** `let x = 1000` above the first line that happens, so that the flow keeps its letters and has numbers. */
export function defineSymbol(replay: Replay, { text: name }: Word): Fix | undefined {
  const { flow, symbols } = replay;
  if (flow.definitions.some((one) => one.symbol === name)) return undefined;
  const kind = symbols.kinds.get(name)?.kind;
  const line = Math.min(...flow.events.map(({ span }) => span.start));
  if (kind !== "free" || !Number.isFinite(line)) return undefined;
  const start = flow.text.lastIndexOf("\n", line - 1) + 1;
  const value = FIRST + APART * flow.definitions.length;
  const text = `let ${name} = ${value}`;
  return {
    title: editorTexts(flow.locale).defineSymbol(name, text),
    edits: [{ span: { start, end: start }, newText: `${text}\n` }],
  };
}

/** All letters become numbers: those that `let` gives them, else such as a textbook would choose. */
export function symbolsToNumbers(replay: Replay): Fix | undefined {
  if (hasMistakenSymbol(replay)) return undefined;
  const values = new Map<string, number>();
  const edits: TextEdit[] = [];
  for (const { value, span } of writtenNumbers(replay)) {
    if (value.terms.length === 0) continue;
    edits.push({ span, newText: String(evaluate(value, replay.symbols, values)) });
  }
  return edits.length === 0 ? undefined : { title: editorTexts(replay.flow.locale).symbolsToNumbers, edits };
}

/** A new letter for a number that was known: as a number it would no longer be the mistake that it is. */
function hasMistakenSymbol({ readings, symbols, flow }: Replay): boolean {
  const defined = new Set(flow.definitions.map((one) => one.symbol));
  return readings.some(({ seq, ack }) =>
    [seq, ack].some(
      (field) =>
        field?.expected !== undefined &&
        field.value.terms.some(({ symbol: name }) => symbols.bindings.has(name) && !defined.has(name)),
    ),
  );
}

function evaluate(value: Num, symbols: Symbols, values: Map<string, number>): number {
  const { constant, terms } = resolve(value, symbols);
  let sum = constant;
  for (const { symbol: name, factor } of terms) sum += factor * valueOfSymbol(name, symbols, values);
  return sum >>> 0;
}

function valueOfSymbol(name: string, symbols: Symbols, values: Map<string, number>): number {
  const known = values.get(name);
  if (known !== undefined) return known;
  const kind = symbols.kinds.get(name);
  let value = FIRST + APART * values.size;
  if (kind?.kind === "count") value = Math.max(kind.least, OCTETS);
  if (kind?.kind === "after") value = evaluate(kind.base, symbols, values) + Math.max(kind.least, OCTETS);
  values.set(name, value);
  return value;
}

const LETTERS = ["x", "y", "z", "p", "q", "r", "s", "t", "u", "v", "w"];

/** Each stream counts from a letter: `1001` becomes `x+1`. */
export function numbersToSymbols(replay: Replay, words: readonly Word[]): Fix | undefined {
  const taken = new Set(words.map(({ text }) => text));
  const free = LETTERS.filter((letter) => !taken.has(letter));
  const bases = new Map<number, { readonly name: string; readonly first: Num }>();
  const edits: TextEdit[] = [];
  for (const { value, span, stream } of writtenNumbers(replay).sort((a, b) => a.span.start - b.span.start)) {
    if (value.terms.length > 0 || stream === undefined) continue;
    const base = bases.get(stream) ?? baseOf(replay, stream, free);
    if (base === undefined) return undefined;
    bases.set(stream, base);
    const behind = distance(base.first, value, replay.symbols).min;
    if (!Number.isFinite(behind)) return undefined;
    const text = showNumber(plus(add(symbol(base.name), behind), num(0)), { kinds: new Map(), bindings: new Map() });
    if (text !== undefined) edits.push({ span, newText: text });
  }
  return edits.length === 0 ? undefined : { title: editorTexts(replay.flow.locale).numbersToSymbols, edits };
}

/** A letter of its own for a stream that begins with a number of the other. */
export function ownLetter(replay: Replay, words: readonly Word[], segment: number): Fix | undefined {
  const { sender, seq } = replay.readings[segment] ?? {};
  const taken = new Set(words.map(({ text }) => text));
  const letter = LETTERS.find((one) => !taken.has(one));
  if (sender === undefined || seq === undefined || letter === undefined) return undefined;
  const edits = writtenNumbers(replay).flatMap(({ value, span, stream }): TextEdit[] => {
    const { min, max } = distance(seq.value, value, replay.symbols);
    if (stream !== sender || min !== max) return [];
    const text = showNumber(add(symbol(letter), min), { kinds: new Map(), bindings: new Map() });
    return text === undefined ? [] : [{ span, newText: text }];
  });
  return { title: editorTexts(replay.flow.locale).ownLetter(letter), edits };
}

/** The first number of a stream: of its SYN, else the first that it sends. */
function baseOf(replay: Replay, stream: number, free: string[]) {
  const first = replay.readings.find(({ sender, seq }) => sender === stream && seq !== undefined)?.seq;
  const value = first?.expected ?? first?.value;
  const name = value && minus(value, num(0)).terms.length === 0 ? free.shift() : undefined;
  return name === undefined || value === undefined ? undefined : { name, first: value };
}

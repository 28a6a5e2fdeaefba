/** Numbers, times, names and texts as a flow writes them. */
import type { Flow, Socket, TcpOption, VariableValue, Written } from "../flow/flow.ts";
import { type Num, noSymbols, type Symbols, showNumber } from "../tcp/numbers.ts";

/** What the words of one flow are written with. */
export interface Words {
  readonly flow: Flow;
  /** Tells numbers of octets from counts of octets, so that sums are written in the usual order. */
  readonly symbols: Symbols;
}

export function wordsOf(flow: Flow): Words {
  const symbols = noSymbols();
  for (const { len } of flow.segments) {
    if (len?.kind !== "number") continue;
    for (const { symbol } of len.value.terms) symbols.kinds.set(symbol, { kind: "count", least: 0 });
  }
  return { flow, symbols };
}

export function writeNumber({ symbols }: Words, value: Num): string {
  return showNumber(value, symbols) ?? "?";
}

export function writeWritten(words: Words, written: Written): string {
  return written.kind === "blank" ? "?" : writeNumber(words, written.value);
}

/** `client`, or `client:40001`. */
export function writeSocket({ flow }: Words, { endpoint, port }: Socket): string {
  const name = flow.endpoints[endpoint]?.name ?? "";
  return port === undefined ? name : `${name}:${port}`;
}

export function writeVariables(words: Words, variables: readonly VariableValue[]): string {
  if (variables.length === 0) return "";
  return ` with ${variables.map(({ name, value }) => `${name}=${writeWritten(words, value)}`).join(" ")}`;
}

export function writeString(text: string): string {
  return `"${text.replace(/["\\]/gu, "\\$&")}"`;
}

/** In the largest unit that needs no more than three digits behind the point: `2.5ms`. */
export function writeTime(microseconds: number): string {
  if (microseconds >= 1_000_000 && microseconds % 1000 === 0) return `${microseconds / 1_000_000}s`;
  if (microseconds >= 1000) return `${microseconds / 1000}ms`;
  return microseconds === 0 ? "0ms" : `${microseconds}us`;
}

export function writeOption(words: Words, option: TcpOption): string {
  switch (option.kind) {
    case "mss":
    case "wscale":
      return `${option.kind} ${option.value}`;
    case "TS":
      return `TS val ${option.value} ecr ${option.echo}`;
    case "sack": {
      const blocks = option.blocks.map(({ left, right }) => `${writeNumber(words, left)}:${writeNumber(words, right)}`);
      return ["sack", ...blocks].join(" ");
    }
    case "FO":
      return `FO ${option.cookie}`.trimEnd();
    default:
      return option.kind;
  }
}

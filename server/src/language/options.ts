/** TCP options in angle brackets, as tcpdump and packetdrill write them. */
import type { Span, TcpOption } from "../flow/flow.ts";
import type { Num } from "../tcp/numbers.ts";
import type { Argument, Option, Options } from "./generated/ast.ts";
import { complain, type Reading, readWord, spanOf } from "./reading.ts";
import { integerOf, readSum } from "./values.ts";
import { OPTIONS, type OptionName, optionOf } from "./words.ts";

/** How each option is written. */
export const EXAMPLES: Readonly<Record<OptionName, string>> = {
  mss: "mss 1460",
  nop: "nop",
  eol: "eol",
  sackOK: "sackOK",
  sack: "sack 101:201 301:401",
  TS: "TS val 100 ecr 0",
  wscale: "wscale 7",
  FO: "FO 2a1b3c4d",
};

export function readOptions(reading: Reading, node: Options): TcpOption[] {
  const span = spanOf(node);
  if (!node.closed) {
    const end = { start: span.end, end: span.end };
    complain(reading, "syntax", { start: span.start, end: span.start + 1 }, reading.texts.openOptions, {
      fixes: [{ title: reading.texts.closeOptions, edits: [{ span: end, newText: ">" }] }],
    });
  }
  const options: TcpOption[] = [];
  for (const [index, option] of node.options.entries()) {
    const isUnfinished = !node.closed && index === node.options.length - 1;
    const read = readOption(isUnfinished ? { ...reading, problems: [] } : reading, option);
    if (read) options.push(read);
  }
  return options;
}

function readOption(reading: Reading, node: Option): TcpOption | undefined {
  const span = spanOf(node);
  const nameSpan = { start: span.start, end: span.start + node.name.length };
  const kind = optionOf(node.name) ?? readWord(reading, node.name, nameSpan, OPTIONS, "option");
  if (kind === undefined) return undefined;
  const option = withArguments(reading, node, kind, span);
  if (option === undefined) complain(reading, "syntax", span, reading.texts.write(EXAMPLES[kind]));
  return option;
}

/** Nothing if the arguments are not those of this option. */
function withArguments(reading: Reading, { args }: Option, kind: OptionName, span: Span): TcpOption | undefined {
  const [first, second, third, fourth] = args;
  switch (kind) {
    case "nop":
    case "eol":
    case "sackOK":
      return args.length === 0 ? { kind, span } : undefined;
    case "mss":
    case "wscale": {
      const value = integerAt(first, kind === "mss" ? 0xffff : 0xff);
      return value === undefined || args.length !== 1 ? undefined : { kind, value, span };
    }
    case "TS": {
      const value = integerAt(second, 0xffff_ffff);
      const echo = integerAt(fourth, 0xffff_ffff);
      if (wordOf(first) !== "val" || wordOf(third) !== "ecr" || args.length !== 4) return undefined;
      return value === undefined || echo === undefined ? undefined : { kind, value, echo, span };
    }
    case "FO": {
      const cookie = args.length === 0 ? "" : wordOf(first);
      return cookie === undefined || args.length > 1 ? undefined : { kind, cookie, span };
    }
    case "sack": {
      const blocks = blocksOf(reading, args);
      return blocks && { kind, blocks, span };
    }
  }
}

/** The only operand of an argument. */
function wordOf(argument: Argument | undefined): string | undefined {
  return argument?.terms.length === 1 ? argument.terms[0] : undefined;
}

function integerAt(argument: Argument | undefined, most: number): number | undefined {
  const word = wordOf(argument);
  const value = word === undefined ? Number.NaN : integerOf(word);
  return value <= most ? value : undefined;
}

/** `101:201 x:x+100`; one to four blocks fit into a header. */
function blocksOf(reading: Reading, args: readonly Argument[]): { left: Num; right: Num; span: Span }[] | undefined {
  const blocks: { left: Num; right: Num; span: Span }[] = [];
  for (let i = 0; i < args.length; ) {
    const [first, second, third] = [args[i], args[i + 1], args[i + 2]];
    if (!first || !second || first.terms.length === 0) return undefined;
    const { port } = second;
    const last = port === undefined ? third : second;
    if (!last || (port === undefined && !second.colon)) return undefined;
    const left = readSum(reading, first.terms, spanOf(first));
    const right = readSum(reading, port === undefined ? last.terms : [port.slice(1)], spanOf(last));
    if (left === undefined || right === undefined) return undefined;
    blocks.push({ left, right, span: { start: spanOf(first).start, end: spanOf(last).end } });
    i += port === undefined ? 3 : 2;
  }
  return blocks.length > 0 ? blocks : undefined;
}

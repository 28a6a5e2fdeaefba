/** Text -> flow, synchronously. */
import type { LangiumCoreServices } from "langium";
import type { Flow } from "../flow/flow.ts";
import { createTcpflowServices } from "./module.ts";
import { type ReadOptions, readFlow } from "./read-flow.ts";

export { type ReadOptions, readFlow };

let services: LangiumCoreServices["parser"] | undefined;

/** Lexer and parser, made once: building them takes longer than parsing most flows. */
export function parserServices(): LangiumCoreServices["parser"] {
  services ??= createTcpflowServices().tcpflow.parser;
  return services;
}

/** Letters of a text whose tree is large. */
const LONG = 10_000;

/** The flow that a text tells. Never throws: what is wrong with the text is in `problems`. */
export function parse(text: string, options: ReadOptions = {}): Flow {
  const { LangiumParser } = parserServices();
  const flow = readFlow(LangiumParser.parse(text), options);
  // The parser keeps the tree of its last text, which for a long one the garbage collector need not move.
  if (text.length > LONG) LangiumParser.parse("");
  return flow;
}

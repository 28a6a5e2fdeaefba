/** Text -> flow, synchronously. */
import type { LangiumParser } from "langium";
import type { Flow } from "../flow/flow.ts";
import { createTcpflowServices } from "./module.ts";
import { type ReadOptions, readFlow } from "./read-flow.ts";

export { type ReadOptions, readFlow };

let parser: LangiumParser | undefined;

/** The flow that a text tells. Never throws: what is wrong with the text is in `problems`. */
export function parse(text: string, options: ReadOptions = {}): Flow {
  // Made once: building the parser takes longer than parsing most flows.
  parser ??= createTcpflowServices().tcpflow.parser.LangiumParser;
  return readFlow(parser.parse(text), options);
}

/** Flows written anew: the text, and what must stay. */
import { traceSteps } from "../../server/src/cli/trace-steps.ts";
import { parse } from "../../server/src/language/parse.ts";
import { write } from "../../server/src/language/write.ts";
import { check } from "../support/flows.ts";

/** The text of the flow that a text tells. */
export const again = (text: string): string => write(parse(text));

/** What happens, with states, variables and findings. Findings of one line may stand on other columns. */
export function told(text: string) {
  const replay = check(text);
  return {
    steps: traceSteps(replay).map(({ event, at, states, variables }) => ({ event, at, states, variables })),
    findings: replay.findings.map(({ rule, segment, expected }) => `${rule} ${segment} ${expected}`).sort(),
  };
}

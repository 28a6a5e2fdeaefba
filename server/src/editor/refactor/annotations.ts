/** Saying in the text that a finding is on purpose. */
import type { Finding, Fix, RuleId } from "../../flow/findings.ts";
import { insertLineBefore } from "../../flow/fixes.ts";
import type { Flow } from "../../flow/flow.ts";

/** About the annotations themselves, or a text that is not read. */
const NOT_ON_PURPOSE: ReadonlySet<RuleId> = new Set<RuleId>(["syntax", "unmet-expectation", "unused-allow"]);

/** `@expect` and `@allow` above the statement of a finding. */
export function annotationsFor(flow: Flow, { rule, statement }: Finding): Fix[] {
  const event = flow.events.find((one) => one.statement === statement);
  if (event === undefined || NOT_ON_PURPOSE.has(rule)) return [];
  return [
    insertLineBefore(flow, event.span, `@expect(${rule})`, `Expect ${rule} here: it is shown on purpose`),
    insertLineBefore(flow, event.span, `@allow(${rule})`, `Allow ${rule} here`),
  ];
}

/** Saying in the text that a finding is on purpose. */
import type { Finding, Fix, RuleId } from "../../flow/findings.ts";
import { insertLineBefore } from "../../flow/fixes.ts";
import type { Flow } from "../../flow/flow.ts";
import { editorTexts } from "../texts.ts";

/** About the annotations themselves, or a text that is not read. */
export const NOT_ON_PURPOSE: ReadonlySet<RuleId> = new Set<RuleId>(["syntax", "unmet-expectation", "unused-allow"]);

/** `@expect` and `@allow` above the statement of a finding. */
export function annotationsFor(flow: Flow, { rule, statement }: Finding): Fix[] {
  const event = flow.events.find((one) => one.statement === statement);
  if (event === undefined || NOT_ON_PURPOSE.has(rule)) return [];
  const texts = editorTexts(flow.locale);
  return [
    insertLineBefore(flow, event.span, `@expect(${rule})`, texts.expect(rule)),
    insertLineBefore(flow, event.span, `@allow(${rule})`, texts.allow(rule)),
  ];
}

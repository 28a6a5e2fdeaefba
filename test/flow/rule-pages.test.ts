/**
 * The page of every rule: its wrong flow holds that mistake and no other, its right flow none, and `docs/rules/` says
 * the same. Write the pages anew with `npm run test:unit -- test/flow/rule-pages --update`.
 */
import { describe, expect, test } from "vitest";
import type { RuleId } from "../../server/src/flow/findings.ts";
import { RULE_PAGES } from "../../server/src/flow/rule-pages.ts";
import { RULES } from "../../server/src/flow/rules.ts";
import { check } from "../support/flows.ts";
import { ruleMarkdown } from "../support/rule-markdown.ts";

const IDS = Object.keys(RULES).filter((rule): rule is RuleId => rule in RULE_PAGES);
const PAGES = IDS.map((rule) => ({ rule, ...RULE_PAGES[rule] }));

test("every rule has a page, and every page a rule", () => {
  expect(Object.keys(RULE_PAGES).sort()).toEqual(Object.keys(RULES).sort());
});

describe.each(PAGES)("$rule", ({ rule, wrong, right, what, why }) => {
  /** The rules found, but for hints about something else. */
  const rules = (text: string) =>
    check(text)
      .findings.filter((finding) => !finding.expected && (finding.severity !== "hint" || finding.rule === rule))
      .map((finding) => finding.rule);

  test("the wrong flow holds the mistake once, and no other", () => {
    expect(rules(wrong)).toEqual([rule]);
  });

  test("the right flow is clean", () => {
    expect(rules(right)).toEqual([]);
  });

  test("docs/rules has it", async () => {
    await expect(ruleMarkdown(rule)).toMatchFileSnapshot(`../../docs/rules/${rule}.md`);
  });

  test("the text is one paragraph each", () => {
    for (const paragraph of [what, why]) expect(paragraph).toMatch(/^[A-Z][^\n]*\.$/u);
  });
});

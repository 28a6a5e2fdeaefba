/** The page of every rule: its wrong flow holds that mistake and no other, its right flow none. */
import { describe, expect, test } from "vitest";
import { RULE_PAGES } from "../../server/src/flow/rule-pages.ts";
import { RULES } from "../../server/src/flow/rules.ts";
import { check } from "../support/flows.ts";

const PAGES = Object.entries(RULE_PAGES).map(([rule, page]) => ({ rule, ...page }));

test("every rule has a page, and every page a rule", () => {
  expect(PAGES.map((page) => page.rule).sort()).toEqual(Object.keys(RULES).sort());
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

  test("the text is one paragraph each", () => {
    for (const paragraph of [what, why]) expect(paragraph).toMatch(/^[A-Z][^\n]*\.$/u);
  });
});

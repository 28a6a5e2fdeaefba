/** The page of every rule, for `explain`, the hover of a finding and the documentation. */
import type { RuleId } from "./findings.ts";
import type { Locale } from "./locale.ts";
import { LIMIT_PAGES } from "./rule-pages/limits.ts";
import { NUMBER_PAGES } from "./rule-pages/numbers.ts";
import type { RulePage } from "./rule-pages/page.ts";
import { SEGMENT_PAGES } from "./rule-pages/segments.ts";
import { STATE_PAGES } from "./rule-pages/states.ts";
import { TEXT_PAGES } from "./rule-pages/text.ts";
import { TIMING_PAGES } from "./rule-pages/timing.ts";
import { ZH_CN } from "./rule-pages/zh-cn.ts";

export type { RulePage } from "./rule-pages/page.ts";

export const RULE_PAGES: Readonly<Record<RuleId, RulePage>> = {
  ...SEGMENT_PAGES,
  ...NUMBER_PAGES,
  ...LIMIT_PAGES,
  ...STATE_PAGES,
  ...TIMING_PAGES,
  ...TEXT_PAGES,
};

/** The page of a rule in a language. */
export function pageOf(rule: RuleId, locale: Locale): RulePage {
  const page = RULE_PAGES[rule];
  return locale === "en" ? page : { ...page, ...TRANSLATED[locale][rule] };
}

/** What stands on the pages in the other languages; sections and examples are the same. */
const TRANSLATED: Readonly<Record<Exclude<Locale, "en">, typeof ZH_CN>> = { "zh-cn": ZH_CN };

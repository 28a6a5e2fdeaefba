/** The page of every rule, for `explain`, the hover of a finding and the documentation. */
import type { RuleId } from "./findings.ts";
import { LIMIT_PAGES } from "./rule-pages/limits.ts";
import { NUMBER_PAGES } from "./rule-pages/numbers.ts";
import type { RulePage } from "./rule-pages/page.ts";
import { SEGMENT_PAGES } from "./rule-pages/segments.ts";
import { STATE_PAGES } from "./rule-pages/states.ts";
import { TEXT_PAGES } from "./rule-pages/text.ts";
import { TIMING_PAGES } from "./rule-pages/timing.ts";

export type { RulePage } from "./rule-pages/page.ts";

export const RULE_PAGES: Readonly<Record<RuleId, RulePage>> = {
  ...SEGMENT_PAGES,
  ...NUMBER_PAGES,
  ...LIMIT_PAGES,
  ...STATE_PAGES,
  ...TIMING_PAGES,
  ...TEXT_PAGES,
};

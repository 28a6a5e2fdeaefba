/** The page of a rule as Markdown: `docs/rules/RULE.md`. */
import type { RuleId } from "../../server/src/flow/findings.ts";
import { RULE_PAGES } from "../../server/src/flow/rule-pages.ts";
import { RULES } from "../../server/src/flow/rules.ts";
import { check } from "./flows.ts";

export function ruleMarkdown(rule: RuleId): string {
  const { what, why, rfc, wrong, right } = RULE_PAGES[rule];
  const shown = onPurpose(rule, wrong);
  const said = check(wrong).findings.find((finding) => finding.rule === rule)?.message ?? "";
  return `# ${rule}

\`${RULES[rule].severity}\`${rfc === undefined ? "" : `, ${rfc}`}. [All rules](../rules.md)

${what}

${why}

## Wrong

\`\`\`${isQuiet(shown) ? "tcpflow" : "text"}
${isQuiet(shown) ? shown : wrong}\`\`\`

> ${said}

## Right

\`\`\`tcpflow
${right}\`\`\`
`;
}

/** The flow with its mistake marked as shown on purpose. */
function onPurpose(rule: RuleId, text: string): string {
  const finding = check(text).findings.find((found) => found.rule === rule);
  if (finding === undefined) return text;
  const line = text.lastIndexOf("\n", finding.span.start - 1) + 1;
  return `${text.slice(0, line)}@expect(${rule})\n${text.slice(line)}`;
}

/** Mistakes of the text itself cannot all be marked. */
function isQuiet(text: string): boolean {
  return check(text).findings.every(({ expected, severity }) => expected || severity === "hint");
}

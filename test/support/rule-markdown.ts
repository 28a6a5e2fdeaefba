/** The page of a rule as Markdown: `docs/rules/RULE.md`, `docs/rules/zh-cn/RULE.md`. */
import type { RuleId } from "../../server/src/flow/findings.ts";
import type { ForLocales, Locale } from "../../server/src/flow/locale.ts";
import { pageOf } from "../../server/src/flow/rule-pages.ts";
import { RULES } from "../../server/src/flow/rules.ts";
import { check, parse, replay } from "../../server/src/index.ts";

/** What stands on every page. */
const WORDS: ForLocales<{ comma: string; stop: string; all: string; wrong: string; right: string }> = {
  en: { comma: ", ", stop: ". ", all: "[All rules](../rules.md)", wrong: "Wrong", right: "Right" },
  "zh-cn": { comma: "，", stop: "。", all: "[所有规则](../../rules.md)", wrong: "错误示例", right: "正确示例" },
};

export function ruleMarkdown(rule: RuleId, locale: Locale = "en"): string {
  const { what, why, rfc, wrong, right } = pageOf(rule, locale);
  const words = WORDS[locale];
  const shown = onPurpose(rule, wrong);
  const said = replay(parse(wrong, { locale })).findings.find((finding) => finding.rule === rule)?.message ?? "";
  return `# ${rule}

\`${RULES[rule].severity}\`${rfc === undefined ? "" : words.comma + rfc}${words.stop}${words.all}

${what}

${why}

## ${words.wrong}

\`\`\`${isQuiet(shown) ? "tcpflow" : "text"}
${isQuiet(shown) ? shown : wrong}\`\`\`

> ${said}

## ${words.right}

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

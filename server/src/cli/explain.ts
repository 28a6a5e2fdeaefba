import stringWidth from "fast-string-width";
import type { RuleId } from "../flow/findings.ts";
import type { Locale } from "../flow/locale.ts";
import { pageOf } from "../flow/rule-pages.ts";
import { RULE_IDS, RULES } from "../flow/rules.ts";
import { cells, wrap } from "../ladder/measure.ts";
import { type Command, readArguments, readChoice } from "./command.ts";
import { withText } from "./inputs.ts";
import { CannotRun } from "./io.ts";
import { type Paint, painter } from "./paint.ts";
import { prettyReport } from "./pretty.ts";
import { checkSource } from "./reports.ts";
import { cliTexts } from "./texts.ts";

/** `tcpflowc explain` */
export const explain: Command = {
  name: "explain",
  summary: {
    en: "what a rule says and why, with a wrong and a right example",
    "zh-cn": "说明规则的内容和理由，附错误示例和正确示例",
  },
  help: {
    en: `Usage: tcpflowc explain [RULE]

Without RULE it lists the rules.
`,
    "zh-cn": `用法：tcpflowc explain [规则]

不写规则时列出所有规则。
`,
  },
  run: async (args, io) => {
    const { positionals } = readArguments(args, {});
    const [name, ...more] = positionals;
    if (more.length > 0) throw new CannotRun((texts) => texts.oneRule);
    const paint = painter(io.colour);
    io.stdout(name === undefined ? list(paint, io.locale) : page(readChoice("rule", name, RULE_IDS), paint, io.locale));
    return 0;
  },
};

function list(paint: Paint, locale: Locale): string {
  const { severity: nameOf } = cliTexts(locale);
  const rows = RULE_IDS.map((rule) => ({ rule, severity: nameOf(RULES[rule].severity), ...pageOf(rule, locale) }));
  const width = Math.max(...RULE_IDS.map((rule) => rule.length));
  const second = Math.max(...rows.map(({ severity }) => stringWidth(severity)));
  const fill = (text: string) => text + " ".repeat(second - stringWidth(text));
  return rows
    .map(({ rule, severity, what }) => `${paint("bold", rule.padEnd(width))}  ${fill(severity)}  ${what}\n`)
    .join("");
}

/** Width of the running text, in columns. */
const WIDTH = 88;

function page(rule: RuleId, paint: Paint, locale: Locale): string {
  const { what, why, rfc, wrong, right } = pageOf(rule, locale);
  const texts = cliTexts(locale);
  const heading = (text: string) => paint("bold", text);
  return `${heading(rule)}${texts.inBrackets(texts.severity(RULES[rule].severity), rfc)}

${wrap(what, WIDTH, cells).join("\n")}

${wrap(why, WIDTH, cells).join("\n")}

${heading(texts.wrong)}

${indent(wrong)}
${indent(findingsOf(rule, wrong, paint, locale).trimEnd())}

${heading(texts.right)}

${indent(right)}`;
}

/** What `check` says of the wrong example about this rule. */
function findingsOf(rule: RuleId, text: string, paint: Paint, locale: Locale): string {
  const source = withText({ path: "wrong.tcpflow", place: "wrong.tcpflow", byteOrderMark: false }, text);
  const report = checkSource(source, locale);
  const flows = report.flows.map((flow) => ({
    ...flow,
    findings: flow.findings.filter((found) => found.rule === rule),
  }));
  return prettyReport({ ...report, flows }, paint, () => true, locale);
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gmu, "    ");
}

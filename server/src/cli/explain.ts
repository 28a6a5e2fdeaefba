import type { RuleId } from "../flow/findings.ts";
import { RULE_PAGES } from "../flow/rule-pages.ts";
import { RULE_IDS, RULES } from "../flow/rules.ts";
import { type Command, readArguments, readChoice } from "./command.ts";
import { withText } from "./inputs.ts";
import { CannotRun } from "./io.ts";
import { type Paint, painter } from "./paint.ts";
import { prettyReport } from "./pretty.ts";
import { checkSource } from "./reports.ts";

/** `tcpflowc explain` */
export const explain: Command = {
  name: "explain",
  summary: "what a rule says and why, with a wrong and a right example",
  help: `Usage: tcpflowc explain [RULE]

Without RULE it lists the rules.
`,
  run: async (args, io) => {
    const { positionals } = readArguments(args, {});
    const [name, ...more] = positionals;
    if (more.length > 0) throw new CannotRun("explain takes one rule at a time");
    const paint = painter(io.colour);
    io.stdout(name === undefined ? list(paint) : page(readChoice("rule", name, RULE_IDS), paint));
    return 0;
  },
};

function list(paint: Paint): string {
  const width = Math.max(...RULE_IDS.map((rule) => rule.length));
  return RULE_IDS.map(
    (rule) => `${paint("bold", rule.padEnd(width))}  ${RULES[rule].severity.padEnd(7)}  ${RULE_PAGES[rule].what}\n`,
  ).join("");
}

/** Width of the running text, in columns. */
const WIDTH = 88;

function page(rule: RuleId, paint: Paint): string {
  const { what, why, rfc, wrong, right } = RULE_PAGES[rule];
  const heading = (text: string) => paint("bold", text);
  return `${heading(rule)} (${RULES[rule].severity}${rfc === undefined ? "" : `, ${rfc}`})

${wrap(what)}

${wrap(why)}

${heading("Wrong")}

${indent(wrong)}
${indent(findingsOf(rule, wrong, paint).trimEnd())}

${heading("Right")}

${indent(right)}`;
}

/** What `check` says of the wrong example about this rule. */
function findingsOf(rule: RuleId, text: string, paint: Paint): string {
  const source = withText({ path: "wrong.tcpflow", place: "wrong.tcpflow", byteOrderMark: false }, text);
  const report = checkSource(source, new Map());
  const flows = report.flows.map((flow) => ({
    ...flow,
    findings: flow.findings.filter((found) => found.rule === rule),
  }));
  return prettyReport({ ...report, flows }, paint, () => true);
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gmu, "    ");
}

function wrap(text: string): string {
  let line = "";
  const lines: string[] = [];
  for (const word of text.split(/\s+/u)) {
    if (line !== "" && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = "";
    }
    line += (line === "" ? "" : " ") + word;
  }
  return [...lines, line].join("\n");
}

/** `check --format junit`: a suite for each file, a test case for each flow; an error fails its flow. */
import { escapeXml } from "../ladder/xml.ts";
import type { CaptureReport } from "./captures.ts";
import type { Io } from "./io.ts";
import { type Placed, pathFrom, placedFindings } from "./places.ts";
import type { FileReport } from "./reports.ts";
import { type CliTexts, cliTexts } from "./texts.ts";

interface Case {
  readonly name: string;
  readonly findings: readonly Placed[];
}

interface Suite {
  readonly path: string;
  readonly cases: readonly Case[];
}

/** The whole report, as XML. */
export function junitReport(reports: readonly FileReport[], captures: readonly CaptureReport[], io: Io): string {
  const { cwd } = io;
  const texts = cliTexts(io.locale);
  const flows = reports.map((report): Suite => {
    const found = Map.groupBy(placedFindings([report], [], io), ({ from }) => from?.flow);
    const cases = report.flows.map((flow) => {
      const { title } = flow;
      const line = texts.line(flow.fence.line + 1);
      return { name: title === undefined ? line : texts.labelled(line, title), findings: found.get(flow) ?? [] };
    });
    return { path: pathFrom(cwd, report.source.path), cases };
  });
  const packets = captures.map((capture): Suite => {
    const path = pathFrom(cwd, capture.path);
    return { path, cases: [{ name: texts.packets, findings: placedFindings([], [capture], io) }] };
  });
  const suites = [...flows, ...packets];
  const cases = suites.flatMap((suite) => suite.cases);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="tcpflowc" ${totals(cases)}>
${suites.map((suite) => suiteXml(suite, texts)).join("")}</testsuites>
`;
}

function suiteXml({ path, cases }: Suite, texts: CliTexts): string {
  const name = escapeXml(path);
  return `<testsuite name="${name}" ${totals(cases)}>
${cases.map((one) => caseXml(name, one, texts)).join("")}</testsuite>
`;
}

function totals(cases: readonly Case[]): string {
  const failures = cases.filter(({ findings }) => findings.some(isFailure)).length;
  return `tests="${cases.length}" failures="${failures}" errors="0" skipped="0"`;
}

function isFailure({ severity, expected }: Placed): boolean {
  return severity === "error" && !expected;
}

function caseXml(file: string, { name, findings }: Case, texts: CliTexts): string {
  const failed = findings.filter(isFailure);
  const others = findings.filter(
    ({ severity, expected }) => (severity === "warning" || severity === "info") && !expected,
  );
  const [first] = failed;
  const failure =
    first === undefined
      ? ""
      : `<failure type="${escapeXml(first.rule)}" message="${escapeXml(first.message)}">${said(failed, texts)}</failure>\n`;
  const output = others.length === 0 ? "" : `<system-out>${said(others, texts)}</system-out>\n`;
  return `<testcase classname="${file}" file="${file}" name="${escapeXml(name)}">\n${failure}${output}</testcase>\n`;
}

function said(findings: readonly Placed[], texts: CliTexts): string {
  return findings.map((finding) => escapeXml(`${lineOf(finding, texts)}\n`)).join("");
}

function lineOf({ path, range, severity, text, rule }: Placed, texts: CliTexts): string {
  const place = range === undefined ? "" : `${range.start.line + 1}:${range.start.character + 1}:`;
  return `${path}:${place} ${texts.labelled(texts.severity(severity), text)} [${rule}]`;
}

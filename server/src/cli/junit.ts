/** `check --format junit`: a suite for each file, a test case for each flow; an error fails its flow. */
import { escapeXml } from "../ladder/xml.ts";
import type { CaptureReport } from "./captures.ts";
import { type Placed, pathFrom, placedFindings } from "./places.ts";
import type { FileReport } from "./reports.ts";

interface Case {
  readonly name: string;
  readonly findings: readonly Placed[];
}

interface Suite {
  readonly path: string;
  readonly cases: readonly Case[];
}

/** The whole report, as XML. */
export function junitReport(reports: readonly FileReport[], captures: readonly CaptureReport[], cwd: string): string {
  const texts = reports.map((report): Suite => {
    const found = Map.groupBy(placedFindings([report], [], cwd), ({ from }) => from?.flow);
    const cases = report.flows.map((flow) => {
      const { title } = flow.replay.flow;
      const line = `line ${flow.fence.line + 1}`;
      return { name: title === undefined ? line : `${line}: ${title}`, findings: found.get(flow) ?? [] };
    });
    return { path: pathFrom(cwd, report.source.path), cases };
  });
  const packets = captures.map((capture): Suite => {
    const path = pathFrom(cwd, capture.path);
    return { path, cases: [{ name: "packets", findings: placedFindings([], [capture], cwd) }] };
  });
  const suites = [...texts, ...packets];
  const cases = suites.flatMap((suite) => suite.cases);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="tcpflowc" ${totals(cases)}>
${suites.map(suiteXml).join("")}</testsuites>
`;
}

function suiteXml({ path, cases }: Suite): string {
  const name = escapeXml(path);
  return `<testsuite name="${name}" ${totals(cases)}>
${cases.map((one) => caseXml(name, one)).join("")}</testsuite>
`;
}

function totals(cases: readonly Case[]): string {
  const failures = cases.filter(({ findings }) => findings.some(isFailure)).length;
  return `tests="${cases.length}" failures="${failures}" errors="0" skipped="0"`;
}

function isFailure({ severity, expected }: Placed): boolean {
  return severity === "error" && !expected;
}

function caseXml(file: string, { name, findings }: Case): string {
  const failed = findings.filter(isFailure);
  const others = findings.filter(
    ({ severity, expected }) => (severity === "warning" || severity === "info") && !expected,
  );
  const [first] = failed;
  const failure =
    first === undefined
      ? ""
      : `<failure type="${escapeXml(first.rule)}" message="${escapeXml(first.message)}">${said(failed)}</failure>\n`;
  const output = others.length === 0 ? "" : `<system-out>${said(others)}</system-out>\n`;
  return `<testcase classname="${file}" file="${file}" name="${escapeXml(name)}">\n${failure}${output}</testcase>\n`;
}

function said(findings: readonly Placed[]): string {
  return findings.map((finding) => escapeXml(`${lineOf(finding)}\n`)).join("");
}

function lineOf({ path, range, packet, severity, message, rule }: Placed): string {
  const place = range === undefined ? `packet ${packet}` : `${range.start.line + 1}:${range.start.character + 1}`;
  return `${path}:${place}: ${severity}: ${message} [${rule}]`;
}

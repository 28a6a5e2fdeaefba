import type { Severity } from "../flow/findings.ts";
import { readFilter } from "./capture-filter.ts";
import { captureSummary, prettyCapture } from "./capture-report.ts";
import { type CaptureChoice, type CaptureReport, checkCaptureFile, readVantage } from "./captures.ts";
import { codeQualityReport } from "./code-quality.ts";
import { type Command, readArguments, readChoice } from "./command.ts";
import { fixFile } from "./fix.ts";
import { githubReport } from "./github.ts";
import { type CaptureInput, readSources, reason } from "./inputs.ts";
import { CannotRun, type Io } from "./io.ts";
import { jsonReport } from "./json.ts";
import { junitReport } from "./junit.ts";
import { painter } from "./paint.ts";
import { placedFindings } from "./places.ts";
import { prettyReport, summary } from "./pretty.ts";
import { amount, checkSource, countFindings, type FileReport } from "./reports.ts";
import { sarifReport } from "./sarif.ts";
import { type RuleLevels, readLevels } from "./severities.ts";

const FORMATS = ["pretty", "json", "sarif", "github", "junit", "codequality"] as const;

const OPTIONS = {
  format: { type: "string", default: "pretty" },
  "max-warnings": { type: "string" },
  rule: { type: "string", multiple: true, default: [] as string[] },
  "stdin-filename": { type: "string" },
  vantage: { type: "string", default: "auto" },
  filter: { type: "string" },
  fix: { type: "boolean", default: false },
  hints: { type: "boolean", default: false },
  quiet: { type: "boolean", default: false },
} as const;

/** `tcpflowc check` */
export const check: Command = {
  name: "check",
  summary: "say what is wrong with flows",
  help: `Usage: tcpflowc check [options] PATH…

Checks .tcpflow files, the \`\`\`tcpflow fences of Markdown and MDX files, and captures (.pcap, .pcapng).
PATH is a file, a folder, a pattern such as "docs/**/*.md", or - for standard input.

  --format pretty|json|sarif|github|junit|codequality
                           pretty (default) for people, json for programs; sarif for code scanning, github for
                           annotations in GitHub Actions, junit for test reports, codequality for GitLab
  --max-warnings N         fail when there are more than N warnings
  --rule RULE=SEVERITY     error, warning, info, hint or off; may be repeated
  --stdin-filename NAME    what standard input is called; its ending says how it is read
  --vantage client|server|middle|auto
                           where a capture was taken; told from its handshakes by default
  --filter HOST:PORT       of captures only what goes to or from there; HOST or :PORT alone will do
  --fix                    apply the first fix of every error and warning
  --hints                  print hints too (pretty)
  --quiet                  print errors only (pretty)

Exit code: 0 no errors, 1 errors found, 2 could not run.
`,
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, OPTIONS);
    const format = readChoice("format", values.format, FORMATS);
    const levels = readLevels(values.rule);
    const mostWarnings = readCount("--max-warnings", values["max-warnings"]);
    if (values.fix && positionals.includes("-")) throw new CannotRun("--fix changes files; standard input is none");

    const choice = {
      vantage: readVantage(values.vantage),
      ...(values.filter === undefined ? {} : { filter: readFilter(values.filter) }),
    };

    const { sources, captures, complaints } = await readSources(positionals, io, values["stdin-filename"], {
      captures: true,
    });
    const checked = await checkAll(captures, choice, levels, io, complaints);
    let reports = sources.map((source) => checkSource(source, levels));
    if (values.fix) reports = await fixAll(reports, levels, io, complaints);
    for (const complaint of complaints) io.stderr(`tcpflowc: ${complaint}\n`);
    const counts = countFindings(reports, checked);
    if (format === "pretty") print(reports, checked, values, io);
    else io.stdout(REPORTS[format](reports, checked, io.cwd));

    if (complaints.length > 0) return 2;
    if (counts.error > 0) return 1;
    if (counts.warning <= mostWarnings) return 0;
    io.stderr(`tcpflowc: ${amount(counts.warning, "warning")}, more than --max-warnings ${mostWarnings}\n`);
    return 1;
  },
};

type Report = (reports: readonly FileReport[], captures: readonly CaptureReport[], cwd: string) => string;

/** What each format but the pretty one prints. */
const REPORTS: Readonly<Record<Exclude<(typeof FORMATS)[number], "pretty">, Report>> = {
  json: jsonReport,
  sarif: (...checked) => sarifReport(placedFindings(...checked)),
  github: (...checked) => githubReport(placedFindings(...checked)),
  junit: junitReport,
  codequality: (...checked) => codeQualityReport(placedFindings(...checked)),
};

function readCount(option: string, value: string | undefined): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  if (!/^\d{1,9}$/u.test(value)) throw new CannotRun(`${option}: "${value}" is not a number from 0 on`);
  return Number(value);
}

async function fixAll(
  reports: readonly FileReport[],
  levels: RuleLevels,
  io: Io,
  complaints: string[],
): Promise<FileReport[]> {
  const left: FileReport[] = [];
  for (const report of reports) {
    try {
      const mended = await fixFile(report, levels, io);
      for (const line of mended.applied) io.stderr(`${line}\n`);
      left.push(mended.report);
    } catch (error) {
      complaints.push(`${report.source.path}: ${reason(error)}`);
      left.push(report);
    }
  }
  return left;
}

/** Checks captures one after the other; what is broken gives a complaint, and what was read of it counts. */
async function checkAll(
  captures: readonly CaptureInput[],
  choice: CaptureChoice,
  levels: RuleLevels,
  io: Io,
  complaints: string[],
): Promise<CaptureReport[]> {
  const reports: CaptureReport[] = [];
  for (const capture of captures) {
    try {
      const report = await checkCaptureFile(capture, choice, levels, io);
      const { problem } = report;
      if (problem) complaints.push(`${capture.path}: octet ${problem.offset}: ${problem.message}`);
      reports.push(report);
    } catch (error) {
      complaints.push(`${capture.path}: ${reason(error)}`);
    }
  }
  return reports;
}

function print(
  reports: readonly FileReport[],
  captures: readonly CaptureReport[],
  { hints, quiet }: { hints: boolean; quiet: boolean },
  io: Io,
): void {
  const paint = painter(io.colour);
  const shows = (severity: Severity) => (severity === "hint" ? hints && !quiet : severity === "error" || !quiet);
  for (const report of reports) io.stdout(prettyReport(report, paint, shows));
  for (const capture of captures) io.stdout(prettyCapture(capture, paint, shows));
  if (!quiet) for (const capture of captures) io.stderr(captureSummary(capture));
  const counts = countFindings(reports, captures);
  if (quiet && counts.error === 0) return;
  const hidden = counts.hint > 0 && !shows("hint") && !quiet ? " (--hints shows them)" : "";
  io.stderr(`${summary(counts, reports, captures.length, paint)}${hidden}\n`);
}

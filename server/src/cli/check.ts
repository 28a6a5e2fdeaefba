import type { Severity } from "../flow/findings.ts";
import { CACHE_NAME, openCache } from "./cache.ts";
import { readFilter } from "./capture-filter.ts";
import { captureSummary, prettyCapture } from "./capture-report.ts";
import { type CaptureChoice, type CaptureReport, checkCaptureFile, readVantage } from "./captures.ts";
import { checkTexts } from "./check-texts.ts";
import { codeQualityReport } from "./code-quality.ts";
import { type Command, readArguments, readChoice } from "./command.ts";
import { readConfig } from "./config.ts";
import { fixFile } from "./fix.ts";
import { githubReport } from "./github.ts";
import { type CaptureInput, complaintAbout, listFiles } from "./inputs.ts";
import { CannotRun, type Io } from "./io.ts";
import { jsonReport } from "./json.ts";
import { junitReport } from "./junit.ts";
import { painter } from "./paint.ts";
import { placedFindings } from "./places.ts";
import { prettyReport, summary } from "./pretty.ts";
import { countFindings, type FileReport, weigh } from "./reports.ts";
import { sarifReport } from "./sarif.ts";
import { type RuleLevels, readLevels } from "./severities.ts";
import { cliTexts } from "./texts.ts";

const FORMATS = ["pretty", "json", "sarif", "github", "junit", "codequality"] as const;

const OPTIONS = {
  config: { type: "string" },
  "no-config": { type: "boolean", default: false },
  format: { type: "string", default: "pretty" },
  "max-warnings": { type: "string" },
  rule: { type: "string", multiple: true, default: [] as string[] },
  "stdin-filename": { type: "string" },
  vantage: { type: "string", default: "auto" },
  filter: { type: "string" },
  fix: { type: "boolean", default: false },
  hints: { type: "boolean", default: false },
  quiet: { type: "boolean", default: false },
  cache: { type: "boolean", default: false },
  "cache-location": { type: "string", default: CACHE_NAME },
} as const;

/** `tcpflowc check` */
export const check: Command = {
  name: "check",
  summary: { en: "say what is wrong with flows", "zh-cn": "检查交互中的错误" },
  help: {
    en: `Usage: tcpflowc check [options] PATH…

Checks .tcpflow files, the \`\`\`tcpflow fences of Markdown and MDX files, Mermaid sequence diagrams that
show TCP (in fences, and .mmd files), and captures (.pcap, .pcapng).
PATH is a file, a folder, a pattern such as "docs/**/*.md", or - for standard input.

  --format pretty|json|sarif|github|junit|codequality
                           pretty (default) for people, json for programs; sarif for code scanning, github for
                           annotations in GitHub Actions, junit for test reports, codequality for GitLab
  --max-warnings N         fail when there are more than N warnings
  --rule RULE=SEVERITY     error, warning, info, hint or off; may be repeated
  --stdin-filename NAME    what standard input is called; its ending says how it is read
  --vantage client|server|middle|auto
                           where a capture was taken; at an end more can be told than by default (auto)
  --filter HOST:PORT       of captures only what goes to or from there; HOST or :PORT alone will do
  --fix                    apply the first fix of every error and warning
  --hints                  print hints too (pretty)
  --quiet                  print errors only (pretty)
  --config FILE            severities, paths, what to ignore and other defaults; else the nearest
                           tcpflow.config.json here or in a folder above
  --no-config              no such file
  --cache                  check only files that have changed since the last run
  --cache-location FILE    where to keep what was found, else .tcpflowcache

Exit code: 0 no errors, 1 errors found, 2 could not run.
`,
    "zh-cn": `用法：tcpflowc check [选项] 路径…

检查 .tcpflow 文件、Markdown 和 MDX 中的 \`\`\`tcpflow 代码块、描述 TCP 的 Mermaid 时序图（代码块和 .mmd 文件），
以及抓包文件（.pcap、.pcapng）。
路径可以是文件、文件夹、模式（如 "docs/**/*.md"），标准输入写作 -。

  --format pretty|json|sarif|github|junit|codequality
                           pretty（默认）供人阅读，json 供程序读取；sarif 用于代码扫描，
                           github 用于 GitHub Actions 的标注，junit 用于测试报告，codequality 用于 GitLab
  --max-warnings N         警告多于 N 个即为失败
  --rule RULE=SEVERITY     级别为 error、warning、info、hint 或 off；可重复使用
  --stdin-filename NAME    标准输入的文件名；按扩展名决定读法
  --vantage client|server|middle|auto
                           抓包位置；默认（auto）只报告在任何位置都不对之处
  --filter HOST:PORT       只取抓包文件中与此有关的报文段；也可只写 HOST 或 :PORT
  --fix                    对每个错误和警告采用第一种改法
  --hints                  也显示提示（pretty）
  --quiet                  只显示错误（pretty）
  --config FILE            级别、路径、忽略的文件和其他默认值；默认取本文件夹或上级文件夹中最近的
                           tcpflow.config.json
  --no-config              不读这个文件
  --cache                  只检查上次运行后有改动的文件
  --cache-location FILE    保存检查结果的文件，默认为 .tcpflowcache

退出码：0 没有错误，1 有错误，2 无法运行。
`,
  },
  run: async (args, io) => {
    const { values: given, positionals } = readArguments(args, OPTIONS);
    const config = given["no-config"] ? undefined : await readConfig(io, given.config);
    const { values } = readArguments([...(config?.args ?? []), ...args], OPTIONS);
    const paths = positionals.length === 0 ? (config?.files ?? []) : positionals;
    const format = readChoice("format", values.format, FORMATS);
    const levels = readLevels(values.rule);
    const mostWarnings = readCount("--max-warnings", values["max-warnings"]);
    if (values.fix && positionals.includes("-")) throw new CannotRun((texts) => texts.fixesFiles);

    const choice = {
      vantage: readVantage(values.vantage),
      ...(values.filter === undefined ? {} : { filter: readFilter(values.filter) }),
    };

    const { files, captures, complaints } = await listFiles(paths, io, values["stdin-filename"], {
      captures: true,
      diagrams: true,
      ...(config ? { ignored: config.ignored } : {}),
    });
    const cache = values.cache ? openCache(values["cache-location"], io) : undefined;
    let reports = (await checkTexts(files, cache, io, complaints)).map((report) => weigh(report, levels));
    const checked = await checkAll(captures, choice, levels, io, complaints);
    if (values.fix) reports = await fixAll(reports, levels, io, complaints);
    for (const complaint of complaints) io.stderr(`tcpflowc: ${complaint}\n`);
    const counts = countFindings(reports, checked);
    if (format === "pretty") print(reports, checked, values, io);
    else io.stdout(REPORTS[format](reports, checked, io));

    if (complaints.length > 0) return 2;
    if (counts.error > 0) return 1;
    if (counts.warning <= mostWarnings) return 0;
    io.stderr(`tcpflowc: ${cliTexts(io.locale).tooManyWarnings(counts.warning, mostWarnings)}\n`);
    return 1;
  },
};

type Report = (reports: readonly FileReport[], captures: readonly CaptureReport[], io: Io) => string;

/** What each format but the pretty one prints. */
const REPORTS: Readonly<Record<Exclude<(typeof FORMATS)[number], "pretty">, Report>> = {
  json: jsonReport,
  sarif: (reports, captures, io) => sarifReport(placedFindings(reports, captures, io), io.locale),
  github: (...checked) => githubReport(placedFindings(...checked)),
  junit: junitReport,
  codequality: (...checked) => codeQualityReport(placedFindings(...checked)),
};

function readCount(option: string, value: string | undefined): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  if (!/^\d{1,9}$/u.test(value)) throw new CannotRun((texts) => texts.noCount(option, value));
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
      complaints.push(complaintAbout(report.source.path, error, io));
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
      const { problem, check, skipped } = report;
      if (problem) complaints.push(cliTexts(io.locale).atOctet(capture.path, problem.offset, problem.message));
      // Of a file that is no capture there is nothing more to say.
      if (!problem || check.segments > 0 || skipped.size > 0) reports.push(report);
    } catch (error) {
      complaints.push(complaintAbout(capture.path, error, io));
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
  if (reports.length === 0 && captures.length === 0) return;
  const paint = painter(io.colour);
  const texts = cliTexts(io.locale);
  const shows = (severity: Severity) => (severity === "hint" ? hints && !quiet : severity === "error" || !quiet);
  for (const report of reports) io.stdout(prettyReport(report, paint, shows, io.locale));
  for (const capture of captures) io.stdout(prettyCapture(capture, paint, shows, io.locale));
  if (!quiet) for (const capture of captures) io.stderr(captureSummary(capture, io.locale));
  const counts = countFindings(reports, captures);
  if (quiet && counts.error === 0) return;
  const hidden = counts.hint > 0 && !shows("hint") && !quiet ? texts.hintsHidden : "";
  io.stderr(`${summary(counts, reports, captures.length, paint, texts)}${hidden}\n`);
}

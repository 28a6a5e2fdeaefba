/** `check --format pretty`: the place, the line with the mistake marked, the reason and the fix. */
import stringWidth from "fast-string-width";
import type { Finding, Severity } from "../flow/findings.ts";
import type { Position } from "../flow/lines.ts";
import type { Locale } from "../flow/locale.ts";
import type { Paint } from "./paint.ts";
import { type Counts, type FileReport, type FlowReport, type Range, rangeInFile } from "./reports.ts";
import { type CliTexts, cliTexts } from "./texts.ts";

const STYLES = { error: "red", warning: "yellow", info: "blue", hint: "cyan" } as const;

/** All findings of a file but the expected ones; each ends in an empty line. */
export function prettyReport(
  report: FileReport,
  paint: Paint,
  shows: (severity: Severity) => boolean,
  locale: Locale,
): string {
  const text = report.source.text.split(/\r\n|\r|\n/u);
  return report.flows
    .flatMap((flow) =>
      flow.findings
        .filter((finding) => !finding.expected && shows(finding.severity))
        .map((finding) => prettyFinding(finding, report, flow, text, paint, cliTexts(locale))),
    )
    .join("");
}

/** A range of the text with what is to be said about it; the mistake itself, or a related place. */
interface Mark {
  readonly range: Range;
  readonly message: string;
  readonly main: boolean;
}

function prettyFinding(
  finding: Finding,
  { source, lines }: FileReport,
  { fence }: FlowReport,
  text: readonly string[],
  paint: Paint,
  texts: CliTexts,
): string {
  const range = rangeInFile(lines, fence, finding.span);
  const marks: Mark[] = [
    { range, message: "", main: true },
    ...finding.related.map((place) => ({
      range: rangeInFile(lines, fence, place.span),
      message: place.message,
      main: false,
    })),
  ];
  marks.sort((a, b) => a.range.start.line - b.range.start.line || Number(a.main) - Number(b.main));
  const gutter = String(Math.max(...marks.map((mark) => mark.range.start.line + 1))).length;
  const bar = paint("blue", "|");
  const out = [`${paint("bold", place(source.path, range.start))}: ${labelled(finding, paint, texts)}`];
  let shown = -1;
  for (const mark of marks) {
    const { line } = mark.range.start;
    const snippet = cutOut(text[line] ?? "", mark.range);
    if (line !== shown) out.push(`${paint("blue", String(line + 1).padStart(gutter + 1))} ${bar} ${snippet.text}`);
    shown = line;
    const style = mark.main ? STYLES[finding.severity] : "blue";
    const under =
      (mark.main ? "^" : "-").repeat(snippet.width) + (mark.message === "" ? "" : ` ${clean(mark.message)}`);
    out.push(`${" ".repeat(gutter + 1)} ${bar} ${" ".repeat(snippet.indent)}${paint(style, under)}`);
  }
  const remark = (text: string) => out.push(`${" ".repeat(gutter + 1)} ${paint("blue", "=")} ${text}`);
  if (finding.rfc !== undefined) remark(finding.rfc);
  for (const fix of finding.fixes) remark(texts.labelled(paint("green", texts.fix), clean(fix.title)));
  return `${out.join("\n")}\n\n`;
}

/** The severity, the message and the rule in brackets. */
export function labelled(
  { severity, message, rule }: Pick<Finding, "severity" | "message" | "rule">,
  paint: Paint,
  texts: CliTexts,
): string {
  const label = paint(STYLES[severity], texts.severity(severity));
  return `${texts.labelled(label, clean(message))} ${paint("dim", `[${rule}]`)}`;
}

/** As editors and compilers write a place: lines and characters from 1. */
export function place(path: string, { line, character }: Position): string {
  return `${path}:${line + 1}:${character + 1}`;
}

/** The widest piece of a line that is shown, in columns. */
const WIDEST = 140;
const TAB = "    ";

/** A line as shown, and what to mark in it: columns before the place and columns of the place. */
function cutOut(line: string, { start, end }: Range): { text: string; indent: number; width: number } {
  const until = end.line > start.line ? line.length : end.character;
  let before = clean(line.slice(0, start.character));
  const marked = clean(line.slice(start.character, until));
  let after = clean(line.slice(until));
  if (before.length > WIDEST / 2) before = `…${before.slice(-WIDEST / 2)}`;
  if (before.length + marked.length + after.length > WIDEST) {
    after = `${after.slice(0, Math.max(0, WIDEST - before.length - marked.length))}…`;
  }
  return { text: before + marked + after, indent: stringWidth(before), width: Math.max(1, stringWidth(marked)) };
}

/** Tabs as blanks; characters that would steer the terminal made visible. */
function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replaceAll("\t", TAB).replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/gu, "\uFFFD");
}

/** `2 errors and 1 warning in 3 flows`, or that there are none. */
export function summary(
  counts: Counts,
  reports: readonly FileReport[],
  captures: number,
  paint: Paint,
  texts: CliTexts,
): string {
  const flows = reports.reduce((sum, report) => sum + report.flows.length, 0);
  const where = [
    ...(reports.length > 0 || captures === 0 ? [texts.flows(flows, reports.length)] : []),
    ...(captures > 0 ? [texts.captures(captures)] : []),
  ];
  const found = (["error", "warning", "info", "hint"] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => paint(STYLES[severity], texts.found[severity](counts[severity])));
  const all = found.length === 0 ? paint("green", texts.noFindings) : texts.list(found);
  return texts.foundIn(all, texts.both(where));
}

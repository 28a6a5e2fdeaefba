/** `check --format json`: other programs read it, so it changes only by what is added. */
import type { Finding } from "../flow/findings.ts";
import type { LineTable } from "../flow/lines.ts";
import { editInFile, type FencePlace } from "../formats/markdown.ts";
import { jsonCapture } from "./capture-report.ts";
import type { CaptureReport } from "./captures.ts";
import { countFindings, type FileReport, rangeInFile } from "./reports.ts";

/** The whole report; ends in a newline. */
export function jsonReport(reports: readonly FileReport[], captures: readonly CaptureReport[]): string {
  const texts = reports.map(({ source, lines, flows }) => ({
    path: source.path,
    flows: flows.map(({ fence, segments, connections, findings }) => ({
      line: fence.line,
      segments,
      connections,
      findings: findings.map((finding) => jsonFinding(source, lines, fence, finding)),
    })),
  }));
  const files = [...texts, ...captures.map(jsonCapture)];
  const flows = files.reduce((sum, file) => sum + file.flows.length, 0);
  const summary = { files: files.length, flows, ...countFindings(reports, captures) };
  return `${JSON.stringify({ version: 1, files, summary })}\n`;
}

/** A finding with places in its file; lines and characters count from 0. */
export function jsonFinding(source: FileReport["source"], lines: LineTable, fence: FencePlace, finding: Finding) {
  const { rule, severity, message, rfc, segment, expected, span, related, fixes } = finding;
  return {
    rule,
    severity,
    message,
    rfc,
    segment,
    expected,
    range: rangeInFile(lines, fence, span),
    related: related.map((place) => ({ message: place.message, range: rangeInFile(lines, fence, place.span) })),
    fixes: fixes.map(({ title, edits }) => ({
      title,
      edits: edits.map((edit) => ({
        range: rangeInFile(lines, fence, edit.span),
        newText: editInFile(source.text, fence, edit).newText,
      })),
    })),
  };
}

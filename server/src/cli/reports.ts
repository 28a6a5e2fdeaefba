/** What a check found in one file, with the places in that file. */
import type { Finding, Severity } from "../flow/findings.ts";
import type { Span } from "../flow/flow.ts";
import { type LineTable, lineTable, type Position, positionAt } from "../flow/lines.ts";
import type { Locale } from "../flow/locale.ts";
import { replay } from "../flow/replay.ts";
import type { Replay } from "../flow/replay-types.ts";
import { type Fence, type FencePlace, offsetInFile, wholeFile } from "../formats/markdown.ts";
import { checkMermaid } from "../formats/mermaid.ts";
import { checkPacketdrill } from "../formats/packetdrill-check.ts";
import { parse } from "../language/parse.ts";
import type { CaptureReport } from "./captures.ts";
import { diagramsOf, type Source } from "./inputs.ts";
import type { Io } from "./io.ts";
import type { RuleLevels } from "./severities.ts";
import { cliTexts } from "./texts.ts";

/** A flow as checked; plain data. */
export interface FlowReport {
  readonly fence: FencePlace;
  readonly title: string | undefined;
  readonly segments: number;
  readonly connections: number;
  readonly findings: readonly Finding[];
}

/** A file as checked; plain data, that goes from thread to thread and into the cache. */
export interface FileReport {
  readonly source: Omit<Source, "flows">;
  readonly lines: LineTable;
  readonly flows: readonly FlowReport[];
}

/** Replays every flow of a file, and every Mermaid diagram in it that shows TCP; or a packetdrill script. */
export function checkSource(source: Source, locale: Locale): FileReport {
  const flows = source.flows.map((fence): FlowReport => {
    const { flow, ends, findings } = replayFence(fence, locale);
    const connections = new Set(ends.map((end) => end.connection)).size;
    return { fence: placeOf(fence), title: flow.title, segments: flow.segments.length, connections, findings };
  });
  const diagrams = diagramsOf(source).flatMap((fence): FlowReport[] => {
    const report = checkMermaid(fence.text, { firstLine: fence.line + 1, locale });
    return report ? [{ fence: placeOf(fence), ...report }] : [];
  });
  const scripts = source.kind === "script" ? [wholeFile(source.text)] : [];
  const tests = scripts.map(
    (fence): FlowReport => ({ fence: placeOf(fence), ...checkPacketdrill(fence.text, fence.line + 1, locale) }),
  );
  const inOrder = [...flows, ...diagrams, ...tests].sort((a, b) => a.fence.line - b.fence.line);
  const { flows: _, ...file } = source;
  return { source: file, lines: lineTable(source.text), flows: inOrder };
}

function placeOf({ text: _, ...place }: Fence): FencePlace {
  return place;
}

/** The report with the severities that were asked for; without findings that are off. */
export function weigh(report: FileReport, levels: RuleLevels): FileReport {
  if (levels.size === 0) return report;
  const flows = report.flows.map((flow) => ({
    ...flow,
    findings: flow.findings.flatMap((finding): Finding[] => {
      const severity = levels.get(finding.rule) ?? finding.severity;
      return severity === "off" ? [] : [{ ...finding, severity }];
    }),
  }));
  return { ...report, flows };
}

/** The replay of one flow; its messages name lines of the file. */
export function replayFence(fence: Fence, locale: Locale): Replay {
  return replay(parse(fence.text, { firstLine: fence.line + 1, locale }));
}

/** A place in the file; lines and characters count from 0. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export function rangeInFile(lines: LineTable, fence: FencePlace, span: Span): Range {
  const start = offsetInFile(fence, span.start);
  // The end belongs to the last character, not to what the container puts before the next line.
  const end = span.end > span.start ? offsetInFile(fence, span.end - 1) + 1 : start;
  return { start: positionAt(lines, start), end: positionAt(lines, end) };
}

export type Counts = Readonly<Record<Severity, number>>;

/** Findings by severity; those that an `@expect` met do not count. */
export function countFindings(reports: readonly FileReport[], captures: readonly CaptureReport[] = []): Counts {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { flows } of reports) {
    for (const { findings } of flows) for (const { severity, expected } of findings) if (!expected) counts[severity]++;
  }
  for (const { findings } of captures) for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** Errors that no `@expect` met. */
export function countErrors({ findings }: Replay): number {
  return findings.filter(({ severity, expected }) => severity === "error" && !expected).length;
}

/** For commands whose output is not the findings: a line about errors, which `check` explains. */
export function mentionErrors({ path }: Source, ofFlows: readonly number[], io: Io): void {
  const errors = ofFlows.reduce((sum, count) => sum + count, 0);
  if (errors > 0) io.stderr(`${cliTexts(io.locale).checkSaysWhich(path, errors)}\n`);
}

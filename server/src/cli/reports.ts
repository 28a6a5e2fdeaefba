/** What a check found in one file, with the places in that file. */
import type { Finding, Severity } from "../flow/findings.ts";
import type { Span } from "../flow/flow.ts";
import { type LineTable, lineTable, type Position, positionAt } from "../flow/lines.ts";
import type { Locale } from "../flow/locale.ts";
import { replay } from "../flow/replay.ts";
import type { Replay } from "../flow/replay-types.ts";
import { type Fence, offsetInFile, wholeFile } from "../formats/markdown.ts";
import { checkMermaid } from "../formats/mermaid.ts";
import { checkPacketdrill } from "../formats/packetdrill-check.ts";
import { parse } from "../language/parse.ts";
import type { CaptureReport } from "./captures.ts";
import { diagramsOf, type Source } from "./inputs.ts";
import type { Io } from "./io.ts";
import type { RuleLevels } from "./severities.ts";
import { cliTexts } from "./texts.ts";

/** A flow as checked. */
export interface FlowReport {
  readonly fence: Fence;
  readonly title: string | undefined;
  readonly segments: number;
  readonly connections: number;
  /** With the severities that were asked for; without those that are off. */
  readonly findings: readonly Finding[];
}

export interface FileReport {
  readonly source: Source;
  readonly lines: LineTable;
  readonly flows: readonly FlowReport[];
}

/** Replays every flow of a file, and every Mermaid diagram in it that shows TCP; or a packetdrill script. */
export function checkSource(source: Source, levels: RuleLevels, locale: Locale): FileReport {
  const weighed = (found: readonly Finding[]): Finding[] =>
    found.flatMap((finding): Finding[] => {
      const severity = levels.get(finding.rule) ?? finding.severity;
      return severity === "off" ? [] : [{ ...finding, severity }];
    });
  const flows = source.flows.map((fence): FlowReport => {
    const { flow, ends, findings } = replayFence(fence, locale);
    const connections = new Set(ends.map((end) => end.connection)).size;
    return { fence, title: flow.title, segments: flow.segments.length, connections, findings: weighed(findings) };
  });
  const diagrams = diagramsOf(source).flatMap((fence): FlowReport[] => {
    const report = checkMermaid(fence.text, { firstLine: fence.line + 1, locale });
    return report ? [{ fence, ...report, findings: weighed(report.findings) }] : [];
  });
  const scripts = source.kind === "script" ? [wholeFile(source.text)] : [];
  const tests = scripts.map((fence): FlowReport => {
    const report = checkPacketdrill(fence.text, fence.line + 1, locale);
    return { fence, ...report, findings: weighed(report.findings) };
  });
  const inOrder = [...flows, ...diagrams, ...tests].sort((a, b) => a.fence.line - b.fence.line);
  return { source, lines: lineTable(source.text), flows: inOrder };
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

export function rangeInFile(lines: LineTable, fence: Fence, span: Span): Range {
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

/** For commands whose output is not the findings: a line about errors, which `check` explains. */
export function mentionErrors({ path }: Source, replays: readonly Replay[], io: Io): void {
  const errors = replays.flatMap(({ findings }) =>
    findings.filter((found) => found.severity === "error" && !found.expected),
  );
  if (errors.length > 0) io.stderr(`${cliTexts(io.locale).checkSaysWhich(path, errors.length)}\n`);
}

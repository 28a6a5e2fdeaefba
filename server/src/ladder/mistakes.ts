/** Which findings a ladder shows, and on which part of it. */
import type { Finding, RuleId } from "../flow/findings.ts";
import type { SegmentPlaces, Span } from "../flow/flow.ts";
import { lineTable, positionAt } from "../flow/lines.ts";
import type { Replay } from "../flow/replay-types.ts";
import { printable } from "./printable.ts";
import type { LadderTexts } from "./texts.ts";

/** How a mark looks: red, amber, or muted for a hint that an `@expect` asked for. */
export type Level = "error" | "warning" | "info";

/** What of a segment is wrong; `line` is the whole of it. */
export type SegmentPart = "flags" | "seq" | "ack" | "len" | "win" | "urg" | "options" | "line";

/** A finding as the ladder shows it. */
export interface Mistake {
  readonly rule: RuleId;
  readonly level: Level;
  readonly message: string;
  readonly span: Span;
  /** Line of the text, as messages count it. */
  readonly line: number;
}

/** The findings that are shown, by what they stand on. */
export interface Mistakes {
  readonly ofSegment: ReadonlyMap<number, readonly Mistake[]>;
  readonly ofStatement: ReadonlyMap<number, readonly Mistake[]>;
  /** Those that belong to no statement. */
  readonly others: readonly Mistake[];
}

/** Errors, warnings, and whatever an `@expect` shows on purpose. */
export function mistakesOf(replay: Replay): Mistakes {
  const ofSegment = new Map<number, Mistake[]>();
  const ofStatement = new Map<number, Mistake[]>();
  const others: Mistake[] = [];
  const table = replay.findings.length === 0 ? [0] : lineTable(replay.flow.text);
  for (const finding of replay.findings) {
    const level = levelOf(finding);
    if (level === undefined) continue;
    const line = positionAt(table, finding.span.start).line + replay.flow.firstLine;
    const mistake = { rule: finding.rule, level, message: printable(finding.message), span: finding.span, line };
    if (finding.segment !== undefined) push(ofSegment, finding.segment, mistake);
    else if (finding.statement !== undefined) push(ofStatement, finding.statement, mistake);
    else others.push(mistake);
  }
  return { ofSegment, ofStatement, others };
}

function levelOf(finding: Finding): Level | undefined {
  if (finding.severity === "error" || finding.severity === "warning") return finding.severity;
  return finding.expected ? "info" : undefined;
}

function push(map: Map<number, Mistake[]>, key: number, mistake: Mistake): void {
  const list = map.get(key);
  if (list) list.push(mistake);
  else map.set(key, [mistake]);
}

/** The part of a segment line that a span lies in. */
export function partOf(span: Span, places: SegmentPlaces): SegmentPart {
  for (const part of ["flags", "seq", "ack", "len", "win", "urg", "options"] as const) {
    const place = places[part];
    if (place && span.start >= place.start && span.end <= place.end && place.end > place.start) return part;
  }
  return "line";
}

/** The gravest level of some mistakes. */
export function gravest(mistakes: readonly { readonly level: Level }[]): Level | undefined {
  let worst: Level | undefined;
  for (const { level } of mistakes) {
    if (level === "error") return level;
    if (worst === undefined || level === "warning") worst = level;
  }
  return worst;
}

/** A finding in one line of a picture of characters. */
export function mistakeText(texts: LadderTexts, { level, rule, message }: Mistake): string {
  return texts.finding(level === "info" ? texts.note : texts.severity(level), rule, message);
}

/** Verdicts of the rules as findings in the text. */
import type { Judgement } from "../tcp/emission.ts";
import { FIN, flagNames } from "../tcp/flags.ts";
import type { Reason, Verdict } from "../tcp/judgement.ts";
import { type Num, showNumber } from "../tcp/numbers.ts";
import { has } from "../tcp/segment.ts";
import type { Finding, Fix, RelatedPlace, RuleId, Severity } from "./findings.ts";
import {
  changeArrow,
  changeField,
  changeFlags,
  changeWindow,
  dropData,
  dropField,
  dropLine,
  dropOption,
  insertLineBefore,
  makeCross,
  writeFlags,
} from "./fixes.ts";
import type { Flow, Segment, Span, TcpOption } from "./flow.ts";
import { messageOf, type Words } from "./messages.ts";
import { RULES } from "./rules.ts";
import { lineOf, nameOf, type Run } from "./run.ts";
import { inShorthand } from "./shorthand.ts";
import { textsOf } from "./texts.ts";

/** Which other story would make the text right. */
export type Story = "lost" | "crossing";

/** Books a finding; the same rule at the same place of a repeated line is booked once. */
export function book(run: Run, booked: Finding): void {
  const finding = run.flow.shorthand ? inShorthand(booked) : booked;
  if (finding === undefined) return;
  const once = run.flow.shorthand && finding.rule === "missing-ack-flag";
  const key = once ? finding.rule : `${finding.rule}@${finding.span.start}`;
  if (run.reported.has(key)) return;
  run.reported.add(key);
  run.findings.push(finding);
  run.found = [...run.found, finding];
  const reading = finding.segment === undefined ? undefined : run.readings[finding.segment];
  if (reading) reading.findings = [...reading.findings, finding];
}

interface Place {
  readonly event: { readonly statement: number; readonly span: Span };
  readonly index: number;
  readonly segment: Segment;
}

/** Books what the rules say of a segment that leaves. */
export function report(
  run: Run,
  place: Place,
  verdict: Verdict,
  judgement: Judgement,
  stories: readonly Story[],
): void {
  const { segment, index, event } = place;
  const field = verdict.place === "ack" ? "ack" : "seq";
  const expected = verdict.expected && showNumber(verdict.expected, run.symbols);
  const words = wordsOf(run, place, verdict, field, expected);
  const related: RelatedPlace[] = [];
  const causeSegment = verdict.cause === undefined ? undefined : run.flow.segments[verdict.cause];
  const sender = run.ends[run.connections.senders[index] ?? 0];
  if (causeSegment && words.cause) related.push({ span: causeSegment.places.line, message: words.cause });
  book(run, {
    rule: verdict.rule,
    severity: severityOf(verdict, judgement, run.flow, sender?.block.opened ?? true),
    message: messageOf(verdict, words, run.flow.locale),
    rfc: verdict.rfc,
    span: spanOf(run.flow.text, segment, verdict),
    statement: event.statement,
    segment: index,
    related,
    fixes: fixesOf(run, place, verdict, expected, stories),
    expected: false,
  });
}

function severityOf(verdict: Verdict, { header }: Judgement, { shorthand }: Flow, opened: boolean): Severity {
  if (shorthand && verdict.reason === "new-symbol") return opened ? "hint" : "warning";
  if (shorthand && verdict.reason === "older-than-arrived") return "hint";
  if (verdict.rule === "missing-ack-flag" && has(header.flags, FIN)) return "warning";
  return RULES[verdict.rule satisfies RuleId].severity;
}

function spanOf(text: string, { places, options }: Segment, { place, option, block }: Verdict): Span {
  if (place === "segment") return places.line;
  if (place === "options" && option !== undefined)
    return optionSpan(options[option], block) ?? places.options ?? places.flags;
  const span = places[place] ?? places.flags;
  // Where no flag stands, the fields without one do.
  return span.start < span.end || places.fieldsEnd <= span.end
    ? span
    : { start: afterBlanks(text, span.end), end: places.fieldsEnd };
}

function optionSpan(option: TcpOption | undefined, block: number | undefined): Span | undefined {
  const part = option?.kind === "sack" && block !== undefined ? option.blocks[block] : undefined;
  return part?.span ?? option?.span;
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (/\s/u.test(text[at] ?? "")) at++;
  return at;
}

/** `the FIN at line 7`: the newest part of a segment that takes a number, and where it stands. */
function describe(run: Run, index: number): { cause: string; place: string; octets?: string } | undefined {
  const segment = run.flow.segments[index];
  const header = run.headers[index];
  if (!segment) return undefined;
  const texts = textsOf(run.flow.locale);
  const place = texts.line(lineOf(run, segment.places.line.start));
  const length = header && showNumber(header.data, run.symbols);
  const carries = header !== undefined && (header.data.constant !== 0 || header.data.terms.length > 0);
  const names = flagNames(segment.flags);
  const what = names.includes("RST")
    ? "RST"
    : names.includes("FIN")
      ? "FIN"
      : names.includes("SYN")
        ? names.includes("ACK")
          ? "SYN+ACK"
          : "SYN"
        : carries
          ? texts.data
          : "ACK";
  const found = { cause: texts.segmentAt(what, place), place };
  return length === undefined ? found : { ...found, octets: length };
}

function wordsOf(
  run: Run,
  { segment, index }: Place,
  verdict: Verdict,
  field: "seq" | "ack",
  expected: string | undefined,
): Words {
  const written = segment[field];
  const value =
    written?.kind === "number" ? showNumber(written.value, { kinds: new Map(), bindings: new Map() }) : undefined;
  const cause = verdict.cause === undefined ? undefined : describe(run, verdict.cause);
  return {
    sender: nameOf(run, run.connections.senders[index] ?? 0),
    receiver: nameOf(run, run.connections.receivers[index] ?? 0),
    field,
    ...(expected === undefined ? {} : { expected }),
    ...(value === undefined ? {} : { written: value }),
    ...(verdict.flags === undefined ? {} : { flags: writeFlags(verdict.flags) }),
    ...(verdict.state === undefined ? {} : { state: verdict.state }),
    ...cause,
  };
}

function fixesOf(
  run: Run,
  place: Place,
  verdict: Verdict,
  expected: string | undefined,
  stories: readonly Story[],
): Fix[] {
  const { segment, event } = place;
  const fixes = [ownFix(run, place, verdict) ?? placeFix(run, segment, verdict, expected)];
  fixes.push(...otherStories(run, place, verdict, stories));
  const found = fixes.filter((fix) => fix !== undefined);
  const misplaced = verdict.rule === "illegal-segment" || verdict.rule === "wrong-reset";
  return found.length === 0 && misplaced
    ? [dropLine(run.flow, event.span, textsOf(run.flow.locale).removeSegment)]
    : found;
}

/** Rules with a way of their own to be mended. */
function ownFix({ flow }: Run, { segment, event }: Place, { rule }: Verdict): Fix | undefined {
  const texts = textsOf(flow.locale);
  switch (rule) {
    case "undrawn-data":
      return insertLineBefore(flow, event.span, "...", texts.sayDataIsLeftOut);
    case "ack-without-flag":
      return dropField(flow, segment, "ack");
    case "unneeded-ack":
      return dropLine(flow, event.span, texts.removeAck);
    case "unneeded-retransmission":
      return dropLine(flow, event.span, texts.removeRetransmission);
    case "data-after-fin":
      return dropData(flow, segment);
    default:
      return undefined;
  }
}

/** The right flags, number or option at the place that is wrong. */
function placeFix(run: Run, segment: Segment, verdict: Verdict, expected: string | undefined): Fix | undefined {
  const { flow } = run;
  const { place, flags, option, rule } = verdict;
  if (place === "options") return option === undefined ? undefined : optionFix(run, segment, verdict, option);
  if (place === "flags") return flags === undefined ? undefined : changeFlags(flow, segment, flags);
  if (place === "segment") return undefined;
  if (place === "win") return expected === undefined ? undefined : changeWindow(flow, segment, expected);
  if (expected !== undefined) return changeField(flow, segment, place, expected);
  return rule === "borrowed-number" || place === "len" ? undefined : dropField(flow, segment, place);
}

/** An option that may not stand here goes; a wrong echo or block gets its right numbers. */
function optionFix(run: Run, segment: Segment, verdict: Verdict, index: number): Fix | undefined {
  const option = segment.options[index];
  if (!option) return undefined;
  if (verdict.rule === "option-not-allowed") return dropOption(run.flow, segment, index);
  const { expected, edges } = verdict;
  if (option.kind === "TS" && expected) {
    const text = `TS val ${option.value} ecr ${expected.constant}`;
    return { title: textsOf(run.flow.locale).changeTo(text), edits: [{ span: option.span, newText: text }] };
  }
  const [left, right] = edges ? [showNumber(edges.left, run.symbols), showNumber(edges.right, run.symbols)] : [];
  if (option.kind !== "sack" || left === undefined || right === undefined) return undefined;
  const text = `${left}:${right}`;
  return {
    title: textsOf(run.flow.locale).changeBlock(text),
    edits: [{ span: spanOf(run.flow.text, segment, verdict), newText: text }],
  };
}

/** Findings that would vanish if a segment had arrived. */
const NEVER_CAME: ReadonlySet<Reason> = new Set(["lost", "nothing-arrived", "not-yet-open", "above-hole"]);

/** The segment arrived after all, was lost, or crossed this one. */
function otherStories(
  run: Run,
  { segment, index }: Place,
  verdict: Verdict,
  stories: readonly Story[],
): (Fix | undefined)[] {
  const found: (Fix | undefined)[] = [];
  const cause = verdict.cause === undefined ? undefined : run.flow.segments[verdict.cause];
  if (cause && verdict.cause !== undefined && NEVER_CAME.has(verdict.reason) && run.fates[verdict.cause] === "lost") {
    const line = lineOf(run, cause.places.line.start);
    found.push(changeArrow(cause, "->", textsOf(run.flow.locale).letArrive(line)));
  }
  const before = run.ends[run.connections.senders[index] ?? 0]?.before;
  const last = before && run.flow.segments[before.segment];
  if (!before || !last) return found;
  if (stories.includes("crossing") && index === before.segment + 1) {
    found.push(makeCross(run.flow, last.places.line, segment.places.line));
  }
  if (stories.includes("lost")) {
    const line = lineOf(run, last.places.line.start);
    found.push(changeArrow(last, "-x", textsOf(run.flow.locale).letBeLost(line)));
  }
  return found;
}

/** A number as text where the flow has a name for it. */
export function write(run: Run, n: Num | undefined): string | undefined {
  return n && showNumber(n, run.symbols);
}

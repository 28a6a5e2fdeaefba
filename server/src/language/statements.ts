/** All statements but segments, as the schedule takes them. */
import type { Span, TimerName } from "../flow/flow.ts";
import type { Moment, Statement } from "../flow/statements.ts";
import { readClaims, readSubject } from "./claims.ts";
import { findEndpoint } from "./endpoints.ts";
import type * as ast from "./generated/ast.ts";
import { nearest } from "./nearest.ts";
import { childrenOf, childSpan, complain, didYouMean, type Reading, readWord, replace, spanOf } from "./reading.ts";
import { missingColon, readSegment } from "./segments.ts";
import { readUnread } from "./unread.ts";
import { readDuration, readString, readSum } from "./values.ts";
import { CALLS, TIMERS } from "./words.ts";

/** How often a block may be repeated. */
const MOST_ROUNDS = 1000;

/** Reads the statements of a block. */
type Body = (block: ast.Block) => readonly Statement[];

/** What the statement does in time; nothing if it does nothing there or cannot be read, then with a finding. */
export function readStatement(
  reading: Reading,
  node: ast.Statement,
  span: Span,
  moment: Moment | undefined,
  body: Body,
): Statement | undefined {
  if (node.$type === "Segment") {
    const segment = readSegment(reading, node, span);
    return segment && moment ? { ...segment, moment } : segment;
  }
  const base = { number: reading.statement, span, ...(moment === undefined ? {} : { moment }) };
  switch (node.$type) {
    case "Assert": {
      const claims = readClaims(reading, node);
      return claims.length > 0 ? { ...base, kind: "assert", claims } : undefined;
    }
    case "Call":
      return readCall(reading, node, base);
    case "Timeout":
      return { ...base, kind: "timeout", subject: subjectOf(reading, node), ...readTimer(reading, node, span) };
    case "Crash":
      return { ...base, kind: "crash", endpoint: findEndpoint(reading, node.name, childSpan(node, 0)) };
    case "Arrival":
      return readWay(reading, node, base, node.again ? "again" : "arrives");
    case "Loss":
      if (!node.lost) complain(reading, "syntax", childSpan(node, -1), reading.texts.write(`${node.name} gets lost`));
      return readWay(reading, node, base, "lost");
    case "Wait": {
      const duration = readDuration(reading, node.time, node.time === undefined ? span : childSpan(node, -1));
      return duration && { ...base, kind: "wait", duration, text: node.time ?? "" };
    }
    case "Elision":
      return readElision(reading, node, base);
    case "Section":
      return { ...base, kind: "section", text: readText(reading, node) };
    case "Note":
      return readNote(reading, node, base);
    case "Crossing":
      return node.block && { ...base, kind: "crossing", body: body(node.block) };
    case "Repeat":
      return node.block && readRepeat(reading, node, base, body(node.block));
    case "Title":
      readText(reading, node);
      return undefined;
    case "Unread":
      readUnread(reading, node);
      return undefined;
    default:
      return undefined;
  }
}

interface Base {
  readonly number: number;
  readonly span: Span;
  readonly moment?: Moment;
}

/** The endpoint that a statement begins with, and the peer that it names. */
function subjectOf(reading: Reading, node: ast.Call | ast.Timeout) {
  const name = childSpan(node, 0);
  const span = node.port === undefined ? name : { start: name.start, end: childSpan(node, 1).end };
  return readSubject(reading, node, span, node);
}

function readCall(reading: Reading, node: ast.Call, base: Base): Statement | undefined {
  const children = childrenOf(node);
  const verb = children.findIndex((child) => child.text === "calls");
  if (node.call === undefined) {
    complain(reading, "syntax", childSpan(node, verb), reading.texts.whichCall(CALLS));
    return undefined;
  }
  const place = childSpan(node, verb + 1);
  const call = readWord(reading, node.call, place, CALLS, "user call");
  if (call === undefined) return undefined;
  const subject = subjectOf(reading, node);
  if (node.terms.length === 0) return { ...base, kind: "call", subject, call, place };
  const number = readSum(reading, node.terms, base.span);
  const octets = number?.terms.length === 0 ? number.constant : undefined;
  if (call !== "send") {
    complain(reading, "syntax", base.span, reading.texts.takesNoNumber(call));
  } else if (octets === undefined && number !== undefined) {
    complain(reading, "syntax", base.span, reading.texts.howManyOctets);
  }
  return {
    ...base,
    kind: "call",
    subject,
    call,
    place,
    ...(octets === undefined || call !== "send" ? {} : { octets }),
  };
}

/** How else timers are called. */
const OTHER_TIMERS: Readonly<Record<string, TimerName>> = {
  rto: "retransmission",
  retransmit: "retransmission",
  probe: "persist",
  "2msl": "time-wait",
};

function readTimer(reading: Reading, node: ast.Timeout, span: Span): { timer: TimerName; place: Span } {
  if (node.timer === undefined) return { timer: "retransmission", place: span };
  const place = childSpan(node, node.port === undefined ? 2 : 3);
  const other = OTHER_TIMERS[node.timer.toLowerCase()];
  if (other) didYouMean(reading, node.timer, place, other, "timer");
  return { timer: other ?? readWord(reading, node.timer, place, TIMERS, "timer") ?? "retransmission", place };
}

function readWay(
  reading: Reading,
  node: ast.Arrival | ast.Loss,
  base: Base,
  end: "arrives" | "again" | "lost",
): Statement | undefined {
  const place = childSpan(node, 0);
  if (reading.tags.has(node.name)) return { ...base, kind: "way", name: node.name, end, place };
  const near = nearest(node.name, [...reading.tags.keys()]);
  if (near === undefined) {
    complain(reading, "unknown-name", place, reading.texts.noSuchSegment(node.name));
    return undefined;
  }
  complain(reading, "unknown-name", place, reading.texts.didYouMeanSegment(node.name, near), {
    fixes: [replace(reading, place, near)],
  });
  return { ...base, kind: "way", name: near, end, place };
}

/** The text in quotes that a heading or an elision shows. */
function readText(reading: Reading, node: ast.Title | ast.Section | ast.Elision | ast.Note): string {
  if (node.text !== undefined) return readString(reading, node.text, childSpan(node, -1));
  const span = spanOf(node);
  complain(reading, "syntax", span, reading.texts.textMissing, { fixes: quoteRest(reading, span.end) });
  return "";
}

/** Puts the rest of the line into quotes, if there is one without any. */
function quoteRest(reading: Reading, start: number) {
  const { text, texts } = reading;
  const [, blanks = "", words = ""] = /^([ \t]*)([^\r\n"{}]*)/u.exec(text.slice(start, start + 500)) ?? [];
  const rest = words.replace(/\/[/*].*$/u, "").trimEnd();
  if (rest === "") return [];
  const from = start + blanks.length;
  return [replace(reading, { start: from, end: from + rest.length }, `"${rest}"`, texts.quote)];
}

function readElision(reading: Reading, node: ast.Elision, base: Base): Statement {
  if (node.text !== undefined) return { ...base, kind: "elide", text: readText(reading, node) };
  const fixes = quoteRest(reading, base.span.end);
  if (fixes.length > 0) complain(reading, "syntax", base.span, reading.texts.elisionQuoted, { fixes });
  return { ...base, kind: "elide" };
}

/** `over client`, `left of client`: as Mermaid says it. */
const BESIDE = /^note[ \t]+((?:over|(?:left|right)[ \t]+of)[ \t]+)[\p{L}_]/u;

function readNote(reading: Reading, node: ast.Note, base: Base): Statement | undefined {
  const last = node.endpoints.at(-1);
  if (last === undefined) {
    complain(reading, "syntax", childSpan(node, 0), reading.texts.besideWhich);
    return undefined;
  }
  const [, beside] = BESIDE.exec(reading.text.slice(base.span.start, base.span.start + 200)) ?? [];
  if (beside !== undefined) {
    const { start } = spanOf(last);
    const place = { start, end: start + beside.length };
    complain(reading, "syntax", { start, end: place.end - 1 }, reading.texts.noteStands, {
      fixes: [replace(reading, place, "", reading.texts.removeText(beside.trim()))],
    });
    return undefined;
  }
  const text = readText(reading, node);
  if (node.text === undefined) return undefined;
  if (!node.colon) missingColon(reading, last.name, spanOf(last));
  const endpoints = node.endpoints.map((party) => {
    const { start } = spanOf(party);
    return findEndpoint(reading, party.name, { start, end: start + party.name.length });
  });
  return { ...base, kind: "note", endpoints: [...new Set(endpoints)], text };
}

function readRepeat(reading: Reading, node: ast.Repeat, base: Base, body: readonly Statement[]): Statement {
  const place =
    node.count === undefined ? { start: base.span.start, end: base.span.start + "repeat".length } : childSpan(node, 1);
  let count = /^[0-9]+$/.test(node.count ?? "") ? Number(node.count) : 0;
  if (node.count === undefined) complain(reading, "syntax", place, reading.texts.howOften);
  else if (count < 1 || count > MOST_ROUNDS) complain(reading, "syntax", place, reading.texts.rounds(MOST_ROUNDS));
  count = Math.min(Math.max(count, 1), MOST_ROUNDS);
  return { ...base, kind: "repeat", count, place, body };
}

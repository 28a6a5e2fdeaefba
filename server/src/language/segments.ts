/** Segment lines. */
import { isCompositeCstNode, isLeafCstNode } from "langium";
import type { Segment, Socket, Span, TcpOption, Written } from "../flow/flow.ts";
import type { Statement } from "../flow/statements.ts";
import { FLAG_BITS, FLAG_NAMES, type Flags } from "../tcp/flags.ts";
import { num, sameForm, signed } from "../tcp/numbers.ts";
import { readSocket } from "./endpoints.ts";
import type { Field, Part, Segment as SegmentNode, Stray, Tag } from "./generated/ast.ts";
import { nearest } from "./nearest.ts";
import { readOptions } from "./options.ts";
import { childSpan, complain, type Reading, readWord, replace, spanOf } from "./reading.ts";
import { octets, readDuration, readInteger, readString, readWritten, valueSpan } from "./values.ts";

type Fate = "arrives" | "lost" | "waits";

const FATES: Readonly<Record<string, Fate>> = { "->": "arrives", "-x": "lost", "~>": "waits" };

const FIELDS = ["seq", "ack", "len", "win", "urg", "data"] as const;
type FieldName = (typeof FIELDS)[number];

/** Names that other tools give to fields. */
const FIELD_ALIASES: Readonly<Record<string, FieldName>> = {
  seqno: "seq",
  sequence: "seq",
  acknum: "ack",
  length: "len",
  window: "win",
  wnd: "win",
  urp: "urg",
  payload: "data",
};

const NEEDS_FLAGS = "a segment needs flags: SYN, ACK, FIN, RST, PSH, URG, ECE or CWR";

/** A segment line while it is read. */
interface Draft {
  flags: Flags;
  seq?: Written;
  ack?: Written;
  len?: Written;
  win?: number;
  urg?: number;
  data?: string;
  label?: string;
  name?: string;
  old: boolean;
  takes?: number;
  source?: Socket;
  options: TcpOption[];
  readonly fields: { [Field in FieldName | "options"]?: Span };
  /** A word was found that belongs nowhere; one finding a line. */
  stray: boolean;
}

/** Where the signs and names of the line stand. */
interface Marks {
  readonly from: Span;
  readonly arrow: Span;
  readonly to: Span | undefined;
  readonly colon: Span | undefined;
  readonly flags: Span | undefined;
  /** Flags apart from the others. */
  readonly apart: Span | undefined;
  /** Behind the flags and the last field. */
  readonly fieldsEnd: number;
}

/** The statement of a segment line; nothing, with a finding, if it is too short to be a segment. */
export function readSegment(reading: Reading, node: SegmentNode, line: Span): Statement | undefined {
  const known = reading.problems.length;
  const marks = findMarks(node, line);
  const { arrow } = marks;
  const fate = FATES[node.arrow] ?? likelyFate(reading, node, marks);
  if (node.to === undefined || marks.to === undefined) {
    complain(reading, "syntax", arrow, `who receives it? Write \`${node.name} ${node.arrow} NAME: SYN\``);
    return undefined;
  }
  const draft: Draft = { flags: 0, old: false, options: [], fields: {}, stray: false };
  for (const text of node.flags) draft.flags |= flagsOf(text);
  for (const part of node.parts) readPart(reading, draft, part);
  if (marks.apart) complain(reading, "syntax", marks.apart, "flags stand together before the fields, joined by +");
  if (!node.colon && (node.flags.length > 0 || node.parts.length > 0)) missingColon(reading, node.to, marks.to);
  if (draft.flags === 0 && node.parts.length === 0) complain(reading, "syntax", marks.colon ?? marks.to, NEEDS_FLAGS);
  // Without flags, and already with a finding: most likely half-typed.
  if (draft.flags === 0 && reading.problems.length > known) return undefined;
  checkLength(reading, draft);
  let from = readSocket(reading, node.name, node.port, marks.from);
  let to = readSocket(reading, node.to, node.toPort, marks.to);
  if (node.arrow.startsWith("<") || node.arrow === "←" || node.arrow === "⇐") [from, to] = [to, from];
  if (from.endpoint === to.endpoint) {
    complain(reading, "syntax", marks.to, "a segment goes from one endpoint to another");
    return undefined;
  }
  return {
    kind: "segment",
    number: reading.statement,
    span: line,
    segment: finish(draft, from, to, marks, line),
    fate,
    ...(draft.takes === undefined ? {} : { takes: draft.takes }),
  };
}

function finish(draft: Draft, sender: Socket, to: Socket, marks: Marks, line: Span): Segment {
  const { flags, old, options, fields, source } = draft;
  const behindColon = marks.colon?.end ?? marks.to?.end ?? line.end;
  const segment: { -readonly [Key in keyof Segment]: Segment[Key] } = {
    from: sender,
    to,
    flags,
    options,
    old,
    places: {
      line,
      from: marks.from,
      arrow: marks.arrow,
      to: marks.to ?? line,
      flags: marks.flags ?? { start: behindColon, end: behindColon },
      fieldsEnd: marks.fieldsEnd,
      ...placesOf(fields),
    },
  };
  if (source) {
    segment.from = source.port === undefined && sender.port !== undefined ? { ...source, port: sender.port } : source;
    if (source.endpoint !== sender.endpoint) segment.forgedBy = sender.endpoint;
  }
  if (draft.seq) segment.seq = draft.seq;
  if (draft.ack) segment.ack = draft.ack;
  if (draft.len) segment.len = draft.len;
  if (draft.win !== undefined) segment.win = draft.win;
  if (draft.urg !== undefined) segment.urg = draft.urg;
  if (draft.data !== undefined) segment.data = draft.data;
  if (draft.label !== undefined) segment.label = draft.label;
  if (draft.name !== undefined) segment.name = draft.name;
  return segment;
}

function placesOf({ data, ...fields }: Draft["fields"]): Draft["fields"] {
  return data && !fields.len ? { ...fields, len: data } : fields;
}

function findMarks(node: SegmentNode, line: Span): Marks {
  let from: Span = line;
  let arrow: Span = line;
  let to: Span | undefined;
  let colon: Span | undefined;
  let flags: Span | undefined;
  let apart: Span | undefined;
  let fieldsEnd = line.start;
  let hasParts = false;
  const cst = node.$cstNode;
  const children = cst && isCompositeCstNode(cst) ? cst.content : [];
  for (const child of children) {
    if (child.hidden) continue;
    const { offset: start, end } = child;
    if (!isLeafCstNode(child)) {
      hasParts = true;
      if (child.astNode.$type === "Field") fieldsEnd = end;
      continue;
    }
    switch (child.tokenType.name) {
      case "ID":
        if (arrow === line) from = { start, end };
        else to = { start, end };
        break;
      case "PORT":
        if (to) to = { start: to.start, end };
        else from = { start: from.start, end };
        break;
      case "ARROW":
        arrow = { start, end };
        break;
      case ":":
        colon = { start, end };
        fieldsEnd = end;
        break;
      case "FLAGS":
        if (flags && hasParts) apart ??= { start, end };
        else flags = { start: flags?.start ?? start, end };
        fieldsEnd = end;
    }
  }
  return { from, arrow, to, colon, flags, apart, fieldsEnd };
}

/** The arrow that was meant by one of another notation. */
function likelyFate(reading: Reading, node: SegmentNode, { from, arrow, to }: Marks): Fate {
  const { arrow: sign } = node;
  const meant = /x/iu.test(sign) ? "-x" : sign.startsWith("~") ? "~>" : "->";
  const turned = /^[<←⇐]/u.test(sign);
  const { text } = reading;
  const fix =
    turned && to
      ? replace(
          { start: from.start, end: to.end },
          `${text.slice(to.start, to.end)} -> ${text.slice(from.start, from.end)}`,
        )
      : replace(arrow, meant);
  const message = turned
    ? "arrows point to the right: the sender stands first"
    : "arrows are -> for a segment that arrives, -x for one that is lost, ~> for one that stays under way";
  complain(reading, "syntax", arrow, message, { fixes: [fix] });
  return FATES[meant] ?? "arrives";
}

function missingColon(reading: Reading, name: string, to: Span): void {
  complain(reading, "syntax", to, `a colon is missing behind \`${name}\``, {
    fixes: [{ title: "Write a colon", edits: [{ span: { start: to.end, end: to.end }, newText: ":" }] }],
  });
}

const FLAGS_BY_TEXT = new Map<string, Flags>();

/** `SYN+ACK`, with any of the signs that join flags. */
function flagsOf(text: string): Flags {
  let flags = FLAGS_BY_TEXT.get(text);
  if (flags === undefined) {
    const names = text.split(/[^A-Z]/u);
    flags = FLAG_NAMES.reduce((sum, name) => (names.includes(name) ? sum | FLAG_BITS[name] : sum), 0);
    FLAGS_BY_TEXT.set(text, flags);
  }
  return flags;
}

function readPart(reading: Reading, draft: Draft, part: Part): void {
  switch (part.$type) {
    case "Field":
      return readField(reading, draft, part);
    case "Options":
      if (draft.fields.options) return twice(reading, "options", spanOf(part));
      draft.fields.options = spanOf(part);
      draft.options = readOptions(reading, part);
      return;
    case "Label":
      if (draft.label !== undefined) return twice(reading, "the label", spanOf(part));
      draft.label = readString(reading, part.text, spanOf(part));
      return;
    case "Tag":
      return readTag(reading, draft, part);
    case "Takes": {
      const duration = readDuration(reading, part.time, childSpan(part, -1));
      if (duration) draft.takes = duration.unit === "us" ? duration.amount : duration.amount * reading.settings.rto;
      return;
    }
    case "Old":
      draft.old = true;
      return;
    case "Spoofing":
      if (part.source) draft.source = readSocket(reading, part.source.name, part.source.port, spanOf(part.source));
      else complain(reading, "syntax", spanOf(part), "whose address is forged? Write `spoofing NAME`");
      return;
    case "Stray":
      return readStray(reading, draft, part);
  }
}

function twice(reading: Reading, what: string, span: Span): void {
  const before = reading.text.slice(0, span.start).trimEnd().length;
  complain(reading, "duplicate-name", span, `${what} stands here twice`, {
    fixes: [replace({ start: before, end: span.end }, "", "Remove the second")],
  });
}

function readField(reading: Reading, draft: Draft, node: Field): void {
  const span = spanOf(node);
  const written = node.name;
  const lower = written.toLowerCase();
  const name =
    FIELDS.find((field) => field === lower) ??
    FIELD_ALIASES[lower] ??
    readWord(reading, written, { start: span.start, end: span.start + written.length }, FIELDS, "field");
  if (name === undefined) return;
  if (draft.fields[name]) return twice(reading, name, span);
  draft.fields[name] = span;
  switch (name) {
    case "seq":
    case "ack":
    case "len": {
      const value = readWritten(reading, node, name, span);
      if (value) draft[name] = value;
      return;
    }
    case "win":
    case "urg": {
      const value = readInteger(reading, node, name, span, 0xffff);
      if (value !== undefined) draft[name] = value;
      return;
    }
    case "data":
      if (node.quoted === undefined) complain(reading, "syntax", span, 'data is written in quotes: data="Hello"');
      else draft.data = readString(reading, node.quoted, valueSpan(node));
  }
}

/** A length is not negative, and that of the data where both are written. */
function checkLength(reading: Reading, draft: Draft): void {
  const { len, data, fields } = draft;
  if (len?.kind === "number" && len.value.terms.length === 0 && signed(len.value) < 0) {
    complain(reading, "syntax", fields.len ?? len.span, "a length is never negative");
    delete draft.len;
  }
  if (data === undefined || !fields.data) return;
  const count = octets(data);
  if (len?.kind === "number" && !sameForm(len.value, num(count))) {
    complain(reading, "syntax", fields.len ?? len.span, `the data has ${count} octets, so len is ${count}`, {
      fixes: [replace(len.span, String(count), `Change len to ${count}`)],
    });
  }
  if (len?.kind !== "blank") draft.len = { kind: "number", value: num(count), span: fields.data };
}

/** `as NAME`. */
function readTag(reading: Reading, draft: Draft, node: Tag): void {
  const span = spanOf(node);
  if (node.name === undefined) return complain(reading, "syntax", span, "which name? Write `as NAME`");
  const nameSpan = childSpan(node, -1);
  const first = reading.tags.get(node.name);
  if (first && first.start !== nameSpan.start) {
    return complain(reading, "duplicate-name", nameSpan, `another segment is called \`${node.name}\` already`, {
      related: [{ span: first, message: `the first \`${node.name}\`` }],
    });
  }
  draft.name = node.name;
}

/** A word that belongs nowhere: a flag or a field misspelt, or `seq` without its `=`. */
function readStray(reading: Reading, draft: Draft, node: Stray): void {
  if (draft.stray) return;
  draft.stray = true;
  const { word } = node;
  const span = spanOf(node);
  const flag = nearest(word, FLAG_NAMES);
  const exact = FLAG_NAMES.find((name) => name === word.toUpperCase());
  const field = FIELDS.find((name) => name === word.toLowerCase());
  if (field && field !== "ack" && exact === undefined) {
    return complain(reading, "syntax", span, `\`${field}\` needs a value: \`${field}=…\``);
  }
  const meant = exact ?? FLAG_NAMES.find((name) => name === flag);
  if (meant !== undefined && (draft.flags & FLAG_BITS[meant]) === 0) {
    draft.flags |= FLAG_BITS[meant];
    return complain(reading, "unknown-name", span, `\`${word}\` is no flag; did you mean \`${meant}\`?`, {
      fixes: [replace(span, meant)],
    });
  }
  complain(
    reading,
    "syntax",
    span,
    `\`${word}\` does not belong here; ${draft.flags === 0 ? NEEDS_FLAGS : "a segment has flags, fields and a label in quotes"}`,
  );
}

/** What stands behind the colon of a segment line: flags, fields, options and the rest. */
import { type CstNode, isLeafCstNode, type LeafCstNode } from "langium";
import type { Segment, SegmentPlaces, Socket, Span } from "../flow/flow.ts";
import { FLAG_BITS, FLAG_NAMES, type Flags } from "../tcp/flags.ts";
import { num, sameForm, signed } from "../tcp/numbers.ts";
import { readSocket } from "./endpoints.ts";
import type { Part, Segment as SegmentNode, Tag } from "./generated/ast.ts";
import { readOptions } from "./options.ts";
import { childSpan, complain, type Reading, readWord, replace, spanOf } from "./reading.ts";
import { missingBrackets, readStray } from "./strays.ts";
import { type KeyedValue, kindOf, octets, readDuration, readInteger, readString, readWritten } from "./values.ts";
import { FIELDS, type FieldName, fieldOf, optionOf } from "./words.ts";

type Mutable<Data> = { -readonly [Key in keyof Data]: Data[Key] };

/** A segment line while it is read. */
export interface Draft {
  readonly segment: Mutable<Segment>;
  readonly places: Mutable<SegmentPlaces>;
  /** Microseconds under way. */
  takes?: number;
  /** The forged source. */
  source?: Socket;
  /** Where `data="…"` stands. */
  data?: Span;
  /** A word was found that belongs nowhere; one finding a line. */
  stray?: boolean;
}

/**
 * Reads what stands behind the colon, in its order.
 * @param behind the tokens and nodes there
 */
export function readParts(reading: Reading, draft: Draft, node: SegmentNode, behind: readonly CstNode[]): void {
  let part = 0;
  let key = 0;
  let term = 0;
  for (let i = 0; i < behind.length; i++) {
    const child = behind[i];
    const next = node.parts[part];
    if (next !== undefined && next.$cstNode === child) {
      readPart(reading, draft, next);
      part++;
    } else if (isToken(child, "KEY")) {
      const first = i + 1;
      while (isToken(behind[i + 1], "TERM")) i++;
      const terms = node.terms.slice(term, term + i + 1 - first);
      term += terms.length;
      const end = behind[i]?.end ?? child.end;
      const place = { start: behind[first]?.offset ?? end, end };
      readField(reading, draft, { name: node.keys[key++] ?? "", terms, place, span: { start: child.offset, end } });
    }
  }
  if (draft.segment.len || draft.data) checkLength(reading, draft);
}

function isToken(child: CstNode | undefined, type: "KEY" | "TERM"): child is LeafCstNode {
  return child !== undefined && isLeafCstNode(child) && child.tokenType.name === type;
}

/** `SYN+ACK`, with any of the signs that join flags, `SYN=1`; `ACK=0` is none. */
export function flagsOf(text: string): Flags {
  if (text.endsWith("0")) return 0;
  let flags = 0;
  // Every flag has three letters, every sign is one.
  for (let i = 0; i < text.length; i += 4) flags |= bitOf(text, i);
  return flags;
}

function bitOf(text: string, start: number): Flags {
  for (const name of FLAG_NAMES) if (text.startsWith(name, start)) return FLAG_BITS[name];
  return 0;
}

function readPart(reading: Reading, draft: Draft, part: Part): void {
  switch (part.$type) {
    case "Field": {
      const span = spanOf(part);
      return readField(reading, draft, { name: part.name, terms: [], place: { start: span.end, end: span.end }, span });
    }
    case "Options":
      if (draft.places.options) return twice(reading, reading.texts.optionsTwice, spanOf(part));
      draft.places.options = spanOf(part);
      draft.segment.options = readOptions(reading, part);
      return;
    case "Label":
      if (draft.segment.label !== undefined) return twice(reading, reading.texts.labelTwice, spanOf(part));
      draft.segment.label = readString(reading, part.text, spanOf(part));
      return;
    case "Tag":
      return readTag(reading, draft, part);
    case "Takes": {
      const duration = readDuration(reading, part.time, childSpan(part, -1));
      if (duration) draft.takes = duration.unit === "us" ? duration.amount : duration.amount * reading.settings.rto;
      return;
    }
    case "Old":
      draft.segment.old = true;
      return;
    case "Spoofing":
      if (part.source) draft.source = readSocket(reading, part.source.name, part.source.port, spanOf(part.source));
      else complain(reading, "syntax", spanOf(part), reading.texts.whoseAddress);
      return;
    case "Stray":
      // One finding a line.
      if (!draft.stray) readStray(reading, { segment: draft.segment, hasFields: hasFields(draft) }, part);
      draft.stray = true;
  }
}

function hasFields({ places, data }: Draft): boolean {
  return [places.seq, places.ack, places.len, places.win, places.urg, data].some((place) => place !== undefined);
}

function twice(reading: Reading, message: string, span: Span): void {
  const before = reading.text.slice(0, span.start).trimEnd().length;
  complain(reading, "duplicate-name", span, message, {
    fixes: [replace(reading, { start: before, end: span.end }, "", reading.texts.removeSecond)],
  });
}

/** A field as written. */
interface WrittenField extends KeyedValue {
  readonly name: string;
  /** Of name and value. */
  readonly span: Span;
}

function readField(reading: Reading, draft: Draft, field: WrittenField): void {
  const { span } = field;
  const name = fieldOf(field.name) ?? readUnknownField(reading, field);
  if (name === undefined) return;
  const { segment, places } = draft;
  if (name === "data" ? draft.data : places[name]) return twice(reading, reading.texts.twice(name), span);
  if (span.end > places.fieldsEnd) places.fieldsEnd = span.end;
  if (name === "data") {
    draft.data = span;
    if (kindOf(field) === "string") segment.data = readString(reading, field.terms[0] ?? "", field.place);
    else complain(reading, "syntax", span, reading.texts.dataQuoted);
    return;
  }
  places[name] = span;
  if (name === "win" || name === "urg") {
    const outside = name === "win" ? reading.texts.windowRange(0xffff) : undefined;
    const value = readInteger(reading, field, name, span, 0xffff, outside);
    if (value !== undefined) segment[name] = value;
  } else {
    const before = reading.text.slice(0, span.start).trimEnd().length;
    const leaveOut = replace(reading, { start: before, end: span.end }, "", reading.texts.leaveOut(name));
    const value = readWritten(reading, field, name, span, [leaveOut]);
    if (value) segment[name] = value;
  }
}

/** The field that was meant, if it is not an option written as a field (`MSS=1460`). */
function readUnknownField(reading: Reading, { name, terms, span }: WrittenField): FieldName | undefined {
  const option = optionOf(name);
  if (option === undefined) {
    const nameSpan = { start: span.start, end: span.start + name.length };
    return readWord(reading, name, nameSpan, FIELDS, "field");
  }
  missingBrackets(reading, option, span, option === "mss" ? `mss ${terms.join("")}` : undefined);
  return undefined;
}

/** A length is not negative, and that of the data where both are written. */
function checkLength(reading: Reading, { segment, places, data }: Draft): void {
  const { len } = segment;
  if (len?.kind === "number" && len.value.terms.length === 0 && signed(len.value) < 0) {
    complain(reading, "syntax", places.len ?? len.span, reading.texts.negativeLength);
    delete segment.len;
  }
  if (data === undefined || segment.data === undefined) return;
  const count = octets(segment.data);
  if (len?.kind === "number" && !sameForm(len.value, num(count))) {
    complain(reading, "syntax", places.len ?? len.span, reading.texts.dataLength(count), {
      fixes: [replace(reading, len.span, String(count), reading.texts.changeLength(count))],
    });
  }
  if (len?.kind === "blank") return;
  segment.len = { kind: "number", value: num(count), span: data };
  places.len ??= data;
}

/** `as NAME`. */
function readTag(reading: Reading, draft: Draft, node: Tag): void {
  const span = spanOf(node);
  if (node.name === undefined) return complain(reading, "syntax", span, reading.texts.whichName);
  const nameSpan = childSpan(node, -1);
  const first = reading.tags.get(node.name);
  if (first && first.start !== nameSpan.start) {
    return complain(reading, "duplicate-name", nameSpan, reading.texts.sameSegment(node.name), {
      related: [{ span: first, message: reading.texts.theFirst(node.name) }],
    });
  }
  draft.segment.name = node.name;
}

/** What stands behind the colon of a segment line: flags, fields, options and the rest. */
import type { Segment, SegmentPlaces, Socket, Span } from "../flow/flow.ts";
import { ACK, FLAG_BITS, FLAG_NAMES, type Flags, PSH } from "../tcp/flags.ts";
import { num, sameForm, signed } from "../tcp/numbers.ts";
import { readSocket } from "./endpoints.ts";
import type { Field, Part, Stray, Tag } from "./generated/ast.ts";
import { nearest } from "./nearest.ts";
import { EXAMPLES, readOptions } from "./options.ts";
import { childSpan, complain, didYouMean, type Reading, readWord, replace, spanOf } from "./reading.ts";
import { kindOf, octets, readDuration, readInteger, readString, readWritten, valueSpan } from "./values.ts";
import { FIELDS, type FieldName, fieldOf, known, type OptionName, optionOf } from "./words.ts";

export const NEEDS_FLAGS = "a segment needs flags: SYN, ACK, FIN, RST, PSH, URG, ECE or CWR";

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

export function readParts(reading: Reading, draft: Draft, parts: readonly Part[]): void {
  for (const part of parts) readPart(reading, draft, part);
  if (draft.segment.len || draft.data) checkLength(reading, draft);
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
    case "Field":
      return readField(reading, draft, part);
    case "Options":
      if (draft.places.options) return twice(reading, "this list of options", spanOf(part));
      draft.places.options = spanOf(part);
      draft.segment.options = readOptions(reading, part);
      return;
    case "Label":
      if (draft.segment.label !== undefined) return twice(reading, "a label", spanOf(part));
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
  const name = fieldOf(node.name) ?? readUnknownField(reading, node, span);
  if (name === undefined) return;
  const { segment, places } = draft;
  if (name === "data" ? draft.data : places[name]) return twice(reading, name, span);
  if (span.end > places.fieldsEnd) places.fieldsEnd = span.end;
  if (name === "data") {
    draft.data = span;
    if (kindOf(node) === "string") segment.data = readString(reading, node.terms[0] ?? "", valueSpan(node));
    else complain(reading, "syntax", span, 'data is written in quotes: data="Hello"');
    return;
  }
  places[name] = span;
  if (name === "win" || name === "urg") {
    const scaled = "; other tools print the window scaled, this is the header field";
    const value = readInteger(reading, node, name, span, 0xffff, name === "win" ? scaled : "");
    if (value !== undefined) segment[name] = value;
  } else {
    const value = readWritten(reading, node, name, span);
    if (value) segment[name] = value;
  }
}

/** The field that was meant, if it is not an option written as a field (`MSS=1460`). */
function readUnknownField(reading: Reading, node: Field, span: Span): FieldName | undefined {
  const option = optionOf(node.name);
  if (option === undefined) {
    const nameSpan = { start: span.start, end: span.start + node.name.length };
    return readWord(reading, node.name, nameSpan, FIELDS, "field");
  }
  missingBrackets(reading, option, span, option === "mss" ? `mss ${node.terms.join("")}` : undefined);
  return undefined;
}

function missingBrackets(reading: Reading, option: OptionName, span: Span, written: string | undefined): void {
  complain(reading, "syntax", span, `options stand in angle brackets: \`<${written ?? EXAMPLES[option]}>\``, {
    fixes: written === undefined ? [] : [replace(span, `<${written}>`)],
  });
}

/** A length is not negative, and that of the data where both are written. */
function checkLength(reading: Reading, { segment, places, data }: Draft): void {
  const { len } = segment;
  if (len?.kind === "number" && len.value.terms.length === 0 && signed(len.value) < 0) {
    complain(reading, "syntax", places.len ?? len.span, "a length is never negative");
    delete segment.len;
  }
  if (data === undefined || segment.data === undefined) return;
  const count = octets(segment.data);
  if (len?.kind === "number" && !sameForm(len.value, num(count))) {
    complain(reading, "syntax", places.len ?? len.span, `the data has ${count} octets, so len is ${count}`, {
      fixes: [replace(len.span, String(count), `Change len to ${count}`)],
    });
  }
  if (len?.kind === "blank") return;
  segment.len = { kind: "number", value: num(count), span: data };
  places.len ??= data;
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
  draft.segment.name = node.name;
}

/** What diagrams write in the place of flags where data is sent. */
const PAYLOADS = new Set(["data", "payload", "http", "https", "tls", "get", "post", "request", "response", "reply"]);

/** A word that belongs nowhere: a flag or a field misspelt, or `seq` without its `=`. */
function readStray(reading: Reading, draft: Draft, { word, ...node }: Stray): void {
  if (draft.stray) return;
  draft.stray = true;
  const span = spanOf(node);
  const flag = known(word, FLAG_NAMES);
  const field = known(word, FIELDS);
  if (field && flag === undefined && (field !== "data" || draft.segment.flags !== 0)) {
    return complain(reading, "syntax", span, `\`${field}\` needs a value: \`${field}=…\``);
  }
  const meant = flag ?? nearest(word, FLAG_NAMES);
  if (meant !== undefined && (draft.segment.flags & FLAG_BITS[meant]) === 0) {
    draft.segment.flags |= FLAG_BITS[meant];
    return didYouMean(reading, word, span, meant, "flag");
  }
  const option = optionOf(word);
  if (option !== undefined) {
    return missingBrackets(reading, option, span, ["sackOK", "nop", "eol"].includes(option) ? option : undefined);
  }
  if (PAYLOADS.has(word.toLowerCase()) && draft.segment.flags === 0) {
    draft.segment.flags = PSH | ACK;
    return complain(reading, "syntax", span, `\`${word}\` is no flag: data is written \`PSH+ACK len=100\``, {
      fixes: [replace(span, "PSH+ACK")],
    });
  }
  if (word === "+" || word === "-") return complain(reading, "syntax", span, `a number is missing behind \`${word}\``);
  const parts = draft.segment.flags === 0 ? NEEDS_FLAGS : "a segment has flags, fields and a label in quotes";
  complain(reading, "syntax", span, `\`${word}\` does not belong here; ${parts}`);
}

/** Fixes as text edits. */
import { ACK, type FlagName, flagNames, PSH } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { Fix, TextEdit } from "./findings.ts";
import type { Flow, Segment, Span } from "./flow.ts";
import { textsOf } from "./texts.ts";

const ORDER: readonly FlagName[] = ["SYN", "FIN", "RST", "PSH", "URG", "ECE", "CWR", "ACK"];

/** Flags as a flow writes them, ACK last: `SYN+ACK`, `FIN+ACK`. */
export function writeFlags(flags: number): string {
  const names = flagNames(flags);
  return ORDER.filter((name) => names.includes(name)).join("+");
}

/** Replaces a number, or writes the missing field behind the others. */
export function changeField({ locale }: Flow, segment: Segment, field: "seq" | "ack" | "len", value: string): Fix {
  const written = segment[field];
  if (written) return { title: textsOf(locale).change(field, value), edits: [{ span: written.span, newText: value }] };
  const at = segment.places.fieldsEnd;
  return {
    title: textsOf(locale).add(`${field}=${value}`),
    edits: [{ span: { start: at, end: at }, newText: ` ${field}=${value}` }],
  };
}

/** Takes a field out, with the blanks before it. */
export function dropField(flow: Flow, segment: Segment, field: "seq" | "ack" | "len"): Fix | undefined {
  const place = segment.places[field];
  return place
    ? {
        title: textsOf(flow.locale).leaveOut(field),
        edits: [{ span: withBlanksBefore(flow.text, place), newText: "" }],
      }
    : undefined;
}

function withBlanksBefore(text: string, { start, end }: Span): Span {
  let from = start;
  while (from > 0 && /[ \t,，\u3000]/u.test(text[from - 1] ?? "")) from--;
  return { start: from, end };
}

/** Writes other flags; an acknowledgment number without ACK goes with it. */
export function changeFlags(flow: Flow, segment: Segment, flags: number): Fix {
  const text = writeFlags(flags);
  const edits: TextEdit[] = [{ span: segment.places.flags, newText: text }];
  const ackGoes = !has(flags, ACK) && segment.places.ack !== undefined;
  if (ackGoes) edits.push(...(dropField(flow, segment, "ack")?.edits ?? []));
  const missing = flow.text.slice(segment.places.flags.start, segment.places.flags.end) === "" ? ` ${text}` : text;
  edits[0] = { span: segment.places.flags, newText: missing };
  return { title: textsOf(flow.locale).changeFlags(text), edits };
}

/** Writes another window. */
export function changeWindow(flow: Flow, segment: Segment, value: string): Fix | undefined {
  const place = segment.places.win;
  if (!place) return undefined;
  const written = flow.text.slice(place.start, place.end);
  const start = place.start + written.length - (/[0-9a-fx]+$/iu.exec(written)?.[0].length ?? 0);
  return {
    title: textsOf(flow.locale).change("win", value),
    edits: [{ span: { start, end: place.end }, newText: value }],
  };
}

/** Takes an option out of the list, and the list with its last one. */
export function dropOption(flow: Flow, segment: Segment, index: number): Fix | undefined {
  const option = segment.options[index];
  const { options: list } = segment.places;
  if (!option || !list) return undefined;
  const title = textsOf(flow.locale).removeOption;
  if (segment.options.length === 1) return { title, edits: [{ span: withBlanksBefore(flow.text, list), newText: "" }] };
  const [before, after] = [segment.options[index - 1], segment.options[index + 1]];
  const span = before
    ? { start: before.span.end, end: option.span.end }
    : { start: option.span.start, end: after?.span.start ?? option.span.end };
  return { title, edits: [{ span, newText: "" }] };
}

/** Writes a line behind another, with its indentation. */
export function insertLineBehind(flow: Flow, span: Span, line: string, title: string): Fix {
  const { text } = flow;
  const start = text.lastIndexOf("\n", span.start - 1) + 1;
  const next = text.indexOf("\n", span.end);
  const end = next < 0 ? text.length : next;
  const indent = /^[ \t]*/u.exec(text.slice(start, span.start))?.[0] ?? "";
  return { title, edits: [{ span: { start: end, end }, newText: `\n${indent}${line}` }] };
}

/** Takes the data out: the length, and PSH, which alone would mean data of unknown size. */
export function dropData(flow: Flow, segment: Segment): Fix {
  const flags = segment.flags & ~PSH;
  const changed = flags === segment.flags ? [] : changeFlags(flow, segment, flags === 0 ? ACK : flags).edits;
  return {
    title: textsOf(flow.locale).takeDataOut,
    edits: [...changed, ...(dropField(flow, segment, "len")?.edits ?? [])],
  };
}

/** Another story: the segment is lost, or it arrives after all. */
export function changeArrow(segment: Segment, arrow: "->" | "-x", title: string): Fix {
  return { title, edits: [{ span: segment.places.arrow, newText: arrow }] };
}

/** Takes the whole line out. */
export function dropLine({ text }: Pick<Flow, "text">, span: Span, title: string): Fix {
  const start = text.lastIndexOf("\n", span.start - 1) + 1;
  const next = text.indexOf("\n", span.end);
  const alone =
    text.slice(start, span.start).trim() === "" && text.slice(span.end, next < 0 ? text.length : next).trim() === "";
  const whole = alone ? { start, end: next < 0 ? text.length : next + 1 } : span;
  return { title, edits: [{ span: whole, newText: "" }] };
}

/** Writes a line before another, with its indentation. */
export function insertLineBefore(flow: Flow, span: Span, line: string, title: string): Fix {
  const start = flow.text.lastIndexOf("\n", span.start - 1) + 1;
  const indent = /^[ \t]*/u.exec(flow.text.slice(start, span.start))?.[0] ?? "";
  return { title, edits: [{ span: { start, end: start }, newText: `${indent}${line}\n` }] };
}

/** Lets two statements change places. */
export function swapLines(flow: Flow, first: Span, second: Span): Fix {
  const text = ({ start, end }: Span): string => flow.text.slice(start, end);
  const edits = [
    { span: first, newText: text(second) },
    { span: second, newText: text(first) },
  ];
  return { title: textsOf(flow.locale).swapLines, edits };
}

/** Puts two neighbouring lines into a block, so that both are sent before either arrives. */
export function makeCross(flow: Flow, first: Span, second: Span): Fix | undefined {
  const { text } = flow;
  const start = text.lastIndexOf("\n", first.start - 1) + 1;
  const next = text.indexOf("\n", second.end);
  const end = next < 0 ? text.length : next;
  const lines = text.slice(start, end).split("\n");
  if (lines.some((line) => /[{}]/u.test(line))) return undefined;
  const indent = /^[ \t]*/u.exec(lines[0] ?? "")?.[0] ?? "";
  const body = lines.map((line) => (line.trim() === "" ? line : `  ${line}`));
  const newText = [`${indent}crossing {`, ...body, `${indent}}`].join("\n");
  return { title: textsOf(flow.locale).letCross, edits: [{ span: { start, end }, newText }] };
}

/** Takes an annotation out, with its line where it stands alone. */
export function dropAnnotation(flow: Flow, span: Span): Fix {
  const { text } = flow;
  const fix = dropLine(flow, span, textsOf(flow.locale).removeAnnotation);
  if (fix.edits[0]?.span !== span) return fix;
  let { end } = span;
  while (/[ \t]/u.test(text[end] ?? "")) end++;
  return { title: fix.title, edits: [{ span: { start: span.start, end }, newText: "" }] };
}

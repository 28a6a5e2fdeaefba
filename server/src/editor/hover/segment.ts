/** What a segment line says on hover: what it is, what it did, what it acknowledges, and both blocks. */
import { acknowledgedBy, acknowledges } from "../../flow/acknowledged.ts";
import { writeFlags } from "../../flow/fixes.ts";
import { type LineTable, positionAt } from "../../flow/lines.ts";
import { purposeOf, SECTIONS } from "../../flow/purposes.ts";
import type { Field, Reading, Replay } from "../../flow/replay-types.ts";
import { textsOf } from "../../flow/texts.ts";
import { showNumber } from "../../tcp/numbers.ts";
import { editorTexts } from "../texts.ts";
import { blockTable } from "./blocks.ts";

/** The segment whose line holds an offset; of a repeated line, the first. */
export function segmentAt({ flow }: Replay, offset: number): number | undefined {
  const index = flow.segments.findIndex(({ places: { line } }) => line.start <= offset && offset <= line.end);
  return index < 0 ? undefined : index;
}

/** `line 3 (SYN+ACK)` */
export function placeOf({ flow }: Replay, segment: number, lines: LineTable): string {
  const sent = flow.segments[segment];
  if (sent === undefined) return "";
  const line = positionAt(lines, sent.places.line.start).line + flow.firstLine;
  const texts = editorTexts(flow.locale);
  return texts.place(line, writeFlags(sent.flags) || texts.noFlags);
}

export function segmentText(replay: Replay, segment: number, lines: LineTable): string {
  const sent = replay.flow.segments[segment];
  const reading = replay.readings[segment];
  if (sent === undefined || reading === undefined) return "";
  const { locale } = replay.flow;
  const names = [sent.from, sent.to].map(({ endpoint }) => replay.flow.endpoints[endpoint]?.name ?? "?");
  const head = `**${names.join(" → ")}** \`${headerText(replay, segment)}\``;
  const classes =
    reading.classes.length > 0 ? editorTexts(locale).classes(reading.classes.map(textsOf(locale).className)) : "";
  return [head + classes, "", blockTable(replay, reading), "", ...facts(replay, segment, reading, lines)].join("\n");
}

/** Flags and all numbers that are known, written or filled in. */
function headerText({ flow, readings, symbols }: Replay, segment: number): string {
  const sent = flow.segments[segment];
  const reading = readings[segment];
  const show = (name: string, field: Field | undefined) => {
    const value = field && showNumber(field.value, symbols);
    return value === undefined || (name === "len" && value === "0") ? [] : [`${name}=${value}`];
  };
  const fields = (["seq", "ack", "len"] as const).flatMap((name) => show(name, reading?.[name]));
  return [writeFlags(sent?.flags ?? 0) || editorTexts(flow.locale).noFlags, ...fields].join(" ");
}

function facts(replay: Replay, segment: number, reading: Reading, lines: LineTable): string[] {
  const texts = editorTexts(replay.flow.locale);
  const found: string[] = [];
  const fates = reading.ended.map((step) => replay.flow.events[step]?.kind);
  if (fates.includes("lose")) found.push(texts.isLost);
  else if (!fates.includes("deliver")) found.push(texts.staysInNetwork);
  const confirmed = acknowledges(replay, segment).map((one) => placeOf(replay, one, lines));
  if (confirmed.length > 0) found.push(texts.acknowledges(confirmed));
  const by = acknowledgedBy(replay, segment);
  if (by !== undefined) found.push(texts.acknowledgedBy(placeOf(replay, by, lines)));
  found.push(sectionOf(replay, segment, reading));
  return [texts.sentences(found)];
}

function sectionOf({ flow }: Replay, segment: number, { classes, len }: Reading): string {
  const flags = flow.segments[segment]?.flags ?? 0;
  const octets = len?.value;
  const hasData = octets !== undefined && (octets.constant !== 0 || octets.terms.length > 0);
  const repeats = classes.some((one) => one.includes("retransmission"));
  return SECTIONS[repeats ? "repeat" : purposeOf(flags, hasData)];
}

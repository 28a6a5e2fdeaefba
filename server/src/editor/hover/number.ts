/** What a number or a symbol stands for, and where it was bound. */
import { acknowledges } from "../../flow/acknowledged.ts";
import type { Segment, Span } from "../../flow/flow.ts";
import { type LineTable, positionAt } from "../../flow/lines.ts";
import type { Replay } from "../../flow/replay-types.ts";
import { showNumber, symbol } from "../../tcp/numbers.ts";
import { editorTexts } from "../texts.ts";
import type { Word } from "../words.ts";
import { placeOf, segmentAt } from "./segment.ts";

type FieldName = "seq" | "ack" | "len" | "win" | "urg";
const FIELDS: readonly FieldName[] = ["seq", "ack", "len", "win", "urg"];

/** The field of a segment that holds an offset. */
function fieldAt({ places }: Segment, offset: number): FieldName | undefined {
  const holds = (span: Span | undefined) => span !== undefined && span.start <= offset && offset <= span.end;
  return FIELDS.find((name) => holds(places[name]));
}

export function numberText(replay: Replay, offset: number, lines: LineTable): string {
  const index = segmentAt(replay, offset);
  const segment = index === undefined ? undefined : replay.flow.segments[index];
  const field = segment && fieldAt(segment, offset);
  if (index === undefined || segment === undefined || field === undefined) return "";
  const [from = "?", to = "?"] = [segment.from, segment.to].map(
    ({ endpoint }) => replay.flow.endpoints[endpoint]?.name ?? "?",
  );
  const value = field === "win" || field === "urg" ? undefined : replay.readings[index]?.[field];
  const right = value?.expected && showNumber(value.expected, replay.symbols);
  const texts = editorTexts(replay.flow.locale);
  const mistake = right === undefined ? [] : [texts.shouldBe(right)];
  switch (field) {
    case "seq":
      return texts.sentences([texts.seqField(from), ...mistake]);
    case "ack": {
      const confirmed = acknowledges(replay, index).map((one) => placeOf(replay, one, lines));
      const what = confirmed.length > 0 ? [texts.acknowledges(confirmed)] : [];
      return texts.sentences([texts.ackField(from, to), ...what, ...mistake]);
    }
    case "len":
      return texts.sentences([texts.lenField(from), ...mistake]);
    case "win":
      return texts.winField(from);
    case "urg":
      return texts.urgField;
  }
}

/** @param words all words of the document */
export function symbolText(replay: Replay, name: string, words: readonly Word[], lines: LineTable): string {
  const first = words.find(({ role, text }) => role === "symbol" && text === name);
  if (first === undefined) return "";
  const line = positionAt(lines, first.span.start).line + replay.flow.firstLine;
  const value = showNumber(symbol(name), replay.symbols);
  const texts = editorTexts(replay.flow.locale);
  const known = value === undefined || value === name ? [] : [texts.isValue(value)];
  return texts.sentences([texts.symbol(name, meaning(replay, first), line), ...known]);
}

/** By the place where it appears first. */
function meaning(replay: Replay, { declares, span }: Word): string {
  const texts = editorTexts(replay.flow.locale);
  if (declares) return texts.byLet;
  const index = segmentAt(replay, span.start);
  const segment = index === undefined ? undefined : replay.flow.segments[index];
  const field = segment && fieldAt(segment, span.start);
  if (segment === undefined) return texts.aNumber;
  const name = ({ endpoint }: Segment["from"]) => replay.flow.endpoints[endpoint]?.name ?? "?";
  if (field === "seq") return texts.inStream(name(segment.from));
  if (field === "ack") return texts.inStream(name(segment.to));
  return field === "len" ? texts.ofOctets(name(segment.from)) : texts.aNumber;
}

/** What a number or a symbol stands for, and where it was bound. */
import { acknowledges } from "../../flow/acknowledged.ts";
import type { Segment, Span } from "../../flow/flow.ts";
import { type LineTable, positionAt } from "../../flow/lines.ts";
import type { Replay } from "../../flow/replay-types.ts";
import { showNumber, symbol } from "../../tcp/numbers.ts";
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
  const [from, to] = [segment.from, segment.to].map(({ endpoint }) => replay.flow.endpoints[endpoint]?.name ?? "?");
  const value = field === "win" || field === "urg" ? undefined : replay.readings[index]?.[field];
  const right = value?.expected && showNumber(value.expected, replay.symbols);
  const mistake = right === undefined ? "" : ` Should be \`${right}\`.`;
  switch (field) {
    case "seq":
      return `The number of the first octet (or SYN, or FIN) of this segment in the stream of **${from}**.${mistake}`;
    case "ack": {
      const confirmed = acknowledges(replay, index).map((one) => placeOf(replay, one, lines));
      const what = confirmed.length > 0 ? ` Acknowledges ${confirmed.join(", ")}.` : "";
      return `The next number that **${from}** expects of **${to}**.${what}${mistake}`;
    }
    case "len":
      return `Octets of data from **${from}**.${mistake}`;
    case "win":
      return `The window field: how much **${from}** takes from its acknowledgment number on.`;
    case "urg":
      return "The urgent pointer.";
  }
}

/** @param words all words of the document */
export function symbolText(replay: Replay, name: string, words: readonly Word[], lines: LineTable): string {
  const first = words.find(({ role, text }) => role === "symbol" && text === name);
  if (first === undefined) return "";
  const line = positionAt(lines, first.span.start).line + replay.flow.firstLine;
  const value = showNumber(symbol(name), replay.symbols);
  const known = value === undefined || value === name ? "" : ` It is \`${value}\`.`;
  return `**${name}**: ${meaning(replay, first)}, bound at line ${line}.${known}`;
}

/** By the place where it appears first. */
function meaning(replay: Replay, { declares, span }: Word): string {
  if (declares) return "defined with `let`";
  const index = segmentAt(replay, span.start);
  const segment = index === undefined ? undefined : replay.flow.segments[index];
  const field = segment && fieldAt(segment, span.start);
  if (segment === undefined) return "a number";
  const name = ({ endpoint }: Segment["from"]) => replay.flow.endpoints[endpoint]?.name ?? "?";
  if (field === "seq") return `a number in the stream of **${name(segment.from)}**`;
  if (field === "ack") return `a number in the stream of **${name(segment.to)}**`;
  return field === "len" ? `a count of octets that **${name(segment.from)}** sends` : "a number";
}

/** Another way for a segment: lost, arrived, or crossing with the next one. */
import { acknowledgedBy } from "../../flow/acknowledged.ts";
import type { Fix } from "../../flow/findings.ts";
import { changeArrow, makeCross } from "../../flow/fixes.ts";
import type { Replay } from "../../flow/replay-types.ts";
import { editorTexts } from "../texts.ts";

export function changeWay({ flow, readings }: Replay, segment: number): Fix | undefined {
  const sent = flow.segments[segment];
  const step = readings[segment]?.sent;
  const event = step === undefined ? undefined : flow.events[step];
  if (sent === undefined || event?.kind !== "send") return undefined;
  const texts = editorTexts(flow.locale);
  if (event.fate === "arrives") return changeArrow(sent, "-x", texts.markLost);
  return event.fate === "lost" ? changeArrow(sent, "->", texts.letArrive) : undefined;
}

/** A segment and the one on the next line, if they go opposite ways and the second does not answer the first. */
export function crossWithNext(replay: Replay, segment: number): Fix | undefined {
  const { flow } = replay;
  const [first, next] = [flow.segments[segment], flow.segments[segment + 1]];
  if (first === undefined || next === undefined) return undefined;
  const opposite = first.from.endpoint === next.to.endpoint && first.to.endpoint === next.from.endpoint;
  const between = flow.text.slice(first.places.line.end, next.places.line.start);
  const isNext = first.places.line.end < next.places.line.start && /^[ \t]*\r?\n[ \t]*$/u.test(between);
  const isInside = flow.events.some(
    ({ kind, span }) => kind === "open" && span.start < first.places.line.start && first.places.line.start < span.end,
  );
  if (!opposite || !isNext || isInside || answers(replay, segment)) return undefined;
  const fix = makeCross(flow, first.places.line, next.places.line);
  return fix && { ...fix, title: editorTexts(flow.locale).crossWithNext };
}

/** Whether the next segment rightly acknowledges this one. */
function answers(replay: Replay, segment: number): boolean {
  const ack = replay.readings[segment + 1]?.ack;
  return ack?.expected === undefined && acknowledgedBy(replay, segment) === segment + 1;
}

/** Writing the numbers that are left out, and leaving them out again. */
import type { Fix, TextEdit } from "../../flow/findings.ts";
import type { Segment } from "../../flow/flow.ts";
import type { Reading, Replay } from "../../flow/replay-types.ts";
import { SYN } from "../../tcp/flags.ts";
import { showNumber } from "../../tcp/numbers.ts";
import { has } from "../../tcp/segment.ts";
import type { Word } from "../words.ts";

/** Every number of these segments that is left out and can be told. */
export function writeNumbers(replay: Replay, segments: readonly number[], title: string): Fix | undefined {
  const edits = segments.flatMap((index): TextEdit[] => {
    const segment = replay.flow.segments[index];
    const fields = (["seq", "ack"] as const).flatMap((name) => {
      const field = replay.readings[index]?.[name];
      const value =
        field?.filled && segment?.[name] === undefined ? showNumber(field.value, replay.symbols) : undefined;
      return value === undefined ? [] : [` ${name}=${value}`];
    });
    const at = segment?.places.fieldsEnd ?? 0;
    return fields.length === 0 ? [] : [{ span: { start: at, end: at }, newText: fields.join("") }];
  });
  return edits.length === 0 ? undefined : { title, edits };
}

/**
 * The numbers of these segments that are what a correct TCP would send, so that they are filled in again. What names a
 * number for the first time stays, and so does all of a segment that is wrong or repeats another one.
 */
export function leaveOutNumbers(
  replay: Replay,
  words: readonly Word[],
  segments: readonly number[],
  title: string,
): Fix | undefined {
  const naming = firstPlaces(words);
  const begun = begunBefore(replay);
  const edits = segments.flatMap((index): TextEdit[] => {
    const [segment, reading] = [replay.flow.segments[index], replay.readings[index]];
    if (segment === undefined || reading === undefined || !isPlain(segment, reading)) return [];
    return (["seq", "ack"] as const).flatMap((name): TextEdit[] => {
      const place = segment.places[name];
      const stream = name === "seq" ? reading.sender : reading.receiver;
      const begins = begun[index]?.has(stream) !== true || (name === "seq" && has(segment.flags, SYN));
      if (place === undefined || begins || segment[name]?.kind !== "number") return [];
      if (naming.some((at) => place.start <= at && at < place.end)) return [];
      return [{ span: withBlanksBefore(replay.flow.text, place), newText: "" }];
    });
  });
  return edits.length === 0 ? undefined : { title, edits };
}

/** By segment: the ends that have sent before it. */
function begunBefore({ readings }: Replay): readonly ReadonlySet<number>[] {
  let begun: ReadonlySet<number> = new Set();
  return readings.map(({ sender }) => {
    const before = begun;
    if (!begun.has(sender)) begun = new Set([...begun, sender]);
    return before;
  });
}

/** Where each symbol stands first. */
function firstPlaces(words: readonly Word[]): readonly number[] {
  const places = new Map<string, number>();
  for (const { role, text, span } of words) if (role === "symbol" && !places.has(text)) places.set(text, span.start);
  return [...places.values()];
}

function isPlain(segment: Segment, { findings, classes }: Reading): boolean {
  const own = segment.forgedBy === undefined && !segment.old;
  return own && findings.length === 0 && classes.every((one) => one === "window update" || one === "duplicate ACK");
}

function withBlanksBefore(text: string, { start, end }: { readonly start: number; readonly end: number }) {
  let from = start;
  while (/[ \t,，\u3000]/u.test(text[from - 1] ?? "")) from--;
  return { start: from, end };
}

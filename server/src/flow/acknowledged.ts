/** Which segment acknowledges which: whose arrival moved SND.UNA past what another one carried. */
import { FIN, SYN } from "../tcp/flags.ts";
import { add, distance, type Num, plus } from "../tcp/numbers.ts";
import { has } from "../tcp/segment.ts";
import type { Replay } from "./replay-types.ts";

/** The segment whose arrival told the sender of `segment` that all of it was received; nothing if none did. */
export function acknowledgedBy(replay: Replay, segment: number): number | undefined {
  const end = endOf(replay, segment);
  const reading = replay.readings[segment];
  if (end === undefined || reading?.sent === undefined) return undefined;
  for (let i = reading.sent + 1; i < replay.steps.length; i++) {
    const event = replay.flow.events[i];
    if (event?.kind === "deliver" && passes(replay, i, reading.sender, end)) return event.segment;
  }
  return undefined;
}

/** The segments of which `segment` is the first to tell that they were received. */
export function acknowledges(replay: Replay, segment: number): number[] {
  const reading = replay.readings[segment];
  const arrived = reading?.ended[0];
  if (reading === undefined || arrived === undefined || replay.flow.events[arrived]?.kind !== "deliver") return [];
  return replay.readings.flatMap(({ sender, sent }, index) => {
    if (sender !== reading.receiver || sent === undefined || sent > arrived) return [];
    const end = endOf(replay, index);
    return end !== undefined && passes(replay, arrived, sender, end) ? [index] : [];
  });
}

/** Whether event `step` moves the SND.UNA of `sender` to `end` or past it. */
function passes({ steps, symbols }: Replay, step: number, sender: number, end: Num): boolean {
  const change = steps[step]?.changes.find((one) => one.end === sender);
  if (change === undefined) return false;
  const reached = (una: Num | undefined) => una !== undefined && distance(end, una, symbols).min >= 0;
  return reached(change.after.sndUna) && !reached(change.before.sndUna);
}

/** The first number behind a segment; nothing where it takes none. */
function endOf({ readings, flow }: Replay, segment: number): Num | undefined {
  const { seq, len } = readings[segment] ?? {};
  const flags = flow.segments[segment]?.flags ?? 0;
  const first = seq?.expected ?? seq?.value;
  if (first === undefined) return undefined;
  const data = len?.expected ?? len?.value;
  const counted = (has(flags, SYN) ? 1 : 0) + (has(flags, FIN) ? 1 : 0);
  const isEmpty = data === undefined || (data.constant === 0 && data.terms.length === 0);
  if (isEmpty && counted === 0) return undefined;
  return add(data === undefined ? first : plus(first, data), counted);
}

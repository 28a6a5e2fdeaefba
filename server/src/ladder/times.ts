/** The clock of a flow that has one: at which acts it is shown, and how. */
import type { FlowEvent } from "../flow/flow.ts";
import type { Act } from "./acts.ts";

const UNITS = [
  ["h", 3_600_000_000],
  ["min", 60_000_000],
  ["s", 1_000_000],
  ["ms", 1_000],
  ["µs", 1],
] as const;

const MILLISECOND = 1_000;
/** From here on, tenths of a second will do. */
const LONG = 10_000_000;

/**
 * Microseconds as `40 ms`, `1.5 s`, `90 min`: in the greatest unit that needs no more than one decimal; rounded where
 * that would be a long number.
 */
function clockText(microseconds: number): string {
  if (microseconds === 0) return "0";
  const isShort = (size: number) => microseconds >= size && (microseconds * 10) % size === 0;
  const [unit, size] = UNITS.find(([, each]) => isShort(each)) ?? ["µs", 1];
  if (unit !== "µs" || microseconds < MILLISECOND) return `${microseconds / size} ${unit}`;
  const isLong = microseconds >= LONG;
  const rounded = (microseconds / (isLong ? 1_000_000 : MILLISECOND)).toFixed(1);
  return `${rounded} ${isLong ? "s" : "ms"}`;
}

/** By act: its time, where it is another than that of the act before. Nothing where waits alone take time. */
export function clockTimes(events: readonly FlowEvent[], acts: readonly Act[]): Map<number, string> {
  const times = new Map<number, string>();
  if (!hasClock(events)) return times;
  let told: number | undefined;
  for (const [index, act] of acts.entries()) {
    const happens = act.kind === "send" || act.kind === "arrive" || act.kind === "timeout" || act.kind === "call";
    if (!happens || act.at === told) continue;
    times.set(index, clockText(act.at));
    told = act.at;
  }
  return times;
}

/** Whether time passes otherwise than in waits, which say so themselves. */
function hasClock(events: readonly FlowEvent[]): boolean {
  let clock = 0;
  return events.some(({ kind, at }) => {
    const before = clock;
    clock = at;
    return kind !== "wait" && at !== before;
  });
}

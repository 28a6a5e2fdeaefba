/** A drawing of a capture, and what its replay says of it. */
import { ACK, RST } from "../tcp/flags.ts";
import { type Drawing, type DrawingOptions, drawCapture } from "./drawn-flow.ts";
import type { DrawnConnection } from "./drawn-record.ts";
import type { Finding } from "./findings.ts";
import { replayAsWritten } from "./replay.ts";
import type { Replay } from "./replay-types.ts";

/** How often a drawing is made anew because its replay shows what more must have arrived. */
const MOST_ATTEMPTS = 20;

/** A drawing, and what its replay finds wrong. */
export interface Telling {
  readonly options: DrawingOptions;
  readonly drawing: Drawing;
  readonly replay: Replay;
  /** Errors and warnings, in the order of the text. */
  readonly wrong: readonly Finding[];
}

/** How far it is from being right: what is only unwise may be true of the capture. */
export function weightOf({ wrong }: Telling): number {
  return wrong.reduce((sum, { severity }) => sum + (severity === "error" ? ERROR : 1), 0);
}

const ERROR = 1000;

/** Draws a capture and replays the drawing. */
export function tell(connections: readonly DrawnConnection[], options: DrawingOptions): Telling {
  const drawing = drawCapture(connections, options);
  const replay = replayAsWritten(drawing.flow);
  const wrong = replay.findings.filter(({ severity }) => severity === "error" || severity === "warning");
  return { options, drawing, replay, wrong };
}

/** The best drawing of its kind: with second copies where nothing else explains an answer. */
export function tellBest(connections: readonly DrawnConnection[], options: DrawingOptions): Telling {
  const [copies, apart] = [new Set(options.copies), new Set(options.apart)];
  let best: Telling | undefined;
  for (let attempt = 1; ; attempt++) {
    const told = tell(connections, { ...options, copies: new Set(copies), apart: new Set(apart) });
    if (best === undefined || weightOf(told) < weightOf(best)) best = told;
    const before = copies.size + apart.size;
    for (const packet of unexplained(told.wrong, told.drawing)) copies.add(packet);
    for (const packet of ignored(told.wrong, told.drawing)) apart.add(packet);
    if (told.wrong.length === 0 || copies.size + apart.size === before || attempt === MOST_ATTEMPTS) return best;
  }
}

/** Acknowledgments and resets that nothing has asked for, by packet: a copy of an earlier segment must have arrived. */
function unexplained(findings: readonly Finding[], { packets, flow }: Drawing): number[] {
  return findings.flatMap(({ rule, segment }) => {
    const packet = segment === undefined ? undefined : packets[segment];
    const flags = (segment !== undefined && flow.segments[segment]?.flags) || 0;
    const isRefusal = (flags & (RST | ACK)) === RST && (rule === "illegal-segment" || rule === "wrong-reset");
    const unasked = rule === "unneeded-ack" || isRefusal;
    return unasked && packet !== undefined && packet >= 0 ? [packet] : [];
  });
}

/** Resets that have no effect, by packet. */
function ignored(findings: readonly Finding[], { packets }: Drawing): number[] {
  return findings.flatMap(({ rule, segment }) => {
    const packet = segment === undefined ? undefined : packets[segment];
    return rule === "reset-ignored" && packet !== undefined ? [packet] : [];
  });
}

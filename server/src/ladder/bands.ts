/** The states of every end as bands on its lifeline, with their names beside them. */
import type { Columns, LaneColumn } from "./columns.ts";
import type { Band, StateName } from "./geometry.ts";
import { measure } from "./measure.ts";
import { NAME_BASELINE } from "./pieces.ts";
import type { Scene } from "./scene.ts";
import { FONT, LINE, NAME_GAP } from "./sizes.ts";
import type { Rows } from "./sweep.ts";
import { bandHalf, bandX } from "./ways.ts";

/** Bands and names, in the order of the spans. */
export function bandsOf(
  scene: Scene,
  columns: Columns,
  rows: Rows,
  answers: boolean,
): { bands: Band[]; stateNames: StateName[] } {
  const bands: Band[] = [];
  const stateNames: StateName[] = [];
  /** How many names begin at the same act beside the same lane. */
  const stacked = new Map<string, number>();
  for (const span of scene.spans) {
    const lane = columns.lanes[span.lane];
    if (lane === undefined) continue;
    const blank = span.blank && !answers;
    const y = span.from < 0 ? rows.top : (rows.y[span.from] ?? rows.top);
    const bottom = span.to >= scene.acts.length ? rows.bottom : (rows.y[span.to] ?? rows.bottom);
    const half = bandHalf(lane);
    const x = bandX(lane, columns.bandOf[span.end] ?? 0) - half;
    const { end, state } = span;
    // A connection that is gone leaves its place to others.
    const isGone = lane.bands > 1 && state === "CLOSED" && span.from >= 0;
    const height = Math.max(0, (isGone ? Math.min(bottom, y + 18) : bottom) - y);
    bands.push({ x, y, width: 2 * half, height, end, state, blank });
    const key = `${span.lane} ${span.from}`;
    const place = stacked.get(key) ?? 0;
    stacked.set(key, place + 1);
    const shift = span.from < 0 ? 0 : (rows.nameShift[span.from] ?? 0);
    stateNames.push(nameOf(lane, span, blank, y + shift + NAME_BASELINE + place * LINE, scene.endNames[end] ?? ""));
  }
  return { bands, stateNames };
}

function nameOf(
  lane: LaneColumn,
  { state, from }: Scene["spans"][number],
  blank: boolean,
  y: number,
  port: string,
): StateName {
  const text = blank ? "" : state;
  const width = blank ? 76 : measure(state, FONT.state, "bold") + state.length * 0.3;
  const sign = lane.side === "left" ? -1 : 1;
  const x = lane.x + sign * (lane.half + NAME_GAP);
  const anchor = sign < 0 ? "end" : "start";
  // Before anything has happened, all of a lane's connections are in the same state.
  const shown = from < 0 ? "" : port;
  return { x, y, text, anchor, width, state, blank, port: shown, portX: x + sign * (width + 6) };
}

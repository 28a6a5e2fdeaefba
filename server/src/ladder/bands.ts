/** The states of every end as bands on its lifeline, with their names beside them. */
import { type Columns, type LaneColumn, stateWidth } from "./columns.ts";
import type { Band, StateName } from "./geometry.ts";
import { NAME_BASELINE } from "./pieces.ts";
import type { Scene } from "./scene.ts";
import { LINE, NAME_GAP } from "./sizes.ts";
import { blankKey, type StateSpan } from "./states.ts";
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
  /** By column of bands: the connection that was there last and is gone. */
  const gone = new Map<string, MutableBand>();
  /** How many names begin at the same act beside the same lane. */
  const stacked = new Map<string, number>();
  for (const span of scene.spans) {
    const lane = columns.lanes[span.lane];
    if (lane === undefined) continue;
    const blank = span.blank && !answers;
    const place = columns.bandOf[span.end] ?? 0;
    const band = bandOf(scene, rows, span, lane, place, blank);
    const above = gone.get(`${span.lane} ${place}`);
    if (above) above.height = Math.min(above.height, Math.max(0, band.y - above.y));
    if (span.state === "CLOSED") gone.set(`${span.lane} ${place}`, band);
    bands.push(band);
    const key = `${span.lane} ${span.from}`;
    const row = stacked.get(key) ?? 0;
    stacked.set(key, row + 1);
    const y = band.y + (rows.nameShift[span.from] ?? 0) + NAME_BASELINE + row * LINE;
    stateNames.push(nameOf(lane, span, blank ? scene.blanks.state : undefined, y));
  }
  return { bands, stateNames };
}

const GONE = 18;

/** A connection that is gone leaves its place to others. */
function isGone(lane: LaneColumn, { state, from }: StateSpan): boolean {
  return lane.bands > 1 && state === "CLOSED" && from >= 0;
}

type MutableBand = { -readonly [K in keyof Band]: Band[K] };

function bandOf(
  scene: Scene,
  rows: Rows,
  span: StateSpan,
  lane: LaneColumn,
  place: number,
  blank: boolean,
): MutableBand {
  const y = span.from < 0 ? rows.top : (rows.y[span.from] ?? rows.top);
  const end = span.to >= scene.acts.length ? rows.bottom : (rows.y[span.to] ?? rows.bottom);
  const bottom = isGone(lane, span) ? Math.min(end, y + GONE) : end;
  const half = bandHalf(lane);
  const box = { x: bandX(lane, place) - half, y, width: 2 * half, height: Math.max(0, bottom - y) };
  return { ...box, end: span.end, state: span.state, blank };
}

/** @param blank the width of the box for the name, where the reader is to say it */
function nameOf(lane: LaneColumn, span: StateSpan, blank: number | undefined, y: number): StateName {
  const { state, text: name, name: port } = span;
  const text = blank === undefined ? name : "";
  const width = blank ?? stateWidth(name);
  const sign = lane.side === "left" ? -1 : 1;
  const x = lane.x + sign * (lane.half + NAME_GAP);
  const anchor = sign < 0 ? "end" : "start";
  const key = blank === undefined ? undefined : blankKey(span);
  return { x, y, text, anchor, width, state, blank: key, port, portX: x + sign * (width + 6) };
}

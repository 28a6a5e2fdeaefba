/** The room that things take around the y of their act, for the skyline. */
import type { CalloutText } from "./callouts.ts";
import type { Columns, LaneColumn } from "./columns.ts";
import { ABOVE, CALLOUT, CALLOUT_PADDING, LINE, NAME_GAP } from "./sizes.ts";
import type { Piece } from "./skyline.ts";
import type { Way } from "./ways.ts";

/** From a state's change to the baseline of its name. */
export const NAME_BASELINE = 13;
const NAME_TOP = NAME_BASELINE - 10;

/** A straight line from x `from` to x `to`, `drop` down on the way. */
export function linePiece(from: number, to: number, drop: number, y = 0): Piece {
  const [top, topRight] = from < to ? [y, y + drop] : [y + drop, y];
  return {
    left: Math.min(from, to),
    right: Math.max(from, to),
    top: top - 1,
    topRight: topRight - 1,
    bottom: top + 1,
    bottomRight: topRight + 1,
    line: true,
  };
}

/** The cross of a loss. */
export function crossPiece(x: number, y: number): Piece {
  return { left: x - 8, right: x + 8, top: y - 8, bottom: y + 8, line: false };
}

/** The texts of an arrow around `x`, where its line is at `y` and falls by `slope` a pixel to the right. */
export function labelPieces(way: Way, x: number, y: number, slope: number): Piece[] {
  const label = slanted(x, y, way.plan.width, slope, ABOVE - 12, ABOVE + 4);
  return [label, ...way.remarks.map(({ width, dy }) => slanted(x, y, width, slope, dy - 11, dy + 4))];
}

/** Text from `top` to `bottom` square to a line that goes through `x`, `y`, as it lies once it is turned. */
function slanted(x: number, y: number, width: number, slope: number, top: number, bottom: number): Piece {
  const stretch = Math.sqrt(1 + slope * slope);
  const [cos, sin] = [1 / stretch, slope / stretch];
  const middle = x - ((top + bottom) / 2) * sin;
  const half = (width / 2) * cos + ((bottom - top) / 2) * Math.abs(sin) + 1;
  const at = (side: number) => y + (middle + side * half - x) * slope;
  return {
    left: middle - half,
    right: middle + half,
    top: at(-1) + top * stretch,
    topRight: at(1) + top * stretch,
    bottom: at(-1) + bottom * stretch,
    bottomRight: at(1) + bottom * stretch,
    line: false,
  };
}

/** `count` names of states beside a lane, the first one `dy` below the act. */
export function namePieces(lane: LaneColumn, count: number, dy: number): Piece[] {
  if (count === 0 || lane.names === 0) return [];
  const near = lane.x + (lane.side === "left" ? -1 : 1) * (lane.half + NAME_GAP - 4);
  const far = lane.x + (lane.side === "left" ? -1 : 1) * (lane.half + lane.names - 2);
  const top = dy + NAME_TOP;
  return [
    {
      left: Math.min(near, far),
      right: Math.max(near, far),
      top,
      bottom: top + 13 + (count - 1) * LINE,
      line: false,
    },
  ];
}

/** From the act's y up to the top of a callout. */
export const CALLOUT_RISE = 17;

/** A callout in a margin and its leader to a lane. */
export function calloutPieces(
  columns: Columns,
  side: "left" | "right",
  callout: CalloutText,
  laneX: number,
  y = 0,
): Piece[] {
  const near = columns[side].callouts;
  const far = near + (side === "left" ? -1 : 1) * (CALLOUT + 2 * CALLOUT_PADDING);
  const box: Piece = {
    left: Math.min(near, far),
    right: Math.max(near, far),
    top: y - CALLOUT_RISE,
    bottom: y - CALLOUT_RISE + callout.height + 4,
    line: false,
  };
  return [box, linePiece(near, laneX, 0, y)];
}

/**
 * How far down a picture is taken, by columns of a few pixels. Layout goes from top to bottom; everything that
 * is placed lies below what was placed before it, so no two texts overlap and the cost is linear.
 */

/** A piece of something to place; tops and bottoms are relative to its y, at its left and its right end. */
export interface Piece {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** At the right end, where it slants. */
  readonly topRight?: number;
  readonly bottomRight?: number;
  /** Lines may cross lines; texts keep clear of both. */
  readonly line: boolean;
}

export interface Skyline {
  readonly left: number;
  readonly texts: Float64Array;
  readonly lines: Float64Array;
}

const STEP = 8;
const CLEARANCE = 3;

/** Nothing is taken yet above `top`. */
export function skyline(left: number, right: number, top: number): Skyline {
  const size = Math.max(1, Math.ceil((right - left) / STEP));
  return { left, texts: new Float64Array(size).fill(top), lines: new Float64Array(size).fill(top) };
}

/** The least y, not above `y`, at which all pieces are clear of what is there. */
export function settle({ left, texts, lines }: Skyline, pieces: readonly Piece[], y: number): number {
  let result = y;
  for (const piece of pieces) {
    const last = binOf(left, texts, piece.right);
    const slope = slopeOf(piece, piece.top, piece.topRight);
    for (let bin = binOf(left, texts, piece.left); bin <= last; bin++) {
      const text = texts[bin] ?? 0;
      const line = lines[bin] ?? 0;
      const taken = piece.line || text > line ? text : line;
      // A slanting edge is highest at one end of a column.
      const x = slope >= 0 ? Math.max(piece.left, left + bin * STEP) : Math.min(piece.right, left + (bin + 1) * STEP);
      const needed = taken + CLEARANCE - (piece.top + (x - piece.left) * slope);
      if (needed > result) result = needed;
    }
  }
  return result;
}

/** Takes the room of the pieces at y. */
export function occupy({ left, texts, lines }: Skyline, pieces: readonly Piece[], y: number): void {
  for (const piece of pieces) {
    const taken = piece.line ? lines : texts;
    const last = binOf(left, texts, piece.right);
    const slope = slopeOf(piece, piece.bottom, piece.bottomRight);
    for (let bin = binOf(left, texts, piece.left); bin <= last; bin++) {
      const x = slope < 0 ? Math.max(piece.left, left + bin * STEP) : Math.min(piece.right, left + (bin + 1) * STEP);
      const bottom = y + (piece.bottom + (x - piece.left) * slope);
      if (bottom > (taken[bin] ?? 0)) taken[bin] = bottom;
    }
  }
}

/** The lowest y that is taken between two columns. */
export function lowest(sky: Skyline, left = Number.NEGATIVE_INFINITY, right = Number.POSITIVE_INFINITY): number {
  const last = binOf(sky.left, sky.texts, right);
  let result = Number.NEGATIVE_INFINITY;
  for (let bin = binOf(sky.left, sky.texts, left); bin <= last; bin++)
    result = Math.max(result, sky.texts[bin] ?? 0, sky.lines[bin] ?? 0);
  return result;
}

function binOf(left: number, { length }: Float64Array, x: number): number {
  return Math.min(length - 1, Math.max(0, Math.floor((x - left) / STEP)));
}

/** Of an edge of a piece, from its left to its right end. */
function slopeOf({ left, right }: Piece, atLeft: number, atRight = atLeft): number {
  return atLeft === atRight ? 0 : (atRight - atLeft) / (right - left);
}

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
export function settle(sky: Skyline, pieces: readonly Piece[], y: number): number {
  let result = y;
  for (const piece of pieces) {
    const [first, last] = bins(sky, piece);
    for (let bin = first; bin <= last; bin++) {
      const texts = sky.texts[bin] ?? 0;
      const taken = piece.line ? texts : Math.max(texts, sky.lines[bin] ?? 0);
      const needed = taken + CLEARANCE - edge(sky, piece, bin, piece.top, piece.topRight ?? piece.top, Math.min);
      if (needed > result) result = needed;
    }
  }
  return result;
}

/** Takes the room of the pieces at y. */
export function occupy(sky: Skyline, pieces: readonly Piece[], y: number): void {
  for (const piece of pieces) {
    const taken = piece.line ? sky.lines : sky.texts;
    const [first, last] = bins(sky, piece);
    for (let bin = first; bin <= last; bin++) {
      const bottom = y + edge(sky, piece, bin, piece.bottom, piece.bottomRight ?? piece.bottom, Math.max);
      if (bottom > (taken[bin] ?? 0)) taken[bin] = bottom;
    }
  }
}

/** The lowest y that is taken between two columns. */
export function lowest(sky: Skyline, left = Number.NEGATIVE_INFINITY, right = Number.POSITIVE_INFINITY): number {
  const [first, last] = bins(sky, { left, right });
  let result = Number.NEGATIVE_INFINITY;
  for (let bin = first; bin <= last; bin++) result = Math.max(result, sky.texts[bin] ?? 0, sky.lines[bin] ?? 0);
  return result;
}

function bins(sky: Skyline, { left, right }: { readonly left: number; readonly right: number }): [number, number] {
  const end = sky.texts.length - 1;
  const bin = (x: number) => Math.min(end, Math.max(0, Math.floor((x - sky.left) / STEP)));
  return [bin(left), bin(right)];
}

/** The extreme of a slanting edge within one column. */
function edge(
  sky: Skyline,
  piece: Piece,
  bin: number,
  atLeft: number,
  atRight: number,
  extreme: (a: number, b: number) => number,
): number {
  if (atLeft === atRight) return atLeft;
  const slope = (atRight - atLeft) / (piece.right - piece.left);
  const start = Math.max(piece.left, sky.left + bin * STEP);
  const end = Math.min(piece.right, sky.left + (bin + 1) * STEP);
  return atLeft + extreme((start - piece.left) * slope, (end - piece.left) * slope);
}

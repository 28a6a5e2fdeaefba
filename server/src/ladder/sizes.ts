/** Font sizes and distances of the picture, in pixels. */

export const FONT = {
  title: 19,
  head: 14,
  headLabel: 11.5,
  state: 11.5,
  flags: 13,
  numbers: 12,
  remark: 11.5,
  call: 12,
  note: 12,
  section: 12,
  callout: 11.5,
} as const;

/** Edge of the picture. */
export const PADDING = 24;
/** Width of a band, and of one of several side by side. */
export const BAND = 10;
export const THIN_BAND = 7;
export const BAND_GAP = 2;
/** Between a band and an arrow, and between a band and a state's name. */
export const ARROW_GAP = 3;
export const NAME_GAP = 10;
/** Baselines above and below the line of an arrow. */
export const ABOVE = -7;
export const BELOW = 15;
/** Between the baselines of two lines of small text. */
export const LINE = 15;
/** Behind the parts of a label. */
export const SPACE = { port: 8, flags: 9, name: 0, value: 11, blank: 11 } as const;
/** Widths of an unsolved blank: of a number, and of a state. */
export const BLANKS = { number: 30, state: 76 } as const;
/** The same with room for typing. */
export const INPUTS = { number: 74, state: 122 } as const;
/** Widest text in a callout. */
export const CALLOUT = 190;
export const CALLOUT_PADDING = 10;

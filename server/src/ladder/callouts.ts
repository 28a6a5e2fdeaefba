/** Findings as boxes in the margin: which words, on which lines. */
import { measure, wrap, wrapAtMost } from "./measure.ts";
import { gravest, type Level, type Mistake } from "./mistakes.ts";
import { CALLOUT, CALLOUT_PADDING, FONT, LINE } from "./sizes.ts";

export interface CalloutText {
  readonly level: Level;
  readonly entries: readonly { readonly rule: string; readonly message: string; readonly lines: readonly string[] }[];
  readonly height: number;
}

const MOST_LINES = 4;
const ENTRY_GAP = 4;

/** The words of a callout; nothing where there is nothing to say. */
export function calloutText(mistakes: readonly Mistake[]): CalloutText | undefined {
  const level = gravest(mistakes);
  if (level === undefined) return undefined;
  const entries = mistakes.map(({ rule, message }) => ({ rule, message, lines: messageLines(message) }));
  const lines = entries.reduce((sum, entry) => sum + 1 + entry.lines.length, 0);
  return { level, entries, height: lines * LINE + (entries.length - 1) * ENTRY_GAP + 2 * CALLOUT_PADDING - 4 };
}

/** Distance of the baseline of an entry's first line from that of the one before it, on top of the lines. */
export const CALLOUT_ENTRY_GAP = ENTRY_GAP;

function messageLines(message: string): string[] {
  const widthOf = (text: string) => measure(text, FONT.callout);
  const lines = wrap(message, CALLOUT, widthOf);
  if (lines.length <= MOST_LINES) return lines;
  const short = message.split(/: |; |\. |[：；。]/u, 1)[0] ?? message;
  return wrapAtMost(MOST_LINES, short, CALLOUT, widthOf);
}

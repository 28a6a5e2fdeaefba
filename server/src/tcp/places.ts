/** Where an arriving segment lies in the window (RFC 9293 §3.4, RFC 7323 §2.4). */
import type { Block } from "./block.ts";
import { distance, type Symbols } from "./numbers.ts";
import { endOf, type Header, takesNumbers } from "./segment.ts";

/** Where a segment lies: the overlap test of RFC 9293 §3.4 with windows that nobody wrote taken as open. */
export type Place = "next" | "ahead" | "duplicate" | "beyond";

export function placeOf(block: Block, header: Header, symbols: Symbols): Place {
  const { rcvNxt } = block;
  if (rcvNxt === undefined) return "next";
  const start = distance(rcvNxt, header.seq, symbols);
  if (start.min === 0 && start.max === 0) return "next";
  if (start.min > 0) return liesBeyond(block, header, symbols) ? "beyond" : "ahead";
  const end = distance(rcvNxt, endOf(header), symbols);
  if (start.max < 0) return end.min > 0 ? "next" : "duplicate";
  // Nothing relates the numbers: what cannot be shown to be wrong is taken.
  return "next";
}

/** Nothing of it lies before the largest right edge that was advertised; unknown edges take all (RFC 7323 §2.4). */
export function liesBeyond({ windows }: Block, header: Header, symbols: Symbols): boolean {
  if (!windows.rcvRight) return false;
  const { min } = distance(windows.rcvRight, header.seq, symbols);
  return takesNumbers(header) ? min >= 0 : min > 0;
}

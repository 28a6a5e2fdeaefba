/** Resets of an end that has no connection any more, or nobody to read what comes (RFC 9293 §3.5.2, §3.6.1). */
import type { Block } from "../tcp/block.ts";
import { ACK, RST } from "../tcp/flags.ts";
import { stampOf } from "../tcp/options.ts";
import { type Header, has, takesNumbers } from "../tcp/segment.ts";
import { BEFORE, lies } from "./capture-beginnings.ts";
import { ahead, type CapturedEnd, isEdge, numberOf, SEEN } from "./capture-ends.ts";

/** A reset of an end that has no connection: it knows nothing of its clocks. */
export function isStateless({ flags, options }: Header): boolean {
  return has(flags, RST) && stampOf(options) === undefined;
}

/**
 * A reset for the last data or FIN that has its number: the connection is gone, or nobody reads it any more. Gives what
 * waits with that segment first.
 */
export function forgotten(waiting: readonly Header[], header: Header): readonly Header[] | undefined {
  const { flags, seq } = header;
  if (!isStateless(header) || has(flags, ACK)) return undefined;
  const asked = waiting.findLast((one) => one.ack && takesNumbers(one) && numberOf(one.ack) === numberOf(seq));
  return asked && [asked, ...waiting.filter((one) => one !== asked)];
}

/** A reset that repeats what a segment of the peer has acknowledged: that segment met no connection (RFC 9293 §3.5.2). */
export function refuses(
  { stream, block, waiting, midway }: CapturedEnd,
  { acks }: CapturedEnd,
  header: Header,
): boolean {
  const { flags, seq } = header;
  if (!isStateless(header) || has(flags, ACK)) return false;
  // It may have come to its end by what is still thought to be on its way.
  const ended = block.state === "CLOSED" || block.finSent !== undefined || waiting.some((seen) => has(seen.flags, RST));
  if (!ended) return false;
  // What came before the capture began may have been anything.
  if (lies({ stream }, numberOf(seq), BEFORE)) return true;
  if (acks.length === 0) return midway && block.state === "CLOSED";
  const isEnd = isEdge(stream, numberOf(seq)) || lies({ stream }, numberOf(seq), SEEN);
  return isEnd && acks.some((ack) => ahead(numberOf(seq), ack) >= 0);
}

/** It refuses a segment that the capture lacks: it has come to its end, and has sent octets up to there. */
export function refusesUnseen({ stream, block, waiting }: CapturedEnd, header: Header): boolean {
  const { flags, seq } = header;
  if (!isStateless(header) || has(flags, ACK)) return false;
  const ended = block.state === "CLOSED" || block.finSent !== undefined || waiting.some((seen) => has(seen.flags, RST));
  return ended && (isEdge(stream, numberOf(seq)) || lies({ stream }, numberOf(seq), SEEN));
}

/** The block of an end that is about to refuse it. */
export function refusing(block: Block, { seq, ack }: Header): Block {
  const segment = block.lastArrived?.segment ?? BEFORE;
  return { ...block, state: "CLOSED", owes: { kind: "rst", segment, seq, ...(ack ? { ack } : {}) } };
}

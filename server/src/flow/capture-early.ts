/** Segments that left before the capture began, and were captured behind later ones. */
import { CLOSED_BLOCK } from "../tcp/block.ts";
import { ACK, FIN, RST, SYN } from "../tcp/flags.ts";
import { num } from "../tcp/numbers.ts";
import { MOST_SHIFT, stampAhead, stampOf } from "../tcp/options.ts";
import { type Header, has } from "../tcp/segment.ts";
import { BEFORE, lies, unknownBlock, unseen } from "./capture-beginnings.ts";
import { ahead, type CapturedEnd, endValue, mayBeOlder, numberOf } from "./capture-ends.ts";
import type { Origin } from "./capture-origins.ts";
import { isStateless, refusing } from "./capture-refusals.ts";
import type { Surroundings } from "./capture-story.ts";

/** A segment is under way for an MSL at most (RFC 9293 §3.4.2): so long anything may have left before the capture began. */
export function mayBeEarly({ since }: Pick<CapturedEnd, "since">, { now, msl }: Surroundings): boolean {
  return since !== undefined && now - since <= msl;
}

/** From what a segment may have left that says nothing that was not known when the capture began. */
export function* early(end: CapturedEnd, other: CapturedEnd, header: Header, where: Surroundings): Generator<Origin> {
  const { block, since, waiting } = end;
  if (since !== undefined) yield* atUnknownEdge(end, other, header);
  if (!mayBeEarly(end, where)) return;
  // What it answers left before, and was not captured.
  if (isStateless(header) && !has(header.flags, ACK)) {
    yield { block: refusing(block, header), waiting, unlikely: true };
    return;
  }
  // So did the SYN that it refuses.
  if (isStateless(header) && numberOf(header.seq) === 0 && header.ack)
    yield { block: refusing(CLOSED_BLOCK, header), waiting: [], keep: () => block, unlikely: true };
  if (where.exact) return;
  if (block.state === "CLOSED") yield* beforeEnd(end, header);
  else if (!has(header.flags, RST) && isOld(end, other, header)) yield untouched(end, header);
}

/** Of an older connection on the same ports, of which nothing was captured. */
export function* ofOld(end: CapturedEnd, other: CapturedEnd, header: Header, where: Surroundings): Generator<Origin> {
  if (end.since === undefined && isOfOld(end, other, header, where)) yield untouched(end, header);
}

/** It left at a time of which nothing is known, and changes nothing. */
function untouched({ block }: CapturedEnd, { seq, ack }: Header): Origin {
  return { block: unknownBlock(seq, ack), waiting: [], keep: () => block, early: "known", unlikely: true };
}

/** Of a connection before the SYN with which this one began: it refuses an unknown SYN, or has other numbers. */
function isOfOld(end: CapturedEnd, other: CapturedEnd, header: Header, where: Surroundings): boolean {
  const { now, began, msl, exact } = where;
  if (exact || now - began > msl) return false;
  const { iss } = end.block;
  const [seq, ack] = [numberOf(header.seq), header.ack && numberOf(header.ack)];
  if (isStateless(header) && ack !== undefined && seq === 0) return other.sent === 0;
  if (!iss || (ack === undefined && end.block.state === "CLOSED")) return false;
  const { iss: irs, sndNxt } = other.block;
  const isAnswer =
    ack !== undefined && irs && sndNxt && ahead(numberOf(irs), ack) >= 0 && ahead(ack, numberOf(sndNxt)) >= 0;
  if (isAnswer) return false;
  if (ahead(seq, numberOf(iss)) > 0) return true;
  const next = end.block.sndNxt;
  return (
    end.block.state === "SYN-SENT" &&
    ack !== undefined &&
    irs !== undefined &&
    next !== undefined &&
    ahead(numberOf(next), seq) > 0
  );
}

/** Its numbers and its clock are none that came later than those captured. */
function isOld(end: CapturedEnd, other: CapturedEnd, header: Header): boolean {
  const { sndNxt, finSent } = end.block;
  if (!sndNxt || ahead(numberOf(sndNxt), endValue(header)) > 0) return false;
  if (has(header.flags, FIN) && (!finSent || endValue(header) !== (numberOf(finSent) + 1) >>> 0)) return false;
  return (!header.ack || !isUnsent(other, numberOf(header.ack))) && isBehind(end, other, header);
}

/** Its clock is behind, or what it acknowledges; or it stands where its end was seen to stand. */
function isBehind(end: CapturedEnd, other: CapturedEnd, header: Header): boolean {
  const { stamp, acks, certain } = end;
  const seq = numberOf(header.seq);
  const value = stampOf(header.options)?.value;
  // Both ends went on before the capture began.
  if (header.ack && lies(end, seq + 1, BEFORE) && lies(other, numberOf(header.ack) + 1, BEFORE)) return true;
  const stood = certain !== undefined && numberOf(certain) === seq;
  const isKnown = stood || wasEdge(end, seq);
  if (value !== undefined && stamp !== undefined) {
    if (stampAhead(stamp, value) < 0) return true;
    return isKnown && (stamp === value || (stood && lies(end, seq + 1, BEFORE)));
  }
  const newest = acks[0];
  if (!header.ack || newest === undefined) return true;
  const later = ahead(newest, numberOf(header.ack));
  return later < 0 || (later === 0 && isKnown);
}

/** A captured segment begins or ends there. */
function wasEdge({ stream: { ranges } }: CapturedEnd, at: number): boolean {
  return ranges.some(({ start, end, segment }) => segment >= 0 && (numberOf(start) === at || numberOf(end) === at));
}

/** As far as is known its end has not sent what this number acknowledges. */
function isUnsent({ block, replaced, beforeReset }: CapturedEnd, ack: number): boolean {
  // A SYN that seems to begin a new connection may be a late one of this.
  const { sndNxt } = replaced?.block ?? (block.state === "CLOSED" ? beforeReset?.block : undefined) ?? block;
  return sndNxt !== undefined && ahead(numberOf(sndNxt), ack) > 0;
}

/** It left before the end of its connection. */
function* beforeEnd(end: CapturedEnd, header: Header): Generator<Origin> {
  const { block, beforeReset } = end;
  const reset = beforeReset?.stamp;
  if (reset !== undefined && !mayBeOlder({ stamp: reset }, header)) return;
  const ack = header.ack && numberOf(header.ack);
  const heard = beforeReset?.heard;
  if (ack !== undefined && heard && ahead(numberOf(heard), ack) > 0) return;
  const { sndNxt } = beforeReset?.block ?? block;
  const next = sndNxt && numberOf(sndNxt);
  if (next !== undefined && ahead(next, endValue(header)) <= 0) {
    yield untouched(end, header);
    return;
  }
  const to = num(endValue(header));
  const gap = next !== undefined && ahead(next, numberOf(header.seq)) > 0;
  yield {
    block: unknownBlock(header.seq, header.ack),
    waiting: [],
    keep: () => ({ ...block, sndNxt: to }),
    early: "unknown",
    unlikely: true,
    ...(gap ? { gap: unseen(next, numberOf(header.seq), BEFORE) } : {}),
  };
}

/** Segments whose windows are remembered. */
const MOST_TOLD = 16;

/** Remembers what a window says of which nobody knows how it is scaled. */
export function rememberTold({ told }: CapturedEnd, ack: number, window: number): void {
  told.unshift({ ack, window });
  if (told.length > MOST_TOLD) told.pop();
}

/** An ACK from the edge of a window that has shrunk below SND.NXT; how windows are scaled was not captured (RFC 9293 §3.8.6). */
function* atUnknownEdge({ block, waiting }: CapturedEnd, { told }: CapturedEnd, header: Header): Generator<Origin> {
  const { sndNxt, finSent } = block;
  const seq = numberOf(header.seq);
  const bare = numberOf(header.data) === 0 && !has(header.flags, FIN | RST | SYN);
  if (!bare || !sndNxt || ahead(seq, numberOf(sndNxt)) <= 0 || !told.some((one) => isEdgeOf(one, seq))) return;
  const keep: Origin["keep"] = (after) => ({ ...after, sndNxt, finSent });
  yield { block: { ...block, sndNxt: header.seq, finSent: undefined }, waiting, keep, unlikely: true };
}

function isEdgeOf({ ack, window }: { ack: number; window: number }, at: number): boolean {
  for (let shift = 0; shift <= MOST_SHIFT; shift++) if ((ack + window * 2 ** shift) >>> 0 === at) return true;
  return false;
}

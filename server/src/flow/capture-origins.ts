/** The blocks from which a captured segment may have left, likeliest first. */
import { type Block, CLOSED_BLOCK, type HeldRange } from "../tcp/block.ts";
import { ACK, FIN, RST, SYN } from "../tcp/flags.ts";
import { num } from "../tcp/numbers.ts";
import { NO_OPTIONS } from "../tcp/options.ts";
import { type Header, has, takesNumbers } from "../tcp/segment.ts";
import { splitAt } from "../tcp/streams.ts";
import { NO_WINDOWS } from "../tcp/windows.ts";
import { BEFORE, lies, neverCaptured, UNSEEN, unknownBlock, unseen } from "./capture-beginnings.ts";
import { early, mayBeEarly, ofOld } from "./capture-early.ts";
import {
  ahead,
  type CapturedEnd,
  endValue,
  isEdge,
  LARGEST_WINDOW,
  mayBeOlder,
  NO_SYMBOLS,
  numberOf,
  SEEN,
} from "./capture-ends.ts";
import { answered, isOpenedBy, opened, openings } from "./capture-handshakes.ts";
import { before, missed, probing, reported } from "./capture-lacking.ts";
import { forgotten, isStateless, refuses, refusesUnseen, refusing } from "./capture-refusals.ts";
import type { Surroundings } from "./capture-story.ts";

/** Where a story begins. */
export interface Origin {
  readonly block: Block;
  readonly waiting: readonly Header[];
  /** Octets of its own that left before this segment and were not captured: lost on the way, or overtaken. */
  readonly gap?: Header;
  /** The same of the peer: this segment acknowledges them. */
  readonly peersGap?: Header;
  /** A new connection: what was sent before is history. */
  readonly opens?: true;
  /** A new connection while the old one was alive: if that goes on, the SYN was wrong. */
  readonly instead?: Pick<Origin, "block" | "waiting">;
  /** Octets that the capture lacks; of its own stream, or of the peer's. Or a segment without any. */
  readonly missing?: { readonly own: boolean; readonly from: number; readonly to: number } | Unseen;
  /** The block afterwards, where the segment left before others that were captured earlier. */
  readonly keep?: (after: Block) => Block;
  /** It left before others that were captured earlier: its window, clock and SACK blocks are of that time. */
  readonly older?: true;
  /** It answers a SYN that left before the capture began. */
  readonly unasked?: true;
  /** Both ends are in the middle of a connection of which nothing was captured. */
  readonly midway?: true;
  /** It left before the capture began, with what is known of its stream or with more. */
  readonly early?: "known" | "unknown";
  /** It left before a reset of the same end that was captured earlier. */
  readonly beforeReset?: true;
  /** Explains too much to tell what is wrong. */
  readonly unlikely?: true;
}

/** A SYN of the peer, its SYN,ACK, or that of the sender itself; what the peer answered to that; a larger window; a timestamp; what a reset refuses. */
export type Unseen = "peer's SYN" | "peer's SYN,ACK" | "own SYN,ACK" | "peer's ACK" | "window" | "stamp" | "refused";

/** Where the segment may come from. What its number says of its own stream first, then what it acknowledges. */
export function* origins(end: CapturedEnd, other: CapturedEnd, header: Header, where: Surroundings): Generator<Origin> {
  const { block, waiting } = end;
  const again = end.arrived ? [end.arrived, ...waiting] : waiting;
  if (has(header.flags, SYN)) {
    yield* openings(end, other, header, where);
    return;
  }
  yield* ofOld(end, other, header, where);
  yield* streams(end, other, header, where);
  const open = answered(end, header) ?? opened(end);
  if (open)
    for (const origin of streams(open.end, other, header, where)) yield { ...open.lacks, ...origin, unlikely: true };
  yield* refusals(end, other, header, again);
  yield* overtakenByReset(end, other, header, where);
  // An old connection, unknown to the capture, answers a SYN by an ACK (RFC 9293 Figure 10). It knows not of the SYN.
  if (end.sent === 0 && (block.state === "CLOSED" || block.state === "SYN-SENT")) {
    const unknown: Origin = { block: unknownBlock(header.seq, header.ack), waiting, midway: true, unlikely: true };
    const knows = header.ack && !has(header.flags, RST) && isOpenedBy(other, numberOf(header.ack));
    yield knows ? { ...unknown, missing: "own SYN,ACK" } : unknown;
  }
  for (const block of end.others) {
    yield { block, waiting, unlikely: true };
    // In the middle of a connection more may be missing.
    if (end.midway)
      for (const origin of streams({ ...end, block }, other, header, where)) yield { ...origin, unlikely: true };
  }
  yield* early(end, other, header, where);
}

/** A reset of an end that has no connection any more. */
function* refusals(end: CapturedEnd, other: CapturedEnd, header: Header, again: readonly Header[]): Generator<Origin> {
  if (isStateless(header)) yield { block: CLOSED_BLOCK, waiting: synsLast(again), unlikely: true };
  const refused: Origin = { block: refusing(end.block, header), waiting: again, unlikely: true };
  if (refuses(end, other, header)) yield refused;
  else if (refusesUnseen(end, header)) yield { ...refused, missing: "refused" };
}

/** A SYN need not have arrived for a reset that refuses something else. */
function synsLast(waiting: readonly Header[]): readonly Header[] {
  const isSyn = ({ flags }: Header): boolean => has(flags, SYN);
  return waiting.some(isSyn) ? [...waiting.filter((one) => !isSyn(one)), ...waiting.filter(isSyn)] : waiting;
}

/** What the number of a segment says of its own stream, and its acknowledgment of the peer's. */
function* streams(end: CapturedEnd, other: CapturedEnd, header: Header, where: Surroundings): Generator<Origin> {
  const { exact } = where;
  let first = true;
  for (const own of ownStream(end, header, exact)) {
    yield first ? own : { ...own, unlikely: true };
    const again = end.arrived ? [end.arrived, ...end.waiting] : end.waiting;
    const asked = first ? forgotten(again, header) : undefined;
    if (asked) yield { block: CLOSED_BLOCK, waiting: asked, unlikely: true };
    first = false;
    yield* unheld(own, other, header);
    yield* olderAcks(own, end, other, header, exact);
    yield* before(own, other, header);
    yield* missed(own, other, header);
    yield* reported(own, other, header);
    yield* probing(own, end, other, header, where.now);
    for (const free of unheld(own, other, header)) yield* missed(free, other, header);
    yield* unpromised(own, other, header);
  }
}

/** More was advertised than was captured, by either end. */
function* unpromised(own: Origin, other: CapturedEnd, header: Header): Generator<Origin> {
  const free = { ...own, block: { ...own.block, windows: NO_WINDOWS }, unlikely: true } as const;
  // What probes a closed window needs that.
  const opens = takesNumbers(header);
  const waiting = own.waiting.map((seen) => (seen.window === 0 && !opens ? seen : { ...seen, window: undefined }));
  if (own.block.windows !== NO_WINDOWS) yield { ...free, waiting, missing: "window" };
  // What was missed told of it.
  if (opens) for (const lacking of missed(free, other, header)) yield { ...lacking, waiting: [] };
}

/** The network may turn round the order of a segment and the reset behind it. */
function* overtakenByReset(
  end: CapturedEnd,
  other: CapturedEnd,
  header: Header,
  where: Surroundings,
): Generator<Origin> {
  const { exact } = where;
  const { beforeReset } = end;
  if (!beforeReset || exact || isStateless(header) || end.block.state !== "CLOSED") return;
  const { block, stamp, heard } = beforeReset;
  // What the peer sent behind the reset has not arrived before it.
  if (heard && header.ack && ahead(numberOf(heard), numberOf(header.ack)) > 0) return;
  if (!mayBeOlder({ stamp }, header)) return;
  const alive: CapturedEnd = { ...end, block };
  const how: Pick<Origin, "beforeReset" | "early"> = {
    beforeReset: true,
    ...(mayBeEarly(end, where) ? { early: "unknown" } : {}),
  };
  for (const own of ownStream(alive, header, exact)) {
    yield { ...own, ...how, unlikely: true };
    for (const older of olderAcks(own, alive, other, header, exact)) yield { ...older, ...how };
    for (const later of before(own, other, header)) yield { ...later, ...how };
  }
}

/** SND.NXT as the segment shows it. */
function* ownStream(end: CapturedEnd, header: Header, exact: boolean): Generator<Origin> {
  const { block, waiting } = end;
  const { sndNxt } = block;
  const asIs: Origin = { block, waiting: isStateless(header) ? synsLast(waiting) : waiting };
  if (sndNxt === undefined || block.state === "CLOSED" || block.state === "LISTEN") {
    yield asIs;
    return;
  }
  const [seq, next] = [numberOf(header.seq), numberOf(sndNxt)];
  const beyond = ahead(next, seq);
  if (beyond > 0 && beyond < LARGEST_WINDOW && block.finSent === undefined) {
    const gap = unseen(next, seq, end.midway ? BEFORE : UNSEEN);
    const sent: Origin = { block: { ...block, sndNxt: num(seq) }, waiting, gap };
    if (exact) yield asIs;
    yield exact && !end.midway ? { ...sent, missing: { own: true, from: next, to: seq } } : sent;
    if (!exact) yield asIs;
    return;
  }
  if (beyond < 0) {
    splitMerged(end, header);
    yield asIs;
    if (!exact && mayBeOvertaken(end, header))
      yield {
        block: { ...block, sndNxt: num(seq), finSent: undefined },
        waiting,
        keep: (after) => (has(header.flags, RST) ? after : block),
      };
    return;
  }
  yield asIs;
}

/** It takes no number, and may have left before what was captured earlier. */
function mayBeOvertaken(end: CapturedEnd, header: Header): boolean {
  const { ranges } = end.stream;
  const seq = numberOf(header.seq);
  const alone = numberOf(header.data) === 0 && !has(header.flags, FIN);
  if (!alone || !mayBeOlder(end, header) || knowsMore(end, header)) return false;
  const opened = ranges.some(({ start, syn }) => syn && numberOf(start) === seq);
  return isEdge(end.stream, seq) || (has(header.flags, RST) && !opened);
}

/** Repeats may be cut where the wire cut a merged segment, or anywhere in what was not captured. */
function splitMerged(end: CapturedEnd, header: Header): void {
  const { stream, block } = end;
  const mss = block.options.peer?.mss ?? 1460;
  const merged = (at: number): boolean =>
    stream.ranges.some(
      ({ start, end: stop, segment, length }) =>
        ahead(numberOf(start), at) > 0 && ahead(at, numberOf(stop)) > 0 && (segment < 0 || numberOf(length) > mss),
    );
  for (const at of [numberOf(header.seq), endValue(header)]) if (merged(at)) splitAt(stream, num(at), NO_SYMBOLS);
}

/** Without SACK nothing tells what is held above a hole: what seemed to have arrived may still be under way. */
function* unheld(own: Origin, other: CapturedEnd, { ack }: Header): Generator<Origin> {
  const { held, options, sndUna, sndNxt } = own.block;
  if (held.length === 0 || !ack || options.peer?.sackOK === true) return;
  const back = held.flatMap((range) =>
    segmentsIn(other, range).map(
      ({ start, end, fin }): Header => ({
        ...unseen(numberOf(start), numberOf(end) - (fin ? 1 : 0), UNSEEN),
        flags: fin ? ACK | FIN : ACK,
        ack: sndUna ?? sndNxt,
      }),
    ),
  );
  yield { ...own, block: { ...own.block, held: [] }, waiting: [...back, ...own.waiting], unlikely: true };
}

/** What is held, in the segments in which it left. */
function segmentsIn({ stream }: CapturedEnd, held: HeldRange): readonly Pick<HeldRange, "start" | "end" | "fin">[] {
  const inside = stream.ranges.filter(
    ({ start, end }) =>
      ahead(numberOf(held.start), numberOf(start)) >= 0 && ahead(numberOf(end), numberOf(held.end)) >= 0,
  );
  const octets = inside.reduce((sum, { start, end }) => sum + ahead(numberOf(start), numberOf(end)), 0);
  return octets === ahead(numberOf(held.start), numberOf(held.end)) ? inside : [held];
}

/** It acknowledges what the peer sent behind the octets of this end that it would have to come before. */
function knowsMore({ news, midway }: CapturedEnd, { seq, ack }: Header): boolean {
  if (midway || !ack || !news?.heard || ahead(numberOf(seq), news.start) < 0) return false;
  return ahead(numberOf(news.heard), numberOf(ack)) > 0;
}

/** The network may turn round the order of two segments, of which the later one acknowledges more. */
function* olderAcks(
  own: Origin,
  end: CapturedEnd,
  other: CapturedEnd,
  header: Header,
  exact: boolean,
): Generator<Origin> {
  const { rcvNxt } = own.block;
  if (exact || !rcvNxt || !header.ack || has(header.flags, RST) || !mayBeOlder(end, header)) return;
  const ack = numberOf(header.ack);
  if (ahead(ack, numberOf(rcvNxt)) < 0) return;
  if (ack !== numberOf(rcvNxt) && !end.acks.includes(ack) && !mayBeEdge(other, ack)) return;
  const { held, windows, options } = own.block;
  const keep = (after: Block): Block => ({ ...(own.keep ? own.keep(after) : after), rcvNxt, held, windows, options });
  const block: Block = { ...own.block, rcvNxt: header.ack, held: [], windows: NO_WINDOWS, options: NO_OPTIONS };
  yield { ...own, block, waiting: [], keep, older: true, unlikely: true };
}

/** Whether a segment of the end may have ended there, as far as they were captured. */
function mayBeEdge(end: CapturedEnd, at: number): boolean {
  const { sndNxt } = end.block;
  const unknown = end.midway && (!sndNxt || ahead(numberOf(sndNxt), at) > 0);
  return unknown || isEdge(end.stream, at) || neverCaptured(end, at) || lies(end, at, SEEN);
}

/** Connections whose beginning was not captured: what the first segments tell of what came before (RFC 9293 §3.4). */
import { type Block, CLOSED_BLOCK } from "../tcp/block.ts";
import { ACK, RST, SYN } from "../tcp/flags.ts";
import { type Num, num } from "../tcp/numbers.ts";
import { type Negotiation, NO_OPTIONS, stampOf, withStamp } from "../tcp/options.ts";
import { type Header, has } from "../tcp/segment.ts";
import type { SentRange } from "../tcp/streams.ts";
import { ahead, type CapturedEnd, LARGEST_WINDOW, numberOf } from "./capture-ends.ts";
import { pushRange } from "./stream-booking.ts";

/** Marks, in place of a segment's number, octets that left before the capture began, or that it lacks. */
export const BEFORE = -2;
export const UNSEEN = -1;

/** Octets [from, to) that left and were not captured. */
export function unseen(from: number, to: number, index: typeof BEFORE | typeof UNSEEN): Header {
  const data = num(ahead(from, to));
  return { index, flags: ACK, seq: num(from), ack: undefined, data, window: undefined, options: [] };
}

/** In the middle of its life: what it has sent and received before was not captured. */
export function unknownBlock(sndNxt: Num | undefined, rcvNxt: Num | undefined): Block {
  return {
    ...CLOSED_BLOCK,
    state: "ESTABLISHED",
    sndNxt,
    rcvNxt,
    opened: true,
    synSent: true,
    answers: Number.POSITIVE_INFINITY,
  };
}

/** Before the first segment of an end is judged. */
export function meet(end: CapturedEnd, other: CapturedEnd, header: Header, began: number): void {
  if (end.sent > 0) return;
  if (other.sent > 0) {
    if (end.block.state === "ESTABLISHED" && end.block.sndNxt === undefined) meetSecond(end, other, header);
    return;
  }
  const { flags, seq, ack } = header;
  if (has(flags, SYN) && !has(flags, ACK)) return;
  if (has(flags, SYN) && ack) {
    end.block = unaskedBlock(ack);
    beginBoth(end, other, began);
    meetAnswer(other, header);
    return;
  }
  end.block = unknownBlock(seq, ack);
  beginBoth(end, other, began);
  rememberBefore(end, seq);
  other.block = unknownBlock(undefined, undefined);
}

function beginBoth(end: CapturedEnd, other: CapturedEnd, began: number): void {
  for (const one of [end, other]) {
    one.midway = true;
    one.since = began;
  }
}

/** The block of an end that answers a SYN which was not captured. */
export function unaskedBlock(ack: Num): Block {
  const irs = num(numberOf(ack) - 1);
  return { ...CLOSED_BLOCK, state: "SYN-RECEIVED", origin: "passive", irs, rcvNxt: ack };
}

/** An end whose SYN was not captured, but the SYN,ACK that answers it. */
export function meetAnswer(end: CapturedEnd, { ack, options }: Header): void {
  if (!ack) return;
  if (end.sent > 0) {
    // The SYN may be a late copy of an old one.
    const { block, waiting, since } = end;
    const syn: Header = { ...unseen(0, 0, UNSEEN), flags: SYN, seq: num(numberOf(ack) - 1), ack: undefined };
    end.replaced = { header: syn, block, waiting, since, ranges: [...end.stream.ranges] };
    end.waiting = [];
  }
  const stamp = stampOf(options)?.value;
  const earlier: Negotiation =
    stamp === undefined ? NO_OPTIONS : { ...NO_OPTIONS, received: { ...withStamp(undefined, stamp), whole: false } };
  end.block = { ...synSent(ack), options: earlier };
  end.stream.ranges.length = 0;
  end.stream.ranges.push(unseenSyn(num(numberOf(ack) - 1)));
}

/** An end whose SYN,ACK was not captured, but what acknowledges it. */
export function beginMidway(end: CapturedEnd, { seq, ack }: Header): void {
  end.block = unknownBlock(undefined, seq);
  end.midway = true;
  if (ack) rememberBefore(end, ack);
}

/**
 * The first segment of an end tells that it is in the middle of a connection, though a SYN came before it: that one was
 * old, or its sender has forgotten the connection.
 */
export function meetLate(end: CapturedEnd, other: CapturedEnd, { flags, seq, ack }: Header, began: number): void {
  beginBoth(end, other, began);
  rememberBefore(end, seq);
  // Who resets the old connection ends it.
  if (!has(flags, RST))
    other.others = [...other.others, unknownBlock(undefined, seq), unknownBlock(undefined, undefined)];
  if (ack) rememberBefore(other, ack);
}

/** What the other end has acknowledged has been sent. */
function meetSecond(end: CapturedEnd, other: CapturedEnd, { flags, seq, ack }: Header): void {
  if (has(flags, SYN) && !ack) return;
  if (has(flags, SYN) && ack) {
    // Its SYN,ACK is repeated: the other end has answered it already.
    const [iss, irs] = [seq, num(numberOf(ack) - 1)];
    const sndNxt = num(numberOf(seq) + 1);
    end.block = {
      ...CLOSED_BLOCK,
      state: "SYN-RECEIVED",
      origin: "passive",
      iss,
      irs,
      sndUna: iss,
      sndNxt,
      rcvNxt: ack,
      synSent: true,
    };
    end.stream.ranges.push(unseenSyn(iss));
    return;
  }
  const known = other.block.rcvNxt;
  const sndNxt = known && ahead(numberOf(seq), numberOf(known)) > 0 ? known : seq;
  end.block = { ...end.block, sndNxt, rcvNxt: ack };
  rememberBefore(end, sndNxt);
  const sent = other.block.sndNxt;
  if (!ack || !sent || ahead(numberOf(sent), numberOf(ack)) <= 0) return;
  pushRange(other.stream, unseen(numberOf(sent), numberOf(ack), BEFORE));
  other.block = { ...other.block, sndNxt: ack };
}

/** Anything before `next` may be repeated. */
export function rememberBefore({ stream: { ranges } }: CapturedEnd, next: Num): void {
  const known = ranges.findIndex(({ segment }) => segment === BEFORE);
  const end = ranges[known]?.end;
  if (end && ahead(numberOf(end), numberOf(next)) <= 0) return;
  if (end) ranges.splice(known, 1);
  const start = num(numberOf(next) - LARGEST_WINDOW);
  const length = num(LARGEST_WINDOW);
  ranges.unshift({ start, end: next, syn: false, fin: false, length, segment: BEFORE, carriers: [] });
}

function unseenSyn(iss: Num): SentRange {
  const end = num(numberOf(iss) + 1);
  return { start: iss, end, syn: true, fin: false, length: num(0), segment: UNSEEN, carriers: [] };
}

/** An end whose SYN was not captured, but its answer. */
function synSent(sndNxt: Num): Block {
  const iss = num(numberOf(sndNxt) - 1);
  return { ...CLOSED_BLOCK, state: "SYN-SENT", origin: "active", iss, sndUna: iss, sndNxt, synSent: true };
}

/** Up to where octets between two numbers left and were not captured. */
export function lastUnseen({ stream }: CapturedEnd, from: number, to: number): number | undefined {
  let last: number | undefined;
  for (const { start, end, segment } of stream.ranges) {
    if (segment !== UNSEEN && segment !== BEFORE) continue;
    if (ahead(numberOf(start), to) <= 0 || ahead(from, numberOf(end)) <= 0) continue;
    const until = ahead(to, numberOf(end)) > 0 ? to : numberOf(end);
    if (last === undefined || ahead(last, until) > 0) last = until;
  }
  return last;
}

/** Whether the octet before `to` lies in a part of the stream that left and was not captured. */
export function neverCaptured(end: Pick<CapturedEnd, "stream">, to: number): boolean {
  return lies(end, to, UNSEEN) || lies(end, to, BEFORE);
}

/** Whether the octet before `to` lies in a range with this mark. */
export function lies({ stream }: Pick<CapturedEnd, "stream">, to: number, mark: number): boolean {
  return stream.ranges.some(
    ({ start, end, segment }) => segment === mark && ahead(numberOf(start), to) > 0 && ahead(to, numberOf(end)) >= 0,
  );
}

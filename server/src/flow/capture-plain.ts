/** From what is known of two ends as blocks to the few numbers of the plain case. */
import { arrive } from "../tcp/arrival.ts";
import type { Block } from "../tcp/block.ts";
import { ACK, FIN, RST, SYN } from "../tcp/flags.ts";
import type { Num } from "../tcp/numbers.ts";
import { shifts, usesTimestamps } from "../tcp/options.ts";
import { LACKING, type PlainEnd, type PlainSegment } from "../tcp/plain.ts";
import { type Header, has } from "../tcp/segment.ts";
import type { SentRange } from "../tcp/streams.ts";
import { UNSEEN } from "./capture-beginnings.ts";
import type { CapturedEnds } from "./capture-connection.ts";
import { ahead, type CapturedEnd, endValue, NO_SYMBOLS, numberOf } from "./capture-ends.ts";

export type PlainEnds = readonly [PlainEnd, PlainEnd];

/** The plain numbers of two ends, if nothing else is to be known of them. */
export function asPlain([one, two]: CapturedEnds, now: number): PlainEnds | undefined {
  if (!isPlain(one) || !isPlain(two)) return undefined;
  if (closes(one) || closes(two)) return undefined;
  settle(one, now);
  settle(two, now);
  const toTwo = underWay(one, two);
  const toOne = underWay(two, one);
  if (!toTwo || !toOne) return undefined;
  const first = plainEnd(one, two, toTwo);
  const second = plainEnd(two, one, toOne);
  if (!first || !second || first.stamps !== second.stamps) return undefined;
  one.waiting = [];
  two.waiting = [];
  return [first, second];
}

function isPlain({ block, others, claim }: CapturedEnd): boolean {
  if (block.state !== "ESTABLISHED" || others.length > 0 || claim) return false;
  if (block.finSent || block.finReceived || block.synData || block.held.some(({ fin }) => fin)) return false;
  return block.owes === undefined || block.owes.kind === "ack";
}

/** A closed window, or one on its way: what opens it may be under way when it is probed. */
function closes({ block: { sndUna, peerWindow }, waiting }: CapturedEnd): boolean {
  if (peerWindow === 0) return true;
  return waiting.some(
    ({ window, ack }) => window === 0 && ack && sndUna && ahead(numberOf(sndUna), numberOf(ack)) >= 0,
  );
}

/** What is under way from one end to the other. */
interface UnderWay {
  readonly sent: PlainSegment[];
  readonly repeats: PlainSegment[];
  readonly lacks: number;
}

/** What `from` has sent and `to` has not acknowledged, if each segment of it either waits or is held. */
function underWay({ block: { sndNxt }, stream }: CapturedEnd, to: CapturedEnd): UnderWay | undefined {
  const { rcvNxt, held } = to.block;
  if (!sndNxt || !rcvNxt) return undefined;
  const waiting = dataAt(to, numberOf(rcvNxt));
  if (!waiting) return undefined;
  const sent: PlainSegment[] = [];
  let next = numberOf(rcvNxt);
  for (const range of stream.ranges) {
    if (ahead(next, numberOf(range.end)) <= 0) continue;
    if (numberOf(range.start) !== next || range.fin || range.syn) return undefined;
    next = numberOf(range.end);
    const segment = segmentIn(range, waiting) ?? heldIn(range, held);
    if (!segment) return undefined;
    sent.push(segment);
  }
  if (next !== numberOf(sndNxt)) return undefined;
  const lacks = sent.filter(({ packet }) => packet === LACKING).length;
  const repeats = repeatsIn(waiting, sent);
  return repeats && { sent, repeats, lacks };
}

/** The data that waits, by packet; nothing where more than data does. */
function dataAt({ waiting }: CapturedEnd, next: number): Map<number, PlainSegment> | undefined {
  const found = new Map<number, PlainSegment>();
  for (const header of waiting) {
    if (has(header.flags, SYN | FIN | RST)) return undefined;
    if (numberOf(header.data) === 0 || ahead(next, endValue(header)) <= 0) continue;
    if (!header.ack || found.has(header.index)) return undefined;
    found.set(header.index, plainSegment(header, header.ack));
  }
  return found;
}

/** What waits of a range of the stream; of a range that was not captured at first, what came later. */
function segmentIn(range: SentRange, waiting: ReadonlyMap<number, PlainSegment>): PlainSegment | undefined {
  const [seq, length] = [numberOf(range.start) | 0, numberOf(range.length)];
  const fits = (segment: PlainSegment): boolean => segment.seq === seq && segment.length === length;
  if (range.segment !== UNSEEN) {
    const segment = waiting.get(range.segment);
    return segment && fits(segment) ? segment : undefined;
  }
  const came = [...waiting.values()].find(fits);
  if (came) return { ...came, late: true };
  return { packet: LACKING, flags: 0, seq, ack: 0, window: -1, length, timestamp: 0, echo: 0, late: false };
}

/** What has arrived above a hole. */
function heldIn({ start, end, length, segment, ack }: SentRange, held: Block["held"]): PlainSegment | undefined {
  const isHeld = held.some(
    (range) => ahead(numberOf(range.start), numberOf(start)) >= 0 && ahead(numberOf(end), numberOf(range.end)) >= 0,
  );
  if (segment < 0 || !ack || !isHeld) return undefined;
  const numbers = { seq: numberOf(start) | 0, ack: numberOf(ack) | 0, length: numberOf(length) };
  return { packet: segment, flags: ACK, ...numbers, window: -1, timestamp: 0, echo: 0, late: false };
}

/** What waits beside the segments that left first, if all of it is copies of those. */
function repeatsIn(
  waiting: ReadonlyMap<number, PlainSegment>,
  sent: readonly PlainSegment[],
): PlainSegment[] | undefined {
  const lengths = new Map(sent.map(({ seq, length }) => [seq, length]));
  const first = new Set(sent.map(({ packet }) => packet));
  const repeats = [...waiting.values()].filter(({ packet }) => !first.has(packet));
  return repeats.every(({ seq, length }) => lengths.get(seq) === length) ? repeats : undefined;
}

function plainSegment({ index, flags, seq, ack: _, data, window, options }: Header, ack: Num): PlainSegment {
  const stamp = options.find((option) => option.kind === "TS");
  return {
    packet: index,
    flags,
    seq: numberOf(seq) | 0,
    ack: numberOf(ack) | 0,
    window: window ?? -1,
    length: numberOf(data),
    timestamp: (stamp?.value ?? 0) | 0,
    echo: (stamp?.echo ?? 0) | 0,
    late: false,
  };
}

function plainEnd(
  { block, stamp }: CapturedEnd,
  peer: CapturedEnd,
  { sent, repeats, lacks }: UnderWay,
): PlainEnd | undefined {
  const { sndNxt, rcvNxt, windows, options, lastWindow } = block;
  if (!sndNxt || !rcvNxt) return undefined;
  const halfKnown = options.own === undefined || options.peer === undefined;
  const stamps = usesTimestamps(options) || (halfKnown && options.sent !== undefined);
  const { own: shift } = shifts(options);
  if ((stamps && stamp === undefined) || shift === undefined) return undefined;
  return {
    next: numberOf(sndNxt) | 0,
    acked: numberOf(rcvNxt) | 0,
    sent,
    first: 0,
    windows: !halfKnown && windows.rcvRight !== undefined,
    edge: windows.rcvRight ? numberOf(windows.rcvRight) | 0 : 0,
    shift,
    stamps,
    stamp: (stamp ?? 0) | 0,
    window: lastWindow ?? -1,
    last: block.lastSent?.segment ?? -1,
    lastLength: block.lastSent ? numberOf(block.lastSent.length) : 0,
    pureAck: numberOf(peer.block.sndUna ?? rcvNxt) | 0,
    ended: false,
    endedAt: 0,
    sacks: options.own?.sackOK !== false && options.peer?.sackOK !== false,
    held: block.held.flatMap(({ start, end }) => [numberOf(start) | 0, numberOf(end) | 0]),
    repeats,
    lacks,
  };
}

/** Segments that take no number have arrived, which makes nothing wrong. */
function settle(end: CapturedEnd, now: number): void {
  const context = { symbols: NO_SYMBOLS, now, answer: undefined, repeats: false, listens: undefined } as const;
  const rest: Header[] = [];
  for (const header of end.waiting) {
    if (numberOf(header.data) > 0 || has(header.flags, SYN | FIN | RST)) rest.push(header);
    else end.block = arrive(end.block, header, context).block;
  }
  if (rest.length < end.waiting.length) end.waiting = rest;
}

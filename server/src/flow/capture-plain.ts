/** Between what is known of two ends as blocks, and the few numbers of the plain case. */
import { arrive } from "../tcp/arrival.ts";
import type { Block, Trail } from "../tcp/block.ts";
import { FIN, RST, SYN } from "../tcp/flags.ts";
import { type Num, num } from "../tcp/numbers.ts";
import { type Negotiation, shifts, usesTimestamps, withStamp } from "../tcp/options.ts";
import { KEPT, type PlainEnd, type PlainSegment } from "../tcp/plain.ts";
import { type Header, has } from "../tcp/segment.ts";
import type { Stream } from "../tcp/streams.ts";
import { LARGEST_WINDOW, SEEN } from "./capture-beginnings.ts";
import type { CapturedEnds } from "./capture-connection.ts";
import { ahead, type CapturedEnd, endValue, NO_SYMBOLS, numberOf } from "./capture-ends.ts";

export type PlainEnds = readonly [PlainEnd, PlainEnd];

/** The plain numbers of two ends, if nothing else is to be known of them. */
export function asPlain([one, two]: CapturedEnds, now: number): PlainEnds | undefined {
  if (!isPlain(one) || !isPlain(two)) return undefined;
  const toTwo = underWay(one, two);
  const toOne = underWay(two, one);
  if (!toTwo || !toOne) return undefined;
  const first = plainEnd(one, toTwo);
  const second = plainEnd(two, toOne);
  if (!first || !second || first.stamps !== second.stamps) return undefined;
  settle(one, now);
  settle(two, now);
  return [first, second];
}

function isPlain({ block, others, claim }: CapturedEnd): boolean {
  if (block.state !== "ESTABLISHED" || others.length > 0 || claim) return false;
  if (block.finSent || block.finReceived || block.held.length > 0 || block.synData) return false;
  return block.owes === undefined || block.owes.kind === "ack";
}

/** The data that waits at `to`, if it is all that `from` has sent and `to` has not, without a hole. */
function underWay(from: CapturedEnd, to: CapturedEnd): PlainSegment[] | undefined {
  const { sndNxt } = from.block;
  const { rcvNxt } = to.block;
  if (!sndNxt || !rcvNxt) return undefined;
  const sent: PlainSegment[] = [];
  let next = numberOf(rcvNxt);
  for (const header of to.waiting) {
    if (has(header.flags, SYN | FIN | RST)) return undefined;
    if (numberOf(header.data) === 0 || ahead(next, endValue(header)) <= 0) continue;
    if (numberOf(header.seq) !== next || !header.ack) return undefined;
    sent.push(plainSegment(header, header.ack));
    next = endValue(header);
  }
  return next === numberOf(sndNxt) ? sent : undefined;
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
  };
}

function plainEnd({ block, stamp }: CapturedEnd, sent: PlainSegment[]): PlainEnd | undefined {
  const { sndNxt, rcvNxt, windows, options, lastWindow } = block;
  if (!sndNxt || !rcvNxt) return undefined;
  const halfKnown = options.own === undefined || options.peer === undefined;
  const stamps = usesTimestamps(options) || (halfKnown && options.sent !== undefined);
  if (stamps && stamp === undefined) return undefined;
  return {
    next: numberOf(sndNxt) | 0,
    acked: numberOf(rcvNxt) | 0,
    sent,
    first: 0,
    windows: !halfKnown && windows.rcvRight !== undefined,
    edge: windows.rcvRight ? numberOf(windows.rcvRight) | 0 : 0,
    shift: shifts(options).own,
    stamps,
    stamp: (stamp ?? 0) | 0,
    window: lastWindow ?? -1,
    last: block.lastSent?.segment ?? -1,
    lastLength: block.lastSent ? numberOf(block.lastSent.length) : 0,
  };
}

/** Segments that take no number have arrived, which makes nothing wrong. */
function settle(end: CapturedEnd, now: number): void {
  const context = { symbols: NO_SYMBOLS, now, answersNextWith: "nothing", listens: undefined } as const;
  for (const header of end.waiting) {
    if (numberOf(header.data) === 0) end.block = arrive(end.block, header, context).block;
  }
  end.waiting = [];
}

/** Carries back what the plain numbers have come to. */
export function fromPlain(ends: CapturedEnds, plain: PlainEnds): void {
  for (const [i, j] of [
    [0, 1],
    [1, 0],
  ] as const) {
    const [end, own, peer] = [ends[i], plain[i], plain[j]];
    end.block = blockOf(end.block, own, peer);
    end.waiting = peer.sent.slice(peer.first).map((segment) => headerOf(segment, peer.stamps));
    end.stamp = own.stamps ? own.stamp >>> 0 : undefined;
    if (end.acks[0] !== own.acked >>> 0) end.acks.unshift(own.acked >>> 0);
    extend(end.stream, own);
  }
}

function blockOf(block: Block, own: PlainEnd, peer: PlainEnd): Block {
  const right = peer.windows ? num(peer.edge) : undefined;
  return {
    ...block,
    sndNxt: num(own.next),
    sndUna: num(peer.acked),
    rcvNxt: num(own.acked),
    lastAck: num(own.acked),
    lastWindow: known(own.window),
    peerWindow: known(peer.window),
    windows: {
      sndRight: right,
      toldSeq: right && num(peer.next),
      toldAck: right && num(peer.acked),
      rcvRight: own.windows ? num(own.edge) : undefined,
    },
    options: own.stamps ? withClocks(block.options, own.stamp, arrivedStamp(peer)) : block.options,
    lastSent: trail(own),
    lastArrived: trail(peer),
    lastTaken: trail(peer),
    owes: undefined,
    answers: 1,
    duplicateAcks: 0,
    opened: true,
    idle: false,
  };
}

function known(window: number): number | undefined {
  return window < 0 ? undefined : window;
}

/** The timestamp of what has arrived last: what waits may have an older one than the peer's newest. */
function arrivedStamp({ sent, first, stamp }: PlainEnd): number {
  return sent[first]?.timestamp ?? stamp;
}

function withClocks(options: Negotiation, own: number, peer: number): Negotiation {
  const received = { ...withStamp(undefined, peer >>> 0), whole: false };
  return { ...options, sent: own >>> 0, recent: peer >>> 0, received };
}

function trail({ last, lastLength }: PlainEnd): Trail {
  return { segment: last, cargo: lastLength > 0 ? "data" : "ack", length: num(lastLength) };
}

function headerOf({ packet, flags, seq, ack, window, length, timestamp, echo }: PlainSegment, stamps: boolean): Header {
  return {
    index: packet,
    flags,
    seq: num(seq),
    ack: num(ack),
    data: num(length),
    window: known(window),
    options: stamps ? [{ kind: "TS", value: timestamp >>> 0, echo: echo >>> 0 }] : [],
  };
}

/** The stream as far as it is under way; of what came before only the extent is known. */
function extend({ ranges }: Stream, { sent, first, next }: PlainEnd): void {
  const kept = Math.max(0, first - KEPT);
  const start = sent[kept]?.seq ?? next;
  const last = ranges.at(-1);
  const end = last ? numberOf(last.end) | 0 : start;
  if (((start - end) | 0) > 0) {
    if (last?.segment === SEEN) ranges.pop();
    const from = last?.segment === SEEN ? numberOf(last.start) | 0 : end;
    const length = Math.min(((start - from) | 0) >>> 0, LARGEST_WINDOW);
    ranges.push({
      start: num(start - length),
      end: num(start),
      syn: false,
      fin: false,
      length: num(length),
      segment: SEEN,
      carriers: [],
    });
  }
  for (let i = kept; i < sent.length; i++) {
    const segment = sent[i];
    if (!segment || ((segment.seq - end) | 0) < 0) continue;
    const { seq, length, packet, ack } = segment;
    ranges.push({
      start: num(seq),
      end: num(seq + length),
      syn: false,
      fin: false,
      length: num(length),
      segment: packet,
      carriers: [packet],
      ack: num(ack),
    });
  }
}

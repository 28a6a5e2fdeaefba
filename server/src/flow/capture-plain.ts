/** Between what is known of two ends as blocks, and the few numbers of the plain case. */
import { arrive } from "../tcp/arrival.ts";
import type { Block, Trail } from "../tcp/block.ts";
import { ACK, FIN, RST, SYN } from "../tcp/flags.ts";
import { type Num, num } from "../tcp/numbers.ts";
import { type Negotiation, shifts, usesTimestamps, withStamp } from "../tcp/options.ts";
import { KEPT, type PlainEnd, type PlainSegment } from "../tcp/plain.ts";
import { type Header, has } from "../tcp/segment.ts";
import type { State } from "../tcp/states.ts";
import type { Stream } from "../tcp/streams.ts";
import type { CapturedEnds } from "./capture-connection.ts";
import { ahead, type CapturedEnd, endValue, LARGEST_WINDOW, NO_SYMBOLS, numberOf, SEEN, seen } from "./capture-ends.ts";

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
  if (block.finSent || block.finReceived || block.held.length > 0 || block.synData) return false;
  return block.owes === undefined || block.owes.kind === "ack";
}

/** A closed window on its way: until that has arrived nothing probes it. */
function closes({ block: { sndUna }, waiting }: CapturedEnd): boolean {
  return waiting.some(({ window, ack }) => window === 0 && ack && sndUna && ahead(numberOf(sndUna), numberOf(ack)) >= 0);
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
    const end = endValue(header);
    if (numberOf(header.data) === 0 || ahead(numberOf(rcvNxt), end) <= 0) continue;
    if (ahead(next, end) <= 0) {
      // A repeat with another end may be acknowledged there.
      if (!sent.some(({ seq, length }) => (seq + length) >>> 0 === end)) return undefined;
      continue;
    }
    if (numberOf(header.seq) !== next || !header.ack) return undefined;
    sent.push(plainSegment(header, header.ack));
    next = end;
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

function plainEnd({ block, stamp }: CapturedEnd, peer: CapturedEnd, sent: PlainSegment[]): PlainEnd | undefined {
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

/** Carries back what the plain numbers have come to. */
export function fromPlain(ends: CapturedEnds, plain: PlainEnds): void {
  for (const [i, j] of [
    [0, 1],
    [1, 0],
  ] as const) {
    const [end, own, peer] = [ends[i], plain[i], plain[j]];
    end.block = blockOf(end.block, own, peer);
    end.waiting = peer.sent.slice(peer.first).map((segment) => headerOf(segment, peer));
    if (isFinAcked(own, peer)) end.waiting.push(lastAck(own, peer));
    end.stamp = own.stamps ? own.stamp >>> 0 : undefined;
    end.news = newsOf(own);
    if (end.acks[0] !== own.acked >>> 0) end.acks.unshift(own.acked >>> 0);
    extend(end.stream, own);
  }
}

function blockOf(block: Block, own: PlainEnd, peer: PlainEnd): Block {
  const right = peer.windows ? num(peer.edge) : undefined;
  return {
    ...block,
    state: stateOf(own, peer),
    sndNxt: num(own.next),
    sndUna: num(acknowledged(own, peer)),
    finSent: own.ended ? num(own.next - 1) : undefined,
    finReceived: hasFinOf(own, peer) ? num(peer.next - 1) : undefined,
    rcvNxt: num(own.acked),
    lastAck: num(own.acked),
    lastWindow: known(own.window),
    peerWindow: known(peer.window),
    windows: {
      sndRight: right,
      toldSeq: right && num(peer.sent[peer.first]?.seq ?? peer.next),
      toldAck: right && num(peer.acked),
      rcvRight: own.windows ? num(own.edge) : undefined,
    },
    options: own.stamps ? withClocks(block.options, own.stamp, arrivedStamp(peer)) : block.options,
    // Who has sent nothing since its SYN is as it was.
    lastSent: block.lastSent?.segment === own.last ? block.lastSent : trail(own),
    lastArrived: trail(peer),
    lastTaken: trail(peer),
    owes: undefined,
    answers: 1,
    duplicateAcks: 0,
    opened: true,
    idle: false,
  };
}

function newsOf({ sent }: PlainEnd): CapturedEnd["news"] {
  const last = sent.at(-1);
  return last && { start: last.seq >>> 0, heard: num(last.ack) };
}

/** SND.UNA, as what has arrived tells; its FIN counts as not acknowledged yet. */
function acknowledged(own: PlainEnd, { pureAck, sent, first }: PlainEnd): number {
  const arrived = sent[first - 1]?.ack ?? pureAck;
  const una = ((arrived - pureAck) | 0) > 0 ? arrived : pureAck;
  return own.ended && una === own.next ? una - 1 : una;
}

/** The acknowledgment of its FIN is the last thing of which nobody knows whether it has arrived. */
function isFinAcked(own: PlainEnd, peer: PlainEnd): boolean {
  return own.ended && peer.pureAck === own.next;
}

/** It has acknowledged the peer's FIN. */
function hasFinOf(own: PlainEnd, peer: PlainEnd): boolean {
  return peer.ended && own.acked === peer.next;
}

/** Its own FIN counts as not acknowledged yet (RFC 9293 §3.3.2). */
function stateOf(own: PlainEnd, peer: PlainEnd): State {
  const received = hasFinOf(own, peer);
  if (!own.ended) return received ? "CLOSE-WAIT" : "ESTABLISHED";
  if (!received) return "FIN-WAIT-1";
  return own.endedAt === peer.next ? "LAST-ACK" : "CLOSING";
}

/** The peer's segment that acknowledges its FIN. */
function lastAck(own: PlainEnd, peer: PlainEnd): Header {
  const { last: packet, next, pureAck, window, stamp } = peer;
  const seq = peer.ended && own.acked !== next ? next - 1 : next;
  return headerOf(
    { packet, flags: ACK, seq, ack: pureAck, window, length: 0, timestamp: stamp, echo: own.stamp },
    peer,
  );
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

function headerOf({ packet, flags, seq, ack, window, length, timestamp, echo }: PlainSegment, from: PlainEnd): Header {
  return {
    index: packet,
    flags,
    seq: num(seq),
    ack: num(ack),
    data: num(length),
    window: tells(window, ack, from) ? known(window) : undefined,
    options: from.stamps ? [{ kind: "TS", value: timestamp >>> 0, echo: echo >>> 0 }] : [],
  };
}

/** A window counts if it is known how it is scaled, and if no later segment has told of a larger one. */
function tells(window: number, ack: number, { windows, edge, shift }: PlainEnd): boolean {
  return windows ? ((ack + window * 2 ** shift - edge) | 0) >= 0 : window === 0;
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
    ranges.push(seen(start - length, length));
  }
  for (let i = kept; i < sent.length; i++) {
    const segment = sent[i];
    if (!segment || ((segment.seq - end) | 0) < 0) continue;
    const { seq, length, packet, ack, flags } = segment;
    ranges.push({
      start: num(seq),
      end: num(seq + length + (flags & FIN)),
      syn: false,
      fin: has(flags, FIN),
      length: num(length),
      segment: packet,
      carriers: [packet],
      ack: num(ack),
    });
  }
}

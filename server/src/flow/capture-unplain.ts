/** From the few numbers of the plain case to what is known of two ends as blocks. */
import type { Block, Trail } from "../tcp/block.ts";
import { ACK, FIN } from "../tcp/flags.ts";
import { num } from "../tcp/numbers.ts";
import { type Negotiation, withStamp } from "../tcp/options.ts";
import { KEPT, LACKING, type PlainEnd, type PlainSegment } from "../tcp/plain.ts";
import { type Header, has } from "../tcp/segment.ts";
import type { State } from "../tcp/states.ts";
import type { Stream } from "../tcp/streams.ts";
import { UNSEEN, unseen } from "./capture-beginnings.ts";
import type { CapturedEnds } from "./capture-connection.ts";
import { type CapturedEnd, LARGEST_WINDOW, numberOf, rememberAck, SEEN, seen } from "./capture-ends.ts";
import type { PlainEnds } from "./capture-plain.ts";
import { pushRange } from "./stream-booking.ts";

/** Carries back what the plain numbers have come to. */
export function fromPlain(ends: CapturedEnds, plain: PlainEnds): void {
  for (const [i, j] of [
    [0, 1],
    [1, 0],
  ] as const) {
    const [end, own, peer] = [ends[i], plain[i], plain[j]];
    const open = underWay(peer, own);
    // What waits may have an older timestamp than the peer's newest.
    end.block = blockOf(end.block, own, peer, open[0]?.timestamp ?? peer.stamp);
    end.waiting = open.map((segment) => headerOf(segment, peer));
    if (isFinAcked(own, peer)) end.waiting.push(lastAck(own, peer));
    end.stamp = own.stamps ? own.stamp >>> 0 : undefined;
    end.news = newsOf(own);
    rememberAck(end, own.acked >>> 0);
    extend(end.stream, own);
  }
}

/** What may arrive yet, in the order in which it was captured. */
function underWay({ sent, first, repeats, lacks }: PlainEnd, { held }: PlainEnd): PlainSegment[] {
  const open = sent.slice(first);
  if (held.length === 0 && repeats.length === 0 && lacks === 0) return open;
  const missing = open.filter((segment) => segment.packet !== LACKING && !isHeld(held, segment));
  return [...missing, ...repeats].sort((a, b) => a.packet - b.packet);
}

function isHeld(held: readonly number[], { seq, length, flags }: PlainSegment): boolean {
  const end = seq + length + (flags & FIN);
  for (let i = 0; i < held.length; i += 2)
    if (((seq - (held[i] ?? 0)) | 0) >= 0 && (((held[i + 1] ?? 0) - end) | 0) >= 0) return true;
  return false;
}

function heldBy({ held }: PlainEnd): Block["held"] {
  return held.flatMap((start, i) =>
    i % 2 === 0 ? [{ start: num(start), end: num(held[i + 1] ?? start), fin: false }] : [],
  );
}

function blockOf(block: Block, own: PlainEnd, peer: PlainEnd, recent: number): Block {
  const right = peer.windows ? num(peer.edge) : undefined;
  return {
    ...block,
    state: stateOf(own, peer),
    sndNxt: num(own.next),
    sndUna: num(acknowledged(own, peer)),
    finSent: own.ended ? num(own.next - 1) : undefined,
    finReceived: hasFinOf(own, peer) ? num(peer.next - 1) : undefined,
    rcvNxt: num(own.acked),
    held: heldBy(own),
    reported: heldBy(peer).map(({ start, end }) => ({ left: start, right: end })),
    lastAck: num(own.acked),
    lastWindow: known(own.window),
    peerWindow: known(peer.window),
    windows: {
      sndRight: right,
      toldSeq: right && num(peer.sent[peer.first]?.seq ?? peer.next),
      toldAck: right && num(peer.acked),
      rcvRight: own.windows ? num(own.edge) : undefined,
    },
    options: own.stamps ? withClocks(block.options, own.stamp, recent) : block.options,
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
  const last = sent.findLast(({ packet, late }) => packet !== LACKING && !late);
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
    { packet, flags: ACK, seq, ack: pureAck, window, length: 0, timestamp: stamp, echo: own.stamp, late: false },
    peer,
  );
}

function known(window: number): number | undefined {
  return window < 0 ? undefined : window;
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

const NOTHING = num(0);

/** The stream as far as it is under way; of what came before only the extent is known. */
function extend({ ranges }: Stream, { sent, first, next }: PlainEnd): void {
  const kept = Math.max(0, first - KEPT);
  const start = sent[kept]?.seq ?? next;
  // What lacked when the case became plain may have come since.
  while (ranges.length > 0 && ((numberOf(ranges.at(-1)?.start ?? NOTHING) - start) | 0) >= 0) ranges.pop();
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
    const { seq, length, packet, ack, flags, late } = segment;
    if (packet === LACKING || late) {
      pushRange({ ranges }, unseen(seq >>> 0, (seq + length) >>> 0, UNSEEN));
      continue;
    }
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

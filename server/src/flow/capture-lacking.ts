/** What an acknowledgment tells of packets that were not captured: they came before the capture began, or it lacks them. */
import { arrive } from "../tcp/arrival.ts";
import type { Block } from "../tcp/block.ts";
import { ACK, SYN } from "../tcp/flags.ts";
import { type Num, num } from "../tcp/numbers.ts";
import { NO_OPTIONS, sackOf, stampOf, withStamp } from "../tcp/options.ts";
import { type Header, isPureAck } from "../tcp/segment.ts";
import { isSynchronized } from "../tcp/states.ts";
import { NO_WINDOWS } from "../tcp/windows.ts";
import { BEFORE, lastUnseen, UNSEEN, unseen } from "./capture-beginnings.ts";
import { ahead, type CapturedEnd, LARGEST_WINDOW, numberOf } from "./capture-ends.ts";
import { UNTIMED } from "./capture-handshakes.ts";
import type { Origin } from "./capture-origins.ts";

/** What left before the capture began may have arrived at any time. */
export function* before(own: Origin, other: CapturedEnd, header: Header): Generator<Origin> {
  const { rcvNxt } = own.block;
  const last = other.stream.ranges.findLast(({ segment }) => segment === BEFORE);
  if (!rcvNxt || !header.ack || (!last && !other.midway)) return;
  const [ack, from] = [numberOf(header.ack), numberOf(rcvNxt)];
  const begin = numberOf(last?.end ?? header.ack);
  const to = ahead(begin, ack) > 0 ? begin : ack;
  if (ahead(from, to) > 0) yield { ...own, block: received(own.block, from, to), unlikely: true };
  // The FIN may have been added to what had left without it.
  const { finSent } = other.block;
  if (other.since !== undefined && finSent && numberOf(finSent) === ack && ahead(from, ack) > 0)
    yield { ...own, block: received(own.block, from, ack), unlikely: true };
  const reached = other.block.sndNxt ?? last?.end;
  const sent = reached && numberOf(reached);
  const beyond = ahead(from, ack) > 0 && ahead(from, ack) < LARGEST_WINDOW;
  if (sent === undefined || !other.midway || !beyond || ahead(sent, ack) <= 0) return;
  yield { ...own, block: received(own.block, from, ack), peersGap: unseen(sent, ack, BEFORE), unlikely: true };
}

/** The block after octets that nobody captured. */
function received(block: Block, from: number, to: number): Block {
  const { sndUna, sndNxt, state } = block;
  // Who has sent nothing yet can have nothing acknowledged.
  if (!sndNxt) return { ...block, rcvNxt: num(to) };
  const lacking: Header = { ...unseen(from, to, BEFORE), ack: state === "SYN-RECEIVED" ? sndNxt : (sndUna ?? sndNxt) };
  return arrive(block, lacking, UNTIMED).block;
}

/** The block if what arrived had the timestamp that this segment echoes. */
export function heard(block: Block, { options }: Header): Block {
  const echo = stampOf(options)?.echo;
  if (echo === undefined) return block;
  return { ...block, options: { ...block.options, received: withStamp(block.options.received, echo) } };
}

/** What is acknowledged and was never captured: the capture lacks it. */
export function* missed(own: Origin, other: CapturedEnd, header: Header): Generator<Origin> {
  const { rcvNxt, windows, state } = own.block;
  const { sndNxt: sent, finSent } = other.block;
  if (state === "SYN-SENT" && other.sent === 0 && header.ack) {
    yield { ...own, block: afterAnswer(own.block, header.ack), missing: "peer's SYN,ACK", unlikely: true };
    return;
  }
  if (!rcvNxt || !header.ack || !isSynchronized(state)) return;
  const [ack, from] = [numberOf(header.ack), numberOf(rcvNxt)];
  const octets = ahead(from, ack);
  if (octets <= 0 || octets >= LARGEST_WINDOW) return;
  if (windows.rcvRight && ahead(numberOf(windows.rcvRight), ack) > 1) return;
  const beyond = sent !== undefined && ahead(numberOf(sent), ack) > 0;
  if (beyond && finSent !== undefined) return;
  const to = beyond ? ack : lastUnseen(other, from, ack);
  if (to === undefined) return;
  const missing = { own: false, from: beyond ? numberOf(sent) : from, to };
  yield { ...own, block: heard(received(own.block, from, to), header), missing, unlikely: true };
}

/** The shortest timeout of a kernel, in microseconds. */
const SOONEST = 200_000;

/** One below SND.NXT after a pause: it probes, and the capture lacks what acknowledged all and closed the window. */
export function* probing(
  own: Origin,
  end: CapturedEnd,
  other: CapturedEnd,
  header: Header,
  now: number,
): Generator<Origin> {
  const { sndNxt, finSent, state } = own.block;
  if (!sndNxt || finSent || !isSynchronized(state) || !isPureAck(header)) return;
  // What acknowledges more is no probe.
  if (!header.ack || end.acks[0] !== numberOf(header.ack)) return;
  if (now - Math.max(end.lastAt, other.lastAt) < SOONEST) return;
  if (ahead(numberOf(header.seq), numberOf(sndNxt)) !== 1) return;
  yield { ...own, block: { ...own.block, sndUna: sndNxt, peerWindow: 0 }, missing: "window", unlikely: true };
}

/** SACK blocks name octets that the peer was not seen to send: the capture lacks them. */
export function* reported(own: Origin, other: CapturedEnd, { ack, options }: Header): Generator<Origin> {
  const { rcvNxt, state } = own.block;
  const { sndNxt, finSent } = other.block;
  if (!rcvNxt || !ack || !sndNxt || finSent !== undefined || !isSynchronized(state)) return;
  const from = numberOf(sndNxt);
  let { block } = own;
  let to = from;
  for (const { left, right } of sackOf(options) ?? []) {
    const [start, end] = [numberOf(left), numberOf(right)];
    const beyond = ahead(from, end);
    if (beyond <= 0 || beyond >= LARGEST_WINDOW || ahead(start, end) <= 0) continue;
    block = received(block, ahead(from, start) > 0 ? start : from, end);
    if (ahead(to, end) > 0) to = end;
  }
  if (to !== from) yield { ...own, block, missing: { own: false, from, to }, unlikely: true };
}

/** The block of an opener after a SYN,ACK that was not captured. */
function afterAnswer(block: Block, next: Num): Block {
  const seq = num(numberOf(next) - 1);
  const synAck: Header = { ...unseen(0, 0, UNSEEN), flags: SYN | ACK, seq, ack: block.sndNxt };
  // What it offered is not known.
  return { ...arrive(block, synAck, UNTIMED).block, options: NO_OPTIONS, windows: NO_WINDOWS };
}

/** From where a segment of a handshake may have left (RFC 9293 §3.5, §3.6.1). */
import { arrive } from "../tcp/arrival.ts";
import { type Block, CLOSED_BLOCK } from "../tcp/block.ts";
import { ACK, RST, SYN } from "../tcp/flags.ts";
import { num } from "../tcp/numbers.ts";
import { NO_OPTIONS } from "../tcp/options.ts";
import type { ArrivalContext } from "../tcp/outcomes.ts";
import { type Header, has } from "../tcp/segment.ts";
import { isSynchronized } from "../tcp/states.ts";
import { BEFORE, lies, neverCaptured, unaskedBlock, unseen } from "./capture-beginnings.ts";
import { mayBeEarly } from "./capture-early.ts";
import { ahead, type CapturedEnd, isEdge, mayBeOlder, NO_SYMBOLS, numberOf } from "./capture-ends.ts";
import type { Origin } from "./capture-origins.ts";
import type { Surroundings } from "./capture-story.ts";

/** A SYN repeats itself, or begins a new connection; a SYN,ACK may come from an end that has forgotten the old one. */
export function* openings(
  end: CapturedEnd,
  other: CapturedEnd,
  header: Header,
  where: Surroundings,
): Generator<Origin> {
  const { exact } = where;
  const { block, waiting, stream } = end;
  const repeated = repeats(end, header);
  if (!has(header.flags, ACK) && !repeated && (end.sent > 0 || end.since !== undefined)) {
    yield* openingsAnew(end, header);
    return;
  }
  const asked = !header.ack || isAsked(other, numberOf(header.ack));
  const unasked: Pick<Origin, "missing"> = asked ? {} : { missing: "peer's SYN" };
  yield { block, waiting, ...(other.midway ? unasked : {}) };
  // Who has sent nothing but its SYN,ACK may not have taken the ACK of it (CP14).
  const alone = has(header.flags, ACK) && block.origin === "passive" && stream.ranges.length === 1;
  if ((repeated || neverCaptured(end, numberOf(header.seq) + 1)) && (alone || (!exact && !isLater(end, header))))
    yield { block: opening(block, header), waiting: [], older: true, keep: () => block, unlikely: true, ...unasked };
  if (!has(header.flags, ACK)) return;
  yield* crossings(end, other, header, unasked);
  if (isEdge(stream, numberOf(header.seq))) return;
  yield { block: CLOSED_BLOCK, waiting, opens: true, unlikely: true, ...unasked };
  yield* answersAgain(end, header);
  yield* answersUnseen(end, other, header, where, unasked);
}

/** A SYN,ACK that answers a SYN which was not captured: the old connection has ended, or the capture had not begun. */
function* answersUnseen(
  end: CapturedEnd,
  other: CapturedEnd,
  { ack }: Header,
  where: Surroundings,
  unasked: Pick<Origin, "missing">,
): Generator<Origin> {
  if (!ack) return;
  const { state, finSent } = end.block;
  const answer: Origin = { block: unaskedBlock(ack), waiting: [], opens: true, unasked: true, unlikely: true };
  if (unasked.missing && end.sent > 0 && (state === "CLOSED" || finSent)) yield { ...answer, ...unasked };
  const isAsking = end.sent === 0 && state === "SYN-SENT";
  if (!isAsking && (mayBeEarly(end, where) || mayBeEarly(other, where))) yield answer;
}

/** A SYN,ACK of an end whose SYN crossed the peer's. */
function* crossings(
  end: CapturedEnd,
  other: CapturedEnd,
  header: Header,
  unasked: Pick<Origin, "missing">,
): Generator<Origin> {
  const { block, waiting } = end;
  // The peer's SYN crossed this end's own and was not captured.
  if (repeats(end, header) && block.state === "SYN-SENT" && (unasked.missing || other.midway))
    yield { block: opening(block, header), waiting, unlikely: true, ...unasked };
  // The peer's SYN crossed this end's own and was not captured; what was is the SYN,ACK that repeats it.
  const synAck = waiting.find(({ flags }) => has(flags, SYN) && has(flags, ACK));
  if (synAck && block.state === "SYN-SENT") {
    const crossing = arrive(block, { ...synAck, flags: SYN, ack: undefined }, UNTIMED).block;
    yield { block: crossing, waiting, unlikely: true };
  }
  // Its own SYN crossed the peer's and was not captured: the SYN,ACK repeats what that offered.
  const syn = waiting.find(({ flags }) => has(flags, SYN) && !has(flags, ACK));
  if (syn && end.sent === 0) {
    const sent: Block = {
      ...opening(CLOSED_BLOCK, { ...header, ack: undefined }),
      origin: "active",
      sndUna: header.seq,
    };
    yield { block: arrive(sent, syn, UNTIMED).block, waiting: [], unlikely: true };
  }
}

/** Whether it has the number of a SYN of the same end. */
function repeats({ stream }: CapturedEnd, { seq }: Header): boolean {
  return stream.ranges.some(({ syn, start }) => syn && numberOf(start) === numberOf(seq));
}

/** Its clock tells that it left later than what was captured before it. */
function isLater(end: CapturedEnd, header: Header): boolean {
  const { own, peer } = end.block.options;
  // An offer that was not taken up says nothing of what followed it, nor does one that answers what is not known.
  if (own?.timestamps === false || peer?.timestamps === false || (end.midway && header.ack)) return false;
  return !mayBeOlder(end, header);
}

/** A SYN of another number: of a new connection. */
function* openingsAnew({ block, waiting, stream }: CapturedEnd, { seq }: Header): Generator<Origin> {
  // A clock gives its first number (RFC 9293 §3.4.1), which does not just go on where a segment of the old one ended.
  if (isEdge(stream, numberOf(seq))) {
    yield { block, waiting };
    return;
  }
  // Its clock may go on where that of the old connection stood.
  if (block.state === "TIME-WAIT") yield { block, waiting: [], opens: true };
  const instead = isSynchronized(block.state) ? { instead: { block, waiting } } : {};
  yield { block: CLOSED_BLOCK, waiting: [], opens: true, ...instead };
}

/** A late copy of the old SYN met the listener when the connection was gone. */
function* answersAgain({ block, waiting }: CapturedEnd, header: Header): Generator<Origin> {
  const { irs, state, finSent } = block;
  const closes = ({ ack }: Header): boolean =>
    state === "LAST-ACK" && finSent !== undefined && ack !== undefined && ahead(numberOf(finSent), numberOf(ack)) > 0;
  const gone = state === "CLOSED" || waiting.some((header) => has(header.flags, RST) || closes(header));
  if (!irs || !gone || !header.ack || numberOf(header.ack) !== (numberOf(irs) + 1) >>> 0) return;
  const options = { ...NO_OPTIONS, peer: block.options.peer };
  const again: Block = { ...CLOSED_BLOCK, state: "SYN-RECEIVED", origin: "passive", irs, rcvNxt: header.ack, options };
  yield { block: again, waiting, opens: true, unlikely: true };
}

/** Whether this end may have sent the SYN that this number acknowledges. */
function isAsked(end: CapturedEnd, next: number): boolean {
  if (!end.midway) return isOpenedBy(end, next) || lies(end, next, BEFORE);
  const last = (next - 1) >>> 0;
  const reset = end.block.state === "CLOSED";
  return !end.stream.ranges.some(({ syn, fin, start, end: stop, segment }) =>
    // No SYN has the number of a reset.
    reset && segment === BEFORE ? numberOf(stop) === last : fin && !syn && numberOf(start) === last,
  );
}

/** Whether the number is the one behind a SYN of this end. */
export function isOpenedBy({ stream }: CapturedEnd, next: number): boolean {
  return stream.ranges.some(({ syn, start }) => syn && numberOf(start) === (next - 1) >>> 0);
}

/** The block of an end whose SYN has just left. */
function opening(block: Block, { seq, ack }: Header): Block {
  const base: Block = {
    ...block,
    iss: seq,
    sndNxt: num(numberOf(seq) + 1),
    synSent: true,
    finSent: undefined,
    options: NO_OPTIONS,
  };
  return ack ? { ...base, state: "SYN-RECEIVED", rcvNxt: ack } : { ...base, state: "SYN-SENT" };
}

/** An end at a later time, and what the capture lacks then. */
export interface Later {
  readonly end: CapturedEnd;
  readonly lacks?: Pick<Origin, "missing">;
}

/** The SYN,ACK that waits has arrived; of several, the one that the segment acknowledges. */
export function answered(end: CapturedEnd, { ack }: Header): Later | undefined {
  const { block, waiting } = end;
  const synAcks = waiting.filter(({ flags }) => has(flags, SYN) && has(flags, ACK));
  const asked = ack && synAcks.find(({ seq }) => numberOf(ack) === (numberOf(seq) + 1) >>> 0);
  const synAck = asked ?? synAcks[0];
  if (block.state !== "SYN-SENT" || !synAck) return undefined;
  const rest = waiting.filter((other) => other !== synAck);
  return { end: { ...end, block: arrive(block, synAck, UNTIMED).block, waiting: rest } };
}

/** What ended the opening came before the capture began, or is missing in it. */
export function opened(end: CapturedEnd): Later | undefined {
  const { block, midway } = end;
  const { state, rcvNxt, sndNxt } = block;
  if (state !== "SYN-RECEIVED" || !rcvNxt || !sndNxt) return undefined;
  const ack: Header = { ...unseen(0, 0, BEFORE), seq: rcvNxt, ack: sndNxt };
  const later = { end: { ...end, block: arrive(block, ack, UNTIMED).block } };
  return midway ? later : { ...later, lacks: { missing: "peer's ACK" } };
}

/** Nothing here depends on the time. */
export const UNTIMED: ArrivalContext = {
  symbols: NO_SYMBOLS,
  now: 0,
  answer: undefined,
  repeats: false,
  listens: undefined,
};

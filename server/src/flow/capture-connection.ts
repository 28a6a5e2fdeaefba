/** One connection of a capture: what each captured segment proves, and what is wrong with it. */
import type { Block } from "../tcp/block.ts";
import { afterSending } from "../tcp/booking.ts";
import { ACK, RST, SYN } from "../tcp/flags.ts";
import type { Verdict } from "../tcp/judgement.ts";
import { num } from "../tcp/numbers.ts";
import { stampAhead, stampOf } from "../tcp/options.ts";
import { type Header, has, isPureAck, takesNumbers } from "../tcp/segment.ts";
import { beginMidway, meet, meetAnswer, meetLate, rememberBefore } from "./capture-beginnings.ts";
import { blame, claim, gapVerdict } from "./capture-blame.ts";
import { settle } from "./capture-claims.ts";
import {
  ahead,
  type CapturedEnd,
  cut,
  endValue,
  mayBeOlder,
  NO_SYMBOLS,
  newEnd,
  numberOf,
  rememberAck,
  trim,
} from "./capture-ends.ts";
import { explain, withoutUnknown } from "./capture-explanation.ts";
import type { Origin, Unseen } from "./capture-origins.ts";
import { revive } from "./capture-replaced.ts";
import { type Story, type Surroundings, verdictsOf } from "./capture-story.ts";
import { cutAtEdges, pushRange } from "./stream-booking.ts";

/** The sender of the first segment is 0. */
export type EndNumber = 0 | 1;

/** The two ends; the sender of the first segment comes first. */
export type CapturedEnds = readonly [CapturedEnd, CapturedEnd];

/** Both ends of a connection whose first segment is about to be taken. */
export function newEnds(): CapturedEnds {
  return [newEnd(), newEnd()];
}

/** A segment for which no schedule makes it right; it need not be the one that was taken. */
export interface Fault {
  readonly header: Header;
  readonly verdict: Verdict;
  readonly from: EndNumber;
}

/** What the capture says of one segment. */
export interface Taken {
  readonly faults: readonly Fault[];
  /** Packets of the peer that must have arrived just before it. */
  readonly given: readonly number[];
  /** It left before segments of the same end that were captured earlier. */
  readonly overtaken?: true;
  /** Right only if the capture lacks packets: of the sender itself, or of those that it acknowledges. */
  readonly lacks?: "previous segment" | "acked segment";
}

const RIGHT: Taken = { faults: [], given: [] };

const NONE: readonly number[] = [];

function peerOf(from: EndNumber): EndNumber {
  return from === 0 ? 1 : 0;
}

/** Takes the next segment of the capture, sent by end `from`. */
export function takeSegment(ends: CapturedEnds, from: EndNumber, header: Header, where: Surroundings): Taken {
  const revived = revive(ends[from], ends[peerOf(from)], header, where);
  const refuted = settle(ends[from], header, !where.exact && mayBeOlder(ends[from], header));
  const faults: Fault[] = [];
  if (revived) faults.push({ header: revived, verdict: SYN_WHEN_OPEN, from });
  if (refuted)
    faults.push({ header: refuted.header, verdict: refuted.verdict, from: refuted.own ? from : peerOf(from) });
  const taken = takeJudged(ends, from, header, where);
  if (taken.faults.length === 0 && faults.length === 0) return taken;
  return { ...taken, faults: [...faults, ...taken.faults] };
}

const SYN_WHEN_OPEN: Verdict = {
  rule: "illegal-segment",
  reason: "syn-when-open",
  place: "flags",
  rfc: "RFC 9293 §3.4",
  state: "ESTABLISHED",
};

function takeJudged(ends: CapturedEnds, from: EndNumber, header: Header, where: Surroundings): Taken {
  const end = ends[from];
  const other = ends[peerOf(from)];
  meet(end, other, header, where.began);
  const parts = partly(end, header);
  const { overlap } = end;
  end.overlap = undefined;
  if (parts) {
    const first = takeJudged(ends, from, parts[0], where);
    const second = takeJudged(ends, from, parts[1], where);
    const [repeated] = parts;
    end.overlap = { header, octets: numberOf(repeated.data), expected: parts[1].seq };
    const main = first.faults.length > 0 || first.lacks ? first : second;
    return { ...main, given: [...first.given, ...second.given] };
  }
  const found = explain(end, other, withoutUnknown(header, other, where), where);
  const { story, origin } = found;
  const elsewhere = blame(end, other, header, found);
  const given =
    story.given.length === 0 || origin.keep || origin.beforeReset ? NONE : story.given.map(({ index }) => index);
  commit(end, other, header, story, origin, where);
  if (!story.legal)
    return {
      given,
      faults: verdictsOf(story.judgement)
        .slice(0, 1)
        .map((verdict) => ({ header, verdict, from })),
    };
  if (overlap && origin.gap && numberOf(origin.gap.data) === overlap.octets)
    return { given, faults: [{ header: overlap.header, verdict: gapVerdict(overlap.expected), from }] };
  forgetPromise(other, header);
  if (origin.missing === "peer's SYN,ACK" || origin.missing === "own SYN,ACK") beginMidway(other, header);
  if (typeof origin.missing === "string") return { faults: [], given, lacks: lackOf(origin.missing) };
  if ((origin.keep || origin.beforeReset) && !has(header.flags, RST)) return { faults: [], given, overtaken: true };
  if (!origin.missing) return given.length === 0 ? RIGHT : { faults: [], given };
  if (elsewhere) return { given, faults: [{ ...elsewhere, from: peerOf(from) }] };
  claim(end, other, header, found);
  return { faults: [], given, lacks: origin.missing.own ? "previous segment" : "acked segment" };
}

/** The segment is right and reaches beyond what the peer was seen to promise: it has promised more. */
function forgetPromise(other: CapturedEnd, header: Header): void {
  const { windows } = other.block;
  const { rcvRight } = windows;
  // One octet probes a closed window.
  if (!rcvRight || numberOf(header.data) < 2 || has(header.flags, SYN)) return;
  if (ahead(numberOf(rcvRight), (numberOf(header.seq) + numberOf(header.data)) >>> 0) <= 0) return;
  other.block = { ...other.block, windows: { ...windows, rcvRight: undefined } };
}

function lackOf(missing: Unseen): NonNullable<Taken["lacks"]> {
  return missing === "own SYN,ACK" ? "previous segment" : "acked segment";
}

/** A segment that repeats what has left and goes on with what has not is judged as two (RFC 9293 §3.8.6). */
function partly({ block }: CapturedEnd, header: Header): [Header, Header] | undefined {
  const { sndNxt, finSent, state } = block;
  if (sndNxt === undefined || finSent !== undefined || has(header.flags, SYN | RST)) return undefined;
  if (state === "CLOSED" || state === "LISTEN" || state === "SYN-SENT") return undefined;
  const [seq, next] = [numberOf(header.seq), numberOf(sndNxt)];
  const repeated = ahead(seq, next);
  if (repeated <= 0 || ahead(next, endValue(header)) <= 0) return undefined;
  return repeated <= numberOf(header.data) ? cut(header, next) : undefined;
}

/** Reset, or both streams have ended and are acknowledged: what may still come repeats something. */
export function isOver([one, two]: CapturedEnds): boolean {
  if (one.block.ending !== undefined || two.block.ending !== undefined) return true;
  return isEnded(one, two) && isEnded(two, one);
}

function isEnded({ block: { finSent } }: CapturedEnd, { acks }: CapturedEnd): boolean {
  return finSent !== undefined && acks[0] !== undefined && ahead(numberOf(finSent), acks[0]) > 0;
}

function commit(
  end: CapturedEnd,
  other: CapturedEnd,
  header: Header,
  { judgement, before, waiting, given, others, legal }: Story,
  origin: Origin,
  where: Surroundings,
): void {
  const { use, header: meant } = judgement;
  // The number of a SYN is free: as judged it has no value yet.
  const opens = legal && has(header.flags, SYN) && use !== "reset";
  const after = opens ? afterSending(before, header, use, NO_SYMBOLS) : judgement.after;
  end.others = legal ? othersAfter(end, others, header, use) : [origin.block, asWritten(after, header)];
  if (!where.exact && resets(header, after)) rememberReset(end, other, header, before, origin);
  const kept = origin.keep ? origin.keep(after) : after;
  if (!origin.beforeReset) moveOn(end, kept, origin.keep ? end.waiting : [...waiting]);
  else if (end.beforeReset && !has(header.flags, RST)) end.beforeReset = { ...end.beforeReset, block: kept };
  end.arrived = given.at(-1) ?? end.arrived;
  end.lastAt = where.now;
  if (takesNumbers(header)) end.newsAt = where.now;
  end.sent++;
  // Its SYN was old: it is in the middle of a connection of which nothing was captured.
  if (end.midway && origin.block.sndNxt === undefined && !has(header.flags, SYN)) rememberBefore(end, header.seq);
  remember(end, header);
  bookStream(end, other, header, { judgement, legal }, origin, { anew: opens && use === "new", began: where.began });
  deliver(other, legal ? header : meant, origin);
  trim(end.stream, end.block.sndUna);
}

/** Has a segment wait for its arrival: behind those captured before, but what left early comes before a reset. */
function deliver({ waiting }: CapturedEnd, header: Header, { early }: Origin): void {
  const reset = early ? waiting.findIndex(({ flags }) => has(flags, RST)) : -1;
  if (reset < 0) waiting.push(header);
  else waiting.splice(reset, 0, header);
}

/** What else may be from here on; a reset takes no number, and a repeated SYN says nothing new. */
function othersAfter(
  end: CapturedEnd,
  others: readonly Block[],
  header: Header,
  use: Story["judgement"]["use"],
): readonly Block[] {
  if (use === "reset") return others;
  const sent = others.map((block) => afterSending(block, header, use, NO_SYMBOLS));
  return has(header.flags, SYN) && use === "retransmission" ? [...sent, ...end.others] : sent;
}

function resets({ flags }: Header, { state }: Block): boolean {
  return has(flags, RST) && state === "CLOSED";
}

/** How it stood when it reset the connection. */
function rememberReset(
  end: CapturedEnd,
  other: CapturedEnd,
  { options }: Header,
  before: Block,
  { keep }: Origin,
): void {
  const { state, sndNxt, finSent } = end.block;
  if (state === "CLOSED") return;
  const known = keep ? { ...before, sndNxt, finSent } : before;
  const block = before.state === "CLOSED" ? end.block : known;
  const heard = other.since === undefined ? other.block.sndNxt : undefined;
  end.beforeReset = { block, stamp: stampOf(options)?.value, heard };
}

function moveOn(end: CapturedEnd, block: Block, waiting: Header[]): void {
  end.block = block;
  end.waiting = waiting;
}

/** What the segment adds to its stream. */
function bookStream(
  end: CapturedEnd,
  other: CapturedEnd,
  header: Header,
  { judgement: { use, header: meant }, legal }: Pick<Story, "judgement" | "legal">,
  origin: Origin,
  { anew, began }: { anew: boolean; began: number },
): void {
  if (origin.instead) end.replaced = { header, ...origin.instead, ranges: [...end.stream.ranges], since: end.since };
  if (origin.opens || anew) {
    end.stream.ranges.length = 0;
    end.since = has(header.flags, ACK) ? other.since : undefined;
  }
  fillGaps(end, other, origin);
  if (legal && origin.midway) meetLate(end, other, header, began);
  if (legal && origin.unasked) meetAnswer(other, header);
  if (use === "new" && takesNumbers(meant) && origin.early !== "known") {
    pushRange(end.stream, legal ? header : meant);
    end.news = { start: numberOf(meant.seq), heard: header.ack ?? other.block.sndNxt };
  }
  if (use === "retransmission" && !has(meant.flags, SYN)) cutAtEdges(end.stream, meant, NO_SYMBOLS);
}

/** What left and was not captured. */
function fillGaps(end: CapturedEnd, other: CapturedEnd, { gap, peersGap }: Origin): void {
  if (gap) pushRange(end.stream, gap);
  if (!peersGap) return;
  pushRange(other.stream, peersGap);
  other.block = { ...other.block, sndNxt: num(endValue(peersGap)) };
}

function remember(end: CapturedEnd, header: Header): void {
  const { ack, seq, flags, options } = header;
  const { stamp, block, midway } = end;
  // A pure ACK carries SND.NXT.
  if (midway && isPureAck(header) && block.sndNxt && numberOf(block.sndNxt) === numberOf(seq)) {
    end.midway = false;
    end.certain = seq;
  }
  const value = stampOf(options)?.value;
  if (value !== undefined && (stamp === undefined || stampAhead(stamp, value) > 0)) end.stamp = value;
  if (ack && !has(flags, RST)) rememberAck(end, numberOf(ack));
}

/** Should the numbers be right after all, the next segment goes on from them. */
function asWritten(block: Block, header: Header): Block {
  if (has(header.flags, RST)) return block;
  return { ...block, sndNxt: num(endValue(header)), ...(header.ack ? { rcvNxt: header.ack } : {}) };
}

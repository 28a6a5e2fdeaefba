/** A segment of the flow leaves: judged if its sender's TCP is asked, taken as written if not. */

import { sendUndrawn, takeUndrawn } from "../tcp/arrival.ts";
import type { Block } from "../tcp/block.ts";
import { extendsBeyond } from "../tcp/booking.ts";
import { type Judgement, judge, learn } from "../tcp/emission.ts";
import { ACK, FIN, SYN } from "../tcp/flags.ts";
import type { Emission, Verdict } from "../tcp/judgement.ts";
import { isFresh } from "../tcp/match.ts";
import { minus, type Num, num, symbol } from "../tcp/numbers.ts";
import { endOf, type Header, has, isPureAck, takesNumbers } from "../tcp/segment.ts";
import type { Stream } from "../tcp/streams.ts";
import { classify } from "./classes.ts";
import { isOwn } from "./connections.ts";
import type { FlowEvent, Segment, Span, Written } from "./flow.ts";
import { reportProbe } from "./obligations.ts";
import type { Field } from "./replay-types.ts";
import { report, type Story } from "./report.ts";
import { isUnchecked, type Run, setBlock, type WorkingEnd } from "./run.ts";
import { judgeDelay, judgeFastRetransmission } from "./timing.ts";

type SendEvent = FlowEvent & { readonly kind: "send" };

/** Silence after which a keep-alive is plausible, in microseconds. */
const SILENCE = 1_000_000;

/** Carries out a send event. */
export function send(run: Run, event: SendEvent): void {
  const index = event.segment;
  const segment = run.flow.segments[index];
  const from = run.connections.senders[index] ?? 0;
  const sender = run.ends[from];
  const receiver = run.ends[run.connections.receivers[index] ?? 0];
  const reading = run.readings[index];
  if (!segment || !sender || !receiver || !reading) return;
  reading.sent = run.steps.length;
  run.fates[index] = event.fate === "lost" ? "lost" : "under way";
  if (!isOwn(segment) || isUnchecked(run, from)) sendUnasked(run, index, segment, sender, receiver, from);
  else sendJudged(run, event, segment, sender, receiver, from);
  sender.lastAt = event.at;
  sender.timedOut = false;
}

/** The rules on time, for a segment that is right otherwise; and whether a closed window was probed. */
function bookDeparture(
  run: Run,
  event: SendEvent,
  sender: WorkingEnd,
  from: number,
  judgement: Judgement,
  place: Span,
): void {
  const { header, use, verdicts } = judgement;
  const { duplicateAcks } = sender.block;
  if (verdicts.length === 0) {
    judgeDelay(run, event, from, place);
    if (use === "retransmission" && !sender.timedOut && event.at - sender.lastAt < run.flow.settings.rto) {
      judgeFastRetransmission(run, event, duplicateAcks, place);
    }
  }
  const { closed } = sender;
  if (!closed || (isPureAck(header) && use !== "keep-alive")) return;
  if (closed.openedAt === undefined) closed.probed = true;
  else {
    if (use === "new" && !closed.probed && closed.openedAt - closed.at >= run.flow.settings.rto)
      reportProbe(run, from, closed.segment);
    sender.closed = undefined;
  }
}

function numberOf(written: Written | undefined): Num | undefined {
  return written?.kind === "number" ? written.value : undefined;
}

/** Old duplicates, forged segments and unchecked endpoints: as written; what is left out is not invented. */
function sendUnasked(
  run: Run,
  index: number,
  segment: Segment,
  sender: WorkingEnd,
  receiver: WorkingEnd,
  from: number,
): void {
  const natural = isOwn(segment);
  const { block } = receiver;
  const make = (name: string): Num => {
    run.symbols.kinds.set(`#${name}${index}`, { kind: "free" });
    return symbol(`#${name}${index}`);
  };
  const written = { seq: numberOf(segment.seq), ack: numberOf(segment.ack), len: numberOf(segment.len) };
  for (const value of [written.seq, written.ack, written.len]) meet(run, value);
  const seq = written.seq ?? (natural ? (sender.block.sndNxt ?? block.rcvNxt) : undefined) ?? make("seq");
  const ack = has(segment.flags, ACK)
    ? (written.ack ?? (natural ? block.sndNxt : undefined) ?? make("ack"))
    : undefined;
  const header: Header = {
    index,
    flags: segment.flags,
    seq,
    ack,
    window: segment.win ?? run.flow.settings.window,
    data: written.len ?? num(0),
    options: segment.options,
  };
  run.headers[index] = header;
  const reading = run.readings[index];
  if (reading)
    for (const name of ["seq", "ack", "len"] as const) {
      const value = written[name];
      if (value) reading[name] = { value, filled: false };
    }
  if (!natural) return;
  if (takesNumbers(header)) pushRange(sender.stream, header);
  setBlock(run, from, { ...sender.block, sndNxt: endOf(header), iss: sender.block.iss ?? seq });
}

/** Symbols that appear for the first time are any numbers. */
function meet(run: Run, value: Num | undefined): void {
  for (const { symbol: name } of value?.terms ?? [])
    if (isFresh(name, run.symbols)) run.symbols.kinds.set(name, { kind: "free" });
}

function offersFastOpen(segment: Segment): boolean {
  return segment.options.some((option) => option.kind === "FO");
}

function sendJudged(
  run: Run,
  event: SendEvent,
  segment: Segment,
  sender: WorkingEnd,
  receiver: WorkingEnd,
  from: number,
): void {
  const emission = emissionOf(run, event, segment, sender, receiver);
  const { block, judgement } = choose(emission, sender);
  const stories = isClean(judgement) ? [] : otherStories(emission, sender);
  const before = block;
  learn(run.symbols, judgement);
  // Whatever is left unnamed by a mistake is known from here on.
  for (const value of [emission.seq, emission.ack, emission.len]) meet(run, value);
  for (const verdict of judgement.verdicts)
    report(run, { event, index: event.segment, segment }, verdict, judgement, stories);
  bookDeparture(run, event, sender, from, judgement, segment.places.flags);
  sender.others = [];
  setBlock(run, from, withUndrawn(run, before, judgement, sender, receiver));
  bookStream(run, sender, receiver, judgement, before);
  run.headers[event.segment] = judgement.header;
  sender.sent++;
  fillReading(run, event.segment, segment, judgement, before, sender.timedOut);
}

function emissionOf(run: Run, event: SendEvent, segment: Segment, sender: WorkingEnd, receiver: WorkingEnd): Emission {
  const [seq, ack, len] = [numberOf(segment.seq), numberOf(segment.ack), numberOf(segment.len)];
  const { block } = sender;
  const idle = block.idle || (event.at - sender.lastAt >= SILENCE ? "silence" : false);
  return {
    index: event.segment,
    flags: segment.flags,
    seq,
    ack,
    len: len && lengthIn(run, len),
    window: segment.win ?? run.flow.settings.window,
    options: segment.options,
    mss: run.flow.settings.mss,
    fastOpen:
      offersFastOpen(segment) ||
      run.flow.segments[block.lastTaken?.segment ?? -1]?.options.some((o) => o.kind === "FO") === true,
    block: idle === block.idle ? block : { ...block, idle },
    own: sender.stream,
    peer: receiver.block,
    incoming: receiver.stream,
    fates: run.fates,
    symbols: run.symbols,
    callsDrawn: true,
    timedOut: sender.timedOut,
    owners: run.owners,
    now: event.at,
    msl: run.flow.settings.msl,
  };
}

/** `len=n`: the symbol counts octets. */
function lengthIn(run: Run, len: Num): Num {
  for (const { symbol: name } of len.terms) {
    if (isFresh(name, run.symbols)) run.symbols.kinds.set(name, { kind: "count", least: 1 });
  }
  return len;
}

function isClean({ verdicts }: Judgement): boolean {
  return verdicts.every(({ rule }) => rule === "undrawn-data" || rule === "unneeded-retransmission");
}

/** A segment that cannot leave at all weighs more than wrong numbers. */
function weight({ verdicts }: Judgement): number {
  let sum = 0;
  for (const { rule } of verdicts) {
    if (rule === "undrawn-data" || rule === "unneeded-retransmission") continue;
    sum += rule === "illegal-segment" || rule === "illegal-flags" ? 10 : 1;
  }
  return sum;
}

/** The block from which the segment is right, or least wrong; the computed one before others. */
function choose(emission: Emission, sender: WorkingEnd): { block: Block; judgement: Judgement } {
  const first = judge(emission);
  if (isClean(first)) return { block: emission.block, judgement: first };
  let best = { block: emission.block, judgement: first };
  for (const block of sender.others) {
    const judgement = judge({ ...emission, block });
    // A choice that a TCP has must make the segment right; a claim of the author need only fit better.
    const fits = block.claimed ? weight(judgement) < weight(best.judgement) : isClean(judgement);
    if (fits && !isClean(best.judgement)) best = { block, judgement };
  }
  return best;
}

/** Would the segment be right if what arrived last had not arrived? */
function otherStories(emission: Emission, sender: WorkingEnd): readonly Story[] {
  const { before } = sender;
  if (!before || !isClean(judge({ ...emission, block: before.block }))) return [];
  return ["crossing", "lost"];
}

/** Data that the drawing leaves out moved both ends on. */
function withUndrawn(run: Run, before: Block, judgement: Judgement, sender: WorkingEnd, receiver: WorkingEnd): Block {
  const { undrawn, peerUndrawn, after } = judgement;
  let next = after;
  const to = run.connections.receivers[judgement.header.index] ?? 0;
  if (undrawn && before.sndNxt) {
    const settled = sendUndrawn(before, undrawn, run.symbols).sndUna;
    next = { ...next, ...(settled ? { sndUna: settled } : {}) };
    pushGap(sender.stream, before.sndNxt, undrawn, judgement.header.index);
    setBlock(run, to, takeUndrawn(receiver.block, before.sndNxt, undrawn, run.symbols));
  }
  if (peerUndrawn && receiver.block.sndNxt) {
    pushGap(receiver.stream, receiver.block.sndNxt, peerUndrawn, judgement.header.index);
    setBlock(run, to, sendUndrawn(receiver.block, peerUndrawn, run.symbols));
    next = { ...next, rcvNxt: peerUndrawn };
  }
  return next;
}

function pushGap(stream: Stream, start: Num, end: Num, segment: number): void {
  stream.ranges.push({ start, end, syn: false, fin: false, length: minus(end, start), segment, carriers: [segment] });
}

function pushRange(stream: Stream, header: Header): void {
  const { seq, data, index, flags, ack } = header;
  const range = {
    start: seq,
    end: endOf(header),
    syn: has(flags, SYN),
    fin: has(flags, FIN),
    length: data,
    segment: index,
    carriers: [index],
  };
  stream.ranges.push(ack ? { ...range, ack } : range);
}

/** What is new in a retransmission that goes on. */
function pushRest(stream: Stream, header: Header, start: Num): void {
  const end = endOf(header);
  const fin = has(header.flags, FIN);
  const length = minus(fin ? minus(end, num(1)) : end, start);
  stream.ranges.push({ start, end, syn: false, fin, length, segment: header.index, carriers: [header.index] });
}

/** What the segment adds to its stream, and how the author's numbers go on. */
function bookStream(run: Run, sender: WorkingEnd, receiver: WorkingEnd, judgement: Judgement, before: Block): void {
  const { header, use, repeats, seqDrift, ackDrift } = judgement;
  if (use === "new" && takesNumbers(header)) {
    if (has(header.flags, SYN) && !has(header.flags, ACK)) sender.stream.ranges.length = 0;
    pushRange(sender.stream, header);
  } else if (use === "retransmission") {
    repeats?.carriers.push(header.index);
    if (before.sndNxt && extendsBeyond(before.sndNxt, header, run.symbols))
      pushRest(sender.stream, header, before.sndNxt);
  }
  const segment = run.flow.segments[header.index];
  if (segment?.seq) sender.stream.drift = drifted(sender.stream.drift, "seq", seqDrift);
  if (segment?.ack) receiver.stream.drift = drifted(receiver.stream.drift, "ack", ackDrift);
  own(run, segment?.seq, sender.stream);
  own(run, segment?.ack, receiver.stream);
}

/** A symbol numbers the direction for which it was written first. */
function own(run: Run, written: Written | undefined, stream: Stream): void {
  for (const { symbol: name } of numberOf(written)?.terms ?? []) {
    if (!run.owners.has(name)) run.owners.set(name, stream);
  }
}

/** A right number ends the drift; a wrong one begins it. */
function drifted(drift: Stream["drift"], field: "seq" | "ack", by: number | undefined): NonNullable<Stream["drift"]> {
  const { [field]: _old, ...rest } = drift ?? {};
  return by === undefined ? rest : { ...rest, [field]: by };
}

/** What the picture and the trace show of the segment. */
function fillReading(
  run: Run,
  index: number,
  segment: Segment,
  judgement: Judgement,
  before: Block,
  timedOut: boolean,
): void {
  const reading = run.readings[index];
  if (!reading) return;
  const { header, verdicts } = judgement;
  const wrongAt = (place: Verdict["place"]): boolean =>
    verdicts.some((v) => v.place === place && v.expected !== undefined && v.rule !== "undrawn-data");
  const field = (
    written: Written | undefined,
    place: "seq" | "ack" | "len",
    meant: Num | undefined,
  ): Field | undefined => {
    if (written?.kind !== "number") return meant && { value: meant, filled: true };
    return wrongAt(place) && meant
      ? { value: written.value, filled: false, expected: meant }
      : { value: written.value, filled: false };
  };
  const seq = field(segment.seq, "seq", header.seq);
  const ack = field(segment.ack, "ack", header.ack);
  const len = field(segment.len, "len", header.data);
  if (seq) reading.seq = seq;
  if (ack) reading.ack = ack;
  if (len) reading.len = len;
  const { owes } = before;
  const asked = owes && owes.kind !== "abort" ? (run.readings[owes.segment]?.classes ?? []) : [];
  reading.classes.push(...classify({ judgement, before, timedOut, symbols: run.symbols, asked }));
  if (reopens(judgement, before)) reading.classes.push("port numbers reused");
}

/** A SYN on a pair that had a connection before (Wireshark's TCP Port numbers reused). */
function reopens({ header, use }: Judgement, { ending, state }: Block): boolean {
  const opens = has(header.flags, SYN) && !has(header.flags, ACK) && use === "new";
  return opens && (state === "TIME-WAIT" || (ending !== undefined && ending !== "crashed"));
}

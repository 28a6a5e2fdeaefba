/** A segment of the flow leaves: judged if its sender's TCP is asked, taken as written if not. */
import type { Block } from "../tcp/block.ts";
import { type Judgement, judge, learn } from "../tcp/emission.ts";
import type { Emission } from "../tcp/judgement.ts";
import { isFresh } from "../tcp/match.ts";
import type { Num } from "../tcp/numbers.ts";
import { isPureAck, takesNumbers } from "../tcp/segment.ts";
import { isOwn } from "./connections.ts";
import { fillReading, numberOf } from "./fields.ts";
import type { FlowEvent, Segment, Span } from "./flow.ts";
import { probeDelay, reportProbe } from "./obligations.ts";
import { report, type Story } from "./report.ts";
import { isUnchecked, type Run, setBlock, type WorkingEnd } from "./run.ts";
import { bookStream, withUndrawn } from "./stream-booking.ts";
import { judgeDelay, judgeFastRetransmission } from "./timing.ts";
import { meet, offersFastOpen, sendUnasked } from "./unasked.ts";

type SendEvent = FlowEvent & { readonly kind: "send" };

/** Silence after which a keep-alive is plausible, in microseconds: kernels can be told to wait a second since the last arrival. */
const SILENCE = 900_000;

const NO_STORIES: readonly Story[] = [];

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
  const stories = isClean(judgement) ? NO_STORIES : otherStories(emission, sender);
  const before = block;
  learn(run.symbols, judgement);
  // Whatever is left unnamed by a mistake is known from here on.
  meet(run, emission.seq);
  meet(run, emission.ack);
  meet(run, emission.len);
  for (const verdict of judgement.verdicts)
    report(run, { event, index: event.segment, segment }, verdict, judgement, stories);
  bookDeparture(run, event, sender, from, judgement, segment.places.flags);
  if (judgement.use === "new" && takesNumbers(judgement.header)) sender.queued = false;
  if (!isClean(judgement)) [sender.faulted, receiver.faulted] = [true, true];
  if (sender.others.length > 0) sender.others = [];
  setBlock(run, from, withUndrawn(run, before, judgement, sender, receiver));
  bookStream(run, sender, receiver, judgement, before);
  run.headers[event.segment] = judgement.header;
  sender.sent++;
  fillReading(run, event.segment, segment, judgement, before, sender.timedOut);
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
    // After a closed window or a mistake, who repeats what and why is another matter.
    const plain = !sender.closed && !sender.faulted && !sender.timedOut;
    if (use === "retransmission" && plain && event.at - sender.lastAt < run.flow.settings.rto) {
      judgeFastRetransmission(run, event, duplicateAcks, place);
    }
  }
  const { closed } = sender;
  if (!closed || (isPureAck(header) && use !== "keep-alive")) return;
  if (closed.openedAt === undefined) closed.probed = true;
  else {
    if (use === "new" && !closed.probed && closed.openedAt - closed.at >= probeDelay(run, sender))
      reportProbe(run, from, closed.segment);
    sender.closed = undefined;
  }
}

/** What a segment would come to if it left now. Nothing is sent. */
export function weigh(
  run: Run,
  event: SendEvent,
  segment: Segment,
  sender: WorkingEnd,
  receiver: WorkingEnd,
): Judgement {
  return choose(emissionOf(run, event, segment, sender, receiver), sender).judgement;
}

function emissionOf(run: Run, event: SendEvent, segment: Segment, sender: WorkingEnd, receiver: WorkingEnd): Emission {
  const len = numberOf(segment.len);
  const { block } = sender;
  const idle = block.idle || (event.at - sender.quietSince >= SILENCE ? "silence" : false);
  return {
    index: event.segment,
    flags: segment.flags,
    seq: numberOf(segment.seq),
    ack: numberOf(segment.ack),
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
    olderClocks: undefined,
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

/** A TCP repeats nothing that it knows to have arrived: where it seems to, it may have chosen otherwise before. */
function isPlain({ verdicts }: Judgement): boolean {
  return verdicts.every(({ rule }) => rule === "undrawn-data");
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
  if (isPlain(first)) return { block: emission.block, judgement: first };
  let best = { block: emission.block, judgement: first };
  for (const block of sender.others) {
    const judgement = judge({ ...emission, block });
    // A choice that a TCP has must make the segment right; a claim of the author need only fit better.
    const fits = block.claimed ? weight(judgement) < weight(best.judgement) : isClean(judgement);
    const better = !isClean(best.judgement) || (isPlain(judgement) && !isPlain(best.judgement));
    if (fits && better) best = { block, judgement };
  }
  return best;
}

/** Would the segment be right if what arrived last had not arrived? */
function otherStories(emission: Emission, sender: WorkingEnd): readonly Story[] {
  const { before } = sender;
  if (!before || !isClean(judge({ ...emission, block: before.block }))) return [];
  return ["crossing", "lost"];
}

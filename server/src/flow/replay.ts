/** The replay: a flow run against one control block per endpoint and connection. TCP is computed here and nowhere else. */
import { arrive } from "../tcp/arrival.ts";
import { type Block, gone } from "../tcp/block.ts";
import { CRASHED, timeout } from "../tcp/calls.ts";
import { RST } from "../tcp/flags.ts";
import { distance } from "../tcp/numbers.ts";
import type { ArrivalContext, Outcome } from "../tcp/outcomes.ts";
import { type Header, has } from "../tcp/segment.ts";
import type { State } from "../tcp/states.ts";
import { findRange } from "../tcp/streams.ts";
import { annotate } from "./annotations.ts";
import { assert } from "./assertions.ts";
import { isOwn } from "./connections.ts";
import { diagnose, SYMPTOMS } from "./diagnosis.ts";
import { elide } from "./elision.ts";
import { reportEnding } from "./ending.ts";
import type { Finding } from "./findings.ts";
import type { Flow, FlowEvent } from "./flow.ts";
import { resetMessage } from "./messages.ts";
import { nextAnswer } from "./next-answer.ts";
import { reportObligations, reportReply } from "./obligations.ts";
import type { Change, Replay } from "./replay-types.ts";
import { book } from "./report.ts";
import { RULES } from "./rules.ts";
import { addClass, begin, isUnchecked, nameOf, type Run, setBlock, type WorkingEnd } from "./run.ts";
import { send } from "./sending.ts";
import { judgeAge, judgeTimer } from "./timing.ts";
import { carryOutCall } from "./user-calls.ts";

/** Runs a flow and says what is wrong with it. Never throws; linear in the events. */
export function replay(flow: Flow): Replay {
  return diagnose(flow, replayOnce);
}

/** Runs a flow and says what is wrong line by line, without a search for the one mistake behind several findings. */
export function replayAsWritten(flow: Flow): Replay {
  return replayOnce(flow);
}

const NOTHING: readonly Finding[] = [];
const UNCHANGED: readonly Change[] = [];

/** The working state behind the last event of a flow as it is written: what may happen next is asked of it. */
export function runThrough(flow: Flow): Run {
  const run = begin(flow);
  for (const event of flow.events) carryOn(run, event);
  return run;
}

/** One event more. */
export function carryOn(run: Run, event: FlowEvent): void {
  run.changes = UNCHANGED;
  run.found = NOTHING;
  expire(run, event);
  carryOut(run, event);
  run.steps.push({ changes: run.changes, findings: run.found });
}

/** Runs a flow as it is written, or as far as it stays below so many complaints; those that it expects do not count. */
function replayOnce(flow: Flow, most = Number.POSITIVE_INFINITY): Replay {
  const run = begin(flow);
  let complaints = -flow.annotations.length;
  for (const event of flow.events) {
    carryOn(run, event);
    for (const { rule } of run.found) if (SYMPTOMS.has(rule)) complaints++;
    if (complaints > most) break;
  }
  reportObligations(run);
  reportEnding(run);
  const findings = annotate(flow, [...flow.problems, ...run.findings]);
  findings.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return {
    flow,
    ends: run.connections.ends,
    steps: run.steps,
    readings: run.readings,
    findings,
    symbols: run.symbols,
  };
}

function carryOut(run: Run, event: FlowEvent): void {
  if (event.kind === "send") send(run, event);
  else if (event.kind === "deliver") deliver(run, event);
  else if (event.kind === "lose") lose(run, event.segment);
  else if (event.kind === "call") carryOutCall(run, event);
  else if (event.kind === "timeout") fire(run, event);
  else if (event.kind === "crash") crash(run, event.endpoint);
  else if (event.kind === "elide") elide(run);
  else if (event.kind === "assert") assert(run, event);
}

function lose(run: Run, segment: number): void {
  run.fates[segment] = "lost";
  const reading = run.readings[segment];
  if (reading) reading.ended = [...reading.ended, run.steps.length];
}

/** 2MSL after it began, TIME-WAIT is over (RFC 9293 §3.6.1). */
function expire(run: Run, event: FlowEvent): void {
  const { at: now } = event;
  const { waiting, flow } = run;
  for (let end = waiting[0]; end !== undefined; end = waiting[0]) {
    const block = run.ends[end]?.block;
    const since = block?.timeWaitSince;
    const over = since !== undefined && now - since >= 2 * flow.settings.msl;
    if (block?.state === "TIME-WAIT" && !over) return;
    waiting.shift();
    if (!block || !over) continue;
    reportReply(run, end, now);
    setBlock(run, end, gone(block, "closed"));
  }
}

function deliver(run: Run, event: FlowEvent & { kind: "deliver" }): void {
  const { segment: index } = event;
  const to = run.connections.receivers[index] ?? 0;
  const end = run.ends[to];
  const header = run.headers[index];
  const reading = run.readings[index];
  if (!end || !header || !reading) return;
  reading.ended = reading.ended.length === 0 ? [run.steps.length] : [...reading.ended, run.steps.length];
  run.fates[index] = "arrived";
  if (isUnchecked(run, to)) return;
  const context: ArrivalContext = {
    symbols: run.symbols,
    now: event.at,
    answer: nextAnswer(run, to),
    followUp: nextAnswer(run, to, 1),
    repeats: event.at - end.lastAt >= run.flow.settings.rto && hasRepeated(run, end),
    listens: run.connections.listens[to],
  };
  const { block } = end;
  end.before = { block, segment: index };
  const { block: after, outcome, or } = arrive(block, header, context);
  if (has(header.flags, RST)) reportIgnoredReset(run, event, block.state, outcome);
  if (event.again) addClass(reading, "duplicate");
  if (outcome === "held") addClass(reading, "out of order");
  if (block.state === "SYN-SENT" && after.state === "SYN-RECEIVED") addClass(reading, "simultaneous open");
  if (block.state === "FIN-WAIT-1" && after.state === "CLOSING") addClass(reading, "simultaneous close");
  // A reset in TIME-WAIT may be ignored (CP5; RFC 1337 §3).
  const ignored = block.state === "TIME-WAIT" && after.state === "CLOSED";
  if (end.others.length > 0 || or || ignored) {
    const others = end.others.map((other) => arrive(other, header, context).block);
    if (or) others.push(...or);
    if (ignored) others.push(block);
    end.others = others.slice(-MOST_OTHERS);
  }
  judgeAge(run, event);
  bookArrival(end, event, header, outcome, after);
  setBlock(run, to, after);
}

/** How many other readings of its past an end may have. */
const MOST_OTHERS = 4;

/** When things became due, for the rules on time. */
function bookArrival(
  end: WorkingEnd,
  event: FlowEvent & { kind: "deliver" },
  header: Header,
  outcome: Outcome,
  after: Block,
): void {
  end.lastAt = event.at;
  if (outcome !== "duplicate" && outcome !== "outside the window") end.quietSince = event.at;
  end.expiry = 0;
  if (after.owes === undefined) end.owedAt = undefined;
  else if (end.block.owes?.kind !== after.owes.kind) end.owedAt = event.at;
  if (header.window === 0 && !has(header.flags, RST) && !end.closed) {
    end.closed = { segment: event.segment, at: event.at, probed: false, waiting: false };
  } else if (header.window !== undefined && header.window > 0 && end.closed) end.closed.openedAt = event.at;
}

/** R4: a reset of a TCP of the flow that its receiver drops or challenges (RFC 5961 §3.2). */
function reportIgnoredReset(run: Run, event: FlowEvent & { kind: "deliver" }, state: State, outcome: Outcome): void {
  const { segment: index, statement } = event;
  const segment = run.flow.segments[index];
  const wrong = (run.readings[index]?.findings.length ?? 0) > 0;
  if (!segment || wrong || !isOwn(segment) || outcome === "taken" || state === "CLOSED" || state === "LISTEN") return;
  const to = run.connections.receivers[index] ?? 0;
  if (isDrawnIgnored(run, event, to)) return;
  const receiver = nameOf(run, to);
  book(run, {
    rule: "reset-ignored",
    severity: RULES["reset-ignored"].severity,
    message: resetMessage(receiver, state, outcome, run.flow.locale),
    rfc: state === "SYN-SENT" ? "RFC 9293 §3.10.7.3" : "RFC 5961 §3.2",
    span: segment.places.flags,
    statement,
    segment: index,
    related: [],
    fixes: [],
    expected: false,
  });
}

/** Who draws the arrival apart shows what the network did; who has the receiver go on knows that the reset is nothing to it. */
function isDrawnIgnored(run: Run, { segment, statement }: FlowEvent & { kind: "deliver" }, to: number): boolean {
  const departure = run.flow.events[run.readings[segment]?.sent ?? -1];
  const next = nextAnswer(run, to);
  return departure?.statement !== statement || (next !== undefined && !has(next.flags, RST));
}

/** The oldest octets that are not acknowledged have left more than once. */
function hasRepeated({ symbols }: Run, { block: { sndUna }, stream }: WorkingEnd): boolean {
  const range = sndUna && findRange(stream, sndUna, symbols, ({ start }) => distance(start, sndUna, symbols).min >= 0);
  return range !== undefined && range.carriers.length > 1;
}

function fire(run: Run, event: FlowEvent & { kind: "timeout" }): void {
  for (const end of run.connections.endsOf(event.side)) {
    const working = run.ends[end];
    if (!working || isUnchecked(run, end)) continue;
    judgeTimer(run, event, end);
    if (event.timer === "retransmission") {
      working.timedOut = true;
      working.expiry = event.at - working.lastAt;
    }
    setBlock(run, end, timeout(working.block, event.timer));
    working.others = working.others.map((other) => timeout(other, event.timer));
  }
}

/** A restarted endpoint may or may not listen again: its next answer tells. */
function crash(run: Run, endpoint: number): void {
  for (const [end, { self }] of run.connections.ends.entries()) {
    const working = run.ends[end];
    if (self.endpoint !== endpoint || !working || isUnchecked(run, end)) continue;
    run.connections.listens[end] = undefined;
    working.others = [];
    setBlock(run, end, CRASHED);
  }
}

/**
 * Statements in the order of the text become events in the order of time.
 *
 * A statement without a time waits until everything sent with `->` has arrived. One with a time, or
 * behind a `wait`, finds arrived only what is due by then. Assertions, notes, headings and frames
 * take no time and never move another statement: they hold as late as the next statement lets them,
 * behind whatever arrives before it.
 */
import type { Finding } from "./findings.ts";
import type { FlowEvent, Frame, Segment, Settings } from "./flow.ts";
import type { Locale } from "./locale.ts";
import { findSides } from "./sides.ts";
import type { Statement } from "./statements.ts";
import { type FlowTexts, textsOf } from "./texts.ts";
import {
  type Act,
  type Arrival,
  arrive,
  arriveUntil,
  backOff,
  begin,
  book,
  complain,
  enqueue,
  type Fate,
  flush,
  microseconds,
  moveTo,
  put,
  type Run,
  sideOf,
} from "./timeline.ts";
import { findWaiters } from "./waiters.ts";

/** Lines that the repetitions of one text may make. */
const MOST_REPEATED = 20_000;

export interface Schedule {
  readonly segments: readonly Segment[];
  readonly events: readonly FlowEvent[];
  readonly problems: readonly Finding[];
}

/** Lays statements out in time. Linear in statements and rounds. */
export function schedule(statements: readonly Statement[], settings: Settings, locale: Locale): Schedule {
  const run: Run = {
    texts: textsOf(locale),
    settings,
    sides: findSides(statements),
    waiters: findWaiters(statements),
    segments: [],
    events: [],
    problems: [],
    told: new Set(),
    underWay: [],
    remarks: [],
    named: new Map(),
    timeouts: new Map(),
    crossing: undefined,
    now: 0,
    before: 0,
    timed: false,
    sender: 0,
    repeated: 0,
  };
  for (const statement of statements) perform(run, statement);
  arriveUntil(run, Number.POSITIVE_INFINITY);
  flush(run);
  return { segments: run.segments, events: run.events, problems: run.problems };
}

function perform(run: Run, statement: Statement): void {
  switch (statement.kind) {
    case "note":
      return remark(run, statement, [{ kind: "note", endpoints: statement.endpoints, text: statement.text }]);
    case "section":
      return remark(run, statement, [{ kind: "section", text: statement.text }]);
    case "assert": {
      const { claims } = statement;
      const acts = claims.map(({ subject, claim }) => ({ kind: "assert", side: sideOf(run, subject), claim }) as const);
      return remark(run, statement, acts);
    }
    case "wait":
      return wait(run, statement);
    case "crossing":
      return cross(run, statement);
    case "repeat":
      return repeat(run, statement);
  }
  begin(run, statement);
  switch (statement.kind) {
    case "segment":
      return send(run, statement);
    case "way":
      return end(run, statement);
    case "call": {
      const { call, octets, place } = statement;
      const side = sideOf(run, statement.subject);
      return book(run, statement, { kind: "call", side, call, place, ...(octets === undefined ? {} : { octets }) });
    }
    case "timeout":
      book(run, statement, {
        kind: "timeout",
        side: sideOf(run, statement.subject),
        timer: statement.timer,
        place: statement.place,
      });
      if (statement.timer === "retransmission") backOff(run, statement.subject.self.endpoint);
      return;
    case "crash":
      return book(run, statement, { kind: "crash", endpoint: statement.endpoint });
    case "elide":
      return book(
        run,
        statement,
        statement.text === undefined ? { kind: "elide" } : { kind: "elide", text: statement.text },
      );
  }
}

function wait(run: Run, statement: Extract<Statement, { kind: "wait" }>): void {
  if (statement.moment) moveTo(run, statement, statement.moment);
  const duration = microseconds(run, statement, statement.duration);
  const over = run.now + duration;
  arriveUntil(run, over);
  flush(run);
  run.before = run.now = over;
  book(run, statement, { kind: "wait", duration, text: statement.text });
  run.timed = true;
}

/** All of it is sent before any of it arrives; then all arrives in order. */
function cross(run: Run, statement: Extract<Statement, { kind: "crossing" }>): void {
  begin(run, statement);
  const frame: Frame = { kind: "crossing" };
  book(run, statement, { kind: "open", frame });
  const outermost = run.crossing === undefined;
  run.crossing ??= [];
  for (const inner of statement.body) perform(run, inner);
  if (outermost) {
    const arrivals = run.crossing;
    run.crossing = undefined;
    for (const arrival of arrivals) {
      arriveUntil(run, Math.max(run.now, arrival.due));
      arrive(run, arrival);
    }
    run.before = run.now;
    run.timed = false;
  }
  book(run, statement, { kind: "shut", frame });
}

function repeat(run: Run, statement: Extract<Statement, { kind: "repeat" }>): void {
  const { count, body, place } = statement;
  if (statement.moment) {
    begin(run, statement);
    run.timed = true;
  }
  for (let round = 1; round <= count; round++) {
    if (run.repeated > MOST_REPEATED) {
      if (run.repeated === Number.POSITIVE_INFINITY) return;
      run.repeated = Number.POSITIVE_INFINITY;
      return complain(run, statement, "syntax", place, run.texts.tooManyLines(MOST_REPEATED));
    }
    const frame: Frame = { kind: "repeat", count, round };
    put(run, statement, { kind: "open", frame });
    for (const inner of body) perform(run, inner);
    put(run, statement, { kind: "shut", frame });
    run.repeated += body.length + 1;
  }
}

function send(run: Run, statement: Extract<Statement, { kind: "segment" }>): void {
  const { fate, takes } = statement;
  const index = run.segments.length;
  // A line that is repeated gives a segment each time.
  const segment = run.repeated > 0 ? { ...statement.segment } : statement.segment;
  run.segments.push(segment);
  run.sender = segment.forgedBy ?? segment.from.endpoint;
  if (segment.name !== undefined) {
    run.named.set(segment.name, { segment: index, fate: fate === "arrives" ? "sent" : fate });
  }
  const { number, span } = statement;
  run.events.push({ kind: "send", segment: index, fate, at: run.now, span, statement: number });
  if (fate === "lost") book(run, statement, { kind: "lose", segment: index });
  if (fate !== "arrives") return;
  const arrival: Arrival = {
    due: run.now + (takes ?? run.settings.latency),
    segment: index,
    again: false,
    cause: statement,
  };
  if (run.crossing) run.crossing.push(arrival);
  else enqueue(run.underWay, arrival);
}

/** What `NAME arrives`, `NAME arrives again` and `NAME gets lost` do. */
function end(run: Run, statement: Extract<Statement, { kind: "way" }>): void {
  const { name, place } = statement;
  const named = run.named.get(name);
  const wrong = wrongEnd(run.texts, name, named?.fate, statement.end);
  if (wrong !== undefined) complain(run, statement, "syntax", place, wrong);
  if (named === undefined || named.fate === "lost") return;
  if (statement.end === "lost") {
    if (named.fate === "arrived") return;
    const index = run.underWay.findIndex(({ segment }) => segment === named.segment);
    if (index >= 0) run.underWay.splice(index, 1);
    named.fate = "lost";
    return book(run, statement, { kind: "lose", segment: named.segment });
  }
  const arrival = { due: run.now, segment: named.segment, again: named.fate !== "waits", cause: statement };
  named.fate = "arrived";
  if (run.crossing) run.crossing.push(arrival);
  else arrive(run, arrival);
}

/** Why a segment with this fate cannot end so. */
function wrongEnd(
  texts: FlowTexts,
  name: string,
  fate: Fate | undefined,
  wanted: "arrives" | "again" | "lost",
): string | undefined {
  if (fate === undefined) return texts.sentLater(name);
  if (fate === "lost") return texts.wasLost(name);
  if (wanted === "lost") return fate === "arrived" ? texts.hasArrived(name) : undefined;
  if (fate === "waits") return wanted === "again" ? texts.notArrived(name) : undefined;
  if (wanted === "again") return undefined;
  return fate === "sent" ? texts.arrivesByItself(name) : texts.hasArrivedOnce(name);
}

/** What takes no time; at its own time, if it is given one. */
function remark(run: Run, statement: Statement, acts: readonly Act[]): void {
  if (statement.moment) begin(run, statement);
  for (const act of acts) {
    if (statement.moment) book(run, statement, act);
    else put(run, statement, act);
  }
}

/**
 * Statements in the order of the text become events in the order of time.
 *
 * A statement without a time waits until everything sent with `->` has arrived. One with a time, or
 * behind a `wait`, finds arrived only what is due by then. Assertions, notes, headings and frames
 * take no time and never move another statement: they hold as late as the next statement lets them,
 * behind whatever arrives before it.
 */
import type { Finding } from "./findings.ts";
import type { FlowEvent, Frame, Segment, Settings, Side, Span } from "./flow.ts";
import { RULES } from "./rules.ts";
import { findSides } from "./sides.ts";
import type { Duration, Moment, Statement, Subject } from "./statements.ts";
import { findWaiters, type Waiters } from "./waiters.ts";

/** Lines that the repetitions of one text may make. */
export const MOST_REPEATED = 20_000;

/** Where doubling the retransmission timeout ends, in microseconds, unless `set rto` is longer. */
const LONGEST_RTO = 120_000_000;

type Bare<Event> = Event extends unknown ? Omit<Event, "at" | "span" | "statement"> : never;
/** An event without its time and statement. */
type Act = Bare<FlowEvent>;

/** Who caused an event. */
interface Cause {
  readonly number: number;
  readonly span: Span;
}

/** A copy of a segment on its way. */
interface Arrival {
  readonly due: number;
  readonly segment: number;
  readonly again: boolean;
  readonly cause: Cause;
}

/** A segment that later statements can name. */
interface Named {
  readonly segment: number;
  fate: "waits" | "arrived" | "lost" | "sent";
}

interface Run {
  readonly settings: Settings;
  readonly sides: ReadonlyMap<Subject, Side>;
  readonly waiters: Waiters;
  readonly segments: Segment[];
  readonly events: FlowEvent[];
  readonly problems: Finding[];
  /** In the order in which they arrive. */
  readonly underWay: Arrival[];
  /** What takes no time, until the next statement shows what has arrived by then. */
  readonly remarks: { readonly cause: Cause; readonly act: Act }[];
  readonly named: Map<string, Named>;
  /** The current retransmission timeout of each endpoint that is not at the first one. */
  readonly timeouts: Map<number, number>;
  /** What arrives at the end of the crossing block that the run is in. */
  crossing: Arrival[] | undefined;
  now: number;
  /** When the last statement happened. */
  before: number;
  /** The next statement has a time, because a `wait` stands before it. */
  timed: boolean;
  /** Who sent last. */
  sender: number;
  repeated: number;
}

export interface Schedule {
  readonly segments: readonly Segment[];
  readonly events: readonly FlowEvent[];
  readonly problems: readonly Finding[];
}

/** Lays statements out in time. Linear in statements and rounds. */
export function schedule(statements: readonly Statement[], settings: Settings): Schedule {
  const run: Run = {
    settings,
    sides: findSides(statements),
    waiters: findWaiters(statements),
    segments: [],
    events: [],
    problems: [],
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
      return remark(run, statement, { kind: "note", endpoints: statement.endpoints, text: statement.text });
    case "section":
      return remark(run, statement, { kind: "section", text: statement.text });
    case "assert":
      for (const { subject, claim } of statement.claims) {
        remark(run, statement, { kind: "assert", side: sideOf(run, subject), claim });
      }
      return;
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

/** Moves the clock to where a statement happens, with all that arrives before it. */
function begin(run: Run, statement: Statement): void {
  if (statement.moment) moveTo(run, statement, statement.moment);
  else if (!run.timed && !run.crossing) arriveUntil(run, Number.POSITIVE_INFINITY);
  run.timed = false;
  run.before = run.now;
  flush(run);
}

function moveTo(run: Run, statement: Statement, { from, duration, span }: Moment): void {
  const length = microseconds(run, statement, duration);
  const time = from === "start" ? length : run.before + length;
  if (time < run.now) {
    complain(run, statement, "time-goes-back", span, `${showTime(run.now)} have passed by then`);
  }
  arriveUntil(run, time);
  run.now = Math.max(run.now, time);
}

function wait(run: Run, statement: Extract<Statement, { kind: "wait" }>): void {
  if (statement.moment) moveTo(run, statement, statement.moment);
  const duration = microseconds(run, statement, statement.duration);
  arriveUntil(run, run.now + duration);
  flush(run);
  run.before = run.now = Math.max(run.now, run.now + duration);
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
      if (run.repeated !== Number.POSITIVE_INFINITY) {
        complain(
          run,
          statement,
          "syntax",
          place,
          `repetitions make at most ${MOST_REPEATED} lines; the rest is left out`,
        );
      }
      run.repeated = Number.POSITIVE_INFINITY;
      return;
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
  book(run, statement, { kind: "send", segment: index, fate });
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

/** At equal times in the order of the text. */
function enqueue(queue: Arrival[], arrival: Arrival): void {
  let [low, high] = [0, queue.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((queue[middle]?.due ?? 0) <= arrival.due) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, arrival);
}

/** What `NAME arrives`, `arrives again` and `gets lost` do. */
function end(run: Run, statement: Extract<Statement, { kind: "way" }>): void {
  const { name, place } = statement;
  const named = run.named.get(name);
  if (named === undefined) return complain(run, statement, "syntax", place, `\`${name}\` is sent only further down`);
  if (named.fate === "lost")
    return complain(run, statement, "syntax", place, `\`${name}\` was lost; one that comes later is sent with ~>`);
  if (statement.end === "lost") {
    if (named.fate === "arrived") return complain(run, statement, "syntax", place, `\`${name}\` has arrived already`);
    const index = run.underWay.findIndex(({ segment }) => segment === named.segment);
    if (index >= 0) run.underWay.splice(index, 1);
    named.fate = "lost";
    return book(run, statement, { kind: "lose", segment: named.segment });
  }
  const first = named.fate === "waits";
  if (first && statement.end === "again") {
    complain(run, statement, "syntax", place, `\`${name}\` has not arrived yet: write \`${name} arrives\``);
  } else if (!first && statement.end === "arrives") {
    complain(
      run,
      statement,
      "syntax",
      place,
      `\`${name}\` has arrived already: a second copy is written \`${name} arrives again\``,
    );
  }
  const arrival: Arrival = { due: run.now, segment: named.segment, again: !first, cause: statement };
  named.fate = "arrived";
  if (run.crossing) run.crossing.push(arrival);
  else arrive(run, arrival);
}

function arriveUntil(run: Run, time: number): void {
  const { underWay } = run;
  let count = 0;
  for (const arrival of underWay) {
    if (arrival.due > time) break;
    arrive(run, arrival);
    count++;
  }
  if (count > 0) underWay.splice(0, count);
}

function arrive(run: Run, { due, segment, again, cause }: Arrival): void {
  run.now = Math.max(run.now, due);
  book(run, cause, { kind: "deliver", segment, again });
  const arrived = run.segments[segment];
  if (arrived === undefined) return;
  run.timeouts.delete(arrived.to.endpoint);
  const named = arrived.name === undefined ? undefined : run.named.get(arrived.name);
  if (named?.segment === segment) named.fate = "arrived";
}

function remark(run: Run, statement: Statement, act: Act): void {
  if (statement.moment && run.now !== undefined) begin(run, statement);
  put(run, statement, act);
}

/** Books what takes no time: at once where the clock stands, else behind whatever arrives before the next statement. */
function put(run: Run, cause: Cause, act: Act): void {
  if (run.timed || run.crossing) {
    flush(run);
    book(run, cause, act);
  } else {
    run.remarks.push({ cause, act });
  }
}

function flush(run: Run): void {
  for (const { cause, act } of run.remarks) book(run, cause, act);
  run.remarks.length = 0;
}

function book(run: Run, { number, span }: Cause, act: Act): void {
  run.events.push({ ...act, at: run.now, span, statement: number });
}

function sideOf(run: Run, subject: Subject): Side {
  return run.sides.get(subject) ?? { self: subject.self };
}

function microseconds(run: Run, statement: Statement, { unit, amount }: Duration): number {
  return unit === "us" ? amount : amount * (run.timeouts.get(ownerOf(run, statement)) ?? run.settings.rto);
}

/** Whose timeout counts: the endpoint that a statement is about, else the one whose timer fires next, else who sent last. */
function ownerOf(run: Run, statement: Statement): number {
  if (statement.kind === "timeout" || statement.kind === "call") return statement.subject.self.endpoint;
  if (statement.kind === "segment") return statement.segment.from.endpoint;
  return run.waiters.get(statement) ?? run.sender;
}

/** RFC 6298 §5.5. */
function backOff(run: Run, endpoint: number): void {
  const current = run.timeouts.get(endpoint) ?? run.settings.rto;
  run.timeouts.set(endpoint, Math.min(2 * current, Math.max(LONGEST_RTO, run.settings.rto)));
}

/** Once for each place, however often its line is repeated. */
function complain(run: Run, cause: Cause, rule: "syntax" | "time-goes-back", span: Span, message: string): void {
  if (run.problems.some((known) => known.rule === rule && known.span.start === span.start)) return;
  const { severity } = RULES[rule];
  run.problems.push({
    rule,
    severity,
    message,
    span,
    statement: cause.number,
    related: [],
    fixes: [],
    expected: false,
  });
}

/** In the largest unit that leaves no fraction: `150ms`. */
function showTime(microseconds: number): string {
  if (microseconds % 1_000_000 === 0) return `${microseconds / 1_000_000}s`;
  return microseconds % 1000 === 0 ? `${microseconds / 1000}ms` : `${microseconds}us`;
}

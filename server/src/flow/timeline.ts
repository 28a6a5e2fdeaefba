/** The clock of a schedule: what is under way, and what has happened so far. */
import type { Finding, Fix } from "./findings.ts";
import type { FlowEvent, Segment, Settings, Side, Span } from "./flow.ts";
import { RULES } from "./rules.ts";
import type { Duration, Moment, Statement, Subject } from "./statements.ts";
import type { FlowTexts } from "./texts.ts";
import type { Waiters } from "./waiters.ts";

/** Where doubling the retransmission timeout ends, in microseconds, unless `set rto` is longer. */
const LONGEST_RTO = 120_000_000;

type Bare<Event> = Event extends unknown ? Omit<Event, "at" | "span" | "statement"> : never;
/** An event without its time and statement. */
export type Act = Bare<FlowEvent>;

/** Who caused an event. */
interface Cause {
  readonly number: number;
  readonly span: Span;
}

/** A copy of a segment on its way. */
export interface Arrival {
  readonly due: number;
  readonly segment: number;
  readonly again: boolean;
  readonly cause: Cause;
}

/** What has become of a segment: sent with `->` and under way, waiting in the network, arrived, lost. */
export type Fate = "sent" | "waits" | "arrived" | "lost";

/** A segment that later statements can name. */
interface Named {
  readonly segment: number;
  fate: Fate;
}

export interface Run {
  readonly texts: FlowTexts;
  readonly settings: Settings;
  readonly sides: ReadonlyMap<Subject, Side>;
  readonly waiters: Waiters;
  readonly segments: Segment[];
  readonly events: FlowEvent[];
  readonly problems: Finding[];
  /** The rules and places of these. */
  readonly told: Set<string>;
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

/** Moves the clock to where a statement happens, with all that arrives before it. */
export function begin(run: Run, statement: Statement): void {
  if (statement.moment) moveTo(run, statement, statement.moment);
  else if (!run.timed && !run.crossing) arriveUntil(run, Number.POSITIVE_INFINITY);
  run.timed = false;
  run.before = run.now;
  flush(run);
}

export function moveTo(run: Run, statement: Statement, { from, duration, span }: Moment): void {
  const length = microseconds(run, statement, duration);
  const time = from === "start" ? length : run.before + length;
  if (time < run.now) {
    const [then, now] = [showTime(time), showTime(run.now)];
    complain(run, statement, "time-goes-back", span, run.texts.timeIsOver(then, now), [
      { title: run.texts.changeTo(`@${now}`), edits: [{ span, newText: `@${now}` }] },
    ]);
    // As if it had no time, so that nothing follows from it.
    return arriveUntil(run, Number.POSITIVE_INFINITY);
  }
  arriveUntil(run, time);
  flush(run);
  run.now = time;
}

/** At equal times in the order of the text. */
export function enqueue(queue: Arrival[], arrival: Arrival): void {
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((queue[middle]?.due ?? 0) <= arrival.due) low = middle + 1;
    else high = middle;
  }
  if (low === queue.length) queue.push(arrival);
  else queue.splice(low, 0, arrival);
}

export function arriveUntil(run: Run, time: number): void {
  const { underWay } = run;
  let count = 0;
  for (const arrival of underWay) {
    if (arrival.due > time) break;
    arrive(run, arrival);
    count++;
  }
  if (count === underWay.length) underWay.length = 0;
  else if (count > 0) underWay.splice(0, count);
}

export function arrive(run: Run, { due, segment, again, cause }: Arrival): void {
  run.now = Math.max(run.now, due);
  const { number, span } = cause;
  run.events.push({ kind: "deliver", segment, again, at: run.now, span, statement: number });
  const arrived = run.segments[segment];
  if (arrived === undefined) return;
  run.timeouts.delete(arrived.to.endpoint);
  const named = arrived.name === undefined ? undefined : run.named.get(arrived.name);
  if (named?.segment === segment) named.fate = "arrived";
}

/** Books what takes no time: at once where the clock stands, else behind whatever arrives before the next statement. */
export function put(run: Run, cause: Cause, act: Act): void {
  if (run.timed || run.crossing) {
    flush(run);
    book(run, cause, act);
  } else {
    run.remarks.push({ cause, act });
  }
}

export function flush(run: Run): void {
  for (const { cause, act } of run.remarks) book(run, cause, act);
  run.remarks.length = 0;
}

export function book(run: Run, { number, span }: Cause, act: Act): void {
  run.events.push({ ...act, at: run.now, span, statement: number });
}

export function sideOf(run: Run, subject: Subject): Side {
  return run.sides.get(subject) ?? { self: subject.self };
}

export function microseconds(run: Run, statement: Statement, { unit, amount }: Duration): number {
  return unit === "us" ? amount : amount * (run.timeouts.get(ownerOf(run, statement)) ?? run.settings.rto);
}

/** Whose timeout counts: the endpoint that a statement is about, else the one whose timer fires next, else who sent last. */
function ownerOf(run: Run, statement: Statement): number {
  if (statement.kind === "timeout" || statement.kind === "call") return statement.subject.self.endpoint;
  if (statement.kind === "segment") return statement.segment.from.endpoint;
  return run.waiters.get(statement) ?? run.sender;
}

/** RFC 6298 §5.5. */
export function backOff(run: Run, endpoint: number): void {
  const current = run.timeouts.get(endpoint) ?? run.settings.rto;
  run.timeouts.set(endpoint, Math.min(2 * current, Math.max(LONGEST_RTO, run.settings.rto)));
}

/** Once for each place, however often its line is repeated. */
export function complain(
  run: Run,
  cause: Cause,
  rule: "syntax" | "time-goes-back",
  span: Span,
  message: string,
  fixes: readonly Fix[] = [],
): void {
  const key = `${rule}@${span.start}`;
  if (run.told.has(key)) return;
  run.told.add(key);
  const { severity } = RULES[rule];
  run.problems.push({
    rule,
    severity,
    message,
    span,
    statement: cause.number,
    related: [],
    fixes,
    expected: false,
  });
}

/** In the largest unit that leaves no fraction: `150ms`. */
function showTime(microseconds: number): string {
  if (microseconds % 1_000_000 === 0) return `${microseconds / 1_000_000}s`;
  return microseconds % 1000 === 0 ? `${microseconds / 1000}ms` : `${microseconds}us`;
}

/** Times outside what the RFCs allow: keep-alive, retransmission, delayed ACK, TIME-WAIT, and segments that are too old. */
import type { FlowEvent, Span } from "./flow.ts";
import { book } from "./report.ts";
import { RULES } from "./rules.ts";
import { nameOf, type Run } from "./run.ts";
import { textsOf } from "./texts.ts";

/** Microseconds: RFC 9293 §3.8.4 MUST-28 (keep-alive), RFC 6298 §2.4 (RTO), RFC 9293 §3.8.6.3 MUST-40 (delayed ACK). */
const LEAST_KEEPALIVE = 7_200_000_000;
const LEAST_RTO = 1_000_000;
const MOST_DELAY = 500_000;

type TimeoutEvent = FlowEvent & { readonly kind: "timeout" };

/** T1, T2, T4: a timer fires. Where no clock runs, nothing is judged. */
export function judgeTimer(run: Run, event: TimeoutEvent, end: number): void {
  const working = run.ends[end];
  if (!working) return;
  const { block, lastAt, expiry } = working;
  const silence = event.at - lastAt;
  const who = nameOf(run, end);
  const texts = textsOf(run.flow.locale);
  if (event.timer === "keepalive" && block.idle !== "timer" && silence > 0 && silence < LEAST_KEEPALIVE) {
    note(run, event, event.place, "RFC 9293 §3.8.4", texts.earlyKeepAlive(who, show(silence)));
  }
  const waited = block.timeWaitSince === undefined ? 0 : event.at - block.timeWaitSince;
  const least = 2 * run.flow.settings.msl;
  if (event.timer === "time-wait" && waited > 0 && waited < least) {
    note(run, event, event.place, "RFC 9293 §3.6.1", texts.shortTimeWait(who, show(waited), show(least)));
  }
  if (event.timer === "retransmission" && silence > 0) judgeExpiry(run, event, who, silence, expiry);
}

/** The first waits an RTO of a second or more, each further one twice as long as the one before. */
function judgeExpiry(run: Run, event: TimeoutEvent, who: string, silence: number, before: number): void {
  if (before === 0 && silence < LEAST_RTO) {
    note(run, event, event.place, "RFC 6298 §2.4", textsOf(run.flow.locale).earlyRto(who, show(silence)));
  } else if (before > 0 && silence < 2 * before) {
    note(
      run,
      event,
      event.place,
      "RFC 6298 §5.5",
      textsOf(run.flow.locale).notDoubled(who, show(silence), show(before)),
    );
  }
}

/** T3: the answer to data waited too long. */
export function judgeDelay(run: Run, event: FlowEvent & { readonly kind: "send" }, end: number, place: Span): void {
  const working = run.ends[end];
  if (working?.block.owes?.kind !== "ack" || working.owedAt === undefined) return;
  const delay = event.at - working.owedAt;
  if (delay < MOST_DELAY) return;
  note(
    run,
    event,
    place,
    "RFC 9293 §3.8.6.3",
    textsOf(run.flow.locale).lateAck(nameOf(run, end), show(delay)),
    event.segment,
  );
}

/** T6: a retransmission for which neither the timer nor three duplicate ACKs speak (RFC 5681 §3.2). */
export function judgeFastRetransmission(
  run: Run,
  event: FlowEvent & { readonly kind: "send" },
  duplicates: number,
  place: Span,
): void {
  // Fewer may be the timer that nobody drew; two are the three equal ACKs of many a textbook.
  if (duplicates !== 2) return;
  note(run, event, place, "RFC 5681 §3.2", textsOf(run.flow.locale).earlyFastRetransmission, event.segment);
}

/** A segment that was under way for longer than one MSL (RFC 9293 §3.4.2). */
export function judgeAge(run: Run, event: FlowEvent & { readonly kind: "deliver" }): void {
  const sent = run.readings[event.segment]?.sent;
  const left = sent === undefined ? undefined : run.flow.events[sent]?.at;
  if (left === undefined || event.at - left <= run.flow.settings.msl) return;
  note(
    run,
    event,
    event.span,
    "RFC 9293 §3.4.2",
    textsOf(run.flow.locale).tooOld(show(event.at - left), show(run.flow.settings.msl)),
    event.segment,
  );
}

function note(run: Run, event: FlowEvent, span: Span, rfc: string, message: string, segment?: number): void {
  book(run, {
    rule: "unusual-timer",
    severity: RULES["unusual-timer"].severity,
    message,
    rfc,
    span,
    statement: event.statement,
    ...(segment === undefined ? {} : { segment }),
    related: [],
    fixes: [],
    expected: false,
  });
}

const UNITS: readonly (readonly [name: string, microseconds: number])[] = [
  ["h", 3_600_000_000],
  ["min", 60_000_000],
  ["s", 1_000_000],
  ["ms", 1000],
  ["us", 1],
];

/** The largest unit in which a duration is one or more: `1.5 s`. */
function show(microseconds: number): string {
  const [name, size] = UNITS.find(([, unit]) => microseconds >= unit) ?? ["us", 1];
  return `${Math.round((microseconds / size) * 100) / 100} ${name}`;
}

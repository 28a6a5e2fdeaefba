/**
 * Statements in the order of the text become events in the order of time.
 *
 * A statement without a time waits until everything sent with `->` has arrived. One with a time, or
 * behind a `wait`, finds arrived only what is due by then. Assertions, notes, headings and frames
 * take no time and never move another statement: they hold as late as the next statement lets them,
 * behind whatever arrives before it.
 */
import type { Finding } from "./findings.ts";
import type { Flow, FlowEvent, Frame, Segment, Settings } from "./flow.ts";
import { RULES } from "./rules.ts";
import { findSides } from "./sides.ts";
import type { Duration, Statement } from "./statements.ts";

/** Lines that repetitions may make of a text, beyond those it has. */
export const MOST_REPEATED = 20_000;

/** The longest retransmission timeout that doubling reaches, in microseconds, unless `set rto` is longer. */
const LONGEST_RTO = 120_000_000;

/**
 * Mutants that are right as they stand, or right as far as the mutated line goes. Each case is argued from TCP
 * and from what the clean flow is at that point, never from what the checker says of the mutant.
 */
import type { Segment } from "../../server/src/flow/flow.ts";
import type { Field, Replay } from "../../server/src/flow/replay-types.ts";
import { ACK, FIN, PSH, RST, SYN } from "../../server/src/tcp/flags.ts";
import { type Num, num, plus, sameForm } from "../../server/src/tcp/numbers.ts";
import type { State } from "../../server/src/tcp/states.ts";
import type { Mutant } from "./mutants.ts";

interface Argument {
  readonly why: string;
  /** `clean` is the replay of the flow that was mutated. */
  readonly applies: (mutant: Mutant, clean: Replay) => boolean;
}

/** The mutant as a whole is an exchange between two correct TCPs: nothing may be found. */
export const LEGAL: readonly Argument[] = [
  {
    why: "an unchecked endpoint may send anything",
    applies: ({ change }, { flow }) =>
      change.kind === "turn" && flow.endpoints[flow.segments[change.segment]?.to.endpoint ?? -1]?.unchecked === true,
  },
  {
    why: "a FIN may ride on any segment of an open stream, and no later line counts the numbers without it",
    applies: (mutant, clean) => closesHere(mutant, clean) && nothingContradicts(mutant, clean),
  },
  {
    why: "where a listener remains, the end of a connection that is gone shows as LISTEN too",
    applies: ({ change }, clean) =>
      change.kind === "state" && change.from === "CLOSED" && change.to === "LISTEN" && listens(clean, change.event),
  },
  {
    why: "a listener stays in LISTEN while the connection that it made is in SYN-RECEIVED",
    applies: ({ change }, clean) =>
      change.kind === "state" &&
      change.from === "SYN-RECEIVED" &&
      change.to === "LISTEN" &&
      listens(clean, change.event),
  },
  {
    why: "a reset may be ignored in TIME-WAIT (RFC 1337)",
    applies: ({ change }, clean) =>
      change.kind === "state" &&
      change.from === "CLOSED" &&
      change.to === "TIME-WAIT" &&
      lastArrival(clean, change.event) === "RST in TIME-WAIT",
  },
];

/**
 * The mutated line could stand there: what is wrong shows only when a later line does not fit. The finding is
 * then there, and the mutant counts as found but has no place of its own.
 */
export const RIGHT_SO_FAR: readonly Argument[] = [
  { why: "a FIN may ride on any segment of an open stream: it closes here", applies: closesHere },
  {
    why: "without its FIN the segment still acknowledges what has just arrived",
    applies: ({ change }, clean) =>
      change.kind === "flag" && change.flag === "FIN" && !change.added && owesAck(clean, change.segment),
  },
  {
    why: "an endpoint without a connection may open one",
    applies: ({ change }, clean) =>
      change.kind === "turn" &&
      flagsOf(clean, change.segment) === SYN &&
      ["CLOSED", "LISTEN"].includes(otherState(clean, change.segment) ?? ""),
  },
  {
    why: "data without numbers of its own may be sent by either end",
    applies: ({ change }, clean) => {
      const segment = change.kind === "turn" ? clean.flow.segments[change.segment] : undefined;
      return (
        change.kind === "turn" &&
        segment?.flags === (PSH | ACK) &&
        segment.seq?.kind !== "number" &&
        segment.ack?.kind !== "number" &&
        senderState(clean, change.segment) === "ESTABLISHED" &&
        otherState(clean, change.segment) === "ESTABLISHED"
      );
    },
  },
  {
    why: "the first segment of a flow that starts in the middle may be either end's",
    applies: ({ change }, clean) => change.kind === "turn" && isFirst(clean, change.segment),
  },
];

/** States in which a FIN of one's own may still be sent. */
const OPEN_STREAM: ReadonlySet<State | undefined> = new Set(["SYN-RECEIVED", "ESTABLISHED", "CLOSE-WAIT"]);

function closesHere({ change }: Mutant, clean: Replay): boolean {
  return (
    change.kind === "flag" &&
    change.flag === "FIN" &&
    change.added &&
    (flagsOf(clean, change.segment) & (RST | SYN)) === 0 &&
    OPEN_STREAM.has(senderState(clean, change.segment))
  );
}

/**
 * After the FIN that was added: either the FIN of the clean flow comes next, at the same number, and is then its
 * retransmission; or nothing comes that counts without it: no data of its sender, no number, no state.
 */
function nothingContradicts({ change }: Mutant, clean: Replay): boolean {
  const index = change.kind === "flag" ? change.segment : -1;
  const reading = clean.readings[index];
  if (!reading?.seq || reading.sent === undefined) return false;
  const fin = plus(reading.seq.value, reading.len?.value ?? num(0));
  for (const event of clean.flow.events.slice(reading.sent + 1)) {
    if (event.kind === "assert" && event.claim.state.kind !== "blank") return false;
    const later = event.kind === "send" ? clean.readings[event.segment] : undefined;
    if (event.kind !== "send" || later?.connection !== reading.connection) continue;
    const segment = clean.flow.segments[event.segment];
    const own = later.sender === reading.sender;
    if (segment && counts(segment, own))
      return own && isFin(segment) && event.fate === "arrives" && isAt(later.seq, fin);
  }
  return true;
}

function isAt(field: Field | undefined, number: Num): boolean {
  return field !== undefined && sameForm(field.value, number);
}

/** Whether a segment says where its sender's, or its peer's, stream is. */
function counts(segment: Segment, own: boolean): boolean {
  const written = own ? segment.seq : segment.ack;
  return written?.kind === "number" || (own && (carriesData(segment) || isFin(segment)));
}

function isFin({ flags }: Segment): boolean {
  return (flags & FIN) !== 0;
}

function carriesData({ flags, len }: Segment): boolean {
  return len !== undefined || (flags & PSH) !== 0;
}

function flagsOf({ flow }: Replay, segment: number): number {
  return flow.segments[segment]?.flags ?? 0;
}

/** Whether the endpoint of an assertion listened when its connection began. */
function listens({ flow, ends }: Replay, at: number): boolean {
  const event = flow.events[at];
  if (event?.kind !== "assert") return false;
  const { endpoint } = event.side.self;
  return ends.some((end) => end.self.endpoint === endpoint && end.start.state === "LISTEN");
}

/** What the last segment that reached the end of an assertion was, and the state that it met there. */
function lastArrival(clean: Replay, at: number): string | undefined {
  const event = clean.flow.events[at];
  if (event?.kind !== "assert") return undefined;
  const to = (segment: Segment | undefined) => segment?.to.endpoint === event.side.self.endpoint;
  const before = clean.flow.events.slice(0, at);
  const arrival = before.findLastIndex((e) => e.kind === "deliver" && to(clean.flow.segments[e.segment]));
  const arrived = clean.flow.events[arrival];
  if (arrived?.kind !== "deliver") return undefined;
  const reset = (flagsOf(clean, arrived.segment) & RST) !== 0;
  return `${reset ? "RST" : "segment"} in ${stateBefore(clean, clean.readings[arrived.segment]?.receiver, arrival)}`;
}

/** The state of an end just before an event. */
function stateBefore({ ends, steps }: Replay, end: number | undefined, event: number): State | undefined {
  let state = ends[end ?? -1]?.start.state;
  for (const step of steps.slice(0, event))
    for (const change of step.changes) if (change.end === end) state = change.after.state;
  return state;
}

/** The sender's state before a segment left. */
function senderState(clean: Replay, segment: number): State | undefined {
  const reading = clean.readings[segment];
  return reading && stateBefore(clean, reading.sender, reading.sent ?? 0);
}

/** The state of the end that a segment goes to, before it left. */
function otherState(clean: Replay, segment: number): State | undefined {
  const reading = clean.readings[segment];
  return reading && stateBefore(clean, reading.receiver, reading.sent ?? 0);
}

/** Whether no earlier segment of the flow belongs to the same connection. */
function isFirst({ readings }: Replay, segment: number): boolean {
  const connection = readings[segment]?.connection;
  return readings.findIndex((reading) => reading.connection === connection) === segment;
}

/** Whether something that takes numbers has reached the sender since it last sent. */
function owesAck({ flow, readings }: Replay, index: number): boolean {
  const reading = readings[index];
  const before = flow.events.slice(0, reading?.sent ?? 0).reverse();
  for (const event of before) {
    if (event.kind === "send" && readings[event.segment]?.sender === reading?.sender) return false;
    if (event.kind !== "deliver" || readings[event.segment]?.receiver !== reading?.sender) continue;
    const length = readings[event.segment]?.len?.value;
    const carries = length !== undefined && (length.constant !== 0 || length.terms.length > 0);
    if (carries || ((flow.segments[event.segment]?.flags ?? 0) & (SYN | FIN)) !== 0) return true;
  }
  return false;
}

/** What happened after every event of a flow, as data. */
import type { Finding } from "../flow/findings.ts";
import type { Flow, FlowEvent, Socket } from "../flow/flow.ts";
import type { Replay, SegmentClass } from "../flow/replay-types.ts";
import type { Block } from "../tcp/block.ts";
import { flagNames } from "../tcp/flags.ts";
import { type Num, type Symbols, showNumber } from "../tcp/numbers.ts";
import type { State } from "../tcp/states.ts";

/** What happened. Only the properties that its kind has are there; times are in seconds. */
export interface TracedEvent {
  readonly kind: "send" | "deliver" | "lose" | "call" | "timeout" | "crash" | "wait" | "elide" | "assert";
  readonly segment?: number | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly flags?: readonly string[] | undefined;
  readonly seq?: string | undefined;
  readonly ack?: string | undefined;
  /** A number, or the author's symbol for it. */
  readonly len?: number | string | undefined;
  readonly classes?: readonly SegmentClass[] | undefined;
  readonly endpoint?: string | undefined;
  readonly call?: string | undefined;
  readonly octets?: number | undefined;
  readonly timer?: string | undefined;
  readonly duration?: number | undefined;
  /** The state that an assertion names; none where it leaves a blank. */
  readonly asserted?: State | undefined;
}

/** The variables of one end; absent where the number is not known. */
export interface Variables {
  readonly "snd.una"?: string | undefined;
  readonly "snd.nxt"?: string | undefined;
  readonly "rcv.nxt"?: string | undefined;
}

/** One event, and both ends of every connection known by then as they are right after it. */
export interface TraceStep {
  readonly event: TracedEvent;
  /** Offset of its statement in the flow. */
  readonly offset: number;
  /** Seconds since the start of the flow. */
  readonly at: number;
  readonly states: Readonly<Record<string, State>>;
  readonly variables: Readonly<Record<string, Variables>>;
  readonly findings: readonly Finding[];
}

const MICROSECONDS = 1_000_000;

export function traceSteps(replay: Replay): TraceStep[] {
  const { flow, ends, steps, symbols } = replay;
  const blocks = ends.map((end) => end.start);
  // A connection is known from its first event on, the first one from the start.
  const known = new Set([0]);
  return flow.events.flatMap((event, i): TraceStep[] => {
    const { changes = [], findings = [] } = steps[i] ?? {};
    for (const { end, after } of changes) blocks[end] = after;
    for (const connection of connectionsOf(replay, event)) known.add(connection);
    const traced = describe(replay, event);
    if (traced === undefined) return [];
    const states: Record<string, State> = {};
    const variables: Record<string, Variables> = {};
    for (const [e, { key, connection, start }] of ends.entries()) {
      if (!known.has(connection)) continue;
      const block = blocks[e] ?? start;
      states[key] = block.state;
      variables[key] = variablesOf(block, symbols);
    }
    return [{ event: traced, offset: event.span.start, at: event.at / MICROSECONDS, states, variables, findings }];
  });
}

/** The connections that an event is about. */
function connectionsOf({ ends, readings }: Replay, event: FlowEvent): number[] {
  if ("segment" in event) {
    const reading = readings[event.segment];
    return reading === undefined ? [] : [reading.connection];
  }
  if (!("side" in event)) return [];
  const { self, peer } = event.side;
  return ends
    .filter((end) => sameSocket(end.self, self) && (peer === undefined || sameSocket(end.peer, peer)))
    .map((end) => end.connection);
}

function sameSocket(a: Socket, b: Socket): boolean {
  return a.endpoint === b.endpoint && a.port === b.port;
}

/** What an event was; nothing for what only the picture knows. */
function describe(replay: Replay, event: FlowEvent): TracedEvent | undefined {
  const { flow } = replay;
  switch (event.kind) {
    case "send":
    case "deliver":
    case "lose":
      return segmentEvent(replay, event.kind, event.segment);
    case "call":
      return { kind: "call", endpoint: socketName(flow, event.side.self), call: event.call, octets: event.octets };
    case "timeout":
      return { kind: "timeout", endpoint: socketName(flow, event.side.self), timer: event.timer };
    case "crash":
      return { kind: "crash", endpoint: flow.endpoints[event.endpoint]?.name };
    case "wait":
      return { kind: "wait", duration: event.duration / MICROSECONDS };
    case "elide":
      return { kind: "elide" };
    case "assert": {
      const { state } = event.claim;
      const asserted = state.kind === "state" ? state.state : undefined;
      return { kind: "assert", endpoint: socketName(flow, event.side.self), asserted };
    }
    default:
      return undefined;
  }
}

function segmentEvent(
  { flow, readings, symbols }: Replay,
  kind: "send" | "deliver" | "lose",
  number: number,
): TracedEvent | undefined {
  const segment = flow.segments[number];
  const reading = readings[number];
  if (segment === undefined) return undefined;
  const show = (value: Num | undefined) => (value === undefined ? undefined : showNumber(value, symbols));
  const len = show(reading?.len?.value);
  return {
    kind,
    segment: number,
    from: socketName(flow, segment.from),
    to: socketName(flow, segment.to),
    flags: flagNames(segment.flags),
    seq: show(reading?.seq?.value),
    ack: show(reading?.ack?.value),
    len: len !== undefined && /^\d+$/u.test(len) ? Number(len) : len,
    classes: reading?.classes ?? [],
  };
}

/** As written: `client` or `client:40001`. */
function socketName(flow: Flow, { endpoint, port }: Socket): string {
  const name = flow.endpoints[endpoint]?.name ?? "?";
  return port === undefined ? name : `${name}:${port}`;
}

function variablesOf({ sndUna, sndNxt, rcvNxt }: Block, symbols: Symbols): Variables {
  const show = (value: Num | undefined) => (value === undefined ? undefined : showNumber(value, symbols));
  return { "snd.una": show(sndUna), "snd.nxt": show(sndNxt), "rcv.nxt": show(rcvNxt) };
}

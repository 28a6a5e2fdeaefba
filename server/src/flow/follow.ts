/** A run that goes on with a proposed segment, beside the run that it was proposed for. */
import type { Num } from "../tcp/numbers.ts";
import type { Stream } from "../tcp/streams.ts";
import type { FlowEvent, Segment } from "./flow.ts";
import { drawn, type NextSegment, NOWHERE } from "./next-segments.ts";
import { carryOn, runThrough } from "./replay.ts";
import { blankReading, type Run } from "./run.ts";

/** How a segment that is proposed leaves. */
export interface Departure {
  /** A name for a number that is free. */
  readonly seq: Num | undefined;
  readonly fate: "arrives" | "waits";
}

/** The run after one more segment; `run` stays as it is. Takes time for copying lists, not for replaying. */
export function follow(run: Run, next: NextSegment, { seq, fate }: Departure): Run {
  const index = run.flow.segments.length;
  const events = eventsOf(run, index, fate);
  const segments = [...run.flow.segments, segmentOf(next, seq)];
  const flow = { ...run.flow, segments, events: [...run.flow.events, ...events] };
  const made = copy(run, flow, next);
  // The first segment of a connection decides how it begins.
  if (made === undefined) return runThrough(flow);
  for (const event of events) carryOn(made, event);
  return made;
}

function segmentOf({ from, to, flags, len }: NextSegment, seq: Num | undefined): Segment {
  const plain = drawn(from, to, flags);
  return {
    ...plain,
    ...(seq === undefined ? {} : { seq: { kind: "number", value: seq, span: NOWHERE } }),
    ...(len === undefined ? {} : { len: { kind: "number", value: len, span: NOWHERE } }),
  };
}

function eventsOf(run: Run, segment: number, fate: Departure["fate"]): FlowEvent[] {
  const at = run.flow.events.at(-1)?.at ?? 0;
  const place = { at, span: NOWHERE, statement: -1, segment } as const;
  const sent: FlowEvent = { ...place, kind: "send", fate };
  return fate === "arrives" ? [sent, { ...place, kind: "deliver", again: false }] : [sent];
}

/** Whatever a run changes in place is copied. */
function copy(run: Run, flow: Run["flow"], next: NextSegment): Run | undefined {
  const { connections, symbols } = run;
  const from = connections.ends.findIndex(({ self, peer }) => isSame(self, next.from) && isSame(peer, next.to));
  const to = connections.ends[from]?.other;
  if (to === undefined) return undefined;
  const streams = new Map(run.ends.map(({ stream }) => [stream, copyStream(stream)]));
  const copied = (stream: Stream): Stream => streams.get(stream) ?? stream;
  const known = {
    ...connections,
    senders: [...connections.senders, from],
    receivers: [...connections.receivers, to],
    listens: [...connections.listens],
  };
  return {
    ...run,
    flow,
    connections: known,
    ends: run.ends.map((end) => ({ ...end, stream: copied(end.stream) })),
    symbols: { kinds: new Map(symbols.kinds), bindings: new Map(symbols.bindings) },
    fates: [...run.fates],
    headers: [...run.headers],
    readings: [...run.readings.map((reading) => ({ ...reading })), blankReading(known, flow.segments.length - 1)],
    owners: new Map([...run.owners].map(([name, stream]) => [name, copied(stream)])),
    steps: [...run.steps],
    findings: [...run.findings],
    reported: new Set(run.reported),
    waiting: [...run.waiting],
  };
}

function copyStream(stream: Stream): Stream {
  return { ...stream, ranges: stream.ranges.map((range) => ({ ...range, carriers: [...range.carriers] })) };
}

function isSame(a: NextSegment["from"], b: NextSegment["from"]): boolean {
  return a.endpoint === b.endpoint && a.port === b.port;
}

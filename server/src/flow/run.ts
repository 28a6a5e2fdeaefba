/** The working state of a replay. It lives as long as one call of `replay` and nobody else sees it. */
import type { Block } from "../tcp/block.ts";
import type { Fate } from "../tcp/judgement.ts";
import { bind, noSymbols, type Symbols } from "../tcp/numbers.ts";
import type { Header } from "../tcp/segment.ts";
import type { Stream } from "../tcp/streams.ts";
import { type Connections, connect } from "./connections.ts";
import type { Finding } from "./findings.ts";
import type { Flow } from "./flow.ts";
import { type LineTable, lineTable, positionAt } from "./lines.ts";
import type { Change, Reading, SegmentClass, Step } from "./replay-types.ts";

/** One end as the replay goes on. */
export interface WorkingEnd {
  block: Block;
  /** Other blocks that the flow has not ruled out: choices of a TCP, and states that the author asserted. */
  others: readonly Block[];
  readonly stream: Stream;
  /** The block before the last arrival, for the story in which it had not arrived. */
  before?: { readonly block: Block; readonly segment: number };
  /** How many of its own segments have left. */
  sent: number;
  /** Time of its last event. */
  lastAt: number;
  /** Time of the last arrival that it took; what a keep-alive waits from. */
  quietSince: number;
  timedOut: boolean;
  /** The user has given it data of which nothing has left yet. */
  queued: boolean;
  /** A segment of this connection was wrong. */
  faulted: boolean;
  /** How long its retransmission timer last ran, in microseconds; 0 once something has arrived. */
  expiry: number;
  /** When the oldest answer that is due became due. */
  owedAt: number | undefined;
  /** The peer's window is closed. */
  closed: ClosedWindow | undefined;
}

/** A closed window: the segment that closed it, when, and what was done about it. */
export interface ClosedWindow {
  readonly segment: number;
  readonly at: number;
  /** When it opened again. */
  openedAt?: number;
  probed: boolean;
  /** The user has asked to send more. */
  waiting: boolean;
}

/** A reading under way: a reading that may still change. */
export type WorkingReading = { -readonly [K in keyof Reading]: Reading[K] };

/** Most segments are of no class: they share one empty list. */
export const NO_CLASSES: readonly SegmentClass[] = [];
const NO_FINDINGS: readonly Finding[] = [];
const NOT_ENDED: readonly number[] = [];

export function addClass(reading: WorkingReading, name: SegmentClass): void {
  reading.classes = [...reading.classes, name];
}

export function blankReading({ senders, receivers, ends }: Connections, index: number): WorkingReading {
  const sender = senders[index] ?? 0;
  const connection = ends[sender]?.connection ?? 0;
  return {
    connection,
    sender,
    receiver: receivers[index] ?? 0,
    seq: undefined,
    ack: undefined,
    len: undefined,
    classes: NO_CLASSES,
    findings: NO_FINDINGS,
    sent: undefined,
    ended: NOT_ENDED,
  };
}

export interface Run {
  readonly flow: Flow;
  /** Made when the first message names a line. */
  lines?: LineTable;
  readonly connections: Connections;
  readonly symbols: Symbols;
  readonly ends: readonly WorkingEnd[];
  readonly fates: (Fate | undefined)[];
  readonly headers: (Header | undefined)[];
  readonly readings: WorkingReading[];
  readonly owners: Map<string, Stream>;
  readonly steps: Step[];
  readonly findings: Finding[];
  /** Rule and place of what was reported: a repeated line reports once. */
  readonly reported: Set<string>;
  /** Ends in TIME-WAIT, in the order in which they will leave it. */
  readonly waiting: number[];
  /** What the event at hand has changed and found; most find nothing, so the empty lists are shared. */
  changes: readonly Change[];
  found: readonly Finding[];
}

/** A run before its first event. Symbols that `let` defines are known from the start. */
export function begin(flow: Flow): Run {
  const symbols = noSymbols();
  for (const { symbol, value } of flow.definitions) bind(symbols, symbol, value);
  const connections = connect(flow, symbols);
  return {
    flow,
    connections,
    symbols,
    ends: connections.ends.map(({ start }) => ({
      block: start,
      others: [],
      stream: { ranges: [] },
      sent: 0,
      lastAt: 0,
      quietSince: 0,
      timedOut: false,
      queued: false,
      faulted: false,
      expiry: 0,
      owedAt: undefined,
      closed: undefined,
    })),
    fates: [],
    headers: [],
    readings: flow.segments.map((_, index) => blankReading(connections, index)),
    owners: new Map(),
    steps: [],
    findings: [],
    reported: new Set(),
    waiting: [],
    changes: [],
    found: [],
  };
}

/** An event changes an end once, from its first block to its last; most events change one end. */
function withChange(changes: readonly Change[], change: Change): readonly Change[] {
  if (changes.length === 0) return [change];
  const first = changes.find(({ end }) => end === change.end);
  if (!first) return [...changes, change];
  return changes.map((one) => (one === first ? { ...change, before: first.before } : one));
}

/** Sets the block of an end and books the change. */
export function setBlock(run: Run, end: number, after: Block): void {
  const working = run.ends[end];
  if (!working || working.block === after) return;
  const before = working.block;
  working.block = after;
  run.changes = withChange(run.changes, { end, before, after });
  if (after.state === "TIME-WAIT" && before.timeWaitSince !== after.timeWaitSince) run.waiting.push(end);
}

/** Whether nothing is judged or shown at an end. */
export function isUnchecked(run: Run, end: number): boolean {
  const socket = run.connections.ends[end]?.self;
  return socket !== undefined && (run.flow.endpoints[socket.endpoint]?.unchecked ?? false);
}

/** The name of the endpoint at an end. */
export function nameOf(run: Run, end: number): string {
  return run.connections.ends[end]?.key ?? "?";
}

/** The line of an offset as people count it. */
export function lineOf(run: Run, offset: number): number {
  run.lines ??= lineTable(run.flow.text);
  return positionAt(run.lines, offset).line + run.flow.firstLine;
}

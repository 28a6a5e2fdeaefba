/** The segments that each end of a flow may send next, as its TCP would write them. */
import { arrive } from "../tcp/arrival.ts";
import type { Block } from "../tcp/block.ts";
import type { Judgement } from "../tcp/emission.ts";
import { ACK, FIN, type Flags, PSH, RST, SYN } from "../tcp/flags.ts";
import { distance, isHidden, type Num, num, symbol } from "../tcp/numbers.ts";
import { has } from "../tcp/segment.ts";
import type { State } from "../tcp/states.ts";
import type { SentRange } from "../tcp/streams.ts";
import type { Flow, FlowEvent, Segment, Socket, Span, Written } from "./flow.ts";
import { orderOf } from "./next-order.ts";
import { roomFor } from "./next-room.ts";
import { type Purpose, SECTIONS } from "./purposes.ts";
import { runThrough } from "./replay.ts";
import { isUnchecked, type Run, type WorkingEnd } from "./run.ts";
import { weigh } from "./sending.ts";

export type { Purpose } from "./purposes.ts";

/** A state, and what it becomes. */
export interface Passage {
  readonly before: State;
  readonly after: State;
}

/** A segment that may leave now. */
export interface NextSegment {
  readonly from: Socket;
  readonly to: Socket;
  readonly purpose: Purpose;
  readonly flags: Flags;
  readonly seq: Num;
  /** Present exactly when the ACK flag is on. */
  readonly ack: Num | undefined;
  /** Octets of a repeated segment; new data may have any length up to `room`. */
  readonly len: Num | undefined;
  /** The most octets of new data that the peer takes; absent where nothing limits them. */
  readonly room?: number;
  /** What sending it does to its sender, and its arrival to its receiver. */
  readonly sender: Passage;
  readonly receiver: Passage;
  /** The section that makes it legal. */
  readonly rfc: string;
}

/** Connections with the newest segments: older ones are not proposed for. */
const MOST_CONNECTIONS = 3;

const PURPOSES: readonly (readonly [Purpose, Flags])[] = [
  ["open", SYN],
  ["answer", SYN | ACK],
  ["acknowledge", ACK],
  ["data", PSH | ACK],
  ["finish", FIN | ACK],
  ["reset", RST],
  ["reset", RST | ACK],
];

/** What a flow without segments may begin with. */
const FIRST: readonly (readonly [Purpose, Flags])[] = [
  ["open", SYN],
  ["data", PSH | ACK],
  ["finish", FIN | ACK],
];

/** A proposal with the place that it has among the others. */
interface Ranked {
  readonly segment: NextSegment;
  readonly order: number;
}

/** The segments that may come behind the last event of `flow`, the most likely first. */
export function nextSegments(flow: Flow, run: Run): NextSegment[] {
  const found: Ranked[] = [];
  const ends = newestEnds(run);
  for (const end of ends) found.push(...segmentsOf(run, end));
  found.push(...openings(flow, run));
  return found.sort((a, b) => a.order - b.order).map(({ segment }) => segment);
}

/** The ends of the connections that were busy last. */
function newestEnds(run: Run): number[] {
  const found = new Set<number>();
  const busy = (end: number): void => {
    const other = run.connections.ends[end]?.other;
    if (other === undefined || found.size >= 2 * MOST_CONNECTIONS) return;
    found.add(end);
    found.add(other);
  };
  for (const event of run.flow.events.toReversed()) {
    if (event.kind === "send") busy(run.connections.senders[event.segment] ?? 0);
    if (found.size >= 2 * MOST_CONNECTIONS) break;
  }
  return [...found].sort((a, b) => a - b);
}

function segmentsOf(run: Run, from: number): Ranked[] {
  const end = run.connections.ends[from];
  const sender = run.ends[from];
  const receiver = end && run.ends[end.other];
  if (!end || !sender || !receiver || isUnchecked(run, from)) return [];
  const found: Ranked[] = [];
  const propose = (wanted: Purpose, segment: Segment): void => {
    const judgement = weigh(run, sendEvent(run), segment, sender, receiver);
    const purpose = wanted === "acknowledge" && judgement.use === "keep-alive" ? "probe" : wanted;
    if (judgement.verdicts.length > 0 || !serves(judgement, purpose)) return;
    const passage = passageOf(run, end.other, receiver, judgement);
    if (purpose === "reset" && isIgnored(passage)) return;
    const ofLength = (octets: number): Segment => ({
      ...segment,
      len: { kind: "number", value: num(octets), span: NOWHERE },
    });
    const weighLength = (octets: number) => weigh(run, sendEvent(run), ofLength(octets), sender, receiver);
    const room = purpose === "data" ? roomFor(weighLength) : undefined;
    if (room === 0) return;
    found.push({
      segment: {
        from: end.self,
        to: end.peer,
        purpose,
        flags: segment.flags,
        seq: judgement.header.seq,
        ack: judgement.header.ack,
        len: purpose !== "data" && !isNothing(judgement.header.data) ? judgement.header.data : undefined,
        ...(room === undefined ? {} : { room }),
        sender: { before: sender.block.state, after: judgement.after.state },
        receiver: passage,
        rfc: sectionOf(purpose, sender.block),
      },
      order: orderOf(run, from, purpose, judgement.header),
    });
  };
  for (const [purpose, flags] of PURPOSES) {
    // A reset has one form; where either is right, the one with ACK is usual.
    if (flags === RST && sender.block.owes?.kind !== "rst") continue;
    if (flags === (RST | ACK) && sender.block.state === "TIME-WAIT") continue;
    if (purpose === "finish" && sender.block.finSent !== undefined) continue;
    // Who opens did not listen: a flow that says that it does has told its story.
    if (purpose === "open" && sender.block.state === "LISTEN" && isSaidToListen(run.flow, end.self)) continue;
    propose(purpose, drawn(end.self, end.peer, flags));
  }
  const range = oldestOutstanding(run, sender);
  if (range) propose("repeat", again(drawn(end.self, end.peer, flagsOf(range, sender.block)), range));
  else if (sender.block.peerWindow === 0) propose("probe", { ...drawn(end.self, end.peer, ACK), len: ONE_OCTET });
  return found;
}

function isSaidToListen({ events }: Flow, { endpoint }: Socket): boolean {
  return events.some(
    (event) =>
      event.kind === "assert" &&
      event.side.self.endpoint === endpoint &&
      event.claim.state.kind === "state" &&
      event.claim.state.state === "LISTEN",
  );
}

/** Whether the numbers make of the segment what it is proposed for. */
function serves({ use }: Judgement, purpose: Purpose): boolean {
  if (purpose === "repeat") return use === "retransmission";
  return purpose === "probe" ? use !== "retransmission" : use === "new" || use === "reset";
}

/** A connection that a reset leaves as it is. */
function isIgnored({ before, after }: Passage): boolean {
  return before === after && before !== "CLOSED" && before !== "LISTEN";
}

function passageOf(run: Run, to: number, receiver: WorkingEnd, { header }: Judgement): Passage {
  const { block } = receiver;
  if (isUnchecked(run, to)) return { before: block.state, after: block.state };
  const now = run.flow.events.at(-1)?.at ?? 0;
  const context = {
    symbols: run.symbols,
    now,
    answer: undefined,
    repeats: false,
    listens: run.connections.listens[to],
  } as const;
  return { before: block.state, after: arrive(block, header, context).block.state };
}

/** The first range whose end its sender has not seen acknowledged. */
function oldestOutstanding(run: Run, { stream, block }: WorkingEnd): SentRange | undefined {
  const { sndUna } = block;
  if (sndUna === undefined) return undefined;
  let oldest: SentRange | undefined;
  for (const range of stream.ranges.toReversed()) {
    if (distance(sndUna, range.end, run.symbols).max <= 0) break;
    oldest = range;
  }
  return oldest;
}

function flagsOf(range: SentRange, block: Block): Flags {
  if (range.syn) return block.rcvNxt === undefined ? SYN : SYN | ACK;
  return ACK | (range.fin ? FIN : 0) | (isNothing(range.length) ? 0 : PSH);
}

function isNothing({ constant, terms }: Num): boolean {
  return constant === 0 && terms.length === 0;
}

function again(segment: Segment, range: SentRange): Segment {
  const seq: Written = { kind: "number", value: range.start, span: NOWHERE };
  const len: Written = { kind: "number", value: range.length, span: NOWHERE };
  return isNothing(range.length) ? { ...segment, seq } : { ...segment, seq, len };
}

export const NOWHERE: Span = { start: 0, end: 0 };

/** What a closed window is probed with (RFC 9293 §3.8.6.1). */
const ONE_OCTET: Written = { kind: "number", value: num(1), span: NOWHERE };

/** A segment whose numbers are left out. */
export function drawn(from: Socket, to: Socket, flags: Flags): Segment {
  const places = { line: NOWHERE, from: NOWHERE, arrow: NOWHERE, to: NOWHERE, flags: NOWHERE, fieldsEnd: 0 };
  return { from, to, flags, options: [], old: false, places };
}

function sendEvent(run: Run): FlowEvent & { readonly kind: "send" } {
  const at = run.flow.events.at(-1)?.at ?? 0;
  return { at, span: NOWHERE, statement: -1, kind: "send", segment: run.flow.segments.length, fate: "arrives" };
}

/** First segments between endpoints that have none yet: each is the first segment of a flow of its own. */
function openings(flow: Flow, run: Run): Ranked[] {
  const busy = new Set(
    run.flow.events.flatMap((event) => (event.kind === "send" ? partiesOf(flow, event.segment) : [])),
  );
  // Beside other connections, one begins at its beginning.
  const kinds = busy.size > 0 ? FIRST.slice(0, 1) : FIRST;
  const found: Ranked[] = [];
  for (const [from, to] of strangers(flow, busy)) {
    for (const [purpose, flags] of kinds) {
      const segment = opening(flow, drawn({ endpoint: from }, { endpoint: to }, flags), purpose);
      if (segment) found.push({ segment, order: (busy.size > 0 ? 80 : 30) + found.length });
    }
  }
  return found;
}

/** Pairs of endpoints whose first is not busy and is judged. */
function strangers({ endpoints }: Flow, busy: ReadonlySet<number>): (readonly [from: number, to: number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (const [from, { unchecked }] of endpoints.entries()) {
    if (busy.has(from) || unchecked) continue;
    for (const to of endpoints.keys()) if (to !== from) pairs.push([from, to]);
  }
  return pairs.slice(0, 2 * MOST_CONNECTIONS);
}

function partiesOf(flow: Flow, segment: number): number[] {
  const { from, to } = flow.segments[segment] ?? {};
  return from && to ? [from.endpoint, to.endpoint] : [];
}

/** A symbol of a number that its author is still to choose. */
const UNNAMED = "#unnamed";

/** What befalls an end without a segment. */
const BESIDE_SEGMENTS: ReadonlySet<FlowEvent["kind"]> = new Set(["call", "crash", "wait", "elide"]);

function opening(flow: Flow, segment: Segment, purpose: Purpose): NextSegment | undefined {
  const earlier = flow.events.filter(({ kind }) => BESIDE_SEGMENTS.has(kind));
  const at = flow.events.at(-1)?.at ?? 0;
  const place = { at, span: NOWHERE, statement: -1, segment: 0 } as const;
  const events: FlowEvent[] = [
    ...earlier,
    { ...place, kind: "send", fate: "arrives" },
    { ...place, kind: "deliver", again: false },
  ];
  const run = runThrough({ ...flow, segments: [segment], events, annotations: [], problems: [] });
  const header = run.headers[0];
  const [from, to] = [run.connections.senders[0] ?? 0, run.connections.receivers[0] ?? 0];
  if (run.findings.length > 0 || header === undefined) return undefined;
  return {
    from: segment.from,
    to: segment.to,
    purpose,
    flags: segment.flags,
    // The run of its own has named the number, if nobody has: in the flow it is a number without a name.
    seq: header.seq.terms.some(({ symbol: name }) => isHidden(name)) ? symbol(UNNAMED) : header.seq,
    ack: header.ack,
    len: undefined,
    ...(flow.settings.mss === undefined ? {} : { room: flow.settings.mss }),
    sender: passageThrough(run, from),
    receiver: passageThrough(run, to),
    rfc: SECTIONS[purpose],
  };
}

function passageThrough(run: Run, end: number): Passage {
  const start = run.connections.ends[end]?.start.state ?? "CLOSED";
  return { before: start, after: run.ends[end]?.block.state ?? start };
}

function sectionOf(purpose: Purpose, { state, owes, lastSent, peerWindow }: Block): string {
  if (purpose === "probe" && peerWindow === 0) return "RFC 9293 §3.8.6.1";
  if (purpose === "reset" && owes?.kind !== "rst") return "RFC 9293 §3.10.5";
  if (purpose === "answer" && state === "SYN-RECEIVED" && lastSent?.cargo === "syn") return "RFC 9293 §3.10.7.3";
  // The answer to the SYN,ACK.
  if (purpose === "acknowledge" && lastSent?.cargo === "syn") return "RFC 9293 §3.10.7.3";
  return SECTIONS[purpose];
}

/** Whether a segment of this kind takes numbers, so that its loss would be noticed. */
export function takesNumbers({ flags, purpose }: NextSegment): boolean {
  return has(flags, SYN | FIN) || purpose === "data" || (purpose === "repeat" && has(flags, PSH));
}

/** Which connections a flow has, and in which state each of their ends begins. */
import type { Block } from "../tcp/block.ts";
import { CLOSED_BLOCK } from "../tcp/block.ts";
import { ACK, RST, SYN } from "../tcp/flags.ts";
import { add, type Num, num, type Symbols, symbol } from "../tcp/numbers.ts";
import { has } from "../tcp/segment.ts";
import type { State } from "../tcp/states.ts";
import type { Flow, FlowEvent, Segment, Side, Socket, VariableName } from "./flow.ts";
import type { End } from "./replay-types.ts";

/** The ends of a flow and where its parts belong. */
export interface Connections {
  readonly ends: readonly End[];
  /** By segment: the ends that the header names. */
  readonly senders: readonly number[];
  readonly receivers: readonly number[];
  /** By end: the segments that it sends, in their order; `old` and forged ones are not its own. */
  readonly sends: readonly (readonly number[])[];
  /** By end: whether a listener remains when its connection is gone; undefined where nobody said. */
  readonly listens: (boolean | undefined)[];
  /** The ends that a statement about one side means. */
  readonly endsOf: (side: Side) => readonly number[];
}

/** What the events before its first segment say of a connection. */
interface Start {
  /** Its first segment; undefined where it has none of its own. */
  first?: { segment: Segment; index: number; event: number };
  /** The first segment of the other end, and whether it left before the first one arrived. */
  answer?: { segment: Segment; crosses: boolean };
  /** Events at which the first segment arrived. */
  arrived: boolean;
}

interface Pair {
  /** In the order of the endpoints. */
  readonly sockets: readonly [Socket, Socket];
  readonly start: Start;
}

/** More than any flow has. */
const MOST_ENDPOINTS = 2 ** 24;

function socketKey({ endpoint, port }: Socket): string {
  return port === undefined ? String(endpoint) : `${endpoint}:${port}`;
}

function isSame(a: Socket, b: Socket): boolean {
  return a.endpoint === b.endpoint && a.port === b.port;
}

/** Sockets without ports, the most common, need no text for a key. */
function pairKey(a: Socket, b: Socket): string | number {
  if (a.port === undefined && b.port === undefined) {
    return Math.min(a.endpoint, b.endpoint) * MOST_ENDPOINTS + Math.max(a.endpoint, b.endpoint);
  }
  const [p, q] = [socketKey(a), socketKey(b)];
  return p < q ? `${p}|${q}` : `${q}|${p}`;
}

/** A segment that its sender's TCP has really sent. */
export function isOwn(segment: Segment): boolean {
  return !segment.old && segment.forgedBy === undefined;
}

/** Finds the connections of a flow and gives each end its first block. */
export function connect(flow: Flow, symbols: Symbols): Connections {
  const pairs = new Map<string | number, Pair>();
  const order: (string | number)[] = [];
  const pairOf = (a: Socket, b: Socket): Pair => {
    const key = pairKey(a, b);
    const known = pairs.get(key);
    if (known) return known;
    const inOrder = a.endpoint < b.endpoint || (a.endpoint === b.endpoint && (a.port ?? 0) <= (b.port ?? 0));
    const made: Pair = { sockets: inOrder ? [a, b] : [b, a], start: { arrived: false } };
    pairs.set(key, made);
    order.push(key);
    return made;
  };
  readStarts(flow, pairOf);
  const calls = openingCalls(flow);
  const ends: End[] = [];
  const byPair = new Map<string | number, number>();
  for (const [connection, key] of order.entries()) {
    const pair = pairs.get(key);
    if (!pair) continue;
    byPair.set(key, ends.length);
    ends.push(...endsOfPair(flow, calls, pair, connection, ends.length, symbols));
  }
  nameEnds(flow, ends);
  return index(flow, ends, byPair);
}

function readStarts(flow: Flow, pairOf: (a: Socket, b: Socket) => Pair): void {
  for (const [at, event] of flow.events.entries()) {
    if (event.kind === "send" || event.kind === "deliver") {
      const segment = flow.segments[event.segment];
      const pair = segment && pairOf(segment.from, segment.to);
      // Old duplicates belong to a connection but do not begin it.
      if (segment && pair && !segment.old) readStart(pair, segment, event, at);
    } else if ("side" in event && event.side.peer) {
      pairOf(event.side.self, event.side.peer);
    }
  }
}

function readStart({ start }: Pair, segment: Segment, event: FlowEvent & { segment: number }, at: number): void {
  const { first } = start;
  if (event.kind === "deliver") {
    if (first?.index === event.segment) start.arrived = true;
  } else if (!first) {
    start.first = { segment, index: event.segment, event: at };
  } else if (!start.answer && !isSame(segment.from, first.segment.from)) {
    start.answer = { segment, crosses: !start.arrived };
  }
}

/** A segment that opens, as its author means it: a stray ACK or a forgotten SYN still means the opening. */
function opens({ first, answer }: Start): boolean {
  if (!first || has(first.segment.flags, RST)) return false;
  const syn = has(first.segment.flags, SYN);
  const { flags, ack, len } = first.segment;
  if (!syn) return flags === 0 && !ack && !len;
  if (!has(flags, ACK)) return true;
  // Only a SYN is answered by SYN,ACK; and RST,ACK refuses a SYN, not a SYN,ACK.
  return answer !== undefined && has(answer.segment.flags, ACK) && has(answer.segment.flags, SYN | RST);
}

/** The states of the end that begins, and of the other. */
function startStates(start: Start): readonly [State, State] {
  const { first, answer } = start;
  if (opens(start)) {
    const refused = answer !== undefined && has(answer.segment.flags, RST);
    const crossed = answer?.crosses === true && has(answer.segment.flags, SYN) && !has(answer.segment.flags, ACK);
    return ["CLOSED", refused || crossed ? "CLOSED" : "LISTEN"];
  }
  if (first && has(first.segment.flags, SYN)) return ["SYN-RECEIVED", "SYN-SENT"];
  return ["ESTABLISHED", "ESTABLISHED"];
}

/** What the other end is in when only one end was declared in the middle of a connection. */
const COUNTERPART: Partial<Record<State, State>> = {
  "FIN-WAIT-2": "CLOSE-WAIT",
  "CLOSE-WAIT": "FIN-WAIT-2",
  "LAST-ACK": "FIN-WAIT-2",
  CLOSING: "CLOSING",
  "SYN-RECEIVED": "SYN-SENT",
  LISTEN: "CLOSED",
  CLOSED: "CLOSED",
};

function endsOfPair(
  flow: Flow,
  calls: ReadonlyMap<string, number>,
  pair: Pair,
  connection: number,
  at: number,
  symbols: Symbols,
): End[] {
  const { sockets, start } = pair;
  const { first } = start;
  // The side that begins; of a connection without segments the first one.
  const opener = first && socketKey(first.segment.from) === socketKey(sockets[1]) ? 1 : 0;
  const states = opener === 0 ? startStates(start) : startStates(start).toReversed();
  const declared = sockets.map(({ endpoint }) => flow.endpoints[endpoint]?.start);
  const before = first?.event ?? flow.events.length;
  const called = sockets.map((socket) => {
    const at = calls.get(socketKey(socket)) ?? calls.get(String(socket.endpoint));
    return at !== undefined && at < before;
  });
  const hidden = sockets.map((_, side) => {
    const name = `#nxt${at + side}`;
    symbols.kinds.set(name, { kind: "free" });
    return symbol(name);
  });
  const variable = (side: number, name: VariableName): Num | undefined => {
    const written = declared[side]?.variables.find((v) => v.name === name)?.value;
    return written?.kind === "number" ? written.value : undefined;
  };
  const stateOf = (side: 0 | 1): State => {
    const own = declared[side]?.state;
    if (own) return own;
    if (called[side]) return "CLOSED";
    const other = declared[side === 0 ? 1 : 0]?.state;
    return (opens(start) ? undefined : other && COUNTERPART[other]) ?? states[side] ?? "ESTABLISHED";
  };
  const next = [0, 1].map(
    (side) => variable(side, "snd.nxt") ?? variable(1 - side, "rcv.nxt") ?? hidden[side] ?? num(0),
  );
  return ([0, 1] as const).map((side) => {
    const sndNxt = next[side] ?? num(0);
    const rcvNxt = variable(side, "rcv.nxt") ?? next[1 - side] ?? num(0);
    const answersFirst = side === opener && first !== undefined && has(first.segment.flags, SYN);
    const block = beginning(stateOf(side), sndNxt, rcvNxt, variable(side, "snd.una"), answersFirst);
    const [self, peer] = [sockets[side], sockets[1 - side] ?? sockets[0]];
    return { connection, self, peer, other: at + 1 - side, key: "", start: block };
  });
}

/** By socket, and by endpoint: the first event that calls `listen` or `connect`; it was CLOSED until then. */
function openingCalls(flow: Flow): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [at, event] of flow.events.entries()) {
    if (event.kind !== "call" || (event.call !== "listen" && event.call !== "connect")) continue;
    const key = socketKey(event.side.self);
    if (!found.has(key)) found.set(key, at);
  }
  return found;
}

/** A block in the middle of its life, with the numbers that its state implies. */
function beginning(state: State, sndNxt: Num, rcvNxt: Num, una: Num | undefined, answersFirst: boolean): Block {
  const before = (n: Num): Num => add(n, -1);
  const open: Block = {
    ...CLOSED_BLOCK,
    state,
    sndNxt,
    rcvNxt,
    sndUna: una ?? sndNxt,
    opened: true,
    synSent: true,
    answers: Number.POSITIVE_INFINITY,
  };
  const unacked = una ?? before(sndNxt);
  switch (state) {
    case "CLOSED":
    case "LISTEN":
      return { ...CLOSED_BLOCK, state };
    case "SYN-SENT": {
      return { ...open, rcvNxt: undefined, origin: "active", iss: before(sndNxt), sndUna: unacked, opened: false };
    }
    case "SYN-RECEIVED": {
      const base: Block = { ...open, origin: "passive", irs: before(rcvNxt), opened: false, synSent: !answersFirst };
      if (!answersFirst) return { ...base, iss: before(sndNxt), sndUna: unacked };
      return { ...base, sndNxt: undefined, sndUna: undefined };
    }
    case "FIN-WAIT-1":
      return { ...open, finSent: before(sndNxt), sndUna: unacked };
    case "FIN-WAIT-2":
      return { ...open, finSent: before(sndNxt) };
    case "CLOSE-WAIT":
      return { ...open, finReceived: before(rcvNxt) };
    case "CLOSING":
    case "LAST-ACK":
      return { ...open, finSent: before(sndNxt), finReceived: before(rcvNxt), sndUna: unacked };
    case "TIME-WAIT":
      return { ...open, finSent: before(sndNxt), finReceived: before(rcvNxt), timeWaitSince: 0 };
    default:
      return open;
  }
}

function nameEnds(flow: Flow, ends: End[]): void {
  const written = ({ endpoint, port }: Socket): string => {
    const name = flow.endpoints[endpoint]?.name ?? "?";
    return port === undefined ? name : `${name}:${port}`;
  };
  const count = new Map<string, number>();
  for (const { self } of ends) count.set(written(self), (count.get(written(self)) ?? 0) + 1);
  for (const [i, end] of ends.entries()) {
    const name = written(end.self);
    ends[i] = { ...end, key: (count.get(name) ?? 0) > 1 ? `${name}>${written(end.peer)}` : name };
  }
}

function index(flow: Flow, ends: readonly End[], byPair: ReadonlyMap<string | number, number>): Connections {
  const senders: number[] = [];
  const receivers: number[] = [];
  for (const { from, to } of flow.segments) {
    const first = byPair.get(pairKey(from, to)) ?? 0;
    const forward = isSame(ends[first]?.self ?? from, from);
    senders.push(forward ? first : first + 1);
    receivers.push(forward ? first + 1 : first);
  }
  const sends: number[][] = ends.map(() => []);
  for (const event of flow.events) {
    if (event.kind !== "send") continue;
    const segment = flow.segments[event.segment];
    if (segment && isOwn(segment)) sends[senders[event.segment] ?? 0]?.push(event.segment);
  }
  const listens = ends.map(({ self, start }): boolean | undefined => {
    const declared = flow.endpoints[self.endpoint]?.start?.state;
    return start.state === "LISTEN" || declared === "LISTEN" ? true : undefined;
  });
  return { ends, senders, receivers, sends, listens, endsOf: sideIndex(ends, byPair) };
}

/** Finds the ends of one side; a side without a port means all of its endpoint. */
function sideIndex(
  ends: readonly End[],
  byPair: ReadonlyMap<string | number, number>,
): (side: Side) => readonly number[] {
  const bySocket = new Map<string, number[]>();
  for (const [i, { self }] of ends.entries()) {
    for (const name of new Set([socketKey(self), String(self.endpoint)])) {
      const list = bySocket.get(name);
      if (list) list.push(i);
      else bySocket.set(name, [i]);
    }
  }
  return ({ self, peer }) => {
    const first = peer && byPair.get(pairKey(self, peer));
    if (first === undefined) return bySocket.get(socketKey(self)) ?? [];
    return [isSame(ends[first]?.self ?? self, self) ? first : first + 1];
  };
}

/**
 * A packetdrill script as a flow: the kernel under test at one end, at the other an endpoint that nobody judges, since
 * the script injects whatever it likes. What the kernel must send is a segment of its own; every call is a call.
 */
import {
  type CallName,
  DEFAULT_SETTINGS,
  type Endpoint,
  type Flow,
  type FlowEvent,
  type Segment,
  type SegmentPlaces,
  type Socket,
  type Span,
  type TcpOption,
  type Written,
} from "../flow/flow.ts";
import type { Locale } from "../flow/locale.ts";
import { SYN } from "../tcp/flags.ts";
import { add, type Num, num, symbol } from "../tcp/numbers.ts";
import { has } from "../tcp/segment.ts";
import {
  readPacketdrill,
  type ScriptCall,
  type ScriptEvent,
  type ScriptPacket,
  type Unreadable,
} from "./packetdrill.ts";
import { connectionsOf, type ScriptConnection, type ScriptConnections } from "./packetdrill-connections.ts";
import { formatTexts } from "./texts.ts";

/** Something of a script that its flow does not have. */
export interface Untold {
  readonly span: Span;
  readonly what: "shell" | "code" | "other packet" | "unreadable";
  /** Why a line cannot be read. */
  readonly why?: Unreadable;
}

export interface ScriptFlow {
  readonly flow: Flow;
  readonly untold: readonly Untold[];
}

/** A script while it is told, event after event. */
interface Telling {
  readonly script: readonly ScriptEvent[];
  readonly connections: ScriptConnections;
  /** The kernel is the client where it sends first. */
  readonly isClient: boolean;
  /** File descriptors with `SO_LINGER` and no time to linger: closing them aborts. */
  readonly aborting: Set<string>;
  /** Connections with a SYN whose options may be any. */
  readonly anyScale: Set<ScriptConnection>;
  readonly underWay: { readonly packet: ScriptPacket & ScriptEvent; readonly segment: number }[];
  readonly segments: Segment[];
  readonly events: FlowEvent[];
}

type Act = FlowEvent extends infer E ? (E extends FlowEvent ? Omit<E, "at" | "span" | "statement"> : never) : never;

/** Reads a script as a flow; never throws. `firstLine` is the number of its first line as messages count it. */
export function packetdrillFlow(text: string, firstLine = 1, locale: Locale = "en"): ScriptFlow {
  const script = readPacketdrill(text);
  const first = script.find((event) => event.kind === "packet");
  const isClient = first !== undefined && !first.injected;
  const telling: Telling = {
    script,
    connections: connectionsOf(script),
    isClient,
    aborting: new Set(),
    anyScale: new Set(),
    underWay: [],
    segments: [],
    events: [],
  };
  const untold: Untold[] = [];
  for (const [index, event] of script.entries()) {
    deliver(telling, arrivedBefore(telling, index));
    if (event.kind === "packet") tellPacket(telling, event);
    else if (event.kind === "call") tellCall(telling, event);
    else untold.push({ span: event.span, what: event.kind, ...(event.why === undefined ? {} : { why: event.why }) });
  }
  deliver(telling, telling.underWay.length);
  const flow: Flow = {
    locale,
    text,
    firstLine,
    endpoints: endpoints(isClient, locale),
    settings: { ...DEFAULT_SETTINGS, msl: LINUX_MSL },
    definitions: [],
    segments: telling.segments,
    events: telling.events,
    annotations: [],
    problems: [],
  };
  return { flow, untold };
}

/** Linux stays in TIME-WAIT for a minute; in microseconds. */
const LINUX_MSL = 30_000_000;

function endpoints(isClient: boolean, locale: Locale): Endpoint[] {
  const span = { start: 0, end: 0 };
  const kernel = { label: formatTexts(locale).kernel, unchecked: false, span };
  const peer = { unchecked: true, span };
  return [
    { name: "client", ...(isClient ? kernel : peer) },
    { name: "server", ...(isClient ? peer : kernel) },
  ];
}

/** Where a script has several connections without ports, each has a client's port of its own. */
function socketsOf(
  telling: Telling,
  { number, kernelPort, peerPort }: ScriptConnection,
): { kernel: Socket; peer: Socket } {
  const { isClient, connections } = telling;
  const socket = (endpoint: number, written: number | undefined): Socket => {
    const made = connections.all.length > 1 ? (endpoint === 0 ? FIRST_PORT + number : SERVER_PORT) : undefined;
    const port = written ?? made;
    return port === undefined ? { endpoint } : { endpoint, port };
  };
  return { kernel: socket(isClient ? 0 : 1, kernelPort), peer: socket(isClient ? 1 : 0, peerPort) };
}

const FIRST_PORT = 40_000;
const SERVER_PORT = 80;

function tellPacket(telling: Telling, event: ScriptPacket & ScriptEvent): void {
  const connection = telling.connections.of.get(event);
  if (!connection) return;
  if (event.anyOptions && has(event.flags, SYN)) telling.anyScale.add(connection);
  const { kernel, peer } = socketsOf(telling, connection);
  const { injected, flags, seq, ack, length, seqSpan, ackSpan, win, urg } = event;
  const written = (value: Num, span: Span): Written => ({ kind: "number", value, span });
  const numberOf = (value: number, ofKernel: boolean) => number(telling, connection, event, value, ofKernel);
  const segment: Segment = {
    from: injected ? peer : kernel,
    to: injected ? kernel : peer,
    flags,
    seq: written(numberOf(seq, !injected), seqSpan),
    ...(ack !== undefined && ackSpan ? { ack: written(numberOf(ack, injected), ackSpan) } : {}),
    ...(length > 0 ? { len: written(num(length), seqSpan) } : {}),
    ...(win === undefined || isScaleUnknown(telling, connection, event) ? {} : { win }),
    ...(urg === undefined ? {} : { urg }),
    options: optionsOf(event, (value) => numberOf(value, injected)),
    old: false,
    places: placesOf(event),
  };
  const index = telling.segments.length;
  telling.segments.push(segment);
  put(telling, event, { kind: "send", segment: index, fate: "arrives" });
  telling.underWay.push({ packet: event, segment: index });
}

/**
 * How many of the packets under way have arrived before an event. A script lists what the kernel sends behind all that
 * was injected at the same time, though each answer left before the next injection: where a later answer acknowledges
 * more, an answer is to those packets only that end where it acknowledges, or to the next one.
 */
function arrivedBefore({ underWay, script }: Telling, index: number): number {
  const event = script[index];
  const [first] = underWay;
  if (!first?.packet.injected || event?.kind !== "packet" || event.at !== first.packet.at) return underWay.length;
  const acks = answersFrom(script, event.injected ? index : index + 1);
  const [next] = acks;
  if (event.injected) return acks.some((ack) => next !== undefined && ack > next) ? 0 : underWay.length;
  if (next === undefined || event.ack === undefined || next <= event.ack) return underWay.length;
  const last = underWay.findIndex(({ packet }) => packet.seq + packet.length === event.ack);
  return last < 0 ? 1 : last + 1;
}

/** How far a script is looked through for answers. */
const MOST_AHEAD = 64;

/** What the kernel's next packets acknowledge, before anything else happens. */
function answersFrom(script: readonly ScriptEvent[], index: number): number[] {
  const acks: number[] = [];
  for (const event of script.slice(index, index + MOST_AHEAD)) {
    if (event.kind !== "packet" || event.at !== script[index]?.at || (event.injected && acks.length > 0)) break;
    if (!event.injected) acks.push(event.ack ?? 0);
  }
  return acks;
}

function deliver(telling: Telling, count: number): void {
  for (const { packet, segment } of telling.underWay.splice(0, count)) {
    put(telling, packet, { kind: "deliver", segment, again: false });
  }
}

/** Numbers count from the last SYN of the side whose stream it is; on SYN segments themselves they are absolute. */
function number(
  telling: Telling,
  connection: ScriptConnection,
  { flags, number: place }: ScriptPacket & ScriptEvent,
  value: number,
  ofKernel: boolean,
): Num {
  const { kernelSyn, peerSyns } = connection;
  const first = ofKernel ? kernelSyn : peerSyns[0]?.seq;
  if (first === undefined) return num(value);
  const last = ofKernel ? first : (peerSyns.findLast(({ number }) => number <= place)?.seq ?? first);
  const name = ofKernel === telling.isClient ? "x" : "y";
  const base = symbol(telling.connections.all.length > 1 ? `${name}${connection.number + 1}` : name);
  return add(base, has(flags, SYN) ? value - first : value + last - first);
}

/** A script that takes any options on a SYN does not say how windows are scaled. */
function isScaleUnknown({ anyScale }: Telling, connection: ScriptConnection, { flags }: ScriptPacket): boolean {
  return anyScale.has(connection) && !has(flags, SYN);
}

function placesOf(event: ScriptPacket & ScriptEvent): SegmentPlaces {
  const { span, flagsSpan, seqSpan, ackSpan, winSpan, optionsSpan, length } = event;
  return {
    line: span,
    from: span,
    arrow: span,
    to: span,
    flags: flagsSpan,
    seq: seqSpan,
    ...(ackSpan ? { ack: ackSpan } : {}),
    ...(length > 0 ? { len: seqSpan } : {}),
    ...(winSpan ? { win: winSpan } : {}),
    ...(optionsSpan ? { options: optionsSpan } : {}),
    fieldsEnd: span.end,
  };
}

/**
 * SACK blocks count in the stream of the end that they are sent to. Padding is left out, and so are timestamps: the
 * ones that the kernel sends are not what it says, but what its clock gives.
 */
function optionsOf({ options }: ScriptPacket, count: (value: number) => Num): TcpOption[] {
  return options.flatMap((option): TcpOption[] => {
    if (option.kind === "nop" || option.kind === "eol" || option.kind === "TS") return [];
    if (option.kind !== "sack") return [option];
    const blocks = option.blocks.map(({ left, right, span }) => ({
      left: count(left.constant),
      right: count(right.constant),
      span,
    }));
    return [{ ...option, blocks }];
  });
}

function tellCall(telling: Telling, event: ScriptCall & ScriptEvent): void {
  const connection = telling.connections.of.get(event);
  const [descriptor = "", ...rest] = event.args;
  const words = rest.join(" ");
  if (event.name === "setsockopt" && /SO_LINGER.*(?:onoff\s*=\s*1.*linger\s*=\s*0|\[\s*1\s*,\s*0\s*\])/u.test(words)) {
    telling.aborting.add(descriptor);
  }
  if (!connection) return;
  const { kernel, peer } = socketsOf(telling, connection);
  for (const { call, octets } of callsOf(telling, event, words)) {
    const side = { self: kernel, peer };
    put(telling, event, { kind: "call", side, call, ...(octets === undefined ? {} : { octets }), place: event.span });
  }
}

/** What a system call is to TCP; nothing where it failed or concerns other things. */
function callsOf({ connections, aborting }: Telling, event: ScriptCall & ScriptEvent, words: string): CallSaid[] {
  const { name, args, result = 0 } = event;
  const sent: CallSaid[] = result > 0 ? [{ call: "send", octets: result }] : [];
  if (connections.opening.has(event)) return [{ call: "connect" }, ...(name === "connect" ? [] : sent)];
  if (result < 0) return [];
  if (name === "listen") return [{ call: "listen" }];
  if (/^(?:writev?|send\w*|splice)$/u.test(name)) return sent;
  if (/^(?:readv?|recv\w*)$/u.test(name)) return result > 0 ? [{ call: "receive", octets: result }] : [];
  if (name === "shutdown") return /SHUT_(?:WR|RDWR)/u.test(words) ? [{ call: "shutdown" }] : [];
  return name === "close" ? [{ call: aborting.has(args[0] ?? "") ? "abort" : "close" }] : [];
}

interface CallSaid {
  readonly call: CallName;
  readonly octets?: number;
}

function put({ events }: Telling, { at, span, number: statement }: ScriptEvent, act: Act): void {
  events.push({ ...act, at, span, statement });
}

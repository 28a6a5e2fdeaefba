/** What two Linux kernels did, as flows: see `test/data/traces`. */
import { readdirSync, readFileSync } from "node:fs";
import { readState, type State } from "../../server/src/tcp/states.ts";

const FOLDER = new URL("../data/traces/", import.meta.url);

const HOSTS = ["A", "B"] as const;
export type Host = (typeof HOSTS)[number];

/** A header as on the wire. */
export interface WireSegment {
  readonly sport: number;
  readonly dport: number;
  readonly seq: number;
  readonly ack: number;
  readonly win: number;
  readonly urg: number;
  readonly len: number;
  readonly flags: readonly string[];
  readonly opts: {
    readonly mss?: number;
    readonly sackOK?: boolean;
    readonly ts?: readonly [number, number];
    readonly ws?: number;
    readonly sack?: readonly (readonly [number, number])[];
    readonly tfo?: string;
  };
}

type Sockets = Readonly<Record<string, string>>;

export type TraceEvent = {
  /** Seconds. */
  readonly t: number;
  readonly states?: Readonly<Record<Host, Sockets>>;
  readonly same?: boolean;
} /** `pair`: the ports of the connection, `local-remote`, where the recorder told them. */ & (
  | { readonly ev: "call"; readonly host: Host; readonly what: string; readonly pair?: string }
  | { readonly ev: "send"; readonly id: number; readonly frm: Host; readonly lost: boolean; readonly seg: WireSegment }
  | { readonly ev: "deliver"; readonly id: number; readonly copy: number; readonly to: Host }
);

/** One recorded exchange. */
export interface Trace {
  readonly scenario: string;
  readonly events: readonly TraceEvent[];
}

/** The names of all recorded exchanges. */
export function traceNames(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length))
    .sort();
}

export function readTrace(name: string): Trace {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf8"));
}

/** What host A or B saw of it, as a capture file. */
export function capturedAt(name: string, host: Host): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`${name}.${host.toLowerCase()}.pcap`, FOLDER)));
}

/** A trace as a flow, and what the kernels say of it. */
export interface WrittenTrace {
  readonly text: string;
  /** By line, from 0: the state of each end that the kernel shows, by the name that `trace` gives the end. */
  readonly states: ReadonlyMap<number, Readonly<Record<string, State>>>;
}

/** The ports of one connection. */
interface Pair {
  readonly A: number;
  readonly B: number;
}

/** Numbers as on the wire, or counted from a symbol for each initial sequence number. */
export type Numbers = "absolute" | "symbolic";

/** Writes a trace in the language: every departure, arrival and call on a line of its own, with its time. */
export function writeTrace(trace: Trace, numbers: Numbers): WrittenTrace {
  const { events } = trace;
  const pairs = pairsOf(events);
  const initial = numbers === "symbolic" ? initialNumbers(events, pairs) : new Map<string, Symbolic>();
  const lines = [`title "${trace.scenario}"`, `endpoint ${HOSTS.map((host) => declare(events, host)).join(", ")}`];
  const states = new Map<number, Readonly<Record<string, State>>>();
  const sent = new Map<number, { from: Host; pair: Pair; arrived: boolean }>();
  let known: Readonly<Record<Host, Sockets>> | undefined;
  for (const [i, event] of events.entries()) {
    const time = `@${Math.round(event.t * 1e6)}us`;
    if (event.ev === "call") lines.push(`${time} ${writeCall(events, i, event, pairs)}`);
    else if (event.ev === "send") {
      const pair = pairOf(event.frm, event.seg);
      sent.set(event.id, { from: event.frm, pair, arrived: false });
      lines.push(`${time} ${writeSegment(event, pair, pairs, initial)}`);
    } else {
      const segment = sent.get(event.id);
      lines.push(`${time} s${event.id} arrives${segment?.arrived ? " again" : ""}`);
      if (segment) segment.arrived = true;
    }
    known = event.states ?? known;
    if (known && (event.states || event.same)) states.set(lines.length - 1, kernelStates(known, events, pairs));
  }
  return { text: `${lines.join("\n")}\n`, states };
}

function pairOf(from: Host, { sport, dport }: WireSegment): Pair {
  return from === "A" ? { A: sport, B: dport } : { A: dport, B: sport };
}

function pairsOf(events: readonly TraceEvent[]): readonly Pair[] {
  const found = new Map<string, Pair>();
  for (const event of events) {
    if (event.ev !== "send") continue;
    const pair = pairOf(event.frm, event.seg);
    found.set(`${pair.A}-${pair.B}`, pair);
  }
  return [...found.values()];
}

/** A host whose kernel shows no socket for the SYN that it sent wrote it through a raw socket. */
function isRaw(events: readonly TraceEvent[], host: Host): boolean {
  let known: Readonly<Record<Host, Sockets>> | undefined;
  return events.some((event) => {
    known = event.states ?? (event.same ? known : undefined);
    if (event.ev !== "send" || event.frm !== host || event.seg.flags[0] !== "SYN" || !known) return false;
    if (event.seg.flags.includes("ACK")) return false;
    return known[host][`${event.seg.sport}-${event.seg.dport}`] === undefined;
  });
}

function declare(events: readonly TraceEvent[], host: Host): string {
  return isRaw(events, host) ? `${host} unchecked` : host;
}

/** Ports are written where there are several connections. */
function party(host: Host, pair: Pair, pairs: readonly Pair[]): string {
  return pairs.length > 1 ? `${host}:${pair[host]}` : host;
}

function other(host: Host): Host {
  return host === "A" ? "B" : "A";
}

/** As the sockets API or the tracer calls it; data that goes with an open is a `connect` too. */
function writeCall(
  events: readonly TraceEvent[],
  at: number,
  { host, what, pair: told }: TraceEvent & { ev: "call" },
  pairs: readonly Pair[],
): string {
  const call = what.startsWith("sendto(") ? "connect" : what;
  const pair = told === undefined ? (pairAfter(events, at, host) ?? pairs[0]) : readPair(host, told);
  if (!pair || pairs.length < 2) return `${host} calls ${call}`;
  const towards = call === "listen" ? "" : ` towards ${party(other(host), pair, pairs)}`;
  return `${party(host, pair, pairs)} calls ${call}${towards}`;
}

/** The connection is that of the next segment that the host sends. */
function pairAfter(events: readonly TraceEvent[], at: number, host: Host): Pair | undefined {
  const next = events.slice(at).find((event) => event.ev === "send" && event.frm === host);
  const last = events.slice(0, at).findLast((event) => event.ev === "send" && event.frm === host);
  const segment = next ?? last;
  return segment?.ev === "send" ? pairOf(host, segment.seg) : undefined;
}

function readPair(host: Host, told: string): Pair {
  const [local, remote] = told.split("-").map(Number);
  return host === "A" ? { A: local ?? 0, B: remote ?? 0 } : { A: remote ?? 0, B: local ?? 0 };
}

/** An initial sequence number and the symbol written for it. */
interface Symbolic {
  readonly symbol: string;
  readonly value: number;
}

/** By sender and ports: `x` and `y`, or `x1`, `y1`, … where there are several connections. */
function initialNumbers(events: readonly TraceEvent[], pairs: readonly Pair[]): Map<string, Symbolic> {
  const found = new Map<string, Symbolic>();
  for (const event of events) {
    if (event.ev !== "send" || !event.seg.flags.includes("SYN")) continue;
    const pair = pairOf(event.frm, event.seg);
    const place = pairs.findIndex((known) => known.A === pair.A && known.B === pair.B);
    const symbol = `${event.frm === "A" ? "x" : "y"}${pairs.length > 1 ? place + 1 : ""}`;
    const key = directionKey(event.frm, pair);
    if (!found.has(key)) found.set(key, { symbol, value: event.seg.seq });
  }
  return found;
}

function directionKey(from: Host, pair: Pair): string {
  return `${from} ${pair.A}-${pair.B}`;
}

function writeSegment(
  { id, frm, lost, seg }: TraceEvent & { ev: "send" },
  pair: Pair,
  pairs: readonly Pair[],
  initial: ReadonlyMap<string, Symbolic>,
): string {
  const to = other(frm);
  const own = initial.get(directionKey(frm, pair));
  const peers = initial.get(directionKey(to, pair));
  // The reset for a SYN that nobody listens for has the number 0, which counts from nothing.
  const seq = seg.flags.includes("RST") && seg.seq === 0 ? "0" : writeNumber(seg.seq, own);
  const fields = [
    `seq=${seq}`,
    ...(seg.flags.includes("ACK") ? [`ack=${writeNumber(seg.ack, peers)}`] : []),
    ...(seg.len > 0 ? [`len=${seg.len}`] : []),
    `win=${seg.win}`,
    ...(seg.urg > 0 ? [`urg=${seg.urg}`] : []),
  ];
  const arrow = `${party(frm, pair, pairs)} ${lost ? "-x" : "~>"} ${party(to, pair, pairs)}`;
  return `${arrow}: ${seg.flags.join("+")} ${fields.join(" ")}${writeOptions(seg, peers)} as s${id}`;
}

function writeNumber(value: number, from: Symbolic | undefined): string {
  if (!from) return String(value);
  const distance = (value - from.value) | 0;
  return `${from.symbol}${distance > 0 ? "+" : ""}${distance === 0 ? "" : distance}`;
}

function writeOptions({ opts }: WireSegment, peers: Symbolic | undefined): string {
  const { mss, sackOK, ts, ws, sack, tfo } = opts;
  const words = [
    ...(mss === undefined ? [] : [`mss ${mss}`]),
    ...(sackOK ? ["sackOK"] : []),
    ...(ts ? [`TS val ${ts[0]} ecr ${ts[1]}`] : []),
    ...(ws === undefined ? [] : [`wscale ${ws}`]),
    ...(sack ? [`sack ${sack.map(([l, r]) => `${writeNumber(l, peers)}:${writeNumber(r, peers)}`).join(" ")}`] : []),
    ...(tfo === undefined ? [] : [`FO ${tfo}`.trim()]),
  ];
  return words.length === 0 ? "" : ` <${words.join(", ")}>`;
}

/** By the names that `trace` gives the ends; a socket that is not shown is closed, or its listener remains. */
function kernelStates(
  sockets: Readonly<Record<Host, Sockets>>,
  events: readonly TraceEvent[],
  pairs: readonly Pair[],
): Readonly<Record<string, State>> {
  const states: Record<string, State> = {};
  for (const pair of pairs) {
    for (const host of HOSTS) {
      if (isRaw(events, host)) continue;
      const peer = other(host);
      const shown = sockets[host][`${pair[host]}-${pair[peer]}`];
      const state = shown ?? (sockets[host][`${pair[host]}-*`] === undefined ? "CLOSED" : "LISTEN");
      const several = pairs.filter((known) => known[host] === pair[host]).length > 1;
      const name = party(host, pair, pairs);
      states[several ? `${name}>${party(peer, pair, pairs)}` : name] = readState(state) ?? "CLOSED";
    }
  }
  return states;
}

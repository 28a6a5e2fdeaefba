/** Which connection each packet and call of a packetdrill script is about: the script tells it by ports, or by order. */
import { ACK, RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { ScriptCall, ScriptEvent, ScriptPacket } from "./packetdrill.ts";

/** One connection of a script. */
export interface ScriptConnection {
  readonly number: number;
  readonly kernelPort: number | undefined;
  readonly peerPort: number | undefined;
  /** The number of each end's SYN as written, from which its later ones count; none where no SYN is there. */
  kernelSyn: number | undefined;
  /** Each one that the kernel took, and the number of its event: later numbers count from the last. */
  readonly peerSyns: { readonly number: number; readonly seq: number }[];
  /** The peer has sent something behind its SYN: another SYN opens another connection. */
  answered: boolean;
}

export interface ScriptConnections {
  readonly all: readonly ScriptConnection[];
  readonly of: ReadonlyMap<ScriptEvent, ScriptConnection>;
  /** The calls that open a connection. */
  readonly opening: ReadonlySet<ScriptEvent>;
}

interface Search {
  readonly all: ScriptConnection[];
  readonly of: Map<ScriptEvent, ScriptConnection>;
  readonly opening: Set<ScriptEvent>;
  /** By file descriptor. */
  readonly owned: Map<string, ScriptConnection>;
  /** Opened by the peer, and not accepted yet. */
  readonly waiting: ScriptConnection[];
  /** A call of `listen` that no connection has come of. */
  listening: ScriptEvent | undefined;
  current: ScriptConnection | undefined;
}

export function connectionsOf(script: readonly ScriptEvent[]): ScriptConnections {
  const search: Search = {
    all: [],
    of: new Map(),
    opening: new Set(),
    owned: new Map(),
    waiting: [],
    listening: undefined,
    current: undefined,
  };
  for (const event of script) {
    if (event.kind === "packet") seePacket(search, event, answerTo(script, event));
    else if (event.kind === "call") seeCall(search, event);
  }
  return search;
}

/** The first packet that the kernel must send behind one, before another is injected. */
function answerTo(script: readonly ScriptEvent[], packet: ScriptEvent): ScriptPacket | undefined {
  for (let i = packet.number + 1; i < script.length; i++) {
    const event = script[i];
    if (event?.kind === "packet") return event.injected ? undefined : event;
  }
  return undefined;
}

function seePacket(search: Search, packet: ScriptPacket & ScriptEvent, answer: ScriptPacket | undefined): void {
  const { injected, flags, seq } = packet;
  const opens = has(flags, SYN) && !has(flags, ACK);
  const known = packet.ports ? byPorts(search.all, packet) : search.current;
  const takes = answer === undefined || has(answer.flags, SYN);
  const another = opens && injected && known?.answered === true && !packet.ports && takes;
  const connection = known === undefined || another ? open(search, packet) : known;
  if (connection !== known && injected) {
    search.waiting.push(connection);
    if (search.listening) search.of.set(search.listening, connection);
    search.listening = undefined;
  }
  if (has(flags, SYN) && !injected) connection.kernelSyn ??= seq;
  if (has(flags, SYN) && injected && isTaken(connection, packet, answer))
    connection.peerSyns.push({ number: packet.number, seq });
  if (injected && !has(flags, SYN)) connection.answered = true;
  search.of.set(packet, connection);
  search.current = connection;
}

/** The first one counts in any case, also if it is refused; one that is challenged, and a second SYN,ACK, change nothing. */
function isTaken(
  { peerSyns, answered }: ScriptConnection,
  { flags }: ScriptPacket,
  answer: ScriptPacket | undefined,
): boolean {
  if (peerSyns.length === 0) return true;
  return !answered && !has(flags, ACK) && answer !== undefined && !has(answer.flags, RST);
}

function seeCall(search: Search, call: ScriptCall & ScriptEvent): void {
  const { owned, waiting, of, opening } = search;
  const [descriptor = ""] = call.args;
  if (call.name === "listen") {
    search.listening = call;
    return;
  }
  if (call.name === "socket" && call.result !== undefined) owned.delete(String(call.result));
  if (connects(call) && !owned.has(descriptor)) {
    search.current = open(search, undefined);
    owned.set(descriptor, search.current);
    opening.add(call);
  } else if (call.name.startsWith("accept") && call.result !== undefined && call.result >= 0) {
    const accepted = waiting.shift() ?? search.current;
    if (accepted) owned.set(String(call.result), accepted);
  }
  const connection = owned.get(descriptor);
  if (connection) of.set(call, connection);
}

/** `connect`, or data that is sent with the SYN; blocking ones may fail later. */
function connects({ name, args, result, error = "" }: ScriptCall): boolean {
  if (name !== "connect" && !(name.startsWith("send") && args.some((arg) => FAST_OPEN.test(arg)))) return false;
  return result === undefined || result >= 0 || !NEVER_TRIED.has(error);
}

/** By its name or its value on Linux. */
const FAST_OPEN = /\bMSG_FASTOPEN\b|\b0x20000000\b/u;

/** Errors with which a call returns before any SYN has left. */
const NEVER_TRIED = new Set([
  "EINVAL",
  "EFAULT",
  "EISCONN",
  "EALREADY",
  "EOPNOTSUPP",
  "EAFNOSUPPORT",
  "EPIPE",
  "EDESTADDRREQ",
]);

function byPorts(all: readonly ScriptConnection[], packet: ScriptPacket): ScriptConnection | undefined {
  const [kernelPort, peerPort] = portsOf(packet);
  return all.find((one) => one.kernelPort === kernelPort && one.peerPort === peerPort);
}

/** The kernel's and the peer's. */
function portsOf({ injected, ports }: ScriptPacket): readonly [number | undefined, number | undefined] {
  const [source, destination] = ports ?? [];
  return injected ? [destination, source] : [source, destination];
}

function open({ all }: Search, packet: ScriptPacket | undefined): ScriptConnection {
  const [kernelPort, peerPort] = packet ? portsOf(packet) : [];
  const number = all.length;
  const made = { number, kernelPort, peerPort, kernelSyn: undefined, peerSyns: [], answered: false };
  all.push(made);
  return made;
}

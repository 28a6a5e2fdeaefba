/** What the application does at the end that a packetdrill script tests: the calls that lead to what its kernel sends. */
import type { CallName } from "../flow/flow.ts";
import type { Reading, Replay } from "../flow/replay-types.ts";
import { ACK, FIN, type Flags, PSH, RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";

/** A line of a script; `any` for what the kernel sends in its own time. */
export interface ScriptLine {
  /** Microseconds since the start of the flow. */
  readonly at: number;
  readonly text: string;
  readonly any?: boolean;
  /** An acknowledgment, which a kernel may delay. */
  readonly late?: boolean;
}

/** A segment with new numbers that is about to leave. */
export interface Sending {
  readonly flags: Flags;
  readonly length: number;
  readonly at: number;
  /** Its event. */
  readonly index: number;
  readonly aborts: boolean;
}

export interface Application {
  readonly begin: () => void;
  readonly established: (at: number) => void;
  /** So many octets wait to be read. */
  readonly received: (octets: number) => void;
  readonly call: (call: CallName, octets: number | undefined, at: number, index: number) => void;
  readonly beforeSending: (sending: Sending) => void;
  /** As kernels flag data: PSH stands on the last octets that were written. */
  readonly flagsOf: (flags: Flags, isNew: boolean) => Flags;
  /** Its acknowledgments wait for company. */
  readonly delaysAcks: (flags: Flags, length: number) => boolean;
}

/** Writes the calls of one end to `lines`. */
export function application(replay: Replay, end: number, isPassive: boolean, lines: ScriptLine[]): Application {
  const delays = acksTogether(replay, end);
  const probes = replay.readings.some(({ sender, classes }) => sender === end && classes.includes("keep-alive"));
  let descriptor = 3;
  let isConnected = false;
  let ended = false;
  let unread = 0;
  /** Octets written that have not left yet. */
  let waiting = 0;

  const say = (text: string, at: number) => lines.push({ at, text });
  const set = (level: string, option: string, value: number, at: number) =>
    say(`setsockopt(${descriptor}, ${level}, ${option}, [${value}], 4) = 0`, at);
  const prepare = (at: number) => {
    if (!closesWithData(replay, end)) set("SOL_TCP", "TCP_NODELAY", 1, at);
    if (delays) set("SOL_TCP", "TCP_QUICKACK", 0, at);
    if (!probes) return;
    set("SOL_SOCKET", "SO_KEEPALIVE", 1, at);
    set("SOL_TCP", "TCP_KEEPIDLE", 1, at);
    set("SOL_TCP", "TCP_KEEPINTVL", 1, at);
  };
  const connect = (at: number) => {
    if (isConnected) return;
    isConnected = true;
    say(`fcntl(${descriptor}, F_SETFL, O_RDWR|O_NONBLOCK) = 0`, at);
    say(`connect(${descriptor}, ..., ...) = -1 EINPROGRESS (Operation now in progress)`, at);
  };
  const read = (at: number) => {
    if (unread > 0) say(`read(${descriptor}, ..., ${unread}) = ${unread}`, at);
    unread = 0;
  };
  const abort = (at: number) => {
    ended = true;
    say(`setsockopt(${descriptor}, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0`, at);
    say(`close(${descriptor}) = 0`, at);
  };
  const close = (at: number, index: number) => {
    ended = true;
    // Octets that nobody read draw a reset.
    if (nextHas(replay, end, index, RST)) {
      say(`close(${descriptor}) = 0`, at);
      return;
    }
    read(at);
    // Closing a descriptor answers later data by a reset.
    if (takesData(replay, end, index)) say(`shutdown(${descriptor}, SHUT_WR) = 0`, at);
    else say(`close(${descriptor}) = 0`, at);
  };
  const write = (octets: number, at: number, withFin: boolean) => {
    waiting += octets;
    if (withFin) set("SOL_TCP", "TCP_CORK", 1, at);
    say(`write(${descriptor}, ..., ${octets}) = ${octets}`, at);
  };

  return {
    begin: () => {
      say("socket(..., SOCK_STREAM, IPPROTO_TCP) = 3", 0);
      if (!isPassive) return;
      say("setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0", 0);
      say("bind(3, ..., ...) = 0", 0);
      say("listen(3, 1) = 0", 0);
    },
    established: (at) => {
      if (isPassive && descriptor === 3) {
        say("accept(3, ..., ...) = 4", at);
        descriptor = 4;
      }
      prepare(at);
    },
    received: (octets) => {
      unread += octets;
    },
    call: (call, octets, at, index) => {
      if (call === "connect") connect(at);
      else if (call === "send" && octets !== undefined) write(octets, at, nextHas(replay, end, index, FIN));
      else if (call === "receive") read(at);
      else if (call === "abort") abort(at);
      else if (call === "close" || call === "shutdown") close(at, index);
    },
    beforeSending: ({ flags, length, at, index, aborts }) => {
      if (has(flags, SYN)) {
        if (!has(flags, ACK)) connect(at);
        return;
      }
      if (aborts && !ended) abort(at);
      if (has(flags, RST)) return;
      const withFin = has(flags, FIN) && !ended;
      if (length > waiting) write(length - waiting, at, withFin);
      waiting -= length;
      if (withFin) close(at, index);
    },
    flagsOf: (flags, isNew) => (isNew && waiting > 0 ? flags & ~PSH : flags | PSH),
    delaysAcks: (flags, length) => delays && length === 0 && (flags & ~PSH) === ACK,
  };
}

/** Whether the end lets data pass without an acknowledgment of its own, or has data or a FIN carry it. */
function acksTogether({ flow, readings }: Replay, end: number): boolean {
  let owed = 0;
  for (const event of flow.events) {
    if (event.kind !== "send" && event.kind !== "deliver") continue;
    const reading = readings[event.segment];
    const flags = flow.segments[event.segment]?.flags ?? SYN;
    const isPlain = !carries(reading) && (flags & (SYN | FIN | RST)) === 0;
    if (event.kind === "deliver") {
      if (reading?.receiver === end && !isPlain && !has(flags, SYN)) owed++;
    } else if (reading?.sender === end) {
      if (owed > 0 && !isPlain) return true;
      owed = 0;
    }
    if (owed > 1) return true;
  }
  return false;
}

/** Whether its FIN leaves with data, which kernels keep for it only without TCP_NODELAY. */
function closesWithData({ flow, readings }: Replay, end: number): boolean {
  return flow.segments.some(
    ({ flags }, index) => has(flags, FIN) && readings[index]?.sender === end && carries(readings[index]),
  );
}

function carries(reading: Reading | undefined): boolean {
  const length = reading?.len?.value;
  return length !== undefined && (length.constant !== 0 || length.terms.length > 0);
}

/** Whether data arrive at the end after an event. */
function takesData({ flow, readings }: Replay, end: number, index: number): boolean {
  return flow.events
    .slice(index + 1)
    .some(
      (event) =>
        event.kind === "deliver" && readings[event.segment]?.receiver === end && carries(readings[event.segment]),
    );
}

/** Whether the next segment of the end has a flag. */
function nextHas({ flow, readings }: Replay, end: number, index: number, flag: Flags): boolean {
  const next = flow.events
    .slice(index + 1)
    .find((event) => event.kind === "send" && readings[event.segment]?.sender === end);
  return next?.kind === "send" && has(flow.segments[next.segment]?.flags ?? 0, flag);
}

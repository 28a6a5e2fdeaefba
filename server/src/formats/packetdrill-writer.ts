/**
 * Replay -> packetdrill script that tests one end of a connection against a real kernel: what arrives there is
 * injected, what it sends is expected, and what its application does is called.
 */
import { isOwn } from "../flow/connections.ts";
import type { FlowEvent, Segment } from "../flow/flow.ts";
import type { Reading, Replay } from "../flow/replay-types.ts";
import type { Block } from "../tcp/block.ts";
import { concreteNumbers } from "../tcp/concrete-numbers.ts";
import { ACK, FLAG_BITS, type Flags, PSH, RST, SYN } from "../tcp/flags.ts";
import type { Num } from "../tcp/numbers.ts";
import { has } from "../tcp/segment.ts";
import { type Application, application, type ScriptLine } from "./packetdrill-application.ts";

/** A script, or why there can be none. */
export type Script = { readonly text: string } | { readonly problem: ScriptProblem };

export type ScriptProblem =
  | "begins in the middle of the opening or closing"
  | "never takes part"
  | "crashes"
  | "neither opens nor listens"
  | "opens more than once";

interface Writing {
  readonly replay: Replay;
  readonly end: number;
  readonly app: Application;
  readonly counting: Counting;
  readonly lines: ScriptLine[];
  readonly windows: { last: number };
  /** Time that only the kernel's clock lets pass, in microseconds. */
  readonly delay: { sum: number };
}

/** Numbers as packetdrill counts them: from the first SYN of each side, be it an old duplicate. */
interface Counting {
  readonly concrete: (value: Num) => number;
  readonly own: number;
  readonly peers: number;
}

const own = ({ counting }: Writing, value: Num): number => (counting.concrete(value) - counting.own) >>> 0;

const peers = ({ counting }: Writing, value: Num): number => (counting.concrete(value) - counting.peers) >>> 0;

/** Writes the test of an end (its place in `replay.ends`). */
export function writePacketdrill(replay: Replay, end: number): Script {
  const { flow, readings, steps } = replay;
  const first = replay.ends[end];
  const takesPart = readings.some(({ sender, receiver }) => sender === end || receiver === end);
  if (first === undefined || !takesPart) return { problem: "never takes part" };
  if (!["CLOSED", "LISTEN", "ESTABLISHED"].includes(first.start.state))
    return { problem: "begins in the middle of the opening or closing" };
  if (flow.events.some((event) => event.kind === "crash" && event.endpoint === first.self.endpoint))
    return { problem: "crashes" };
  if (opensAgain(replay, end)) return { problem: "opens more than once" };
  const opens = flow.segments.some((segment, index) => isOpening(segment) && readings[index]?.sender === end);
  const isPassive = first.start.state !== "CLOSED" || !opens;
  if (isPassive && first.start.state === "CLOSED" && !flow.events.some(isListening(first.self.endpoint)))
    return { problem: "neither opens nor listens" };
  const lines: ScriptLine[] = [];
  const writing: Writing = {
    replay,
    end,
    app: application(replay, end, isPassive, lines),
    counting: counting(replay, end),
    lines,
    windows: { last: OPEN_WINDOW },
    delay: { sum: 0 },
  };
  writing.app.begin();
  if (first.start.state === "ESTABLISHED") handshake(writing);
  for (const [index, event] of flow.events.entries()) {
    const change = steps[index]?.changes.find((one) => one.end === end);
    const before = change?.before ?? first.start;
    tellEvent(writing, event, before, change?.after ?? before, index);
  }
  return { text: `${lines.map(lineText).join("\n")}\n` };
}

const OPEN_WINDOW = 0xffff;

/** packetdrill counts from one SYN of each side on a pair of ports. */
function opensAgain({ steps, ends }: Replay, end: number): boolean {
  const changes = steps.flatMap((step) => step.changes.filter((change) => change.end === end));
  const most = ends[end]?.start.state === "ESTABLISHED" ? 0 : 1;
  return (["irs", "iss"] as const).some((name) => {
    const numbers = changes.flatMap(({ after }) => (after[name] ? [JSON.stringify(after[name])] : []));
    return new Set(numbers).size > most;
  });
}

function isOpening(segment: Segment): boolean {
  return has(segment.flags, SYN) && !has(segment.flags, ACK) && isOwn(segment);
}

function isListening(endpoint: number): (event: FlowEvent) => boolean {
  return (event) => event.kind === "call" && event.call === "listen" && event.side.self.endpoint === endpoint;
}

/** Of a connection that was open before the flow, as if its SYNs had come just before. */
function counting(replay: Replay, end: number): Counting {
  const concrete = concreteNumbers(replay.symbols);
  const start = replay.ends[end]?.start;
  const base = (syn: Num | undefined, next: Num | undefined): number =>
    syn ? concrete(syn) : next ? concrete(next) - 1 : 0;
  const isOpen = start?.state === "ESTABLISHED";
  return {
    concrete,
    own: base(isOpen ? undefined : firstSyn(replay, end, "send"), start?.sndNxt),
    peers: base(isOpen ? undefined : firstSyn(replay, end, "deliver"), start?.rcvNxt),
  };
}

/** The number of the first SYN that an end sends, or that arrives there. */
function firstSyn({ flow, readings }: Replay, end: number, kind: "send" | "deliver"): Num | undefined {
  for (const event of flow.events) {
    if (event.kind !== kind) continue;
    const segment = flow.segments[event.segment];
    const reading = readings[event.segment];
    if (!segment || !reading || !has(segment.flags, SYN)) continue;
    const counts = kind === "deliver" ? reading.receiver === end : reading.sender === end && isOwn(segment);
    if (counts) return reading.seq?.value;
  }
  return undefined;
}

/** Brings the kernel to where the flow begins. */
function handshake({ lines, app }: Writing): void {
  lines.push({ at: 0, text: `< S 0:0(0) win ${OPEN_WINDOW} <mss 1460>` });
  lines.push({ at: 0, text: "> S. 0:0(0) ack 1 <...>" });
  lines.push({ at: 0, text: `< . 1:1(0) ack 1 win ${OPEN_WINDOW}` });
  app.established(0);
}

function tellEvent(writing: Writing, event: FlowEvent, before: Block, after: Block, index: number): void {
  const { replay, end, app, delay } = writing;
  const at = event.at + delay.sum;
  if (event.kind === "timeout" && event.timer === "time-wait" && isAt(writing, event.side)) delay.sum += TIME_WAIT;
  if (event.kind === "call" && isAt(writing, event.side)) app.call(event.call, event.octets, at, index);
  if (event.kind !== "send" && event.kind !== "deliver") return;
  const reading = replay.readings[event.segment];
  const segment = replay.flow.segments[event.segment];
  if (!reading || !segment) return;
  if (event.kind === "deliver" && reading.receiver === end) inject(writing, segment, reading, at, before, after);
  if (event.kind === "send" && reading.sender === end && isOwn(segment))
    expectSegment(writing, segment, reading, at, before, index);
}

/** Longer than Linux stays in TIME-WAIT: a minute, by a timer that may be an eighth late. In microseconds. */
const TIME_WAIT = 70_000_000;

function isAt({ replay, end }: Writing, side: { self: { endpoint: number; port?: number } }): boolean {
  const self = replay.ends[end]?.self;
  return self?.endpoint === side.self.endpoint && (side.self.port === undefined || side.self.port === self.port);
}

function inject(writing: Writing, segment: Segment, reading: Reading, at: number, before: Block, after: Block): void {
  const { lines, app, windows } = writing;
  const { flags } = segment;
  const win = segment.win ?? windows.last;
  windows.last = win === 0 ? OPEN_WINDOW : win;
  const ack = has(flags, ACK) && reading.ack ? ` ack ${own(writing, reading.ack.value)}` : "";
  const numbers = numbersOf(writing, reading, (value) => peers(writing, value));
  const options = injectedOptions(writing, segment);
  lines.push({ at, text: `< ${letters(flags)} ${numbers}${ack} win ${has(flags, RST) ? 0 : win}${options}` });
  if (before.state !== "ESTABLISHED" && after.state === "ESTABLISHED") app.established(at);
  const taken = before.rcvNxt && after.rcvNxt ? peers(writing, after.rcvNxt) - peers(writing, before.rcvNxt) : 0;
  app.received(Math.max(0, taken - (after.finReceived && !before.finReceived ? 1 : 0)));
}

/** `1001:2001(1000)` */
function numbersOf({ counting }: Writing, { seq, len }: Reading, count: (value: Num) => number): string {
  const start = seq ? count(seq.value) : 0;
  const length = len ? counting.concrete(len.value) : 0;
  return `${start}:${(start + length) >>> 0}(${length})`;
}

const ORDER = ["SYN", "FIN", "RST", "PSH", "URG", "ECE", "CWR"] as const;
const LETTERS = { SYN: "S", FIN: "F", RST: "R", PSH: "P", URG: "U", ECE: "E", CWR: "W" } as const;

function letters(flags: Flags): string {
  const found = ORDER.filter((name) => has(flags, FLAG_BITS[name])).map((name) => LETTERS[name]);
  const text = found.join("") + (has(flags, ACK) ? "." : "");
  return text === "" ? "-" : text;
}

/** A peer says how large its segments may be even where the flow leaves it out: kernels would assume little. */
function injectedOptions(writing: Writing, { options, flags }: Segment): string {
  const written = options.flatMap((option): string[] => {
    switch (option.kind) {
      case "mss":
      case "wscale":
        return [`${option.kind} ${option.value}`];
      case "sackOK":
        return ["sackOK"];
      case "TS":
        return [`TS val ${option.value} ecr ${option.echo}`];
      case "sack":
        return [`sack ${option.blocks.map((b) => `${own(writing, b.left)}:${own(writing, b.right)}`).join(" ")}`];
      case "FO":
        return [option.cookie === "" ? "FO" : `FO ${option.cookie}`];
      default:
        return [];
    }
  });
  const all = has(flags, SYN) && !options.some(({ kind }) => kind === "mss") ? ["mss 1460", ...written] : written;
  const padding = (4 - (all.reduce((sum, text) => sum + octetsOf(text), 0) % 4)) % 4;
  return all.length === 0 ? "" : ` <${[...all, ...Array.from({ length: padding }, () => "nop")].join(",")}>`;
}

function octetsOf(option: string): number {
  const [name = "", first = ""] = option.split(" ");
  if (name === "sack") return 2 + 8 * (option.split(" ").length - 1);
  if (name === "FO") return 2 + first.length / 2;
  return { mss: 4, wscale: 3, sackOK: 2, TS: 10 }[name] ?? 1;
}

/** A segment of the kernel under test, behind the calls that make it send it. */
function expectSegment(
  writing: Writing,
  segment: Segment,
  reading: Reading,
  at: number,
  before: Block,
  index: number,
): void {
  const { lines, app, counting } = writing;
  const { classes } = reading;
  const { flags } = segment;
  const probes = classes.includes("keep-alive") || classes.includes("zero window probe");
  const repeats = classes.some((name) => name.endsWith("retransmission"));
  const length = reading.len ? counting.concrete(reading.len.value) : 0;
  if (!probes && !repeats) {
    const aborts = has(flags, RST) && before.sndNxt !== undefined && before.owes?.kind !== "rst";
    app.beforeSending({ flags, length, at, index, aborts });
  }
  const ack = has(flags, ACK) && reading.ack ? ` ack ${peers(writing, reading.ack.value)}` : "";
  // Kernels probe without data, one below what is not acknowledged.
  const below = before.sndUna ? (own(writing, before.sndUna) - 1) >>> 0 : 0;
  const numbers = probes ? `${below}:${below}(0)` : numbersOf(writing, reading, (value) => own(writing, value));
  const sent = probes ? ACK : length > 0 ? app.flagsOf(flags, !repeats) : flags & ~PSH;
  const text = `> ${letters(sent)} ${numbers}${ack}${has(flags, RST) ? "" : " <...>"}`;
  const any = repeats || probes || app.delaysAcks(flags, length);
  const late = length === 0 && (flags & ~PSH) === ACK && before.state !== "SYN-SENT";
  lines.push({ at, text, any, late });
  // Linux repeats its SYN behind the first reset, if the flow does not.
  const isFirst = !lines.some((line) => line.any && line.text === REPEATED_SYN);
  if (has(flags, RST) && before.state === "SYN-SENT" && synsOf(writing) === 1 && isFirst)
    lines.push({ at, text: REPEATED_SYN, any: true });
}

const REPEATED_SYN = "> S 0:0(0) <...>";

/** How many SYNs the end sends. */
function synsOf({ replay: { flow, readings }, end }: Writing): number {
  return flow.segments.filter((segment, i) => isOpening(segment) && readings[i]?.sender === end).length;
}

/** `+.1 < . 1:1(0) ack 1`, times counted from the line before. */
function lineText({ at, text, any, late }: ScriptLine, index: number, lines: readonly ScriptLine[]): string {
  const before = lines[index - 1];
  if (before === undefined) return `0     ${text}`;
  if (any) return `*     ${text}`;
  const seconds = Math.max(0, at - before.at) / 1_000_000;
  const pause = text.startsWith("<") ? Math.max(seconds, LEAST_PAUSE) : seconds;
  const times = late ? `${after(pause)}~${after(pause + LONGEST_DELAY)}` : after(pause);
  return `${times.padEnd(5)} ${text}`;
}

/** `+.01` */
function after(seconds: number): string {
  return `+${String(Math.round(seconds * 1e6) / 1e6).replace(/^0\./u, ".")}`;
}

/** For which Linux keeps back an acknowledgment, in seconds; RFC 9293 §3.8.6.3 allows half a second. */
const LONGEST_DELAY = 0.2;

/** So that a kernel has done with one packet before the next, in seconds. */
const LEAST_PAUSE = 0.01;

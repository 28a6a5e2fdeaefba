/** What `tcpdump -n` prints, with and without -S, -t…, -e, -v, and for -i any. */
import type { CapturedSegment } from "../flow/captured.ts";
import { ACK, FIN, SYN } from "../tcp/flags.ts";
import { clearOptions, directionsOf, flagsOfLetters, type LineReader, putAddress } from "./printed-packets.ts";

const ADDRESS = String.raw`(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f:]*:[\da-f:.%\w]*?)`;
const SEGMENT = new RegExp(
  String.raw`(?<source>${ADDRESS})\.(?<from>\d+) > (?<destination>${ADDRESS})\.(?<to>\d+): Flags \[(?<flags>[A-Z.]+|none)\](?<rest>.*?), length (?<length>\d+)`,
  "iu",
);
const CLOCK = /(?:(\d{4}-\d\d-\d\d) )?\b(\d\d):(\d\d):(\d\d)\.(\d{1,9})\b|^\s*(\d{1,12})\.(\d{6,9}) /u;
const DAY = 86_400_000_000;

/** What is known of one direction. */
interface Direction {
  /** The number that relative numbers count from. */
  base: number;
  /** The first number not yet sent. */
  next: number;
}

/** What is known of a file. */
interface Reading {
  readonly directions: Map<string, Direction>;
  time: number;
  /** Whether numbers count from the first of their direction; unknown until one tells. */
  relative: boolean | undefined;
}

/** Reads the lines of one file. tcpdump prints numbers relative to the first that it saw, unless told otherwise. */
export function tcpdumpReader(): LineReader {
  const reading: Reading = { directions: new Map(), time: 0, relative: undefined };
  return (line, segment) => {
    readTime(line, reading);
    const found = SEGMENT.exec(line)?.groups;
    if (!found) return false;
    const { source = "", destination = "", from, to, flags = "", rest = "", length } = found;
    if (!putAddress(segment, source, 0) || !putAddress(segment, destination, 4)) return false;
    segment.time = reading.time;
    segment.sourcePort = Number(from);
    segment.destinationPort = Number(to);
    segment.flags = flagsOfLetters(flags);
    segment.length = Number(length);
    segment.window = numberIn(rest, /\bwin (\d+)/u) ?? 0;
    segment.urgent = numberIn(rest, /\burg (\d+)/u) ?? 0;
    const mine = putNumbers(reading, segment, numberIn(rest, /\bseq (\d+)/u), numberIn(rest, /\back (\d+)/u));
    readOptions(rest, segment, mine.shift);
    advance(mine.direction, segment);
    return true;
  };
}

/** Numbers as they were on the wire; `shift` is what those of the other direction lack. */
function putNumbers(
  reading: Reading,
  segment: CapturedSegment,
  seq: number | undefined,
  ack: number | undefined,
): { direction: Direction; shift: number } {
  const { directions } = reading;
  const [own, other] = directionsOf(segment);
  const isFirst = !directions.has(own) && !directions.has(other);
  const absolute = isFirst || (segment.flags & ACK) === 0 || (segment.flags & SYN) !== 0;
  const acked = ((ack ?? 1) - 1) >>> 0;
  if (absolute && seq !== undefined) directions.set(own, { base: seq, next: seq });
  if (absolute && ack !== undefined && segment.flags & ACK) meet(directions, other, acked, segment.flags);
  const mine = directions.get(own) ?? meet(directions, own, ((seq ?? 1) - 1) >>> 0, 0);
  const theirs = directions.get(other) ?? meet(directions, other, acked, 0);
  if (!absolute) reading.relative ??= countsFromBase(seq, mine) ?? countsFromBase(ack, theirs);
  const [shift, peerShift] = absolute || reading.relative !== true ? [0, 0] : [mine.base, theirs.base];
  segment.seq = seq === undefined ? mine.next : (seq + shift) >>> 0;
  segment.ack = ack === undefined ? 0 : (ack + peerShift) >>> 0;
  return { direction: mine, shift: peerShift };
}

function numberIn(text: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : Number(found) >>> 0;
}

function meet(directions: Map<string, Direction>, key: string, base: number, flags: number): Direction {
  const known = directions.get(key);
  if (known && !(flags & SYN)) return known;
  const made = { base, next: known?.next ?? (base + 1) >>> 0 };
  directions.set(key, made);
  return made;
}

/** Whether a number counts from the base: it lies nearer to 0 than to the base; nothing where both are as near. */
function countsFromBase(number: number | undefined, { base }: Direction): boolean | undefined {
  if (number === undefined) return undefined;
  const fromBase = (number - base) >>> 0;
  return fromBase === number ? undefined : number < Math.min(fromBase, 2 ** 32 - fromBase);
}

/** A pure ACK is printed without its number: it has the next one. */
function advance(direction: Direction, { seq, length, flags }: CapturedSegment): void {
  const end = (seq + length + (flags & SYN ? 1 : 0) + (flags & FIN ? 1 : 0)) >>> 0;
  if ((end - direction.next) >>> 0 < 2 ** 31) direction.next = end;
}

/** Time of day, with its date if there is one, or seconds since 1970; after midnight comes the next day. */
function readTime(line: string, clock: Reading): void {
  const [whole, date, hours, minutes, seconds, fraction = "", since, part = ""] = CLOCK.exec(line) ?? [];
  if (whole === undefined) return;
  if (since !== undefined) {
    clock.time = Number(since) * 1_000_000 + Number(part.slice(0, 6));
    return;
  }
  const inDay = (Number(hours) * 60 + Number(minutes)) * 60_000_000 + Number(seconds) * 1_000_000;
  let time = inDay + Number(fraction.padEnd(6, "0").slice(0, 6));
  if (date !== undefined) time += Date.parse(`${date}T00:00:00Z`) * 1000;
  else while (time < clock.time - DAY / 2) time += DAY;
  clock.time = time;
}

function readOptions(rest: string, segment: CapturedSegment, shift: number): void {
  clearOptions(segment);
  const { options } = segment;
  const [, list = ""] = /\boptions \[([^\]]*)\]/u.exec(rest) ?? [];
  if (list === "") return;
  options.octets = 4;
  options.mss = numberIn(list, /\bmss (\d+)/u) ?? -1;
  options.windowScale = numberIn(list, /\bwscale (\d+)/u) ?? -1;
  options.sackPermitted = /\bsackOK\b/u.test(list);
  const stamps = /\bTS val (\d+) ecr (\d+)/u.exec(list);
  options.hasTimestamps = stamps !== null;
  options.timestamp = Number(stamps?.[1] ?? 0);
  options.echo = Number(stamps?.[2] ?? 0);
  const blocks = [...(/\bsack \d+ (.*)/u.exec(list)?.[1] ?? "").matchAll(/\{(\d+):(\d+)\}/gu)].slice(0, 4);
  options.sackBlocks = blocks.length;
  for (const [i, [, left, right]] of blocks.entries()) {
    options.sackEdges[2 * i] = Number(left) + shift;
    options.sackEdges[2 * i + 1] = Number(right) + shift;
  }
}

/** The label of a message: flags, numbers and lengths among words. */
import type { Span } from "../flow/flow.ts";
import { ACK, FIN, type Flags, PSH, RST, SYN } from "../tcp/flags.ts";
import { type Num, num } from "../tcp/numbers.ts";
import * as fields from "./mermaid-fields.ts";
import type { Piece } from "./mermaid-lines.ts";
import { readSum } from "./mermaid-numbers.ts";

/** A number where it is written; `place` is the field whole, `span` its number. */
export interface Found {
  readonly value: Num;
  readonly span: Span;
  readonly place: Span;
}

export interface FlagGroup {
  readonly flags: Flags;
  readonly span: Span;
}

export interface Label {
  readonly piece: Piece;
  /** Flags that stand together, in their order; more than one where words stand between. */
  readonly groups: readonly FlagGroup[];
  /** `SYN=1`: flags written as bits, and those that are said to be off. */
  readonly bits: (FlagGroup & { readonly off: Flags }) | undefined;
  readonly seq: Found | undefined;
  readonly ack: Found | undefined;
  /** `ack` follows its name without a sign: `ACK 1`, which may count something else. */
  readonly ackIsBare: boolean;
  /** It says what it acknowledges, if only in words: `ack=seq+1`. */
  readonly acknowledges: boolean;
  /** `ACK=1`, which is a number or a flag. */
  readonly ackSign: Found | undefined;
  readonly len: Found | undefined;
  /** `len=8`, not `8 bytes`, which may be the size of anything. */
  readonly lenIsNamed: boolean;
  /** `"Hello"`, which may be the payload. */
  readonly quoted: (Found & { readonly text: string }) | undefined;
  readonly window: { readonly value: number; readonly place: Span } | undefined;
  readonly hasData: boolean;
  readonly lost: boolean;
  /** It says that it is sent again. */
  readonly again: boolean;
}

/** Reads a label; offsets are those of the diagram. */
export function readLabel(piece: Piece): Label {
  const scan: Scan = { piece, left: plain(piece.text) };
  const said = scan.left;
  const again = fields.REPEATED.test(said);
  const quoted = readQuoted(scan);
  const window = readWindow(scan);
  const bits = readBits(scan);
  const acks = readAcks(scan);
  const seq = readField(scan, fields.SEQ_FIELD) ?? readField(scan, fields.FLAG_NUMBER);
  const length = readField(scan, fields.LEN_FIELD)?.found;
  take(scan, fields.OTHER_NUMBERS);
  const range = readRange(scan);
  const octets = readOctets(scan);
  const counted = seq?.count === undefined ? undefined : { ...seq.found, value: num(seq.count) };
  take(scan, fields.NO_FLAGS);
  return {
    piece,
    groups: readGroups(scan),
    bits,
    seq: seq?.found ?? range?.seq,
    ...acks,
    len: length ?? counted ?? range?.len ?? octets,
    lenIsNamed: length !== undefined,
    quoted,
    window,
    hasData: fields.DATA.test(said),
    lost: fields.LOST.test(said) && !again,
    again,
  };
}

/** A label under way: what was read becomes blanks. */
interface Scan {
  readonly piece: Piece;
  left: string;
}

/** Full-width signs as ASCII, markup as blanks: every offset stays. */
function plain(text: string): string {
  return text
    .replaceAll(/<[/]?[a-z]+[^<>]*>|\\n|[`*]/giu, (found) => " ".repeat(found.length))
    .replaceAll(/[\uff01-\uff5e]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\u3000\u00a0]/gu, " ")
    .replaceAll(/[–—−]/gu, "-");
}

/** Takes out all that matches. */
function take(scan: Scan, pattern: RegExp): RegExpExecArray[] {
  const found = [...scan.left.matchAll(pattern)];
  for (const { index, 0: text } of found) {
    scan.left = scan.left.slice(0, index) + " ".repeat(text.length) + scan.left.slice(index + text.length);
  }
  return found;
}

function placeOf({ piece }: Scan, { index, 0: text }: RegExpExecArray): Span {
  return { start: piece.start + index, end: piece.start + index + text.length };
}

/** The number of a match whose last part it is. */
function numberOf(scan: Scan, match: RegExpExecArray, text: string): { found: Found; count?: number } | undefined {
  const sum = readSum(text);
  if (sum === undefined) return undefined;
  const place = placeOf(scan, match);
  const found = { value: sum.value, span: { start: place.end - text.length, end: place.end }, place };
  return sum.count === undefined ? { found } : { found, count: sum.count };
}

/** The first field of a kind that can be read. */
function readField(scan: Scan, pattern: RegExp): { found: Found; count?: number } | undefined {
  for (const match of take(scan, pattern)) {
    const read = numberOf(scan, match, match.slice(1).find((group) => group !== undefined) ?? "");
    if (read) return read;
  }
  return undefined;
}

/** `ACK=1` and the number of acknowledgment, which may be the same. */
function readAcks(scan: Scan): Pick<Label, "ack" | "ackIsBare" | "acknowledges" | "ackSign"> {
  let ack: Found | undefined;
  let ackSign: Found | undefined;
  let [ackIsBare, acknowledges] = [false, false];
  const before = scan.left;
  for (const match of take(scan, fields.ACK_FIELD)) {
    const [, name = "", equal, colon, bare] = match;
    // A number that cannot be read (`ACK = seq + 1`) leaves the flag.
    const found = numberOf(scan, match, equal ?? colon ?? bare ?? "")?.found;
    const at = match.index;
    acknowledges ||= name !== "ACK" || equal === undefined;
    if (name === "ACK" && found === undefined)
      scan.left = scan.left.slice(0, at) + before.slice(at, at + 3) + scan.left.slice(at + 3);
    if (name !== "ACK" || equal === undefined) {
      if (ack === undefined) [ack, ackIsBare] = [found, bare !== undefined];
    } else if (ackSign === undefined || found === undefined) ackSign ??= found;
    // `ACK=1, ACK=x+1`: the flag, then the number.
    else ack ??= found;
  }
  return { ack, ackIsBare, acknowledges, ackSign };
}

function readBits(scan: Scan): Label["bits"] {
  let bits: Label["bits"];
  for (const match of take(scan, fields.FLAG_BIT)) {
    const bit = bitOf(match[1] ?? "");
    const span = placeOf(scan, match);
    const [on, off] = match[2] === "1" ? [bit, 0] : [0, bit];
    bits = {
      flags: (bits?.flags ?? 0) | on,
      off: (bits?.off ?? 0) | off,
      span: { start: bits?.span.start ?? span.start, end: span.end },
    };
  }
  return bits;
}

function readOctets(scan: Scan): Found | undefined {
  const [match] = take(scan, fields.OCTETS);
  const text = match?.[1] ?? match?.[2];
  const sum = text === undefined ? undefined : readSum(text);
  if (!match || text === undefined || !sum) return undefined;
  const place = placeOf(scan, match);
  return { value: sum.value, span: { start: place.start, end: place.start + text.length }, place };
}

/** `bytes 1-1000`. */
function readRange(scan: Scan): { seq: Found; len: Found } | undefined {
  const [match] = take(scan, fields.OCTET_RANGE);
  if (!match) return undefined;
  const [first, last] = [Number(match[1]), Number(match[2])];
  if (!(last > first) || last > 0xffff_ffff) return undefined;
  const place = placeOf(scan, match);
  return { seq: { value: num(first), span: place, place }, len: { value: num(last - first + 1), span: place, place } };
}

/** An apostrophe within a word is no quote. */
const QUOTED = /"[^"]{1,200}"|“[^“”]{1,200}”|(?<![\p{L}\p{N}])'[^']{1,200}'(?![\p{L}\p{N}])|‘[^‘’]{1,200}’(?!\p{L})/gu;

function readQuoted(scan: Scan): Label["quoted"] {
  const [match] = take(scan, QUOTED);
  if (!match) return undefined;
  const place = placeOf(scan, match);
  const text = scan.piece.text.slice(match.index + 1, match.index + match[0].length - 1);
  return { value: num(new TextEncoder().encode(text).length), span: place, place, text };
}

function readWindow(scan: Scan): Label["window"] {
  const [match] = take(scan, fields.WINDOW_FIELD);
  const value = Number(match?.[1]?.replaceAll(",", ""));
  return match && value <= 0xffff ? { value, place: placeOf(scan, match) } : undefined;
}

/** Groups outside brackets; where there are none, those within. */
function readGroups(scan: Scan): FlagGroup[] {
  const outside = scan.left.replaceAll(/\([^()]*\)/gu, (found) => " ".repeat(found.length));
  const found = [...outside.matchAll(fields.FLAG_GROUP)];
  const all = found.length > 0 ? found : [...scan.left.matchAll(fields.FLAG_GROUP)];
  return all.map((match) => ({ flags: flagsOf(match[0]), span: placeOf(scan, match) }));
}

function flagsOf(text: string): Flags {
  let flags = 0;
  for (const [word] of text.matchAll(/SYN|FIN|RST|PSH|ACK|PUSH|RESET/gu)) flags |= bitOf(word);
  return flags;
}

const BITS: Readonly<Record<string, Flags>> = { SYN, FIN, RST, PSH, ACK, PUSH: PSH, RESET: RST };

/** URG, ECE and CWR decide nothing here. */
function bitOf(word: string): Flags {
  return BITS[word.toUpperCase()] ?? 0;
}

/** Captures as text: what tcpdump and tshark print, a packet a line, as captured segments. */
import type { CapturedSegment } from "../flow/captured.ts";
import { ACK, FIN, type Flags, PSH, RST, SYN } from "../tcp/flags.ts";

/** Reads one line into the segment; false where it prints no TCP segment. */
export type LineReader = (line: string, segment: CapturedSegment) => boolean;

const LETTERS: Readonly<Record<string, Flags>> = {
  S: SYN,
  F: FIN,
  R: RST,
  P: PSH,
  ".": ACK,
  U: 0x20,
  E: 0x40,
  W: 0x80,
};
const NAMES: Readonly<Record<string, Flags>> = {
  SYN,
  FIN,
  RST,
  PSH,
  ACK,
  URG: 0x20,
  ECE: 0x40,
  ECN: 0x40,
  CWR: 0x80,
};

/** `S.`, as tcpdump writes flags. */
export function flagsOfLetters(letters: string): Flags {
  return [...letters].reduce((flags, letter) => flags | (LETTERS[letter] ?? 0), 0);
}

/** `SYN, ACK`, as tshark writes them. */
export function flagsOfNames(names: string): Flags {
  return names.split(/,\s*/u).reduce((flags, name) => flags | (NAMES[name] ?? 0), 0);
}

/** Writes an address into the source (0) or the destination (4); false where it is none. */
export function putAddress(segment: CapturedSegment, text: string, offset: 0 | 4): boolean {
  const words = text.includes(":") ? ipv6Words(text) : ipv4Words(text);
  if (!words) return false;
  segment.family = text.includes(":") ? 6 : 4;
  segment.addresses.set(words, offset);
  return true;
}

function ipv4Words(text: string): number[] | undefined {
  const parts = text.split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
  return [0, 0, 0, parts.reduce((word, part) => word * 256 + part, 0)];
}

function ipv6Words(text: string): number[] | undefined {
  const [head = "", tail] = text.split("%")[0]?.split("::") ?? [];
  const groups = (part: string): number[] =>
    part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
  const [front, back] = [groups(head), groups(tail ?? "")];
  const missing = 8 - front.length - back.length;
  if (missing < 0 || (tail === undefined && missing > 0)) return undefined;
  const all = [...front, ...Array.from({ length: missing }, () => 0), ...back];
  if (all.some((group) => !(group >= 0 && group <= 0xffff))) return undefined;
  return [0, 2, 4, 6].map((i) => (all[i] ?? 0) * 65_536 + (all[i + 1] ?? 0));
}

/** As if the header had no options. */
export function clearOptions({ options }: CapturedSegment): void {
  Object.assign(options, {
    octets: 0,
    malformed: false,
    mss: -1,
    windowScale: -1,
    sackPermitted: false,
    hasTimestamps: false,
    sackBlocks: 0,
    fastOpen: -1,
  });
}

/** A direction of a connection, and the other one. */
export function directionsOf({ addresses, sourcePort, destinationPort }: CapturedSegment): readonly [string, string] {
  const source = `${addresses.slice(0, 4).join(".")}:${sourcePort}`;
  const destination = `${addresses.slice(4, 8).join(".")}:${destinationPort}`;
  return [`${source}>${destination}`, `${destination}>${source}`];
}

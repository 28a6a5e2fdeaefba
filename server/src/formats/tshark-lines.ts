/** The lines that tshark and Wireshark's packet list print by default: numbers from 0 and windows as they are meant. */
import type { CapturedSegment } from "../flow/captured.ts";
import { ACK, RST, SYN } from "../tcp/flags.ts";
import { clearOptions, directionsOf, flagsOfNames, type LineReader, putAddress } from "./printed-packets.ts";

const SEGMENT =
  /^\s*(?:\d+\s+)?(?<time>\d+\.\d+)\s+(?<source>[\da-f.:]+)\s+(?:→|->|\u2192)\s*(?<destination>[\da-f.:]+)\s+TCP\s+\d+\s+(?:\[[^\]]*\]\s+)*(?<from>\d+)\s+(?:→|->|>)\s*(?<to>\d+)\s+\[(?<flags>[A-Z, ]+)\](?<rest>.*)$/iu;

/** Reads the lines of one file. */
export function tsharkReader(): LineReader {
  /** By direction the factor of its windows, as its SYN offers it. */
  const factors = new Map<string, number>();
  const begun = new Set<string>();
  return (line, segment) => {
    const found = SEGMENT.exec(line)?.groups;
    if (!found) return false;
    const { time, source = "", destination = "", from, to, flags = "", rest = "" } = found;
    if (!putAddress(segment, source, 0) || !putAddress(segment, destination, 4)) return false;
    const field = (name: string): number | undefined => {
      const value = new RegExp(String.raw`\b${name}=(\d+)`, "u").exec(rest)?.[1];
      return value === undefined ? undefined : Number(value);
    };
    segment.time = Math.round(Number(time) * 1_000_000);
    segment.sourcePort = Number(from);
    segment.destinationPort = Number(to);
    segment.flags = flagsOfNames(flags);
    segment.seq = (field("Seq") ?? 0) >>> 0;
    const [own] = directionsOf(segment);
    // Where no SYN was seen the first number is printed as 1; a refusal has 0 (RFC 9293 §3.5.2).
    if (segment.flags & SYN) begun.add(own);
    else if (segment.flags & RST && !begun.has(own) && segment.seq === 1) segment.seq = 0;
    segment.ack = segment.flags & ACK ? (field("Ack") ?? 0) >>> 0 : 0;
    segment.length = field("Len") ?? 0;
    segment.urgent = field("Urg") ?? 0;
    readOptions(rest, segment, field);
    segment.window = windowOf(segment, field("Win") ?? 0, field("WS"), factors);
    return true;
  };
}

/** The header field: windows are printed scaled where both ends have offered it (RFC 7323 §2.2). */
function windowOf(
  segment: CapturedSegment,
  printed: number,
  offered: number | undefined,
  factors: Map<string, number>,
): number {
  const [own, other] = directionsOf(segment);
  if (segment.flags & SYN) {
    if (offered === undefined) factors.delete(own);
    else factors.set(own, offered);
    return Math.min(printed, 0xffff);
  }
  const factor = factors.has(other) ? (factors.get(own) ?? 1) : 1;
  return Math.min(Math.floor(printed / factor), 0xffff);
}

function readOptions(rest: string, segment: CapturedSegment, field: (name: string) => number | undefined): void {
  clearOptions(segment);
  const { options } = segment;
  options.mss = field("MSS") ?? -1;
  const factor = field("WS");
  options.windowScale = factor === undefined ? -1 : Math.round(Math.log2(factor));
  options.sackPermitted = /\bSACK_PERM\b/u.test(rest);
  const stamp = field("TSval");
  options.hasTimestamps = stamp !== undefined;
  options.timestamp = (stamp ?? 0) >>> 0;
  options.echo = (field("TSecr") ?? 0) >>> 0;
  const left = [...rest.matchAll(/\bSLE=(\d+)/gu)].slice(0, 4);
  const right = [...rest.matchAll(/\bSRE=(\d+)/gu)];
  options.sackBlocks = left.length;
  for (const [i, [, edge]] of left.entries()) {
    options.sackEdges[2 * i] = Number(edge);
    options.sackEdges[2 * i + 1] = Number(right[i]?.[1] ?? edge);
  }
  const has = options.mss >= 0 || options.hasTimestamps || options.sackPermitted || left.length > 0;
  options.octets = has ? 4 : 0;
}

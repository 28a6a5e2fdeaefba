/** From a recorded packet to its TCP segment: IPv4, IPv6 with extension headers, TCP (RFC 791, RFC 8200, RFC 9293 §3.1). */
import type { CapturedSegment } from "../flow/captured.ts";
import { collectFragments, type Fragment, type Fragments } from "./fragments.ts";
import { ipOffset } from "./link-layers.ts";
import { double, octet, word } from "./octets.ts";
import { readTcpOptions } from "./tcp-options.ts";

/** Why a packet gives no segment, in the words of a report. */
export const SKIPPED = [
  "of an unknown link type",
  "not IP",
  "not TCP",
  "fragments behind the first",
  "cut short before the end of the TCP header",
  "with a malformed header",
] as const;

export type Skipped = (typeof SKIPPED)[number];

const TCP = 6;

/**
 * Fills `segment` from the packet [start, end), which had `length` octets on the wire. Lengths come from the IP header,
 * not from what was recorded. Nothing is allocated but for fragments: the one that completes a packet gives its segment.
 */
export type SegmentReader = (
  linkType: number,
  octets: Uint8Array,
  start: number,
  end: number,
  length: number,
  segment: CapturedSegment,
) => Skipped | undefined;

/** A reader for one capture. */
export function segmentReader(): SegmentReader {
  const fragments = collectFragments();
  return (linkType, octets, start, end, length, segment) =>
    readPacket(linkType, octets, start, end, length, segment, fragments);
}

function readPacket(
  linkType: number,
  octets: Uint8Array,
  start: number,
  end: number,
  length: number,
  segment: CapturedSegment,
  fragments: Fragments,
): Skipped | undefined {
  const ip = ipOffset(linkType, octets, start, end);
  if (typeof ip !== "number") return ip === "cut" ? SKIPPED[4] : ip === "other" ? SKIPPED[1] : SKIPPED[0];
  if (ip >= end) return SKIPPED[4];
  const onWire = Math.max(length - (ip - start), end - ip);
  const version = octet(octets, ip) >> 4;
  if (version === 4) return readIpv4(octets, ip, end, onWire, segment, fragments);
  return version === 6 ? readIpv6(octets, ip, end, onWire, segment, fragments) : SKIPPED[1];
}

function readIpv4(
  octets: Uint8Array,
  ip: number,
  end: number,
  onWire: number,
  segment: CapturedSegment,
  fragments: Fragments,
): Skipped | undefined {
  if (ip + 20 > end) return SKIPPED[4];
  if (octet(octets, ip + 9) !== TCP) return SKIPPED[2];
  const header = (octet(octets, ip) & 0x0f) * 4;
  // Offloading leaves the length to the network card: it is 0 then.
  const total = word(octets, ip + 2) || onWire;
  if (header < 20 || total < header) return SKIPPED[5];
  segment.family = 4;
  segment.hops = octet(octets, ip + 8);
  segment.id = word(octets, ip + 4);
  const { addresses } = segment;
  addresses.fill(0);
  addresses[3] = double(octets, ip + 12);
  addresses[7] = double(octets, ip + 16);
  const place = word(octets, ip + 6) & 0x3fff;
  if (place === 0) return readTcp(octets, ip + header, end, total - header, segment);
  const cut = { offset: 8 * (place & 0x1fff), length: total - header, isLast: place < MORE_FRAGMENTS };
  return readPiece(octets, ip + header, end, { key: keyOf(segment, segment.id), ...cut }, segment, fragments);
}

const MORE_FRAGMENTS = 0x2000;

/** Fragments of one packet have its addresses and its identification. */
function keyOf({ addresses }: CapturedSegment, id: number): string {
  return `${addresses.join()} ${id}`;
}

function readPiece(
  octets: Uint8Array,
  at: number,
  end: number,
  fragment: Fragment,
  segment: CapturedSegment,
  fragments: Fragments,
): Skipped | undefined {
  const whole = fragments.take(fragment, octets, at, end);
  return whole ? readTcp(whole.head, 0, whole.recorded, whole.length, segment) : SKIPPED[3];
}

const HOP_BY_HOP = 0;
const ROUTING = 43;
const FRAGMENT = 44;
const AUTHENTICATION = 51;
const DESTINATION = 60;
const MOBILITY = 135;
const HOST_IDENTITY = 139;
const SHIM6 = 140;

function readIpv6(
  octets: Uint8Array,
  ip: number,
  end: number,
  onWire: number,
  segment: CapturedSegment,
  fragments: Fragments,
): Skipped | undefined {
  if (ip + 40 > end) return SKIPPED[4];
  // A payload longer than the field can say has 0 there.
  const payload = word(octets, ip + 4) || onWire - 40;
  let next = octet(octets, ip + 6);
  let at = ip + 40;
  // Every extension header has 8 octets or more, so this ends.
  let cutAt = -1;
  while (next !== TCP) {
    if (!isExtension(next)) return SKIPPED[2];
    if (at + 8 > end) return SKIPPED[4];
    // One of a single piece is whole.
    if (next === FRAGMENT && (word(octets, at + 2) & 0xfff9) !== 0) cutAt = at;
    const size = next === FRAGMENT ? 8 : extensionLength(next, octet(octets, at + 1));
    next = octet(octets, at);
    at += size;
    // Behind it stands a piece of the rest, not the next header.
    if (cutAt >= 0 && next !== TCP) return SKIPPED[3];
  }
  segment.family = 6;
  segment.hops = octet(octets, ip + 7);
  segment.id = 0;
  for (let i = 0; i < 8; i++) segment.addresses[i] = double(octets, ip + 8 + 4 * i);
  const left = payload - (at - ip - 40);
  if (cutAt < 0) return readTcp(octets, at, end, left, segment);
  const place = word(octets, cutAt + 2);
  const key = keyOf(segment, double(octets, cutAt + 4));
  const fragment = { key, offset: place & 0xfff8, length: left, isLast: (place & 1) === 0 };
  return readPiece(octets, at, end, fragment, segment, fragments);
}

function isExtension(next: number): boolean {
  return (
    next === HOP_BY_HOP ||
    next === ROUTING ||
    next === FRAGMENT ||
    next === AUTHENTICATION ||
    next === DESTINATION ||
    next === MOBILITY ||
    next === HOST_IDENTITY ||
    next === SHIM6
  );
}

/** In octets; the authentication header counts in another unit (RFC 4302 §2.2). */
function extensionLength(next: number, field: number): number {
  return next === AUTHENTICATION ? (field + 2) * 4 : (field + 1) * 8;
}

/** `payload` octets of TCP begin at `at`. */
function readTcp(
  octets: Uint8Array,
  at: number,
  end: number,
  payload: number,
  segment: CapturedSegment,
): Skipped | undefined {
  if (payload < 20) return SKIPPED[5];
  if (at + 20 > end) return SKIPPED[4];
  const header = (octet(octets, at + 12) >> 4) * 4;
  if (header < 20 || header > payload) return SKIPPED[5];
  segment.sourcePort = word(octets, at);
  segment.destinationPort = word(octets, at + 2);
  segment.seq = double(octets, at + 4);
  segment.ack = double(octets, at + 8);
  segment.flags = octet(octets, at + 13);
  segment.window = word(octets, at + 14);
  segment.urgent = word(octets, at + 18);
  segment.length = payload - header;
  readTcpOptions(octets, at + 20, header - 20, end, segment.options);
  return undefined;
}

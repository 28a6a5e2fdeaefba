/** Where the IP header begins behind the headers of the link (the LINKTYPE registry of tcpdump.org). */
import { word } from "./octets.ts";

const IPV4 = 0x0800;
const IPV6 = 0x86dd;

/** VLAN tags: 802.1Q, 802.1ad, and what came before it. */
const TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);
const MOST_TAGS = 8;

/** `undefined` where the link carries something else than IP; -1 where too little of it was recorded. */
export function ipOffset(
  linkType: number,
  octets: Uint8Array,
  start: number,
  end: number,
): number | "cut" | "other" | "unknown link" {
  switch (linkType) {
    case 1:
      return behindType(octets, start + 12, start + 14, end);
    // Linux cooked, version 1 and 2: captures on all interfaces.
    case 113:
      return behindType(octets, start + 14, start + 16, end);
    case 276:
      return behindType(octets, start, start + 20, end);
    // Raw IP under its several numbers.
    case 12:
    case 14:
    case 101:
    case 228:
    case 229:
      return start;
    // Loopback: four octets of address family, in the order of the machine that recorded, or of the network.
    case 0:
    case 108:
      return behindFamily(octets, start, end);
    default:
      return "unknown link";
  }
}

function behindType(octets: Uint8Array, typeAt: number, payloadAt: number, end: number): number | "cut" | "other" {
  let [at, payload] = [typeAt, payloadAt];
  for (let tags = 0; tags <= MOST_TAGS; tags++) {
    if (at + 2 > end || payload > end) return "cut";
    const type = word(octets, at);
    if (type === IPV4 || type === IPV6) return payload;
    if (!TAGS.has(type)) return "other";
    [at, payload] = [payload + 2, payload + 4];
  }
  return "other";
}

/** AF_INET, and AF_INET6 as Linux, macOS and the BSDs number it. */
const FAMILIES: ReadonlySet<number> = new Set([2, 10, 24, 28, 30]);

function behindFamily(octets: Uint8Array, start: number, end: number): number | "cut" | "other" {
  if (start + 4 > end) return "cut";
  const [high, low] = [word(octets, start), word(octets, start + 2)];
  const family = high === 0 ? low : low === 0 ? ((high & 0xff) << 8) | (high >> 8) : 0;
  return FAMILIES.has(family) ? start + 4 : "other";
}

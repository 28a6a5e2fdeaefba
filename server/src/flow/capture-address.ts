/** Addresses and ports as people write them (RFC 5952). */
import type { CapturedSegment } from "./captured.ts";

/** `10.0.0.1:80` or `[fd00::1]:80`: the source or destination of a segment. */
export function socketText(segment: CapturedSegment, which: "source" | "destination"): string {
  const { family, addresses, sourcePort, destinationPort } = segment;
  const offset = which === "source" ? 0 : 4;
  const port = which === "source" ? sourcePort : destinationPort;
  if (family === 4) return `${ipv4Text(addresses[offset + 3] ?? 0)}:${port}`;
  return `[${ipv6Text(addresses.subarray(offset, offset + 4))}]:${port}`;
}

function ipv4Text(address: number): string {
  return [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255].join(".");
}

/** Hexadecimal groups without leading zeros; the longest run of two or more zeros becomes `::`. */
function ipv6Text(words: Uint32Array): string {
  const groups = [...words].flatMap((word) => [word >>> 16, word & 0xffff]);
  let [best, length] = [-1, 1];
  for (let start = 0; start < groups.length; start++) {
    let end = start;
    while (groups[end] === 0) end++;
    if (end - start > length) [best, length] = [start, end - start];
  }
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(":");
  return best < 0 ? text(groups) : `${text(groups.slice(0, best))}::${text(groups.slice(best + length))}`;
}

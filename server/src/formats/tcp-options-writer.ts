/** Options of a segment as octets (RFC 9293 §3.2; the IANA registry). */
import type { TcpOption } from "../flow/flow.ts";
import type { Num } from "../tcp/numbers.ts";

/** What a header has room for (RFC 9293 §3.1). */
const MOST_OCTETS = 40;

const NOTHING = 1;

/** The options in their order, filled up to whole words; what finds no room is left out. */
export function writeTcpOptions(options: readonly TcpOption[], concrete: (value: Num) => number): number[] {
  const octets: number[] = [];
  for (const option of options) {
    const written = writeOption(option, concrete);
    if (octets.length + written.length <= MOST_OCTETS) octets.push(...written);
  }
  while (octets.length % 4 !== 0) octets.push(NOTHING);
  return octets;
}

function writeOption(option: TcpOption, concrete: (value: Num) => number): number[] {
  switch (option.kind) {
    case "eol":
      return [0];
    case "nop":
      return [NOTHING];
    case "mss":
      return [2, 4, ...word(option.value)];
    case "wscale":
      return [3, 3, option.value & 0xff];
    case "sackOK":
      return [4, 2];
    case "sack": {
      const edges = option.blocks.flatMap(({ left, right }) => [...double(concrete(left)), ...double(concrete(right))]);
      return [5, 2 + edges.length, ...edges];
    }
    case "TS":
      return [8, 10, ...double(option.value), ...double(option.echo)];
    case "FO": {
      const cookie = cookieOctets(option.cookie);
      return [34, 2 + cookie.length, ...cookie];
    }
  }
}

/** Cookies are written in hexadecimal, as tcpdump does; any other word stands for its characters (RFC 7413 §4.1.1). */
function cookieOctets(cookie: string): number[] {
  if (!/^(?:[0-9a-f]{2})*$/iu.test(cookie)) return [...new TextEncoder().encode(cookie)];
  return (cookie.match(/../gu) ?? []).map((pair) => Number.parseInt(pair, 16));
}

function word(value: number): number[] {
  return [(value >>> 8) & 0xff, value & 0xff];
}

function double(value: number): number[] {
  return [...word(value >>> 16), ...word(value)];
}

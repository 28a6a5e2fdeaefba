/** A TCP segment as a capture shows it: the header's fields as numbers, and where they were recorded. */
import type { Flags } from "../tcp/flags.ts";

/** Most SACK blocks that fit into a header (RFC 2018 §3). */
export const MOST_SACK_BLOCKS = 4;

/**
 * One segment. A reader fills the same object again and again, so that millions of packets cost no memory: whoever
 * wants to keep a field copies it.
 */
export interface CapturedSegment {
  /** Number of the packet in the capture, from 0. */
  packet: number;
  /** Microseconds since 1970. */
  time: number;
  family: 4 | 6;
  /** Source and destination, four 32-bit words each; of IPv4 the last one counts, the others are 0. */
  readonly addresses: Uint32Array;
  sourcePort: number;
  destinationPort: number;
  flags: Flags;
  seq: number;
  ack: number;
  /** The header field, unscaled. */
  window: number;
  urgent: number;
  /** Octets of data, as the IP header counts them, however many were recorded. */
  length: number;
  /** The identification of the IPv4 packet; 0 in IPv6, which has none. */
  id: number;
  /** Hop limit or time to live: the higher the nearer to its sender. */
  hops: number;
  options: CapturedOptions;
}

/** The options of one segment; a value is undefined or -1 where the option is not there. */
export interface CapturedOptions {
  /** Octets of options in the header. */
  octets: number;
  /** What the octets hold is no sequence of options. */
  malformed: boolean;
  /** The snap length has cut them: what is not there may have been. */
  cut: boolean;
  mss: number;
  windowScale: number;
  sackPermitted: boolean;
  hasTimestamps: boolean;
  timestamp: number;
  echo: number;
  /** How many SACK blocks follow, and their edges: left, right, left, right … */
  sackBlocks: number;
  readonly sackEdges: Uint32Array;
  /** Octets of the Fast Open cookie; 0 asks for one (RFC 7413). */
  fastOpen: number;
}

/** A segment to be filled. */
export function emptySegment(): CapturedSegment {
  return {
    packet: 0,
    time: 0,
    family: 4,
    addresses: new Uint32Array(8),
    sourcePort: 0,
    destinationPort: 0,
    flags: 0,
    seq: 0,
    ack: 0,
    window: 0,
    urgent: 0,
    length: 0,
    id: 0,
    hops: 0,
    options: {
      octets: 0,
      malformed: false,
      cut: false,
      mss: -1,
      windowScale: -1,
      sackPermitted: false,
      hasTimestamps: false,
      timestamp: 0,
      echo: 0,
      sackBlocks: 0,
      sackEdges: new Uint32Array(2 * MOST_SACK_BLOCKS),
      fastOpen: -1,
    },
  };
}

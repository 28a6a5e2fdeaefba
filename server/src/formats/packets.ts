/** What the capture formats have in common: packets out of a stream of octets. */

/** Octets of one recorded packet are [start, end) of a buffer that is used again: they are read at once or copied. */
export type PacketSink = (octets: Uint8Array, start: number, end: number, recorded: Recorded) => void;

/** What the file says of a packet. The object is used again for the next one. */
export interface Recorded {
  /** Number in the file, from 0. */
  packet: number;
  /** Microseconds since 1970; 0 where the file does not say. */
  time: number;
  /** Octets that the packet had on the wire. */
  length: number;
  /** How its first header is to be read (the LINKTYPE registry). */
  linkType: number;
}

/** Why a file cannot be read on, and at which octet. */
export interface CaptureProblem {
  readonly offset: number;
  readonly message: string;
}

/** No packet is longer: what tcpdump and Wireshark allow. */
export const LONGEST_PACKET = 262_144;

/**
 * Reads whole records from the front of [start, end) and says at which octet it stopped: more is needed there. `base`
 * is the place of octet 0 in the file. It may ask for octets to be skipped unread.
 */
export interface RecordReader {
  (octets: Uint8Array, view: DataView, start: number, end: number, base: number): Stop;
  /** What a file that ends in the middle was cut in. */
  readonly unit: "packet" | "block";
}

export type Stop =
  | { readonly kind: "more"; readonly at: number }
  /** The octets from `at` on do not matter. */
  | { readonly kind: "skip"; readonly at: number; readonly octets: number }
  | { readonly kind: "problem"; readonly problem: CaptureProblem };

/** TCP segments that IP has cut in pieces (RFC 791 §3.2, RFC 8200 §4.5): their headers and lengths are put together. */

/** A header has no more octets (RFC 9293 §3.1). */
const LONGEST_HEADER = 60;

/** Packets that are put together at a time; the oldest are given up. */
const MOST_OPEN = 256;

/** One piece of the payload of an IP packet. */
export interface Fragment {
  /** The same for all pieces of a packet, and for no other packet at that time. */
  readonly key: string;
  /** Octets of payload before it, and in it. */
  readonly offset: number;
  readonly length: number;
  readonly isLast: boolean;
}

/** A packet of which all pieces were there: the beginning of its payload, as far as it was recorded. */
interface Whole {
  readonly head: Uint8Array;
  readonly recorded: number;
  readonly length: number;
}

interface Open {
  readonly head: Uint8Array;
  recorded: number;
  octets: number;
  total: number | undefined;
}

/** Packets of which some pieces are still to come. */
export interface Fragments {
  /** Takes a piece, of which [start, end) was recorded; gives the packet that it completes. */
  take(fragment: Fragment, octets: Uint8Array, start: number, end: number): Whole | undefined;
}

/** Begins to collect. Memory does not grow. */
export function collectFragments(): Fragments {
  const open = new Map<string, Open>();
  return {
    take({ key, offset, length, isLast }, octets, start, end) {
      const known = open.get(key) ?? { head: new Uint8Array(LONGEST_HEADER), recorded: 0, octets: 0, total: undefined };
      open.set(key, known);
      if (open.size > MOST_OPEN) dropOldest(open);
      const here = Math.max(0, Math.min(end - start, length, LONGEST_HEADER - offset));
      if (here > 0) known.head.set(octets.subarray(start, start + here), offset);
      known.recorded += here;
      known.octets += length;
      if (isLast) known.total = offset + length;
      if (known.total === undefined || known.octets < known.total) return undefined;
      open.delete(key);
      return { head: known.head, recorded: known.recorded, length: known.total };
    },
  };
}

function dropOldest(open: Map<string, Open>): void {
  const [oldest] = open.keys();
  if (oldest !== undefined) open.delete(oldest);
}

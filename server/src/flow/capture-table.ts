/** Which connection a captured segment belongs to. */
import { type CapturedEnds, type EndNumber, newEnds } from "./capture-connection.ts";
import type { Opening } from "./capture-opening.ts";
import type { PlainEnds } from "./capture-plain.ts";
import type { CapturedSegment } from "./captured.ts";

/** Whose order of segments the capture shows: that of one end, or of nobody. */
export type Vantage = "client" | "server" | "middle";

/** A pair of sockets and what is known of its connection. */
export interface Entry {
  readonly connection: number;
  readonly ends: CapturedEnds;
  /** The first segments, where they are plain and have not been judged. */
  opening: Opening | undefined;
  /** No segment has been judged yet. */
  fresh: boolean;
  /** In the plain case all is here, and the ends are as they were before it. */
  plain: PlainEnds | undefined;
  /** Source and destination of the first segment, which end 0 sent. */
  readonly addresses: Uint32Array;
  readonly sourcePort: number;
  readonly destinationPort: number;
  next: Entry | undefined;
  /** 1 for the SYN of end 0, 2 for that of end 1. */
  syns: number;
  vantage: Vantage;
  /** Times of the last SYN and of its answer, from which the vantage is told. */
  synAt: number;
  answerAt: number;
  /** Hop limits of the first segments. */
  readonly hops: [number, number];
  over: boolean;
  /** Segments to be judged before the plain case is tried again. */
  rest: number;
  /** The snap length has cut options: none of them are known. */
  cut: boolean;
  /** How often segments were wrong lately. */
  trouble: number;
  /** When what was known of it was given up; 0 where it never was. */
  forgotten: number;
}

/** All connections that are open, and those that were closed last. */
export interface Table {
  find(segment: CapturedSegment): Entry;
  /** The connection is over. */
  close(entry: Entry): void;
  /** The pair of sockets is used again: forgets the connection before. */
  drop(entry: Entry): void;
  readonly count: number;
}

/** Connections that are kept when they are over, for what may still be under way. */
const MOST_CLOSED = 256;

/** A table whose memory grows with the number of open connections. */
export function connectionTable(vantage: Vantage): Table {
  const chains = new Map<number, Entry>();
  const closed: Entry[] = [];
  let count = 0;
  return {
    get count() {
      return count;
    },
    find(segment) {
      const hash = hashOf(segment.addresses, segment.sourcePort, segment.destinationPort);
      const chain = chains.get(hash);
      for (let entry = chain; entry; entry = entry.next) if (direction(entry, segment) !== undefined) return entry;
      const entry: Entry = {
        connection: count++,
        ends: newEnds(),
        opening: undefined,
        fresh: true,
        plain: undefined,
        addresses: segment.addresses.slice(),
        sourcePort: segment.sourcePort,
        destinationPort: segment.destinationPort,
        next: chain,
        syns: 0,
        vantage,
        synAt: 0,
        answerAt: 0,
        hops: [0, 0],
        over: false,
        rest: 0,
        cut: false,
        trouble: 0,
        forgotten: 0,
      };
      chains.set(hash, entry);
      return entry;
    },
    drop(entry) {
      entry.over = false;
      remove(chains, entry);
    },
    close(entry) {
      if (entry.over) return;
      entry.over = true;
      closed.push(entry);
      if (closed.length < 2 * MOST_CLOSED) return;
      for (const old of closed.splice(0, MOST_CLOSED)) if (old.over) remove(chains, old);
    },
  };
}

function remove(chains: Map<number, Entry>, gone: Entry): void {
  const hash = hashOf(gone.addresses, gone.sourcePort, gone.destinationPort);
  const first = chains.get(hash);
  if (first === gone) {
    if (gone.next) chains.set(hash, gone.next);
    else chains.delete(hash);
    return;
  }
  for (let entry = first; entry; entry = entry.next) if (entry.next === gone) entry.next = gone.next;
}

/** The same for both directions. */
function hashOf(addresses: Uint32Array, sourcePort: number, destinationPort: number): number {
  let [source, destination] = [sourcePort, destinationPort];
  for (let i = 0; i < 4; i++) {
    source = Math.imul(source ^ (addresses[i] ?? 0), 0x01000193);
    destination = Math.imul(destination ^ (addresses[i + 4] ?? 0), 0x01000193);
  }
  return ((source ^ (source >>> 15)) + (destination ^ (destination >>> 15))) | 0;
}

/** Which end of the connection sent the segment; nothing if it belongs to another one. */
export function direction(entry: Entry, segment: CapturedSegment): EndNumber | undefined {
  const { addresses, sourcePort, destinationPort } = segment;
  if (
    entry.sourcePort === sourcePort &&
    entry.destinationPort === destinationPort &&
    same(entry.addresses, addresses, 0)
  )
    return 0;
  if (
    entry.sourcePort === destinationPort &&
    entry.destinationPort === sourcePort &&
    same(entry.addresses, addresses, 4)
  )
    return 1;
  return undefined;
}

/** Compares two pairs of addresses, of which one begins at `offset` and goes round. */
function same(one: Uint32Array, other: Uint32Array, offset: 0 | 4): boolean {
  for (let i = 0; i < 8; i++) if (one[i] !== other[i ^ offset]) return false;
  return true;
}

/** How a drawing of a capture counts: as on the wire, from the first number of each stream, or with symbols. */
import { RST, SYN } from "../tcp/flags.ts";
import { add, type Num, num, symbol } from "../tcp/numbers.ts";
import { has } from "../tcp/segment.ts";
import type { EndNumber } from "./capture-connection.ts";
import { type DrawnRecord, sizeOf } from "./drawn-record.ts";

export const NUMBERS = ["absolute", "relative", "symbolic"] as const;
export type Numbers = (typeof NUMBERS)[number];

/** Where a stream begins. */
interface Base {
  readonly value: number;
  readonly symbol: string;
}

/** Writes the numbers of one connection, segment after segment in the order in which they leave. */
export interface Counting {
  /** Takes notice of a segment before its numbers are asked for. */
  begin(record: DrawnRecord): void;
  seq(record: DrawnRecord): Num;
  /** A number of the peer's stream: an acknowledgment, or the edge of a SACK block. */
  ofPeer(record: DrawnRecord, value: number): Num;
}

/** `mark` is behind each symbol, so that connections differ; `anew` says whether a later SYN begins a count of its own. */
export function counting(numbers: Numbers, mark: string, anew: boolean): Counting {
  const bases: [Base | undefined, Base | undefined] = [undefined, undefined];
  const opened = [0, 0];
  const letters = ["x", "y", "u", "v"];

  function open(end: EndNumber, value: number, isSyn: boolean): void {
    const count = opened[end] ?? 0;
    opened[end] = count + 1;
    const letter = letters[end + (isSyn ? 0 : 2)] ?? "x";
    bases[end] = { value, symbol: letter + mark + (count === 0 ? "" : `_${count + 1}`) };
  }

  function count(base: Base | undefined, value: number): Num {
    if (!base || numbers === "absolute") return num(value);
    const distance = (value - base.value) | 0;
    return numbers === "relative" ? num(distance) : add(symbol(base.symbol), distance);
  }

  return {
    begin(record) {
      const { from, flags, seq, ack } = record;
      const peer = from === 0 ? 1 : 0;
      const isLater = bases[from] !== undefined && (!anew || bases[from].value === seq);
      if (has(flags, SYN) && !isLater) open(from, seq, true);
      // Without its SYN a stream begins at 1 where it is first seen, or at the symbol.
      const first = numbers === "relative" ? 1 : 0;
      if (!bases[from] && !isBareReset(record)) open(from, (seq - first) >>> 0, false);
      if (!bases[peer] && (flags & 0x10) !== 0) open(peer, (ack - first) >>> 0, false);
    },
    // A reset for a segment without ACK has the number 0, which counts from nothing (RFC 9293 §3.5.2).
    seq: (record) => (isBareReset(record) ? num(0) : count(bases[record.from], record.seq)),
    ofPeer: ({ from }, value) => count(bases[from === 0 ? 1 : 0], value),
  };
}

function isBareReset(record: DrawnRecord): boolean {
  return has(record.flags, RST) && record.seq === 0 && sizeOf(record) === 0;
}

/** Captures in which one field of one header was changed: what a checker should find. */
import type { Packet } from "./captures.ts";

/** Offsets in an IPv4 packet without options, as the recorded ones are. */
const SEQ = 24;
const ACK_NUMBER = 28;
const FLAGS = 33;
const FIN = 1;
const SYN = 2;
const RST = 4;
const ACK = 16;

/** One way to change a packet; nothing where the result says nothing wrong. */
export interface Mutation {
  readonly field: string;
  readonly name: string;
  readonly change: (octets: Uint8Array) => Uint8Array | undefined;
}

function added(field: "seq" | "ack", by: number): Mutation {
  return {
    field,
    name: `${field}${by < 0 ? "" : "+"}${by}`,
    change: (octets) => {
      // Without the flag the acknowledgment number means nothing.
      if (field === "ack" && ((octets[FLAGS] ?? 0) & ACK) === 0) return undefined;
      const changed = octets.slice();
      const view = new DataView(changed.buffer);
      const at = field === "seq" ? SEQ : ACK_NUMBER;
      view.setUint32(at, view.getUint32(at) + by);
      return changed;
    },
  };
}

function flipped(name: string, bit: number): Mutation {
  return {
    field: "flags",
    name,
    change: (octets) => {
      const changed = octets.slice();
      changed[FLAGS] = (octets[FLAGS] ?? 0) ^ bit;
      return changed;
    },
  };
}

/** The whole set of control bits of another kind of segment: what its sender's state forbids. */
function replaced(name: string, flags: number): Mutation {
  return {
    field: "state",
    name,
    change: (octets) => {
      if ((octets[FLAGS] ?? 0) === flags) return undefined;
      const changed = octets.slice();
      changed[FLAGS] = flags;
      return changed;
    },
  };
}

export const MUTATIONS: readonly Mutation[] = [
  ...[1, -1, 100, -100, 100_000, -100_000, 0x4000_0000].map((by) => added("seq", by)),
  ...[1, -1, 100, -100, 100_000, -100_000, 0x4000_0000].map((by) => added("ack", by)),
  flipped("SYN", SYN),
  flipped("FIN", FIN),
  flipped("RST", RST),
  flipped("ACK", ACK),
  replaced("becomes SYN", SYN),
  replaced("becomes SYN+ACK", SYN | ACK),
  replaced("becomes FIN+ACK", FIN | ACK),
  replaced("becomes RST", RST),
];

/** The same packets under other addresses, so that one file holds many captures side by side. */
export function relocated(packets: readonly Packet[], copy: number): Packet[] {
  return packets.map((packet) => {
    const octets = packet.octets.slice();
    const view = new DataView(octets.buffer);
    for (const at of [12, 16]) view.setUint32(at, 0x0b00_0000 + copy * 4 + (view.getUint32(at) & 3));
    return { ...packet, octets };
  });
}

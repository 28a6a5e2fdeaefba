/** Replay -> capture file (pcap, microseconds): each segment as one packet, at the point where the capture is taken. */
import type { Segment } from "../flow/flow.ts";
import type { Field, Reading, Replay } from "../flow/replay-types.ts";
import { concreteNumbers } from "../tcp/concrete-numbers.ts";
import { ACK, SYN } from "../tcp/flags.ts";
import type { Num } from "../tcp/numbers.ts";
import { MOST_PAYLOAD, type WirePacket, writePacket } from "./packet-writer.ts";
import { writeTcpOptions } from "./tcp-options-writer.ts";

/**
 * Where a capture is taken: at one end of each connection, or in the middle. In the middle every segment is seen when
 * it leaves, also one that is lost; an end sees its own segments when they leave and the others when they arrive.
 */
export type CapturePoint = "client" | "server" | "middle";

/** A packet, and when it passes the point of the capture, in microseconds since the start of the flow. */
interface Sighting {
  readonly index: number;
  readonly segment: Segment;
  readonly reading: Reading;
  readonly at: number;
}

/** The packets of a replay as a pcap file. */
export function writePcap(replay: Replay, point: CapturePoint = "middle"): Uint8Array {
  const clients = clientsOf(replay);
  const concrete = concreteNumbers(replay.symbols);
  const windows = windowsOf(replay);
  const portOf = (end: number): number => {
    const { self, connection } = replay.ends[end] ?? { self: { port: undefined }, connection: 0 };
    if (self.port !== undefined) return self.port;
    return clients.get(connection) === end ? EPHEMERAL + (connection % 16_384) : WELL_KNOWN;
  };
  const packets = sightings(replay, clients, point).map((sighting) => ({
    at: sighting.at,
    octets: writePacket(packetOf(sighting, windows[sighting.index] ?? OPEN_WINDOW, portOf, concrete)),
  }));
  return writeFile(packets);
}

/** The first port of a client whose port is not written (RFC 6335 §6), and the port of its server. */
const EPHEMERAL = 49_152;
const WELL_KNOWN = 80;

/** The end of each connection that opens it: who sends the first SYN without ACK, else who sends first. */
function clientsOf({ flow, readings }: Replay): ReadonlyMap<number, number> {
  const clients = new Map<number, number>();
  const opens = (segment: Segment): boolean => (segment.flags & (SYN | ACK)) === SYN;
  for (const wanted of [opens, () => true]) {
    for (const [index, segment] of flow.segments.entries()) {
      const reading = readings[index];
      if (reading && wanted(segment) && !clients.has(reading.connection)) {
        clients.set(reading.connection, reading.sender);
      }
    }
  }
  return clients;
}

/** Between packets where no clock runs, in microseconds. Where one does, times differ by one at least. */
const STEP = 1000;

/** What passes the point, in order. Without a clock each packet is a little later than the one before, a retransmission by its timeout. */
function sightings(replay: Replay, clients: ReadonlyMap<number, number>, point: CapturePoint): Sighting[] {
  const { flow, readings } = replay;
  const hasClock = flow.settings.latency > 0;
  const seen: Sighting[] = [];
  for (const event of flow.events) {
    if (event.kind !== "send" && event.kind !== "deliver") continue;
    const reading = readings[event.segment];
    const segment = flow.segments[event.segment];
    if (!reading || !segment || !passes(event.kind, segment, reading, clients, point)) continue;
    const last = seen.at(-1)?.at ?? -1;
    const timesOut = reading.classes.includes("retransmission") && event.kind === "send";
    const pause = hasClock ? 1 : timesOut ? flow.settings.rto : STEP;
    seen.push({ index: event.segment, segment, reading, at: event.at > last ? event.at : last + pause });
  }
  return seen;
}

/** Whether an event is seen at the point of the capture. */
function passes(
  kind: "send" | "deliver",
  segment: Segment,
  { connection, sender, receiver }: Reading,
  clients: ReadonlyMap<number, number>,
  point: CapturePoint,
): boolean {
  if (point === "middle") return kind === "send";
  const end = kind === "send" ? sender : receiver;
  // An old duplicate has left long ago, a forged segment elsewhere.
  if (kind === "send" && (segment.old || segment.forgedBy !== undefined)) return false;
  return (clients.get(connection) === end) === (point === "client");
}

/** The window field of a segment that does not write one: what its sender wrote last, else wide open. */
function windowsOf({ flow, readings }: Replay): readonly number[] {
  const last = new Map<number, number>();
  return flow.segments.map(({ win }, index) => {
    const sender = readings[index]?.sender ?? 0;
    const window = win ?? last.get(sender) ?? OPEN_WINDOW;
    // A window that was closed opens without being told.
    last.set(sender, window === 0 ? OPEN_WINDOW : window);
    return window;
  });
}

const OPEN_WINDOW = 0xffff;

function packetOf(
  { index, segment, reading }: Sighting,
  window: number,
  portOf: (end: number) => number,
  concrete: (value: Num) => number,
): WirePacket {
  const number = (field: Field | undefined): number => (field === undefined ? 0 : concrete(field.value));
  return {
    source: addressOf(segment.from.endpoint),
    destination: addressOf(segment.to.endpoint),
    sourcePort: portOf(reading.sender),
    destinationPort: portOf(reading.receiver),
    seq: number(reading.seq),
    // Without the flag the field means nothing; what is written there is shown all the same.
    ack: (segment.flags & ACK) !== 0 || segment.ack ? number(reading.ack) : 0,
    flags: segment.flags,
    window,
    urgent: segment.urg ?? 0,
    options: writeTcpOptions(segment.options, concrete),
    payload: payloadOf(segment, number(reading.len)),
    id: index + 1,
  };
}

/** 10.0.0.1, 10.0.0.2 … in the order of the endpoints. */
function addressOf(endpoint: number): number {
  return 0x0a00_0001 + endpoint;
}

/** The text that is written, else zeros: what is sent again is the same, and no dissector takes it for its protocol. */
function payloadOf({ data }: Segment, length: number): Uint8Array {
  if (data === undefined) return new Uint8Array(Math.min(length, MOST_PAYLOAD));
  return new TextEncoder().encode(data).subarray(0, MOST_PAYLOAD);
}

const MAGIC = 0xa1b2c3d4;
const RAW_IP = 101;
const SNAP_LENGTH = 262_144;
const FILE_HEADER = 24;
const PACKET_HEADER = 16;

/** When flows begin, in seconds since 1970: a fixed time, so that the same flow gives the same file. */
const EPOCH = 1_000_000_000;

function writeFile(packets: readonly { readonly at: number; readonly octets: Uint8Array }[]): Uint8Array {
  const size = packets.reduce((sum, { octets }) => sum + PACKET_HEADER + octets.length, FILE_HEADER);
  const file = new Uint8Array(size);
  const view = new DataView(file.buffer);
  view.setUint32(0, MAGIC);
  view.setUint16(4, 2);
  view.setUint16(6, 4);
  view.setUint32(16, SNAP_LENGTH);
  view.setUint32(20, RAW_IP);
  let at = FILE_HEADER;
  for (const packet of packets) {
    const { octets } = packet;
    view.setUint32(at, EPOCH + Math.floor(packet.at / 1e6));
    view.setUint32(at + 4, packet.at % 1e6);
    view.setUint32(at + 8, octets.length);
    view.setUint32(at + 12, octets.length);
    file.set(octets, at + PACKET_HEADER);
    at += PACKET_HEADER + octets.length;
  }
  return file;
}

/** A large capture of many connections side by side, made piece by piece so that it need not fit into memory. */
import { closeSync, openSync, writeSync } from "node:fs";

const SYN = 0x02;
const ACK = 0x10;
const PSH = 0x08;
const FIN = 0x01;

/** What one connection still has to do. */
interface Connection {
  readonly client: number;
  readonly port: number;
  step: number;
  /** The next numbers of the client and of the server, and the last timestamp of each. */
  readonly next: [number, number];
  readonly stamps: [number, number];
  readonly requests: number;
}

const RECORD = 16;
const HEADERS = 14 + 20 + 32;
const MSS = 1448;

/** Open at the same time. */
const OPEN = 200;
/** Segments of data in an answer. */
const ANSWER = 10;

/**
 * Writes a pcap file with so many packets of Ethernet: requests and answers, acknowledged every second segment, opened
 * and closed. Of the data nothing is recorded, as with a short snap length.
 */
export function writeBigCapture(path: string, packets: number): void {
  const file = openSync(path, "w");
  const header = new DataView(new ArrayBuffer(24));
  header.setUint32(0, 0xa1b2c3d4, true);
  header.setUint16(4, 2, true);
  header.setUint16(6, 4, true);
  header.setUint32(16, HEADERS, true);
  header.setUint32(20, 1, true);
  writeSync(file, new Uint8Array(header.buffer));
  const batch = new Uint8Array(10_000 * (RECORD + HEADERS));
  let [used, written] = [0, 0];
  const connections = Array.from({ length: OPEN }, (_, i) => open(i));
  let opened = OPEN;
  for (let turn = 0; written < packets; turn++) {
    const place = turn % OPEN;
    const connection = connections[place];
    if (!connection) break;
    used += writePacket(new DataView(batch.buffer, used), connection, written);
    written++;
    if (connection.step < 0) connections[place] = open(opened++);
    if (used === batch.length || written === packets) {
      writeSync(file, batch, 0, used);
      used = 0;
    }
  }
  closeSync(file);
}

function open(number: number): Connection {
  const first = Math.imul(number, 0x9e3779b1) >>> 0;
  return {
    client: 0x0a00_0001 + (number % 60_000),
    port: 1024 + (number % 64_000),
    step: 0,
    next: [first, (first * 7) >>> 0],
    stamps: [0, 0],
    requests: 1 + (number % 8),
  };
}

/** Segments of an exchange: who sends what, in the order of a script. */
function nextSegment(connection: Connection): { from: 0 | 1; flags: number; length: number } {
  const { step, requests } = connection;
  connection.step++;
  if (step < 3)
    return (
      [
        { from: 0, flags: SYN, length: 0 } as const,
        { from: 1, flags: SYN | ACK, length: 0 } as const,
        { from: 0, flags: ACK, length: 0 } as const,
      ][step] ?? { from: 0, flags: ACK, length: 0 }
    );
  const round = 2 + ANSWER + ANSWER / 2;
  const within = (step - 3) % round;
  if (Math.floor((step - 3) / round) < requests) {
    if (within === 0) return { from: 0, flags: ACK | PSH, length: 300 };
    if (within === 1) return { from: 1, flags: ACK, length: 0 };
    return (within - 2) % 3 === 2 ? { from: 0, flags: ACK, length: 0 } : { from: 1, flags: ACK, length: MSS };
  }
  const closing = step - 3 - requests * round;
  if (closing === 3) connection.step = -1;
  return (
    [
      { from: 0, flags: ACK | FIN, length: 0 } as const,
      { from: 1, flags: ACK, length: 0 } as const,
      { from: 1, flags: ACK | FIN, length: 0 } as const,
    ][closing] ?? { from: 0, flags: ACK, length: 0 }
  );
}

function writePacket(view: DataView, connection: Connection, number: number): number {
  const { from, flags, length } = nextSegment(connection);
  const to = from === 0 ? 1 : 0;
  const total = 20 + 32 + length;
  const time = number * 5;
  view.setUint32(0, 1_700_000_000 + Math.floor(time / 1e6), true);
  view.setUint32(4, time % 1e6, true);
  view.setUint32(8, HEADERS, true);
  view.setUint32(12, 14 + total, true);
  const ip = RECORD + 14;
  view.setUint16(ip - 2, 0x0800);
  view.setUint8(ip, 0x45);
  view.setUint16(ip + 2, total);
  view.setUint16(ip + 4, number & 0xffff);
  view.setUint8(ip + 8, 64);
  view.setUint8(ip + 9, 6);
  view.setUint32(ip + 12 + 4 * from, connection.client);
  view.setUint32(ip + 12 + 4 * to, 0x0a80_0001);
  const tcp = ip + 20;
  view.setUint16(tcp + 2 * from, connection.port);
  view.setUint16(tcp + 2 * to, 443);
  view.setUint32(tcp + 4, connection.next[from]);
  view.setUint32(tcp + 8, (flags & ACK) === 0 ? 0 : connection.next[to]);
  view.setUint8(tcp + 12, 0x80);
  view.setUint8(tcp + 13, flags);
  view.setUint16(tcp + 14, 64_240);
  connection.stamps[from] = 1_000_000 + Math.floor(time / 1000);
  view.setUint32(tcp + 20, 0x0101_080a);
  view.setUint32(tcp + 24, connection.stamps[from]);
  view.setUint32(tcp + 28, connection.stamps[to]);
  const numbers = length + ((flags & (SYN | FIN)) === 0 ? 0 : 1);
  connection.next[from] = (connection.next[from] + numbers) >>> 0;
  return RECORD + HEADERS;
}

/** A capture of long transfers over a network that loses segments: of a hundred one is lost. */
import { closeSync, openSync, writeSync } from "node:fs";
import type { CapturedSegment } from "../../server/src/flow/captured.ts";
import { transfer } from "../support/transfer.ts";

const RECORD = 16;
const IP = 20;
const MOST = RECORD + IP + 60;
const SYN = 0x02;
const RAW_IP = 101;

/** Segments of data in one transfer. */
const TRANSFER = 25_000;

/** Writes a pcap file with about so many packets, one transfer after the other, as captured where the data arrive. */
export function writeLossyCapture(path: string, packets: number): void {
  const file = openSync(path, "w");
  const header = new DataView(new ArrayBuffer(24));
  header.setUint32(0, 0xa1b2c3d4, true);
  header.setUint16(4, 2, true);
  header.setUint16(6, 4, true);
  header.setUint32(16, MOST - RECORD, true);
  header.setUint32(20, RAW_IP, true);
  writeSync(file, new Uint8Array(header.buffer));
  const batch = new Uint8Array(10_000 * MOST);
  let [used, written] = [0, 0];
  for (let seed = 1; written < packets; seed++) {
    const conditions = { window: 60, lost: 10, sack: true, point: "client", seed } as const;
    const captured = transfer({ segments: TRANSFER, ...conditions });
    for (const packet of captured) {
      used += writePacket(new DataView(batch.buffer, used, MOST), packet, seed);
      if (used > batch.length - MOST) used -= writeSync(file, batch, 0, used);
    }
    written += captured.length;
  }
  writeSync(file, batch, 0, used);
  closeSync(file);
}

/** Gives the octets of the record. Each transfer has a client of its own. */
function writePacket(view: DataView, segment: CapturedSegment, transfer: number): number {
  const { time, packet, sourcePort, destinationPort, flags, seq, ack, window, length, options } = segment;
  const recorded = IP + 20 + options.octets;
  const micros = Math.floor(time);
  view.setUint32(0, Math.floor(micros / 1e6), true);
  view.setUint32(4, micros % 1e6, true);
  view.setUint32(8, recorded, true);
  view.setUint32(12, recorded + length, true);
  view.setUint32(RECORD, 0x4500_0000 + recorded + length);
  view.setUint16(RECORD + 4, packet);
  view.setUint16(RECORD + 6, 0);
  view.setUint32(RECORD + 8, 0x4006_0000);
  view.setUint32(RECORD + 12, addressOf(sourcePort, transfer));
  view.setUint32(RECORD + 16, addressOf(destinationPort, transfer));
  const tcp = RECORD + IP;
  view.setUint16(tcp, sourcePort);
  view.setUint16(tcp + 2, destinationPort);
  view.setUint32(tcp + 4, seq);
  view.setUint32(tcp + 8, ack);
  view.setUint16(tcp + 12, ((20 + options.octets) << 10) + flags);
  view.setUint16(tcp + 14, window);
  view.setUint32(tcp + 16, 0);
  writeOptions(view, tcp + 20, segment);
  return RECORD + recorded;
}

function addressOf(port: number, transfer: number): number {
  return port === 80 ? 0x0a80_0001 : 0x0a00_0000 + transfer;
}

/** In the order in which Linux writes them. */
function writeOptions(view: DataView, at: number, { flags, options }: CapturedSegment): void {
  const { timestamp, echo, sackBlocks, sackEdges, mss, windowScale } = options;
  const opens = (flags & SYN) !== 0;
  if (opens) {
    view.setUint32(at, 0x0204_0000 + mss);
    view.setUint32(at + 4, 0x0402_080a);
    view.setUint32(at + 8, timestamp);
    view.setUint32(at + 12, echo);
    view.setUint32(at + 16, 0x0103_0300 + windowScale);
    return;
  }
  view.setUint32(at, 0x0101_080a);
  view.setUint32(at + 4, timestamp);
  view.setUint32(at + 8, echo);
  if (sackBlocks === 0) return;
  view.setUint32(at + 12, 0x0101_0502 + 8 * sackBlocks);
  for (let i = 0; i < 2 * sackBlocks; i++) view.setUint32(at + 16 + 4 * i, sackEdges[i] ?? 0);
}

/** Captures as data: packets to be read, changed and written again. */

import { type CaptureCheck, type CaptureOptions, checkCapture } from "../../server/src/flow/capture.ts";
import { type CapturedSegment, emptySegment } from "../../server/src/flow/captured.ts";
import { readCaptureFile } from "../../server/src/formats/capture-file.ts";
import type { CaptureProblem } from "../../server/src/formats/packets.ts";
import { type Skipped, segmentReader } from "../../server/src/formats/tcp-packets.ts";

/** One packet of a file. */
export interface Packet {
  /** Microseconds since 1970. */
  readonly time: number;
  readonly octets: Uint8Array;
  /** Octets on the wire; more than were recorded where the snap length cut it. */
  readonly length: number;
  readonly linkType: number;
}

/** The packets of a capture file. */
export function packetsOf(file: Uint8Array): Packet[] {
  const packets: Packet[] = [];
  const reader = readCaptureFile((octets, start, end, { time, length, linkType }) => {
    packets.push({ time, octets: octets.slice(start, end), length, linkType });
  });
  const problem = reader.push(file) ?? reader.end();
  if (problem) throw new Error(`${problem.offset}: ${problem.message}`);
  return packets;
}

/** The packets of two captures in the order of their times, as `mergecap` writes them. */
export function merged(one: Uint8Array, other: Uint8Array): Packet[] {
  return [...packetsOf(one), ...packetsOf(other)].sort((a, b) => a.time - b.time);
}

/** What a capture file holds: its segments, why packets were skipped, and where it is broken. */
export function readCapture(
  file: Uint8Array,
  chunk = file.length,
): { segments: CapturedSegment[]; skipped: Skipped[]; problem: CaptureProblem | undefined } {
  const segments: CapturedSegment[] = [];
  const skipped: Skipped[] = [];
  const segment = emptySegment();
  const readSegment = segmentReader();
  const reader = readCaptureFile((octets, start, end, { packet, time, length, linkType }) => {
    const why = readSegment(linkType, octets, start, end, length, segment);
    if (why === undefined) segments.push(structuredClone({ ...segment, packet, time }));
    else skipped.push(why);
  });
  let problem: CaptureProblem | undefined;
  for (let at = 0; at < file.length && !problem; at += Math.max(1, chunk))
    problem = reader.push(file.subarray(at, at + chunk));
  return { segments, skipped, problem: problem ?? reader.end() };
}

/** Checks the packets of a capture. */
export function checkPackets(packets: Iterable<Packet>, options: CaptureOptions): CaptureCheck {
  const check = checkCapture(options);
  const segment = emptySegment();
  const readSegment = segmentReader();
  let number = 0;
  for (const { octets, length, linkType, time } of packets) {
    const why = readSegment(linkType, octets, 0, octets.length, length, segment);
    segment.packet = number++;
    segment.time = time;
    if (why === undefined) check.take(segment);
  }
  return check;
}

const RAW_IP = 101;

/** A pcap file, as tcpdump writes it on a machine with this order of octets. */
export function writePcap(
  packets: readonly Packet[],
  { little = true, nano = false, linkType = RAW_IP, magic = undefined as number | undefined, recordHeader = 16 } = {},
): Uint8Array {
  const size = packets.reduce((sum, { octets }) => sum + recordHeader + octets.length, 24);
  const file = new Uint8Array(size);
  const view = new DataView(file.buffer);
  view.setUint32(0, magic ?? (nano ? 0xa1b23c4d : 0xa1b2c3d4), little);
  view.setUint16(4, 2, little);
  view.setUint16(6, 4, little);
  view.setUint32(16, 262_144, little);
  view.setUint32(20, linkType, little);
  let at = 24;
  for (const { time, octets, length } of packets) {
    view.setUint32(at, Math.floor(time / 1e6), little);
    view.setUint32(at + 4, Math.round((time % 1e6) * (nano ? 1000 : 1)), little);
    view.setUint32(at + 8, octets.length, little);
    view.setUint32(at + 12, length, little);
    file.set(octets, at + recordHeader);
    at += recordHeader + octets.length;
  }
  return file;
}

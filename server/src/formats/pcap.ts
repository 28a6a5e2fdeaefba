/** The capture format of libpcap: a file header, then a record header before each packet (draft-ietf-opsawg-pcap). */
import { LONGEST_PACKET, type PacketSink, type Recorded, type RecordReader } from "./packets.ts";
import type { FormatTexts } from "./texts.ts";

const FILE_HEADER = 24;
const RECORD_HEADER = 16;

/** Times in microseconds or nanoseconds. */
const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;

/** Whether a file that begins with these octets is in this format; the first number tells the order of octets too. */
export function isPcap(view: DataView, at: number): boolean {
  return [true, false].some((little) => {
    const magic = view.getUint32(at, little);
    return magic === MICROSECONDS || magic === NANOSECONDS;
  });
}

/** A reader for one file. */
export function pcapReader(sink: PacketSink, texts: FormatTexts): RecordReader {
  const recorded: Recorded = { packet: 0, time: 0, length: 0, linkType: 0 };
  let header: { little: boolean; divisor: number } | undefined;
  const read: RecordReader = Object.assign(
    (octets: Uint8Array, view: DataView, start: number, end: number, base: number) => {
      let at = start;
      if (!header) {
        if (end - at < FILE_HEADER) return { kind: "more", at } as const;
        const found = readHeader(view, at, texts);
        if (typeof found === "string")
          return { kind: "problem", problem: { offset: base + at, message: found } } as const;
        header = found;
        recorded.linkType = found.linkType;
        at += FILE_HEADER;
      }
      const { little, divisor } = header;
      while (end - at >= RECORD_HEADER) {
        const captured = view.getUint32(at + 8, little);
        if (captured > LONGEST_PACKET)
          return { kind: "problem", problem: { offset: base + at, message: texts.packetTooLong(captured) } } as const;
        const data = at + RECORD_HEADER;
        if (end - data < captured) break;
        recorded.time = view.getUint32(at, little) * 1e6 + view.getUint32(at + 4, little) / divisor;
        recorded.length = view.getUint32(at + 12, little);
        at = data + captured;
        sink(octets, data, at, recorded);
        recorded.packet++;
      }
      return { kind: "more", at } as const;
    },
    { unit: "packet" } as const,
  );
  return read;
}

function readHeader(
  view: DataView,
  at: number,
  texts: FormatTexts,
): { little: boolean; divisor: number; linkType: number } | string {
  const little = view.getUint8(at) !== 0xa1;
  const magic = view.getUint32(at, little);
  const version = view.getUint16(at + 4, little);
  if (version !== 2) return texts.pcapVersion(version);
  // The upper bits tell of a check sequence behind each frame.
  const linkType = view.getUint32(at + 20, little) & 0xffff;
  return { little, divisor: magic === NANOSECONDS ? 1000 : 1, linkType };
}

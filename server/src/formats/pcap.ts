/** The capture format of libpcap: a file header, then a record header before each packet (draft-ietf-opsawg-pcap). */
import { LONGEST_PACKET, type PacketSink, type Recorded, type RecordReader } from "./packets.ts";
import type { FormatTexts } from "./texts.ts";

const FILE_HEADER = 24;

/** What the first number of a file tells: the unit of the times, and how long the header of a record is. */
interface Form {
  /** In a microsecond. */
  readonly divisor: number;
  readonly recordHeader: number;
}

const FORMS: ReadonlyMap<number, Form> = new Map([
  [0xa1b2c3d4, { divisor: 1, recordHeader: 16 }],
  [0xa1b23c4d, { divisor: 1000, recordHeader: 16 }],
  // Kuznetzov's form of libpcap, which some Linux distributions had: the interface and the protocol come behind.
  [0xa1b2cd34, { divisor: 1, recordHeader: 24 }],
]);

/** Whether a file that begins with these octets is in this format; the first number tells the order of octets too. */
export function isPcap(view: DataView, at: number): boolean {
  return [true, false].some((little) => FORMS.has(view.getUint32(at, little)));
}

/** A reader for one file. */
export function pcapReader(sink: PacketSink, texts: FormatTexts): RecordReader {
  const recorded: Recorded = { packet: 0, time: 0, length: 0, linkType: 0 };
  let header: FileHeader | undefined;
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
      const { little, divisor, recordHeader } = header;
      while (end - at >= recordHeader) {
        const captured = view.getUint32(at + 8, little);
        if (captured > LONGEST_PACKET)
          return { kind: "problem", problem: { offset: base + at, message: texts.packetTooLong(captured) } } as const;
        const data = at + recordHeader;
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

interface FileHeader extends Form {
  readonly little: boolean;
  readonly linkType: number;
}

function readHeader(view: DataView, at: number, texts: FormatTexts): FileHeader | string {
  const little = view.getUint8(at) !== 0xa1;
  const form = FORMS.get(view.getUint32(at, little));
  if (!form) return texts.noCapture;
  const version = view.getUint16(at + 4, little);
  if (version !== 2) return texts.pcapVersion(version);
  // The upper bits tell of a check sequence behind each frame.
  const linkType = view.getUint32(at + 20, little) & 0xffff;
  return { ...form, little, linkType };
}

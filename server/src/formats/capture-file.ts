/** A capture file in any format that is read here, piece by piece: memory does not grow with the file. */

import type { LocaleOptions } from "../flow/locale.ts";
import type { CaptureProblem, PacketSink, RecordReader, Stop } from "./packets.ts";
import { isPcap, pcapReader } from "./pcap.ts";
import { isPcapng, pcapngReader } from "./pcapng.ts";
import { type FormatTexts, formatTexts } from "./texts.ts";

/** A file that is being read. After a problem nothing more is read. */
export interface CaptureFile {
  /** Takes the next octets of the file. */
  push(chunk: Uint8Array): CaptureProblem | undefined;
  /** The file is over; complains if it ends in the middle of something. */
  end(): CaptureProblem | undefined;
}

/** How many octets tell the format. */
const MAGIC = 4;

/** Whether a file that begins with these octets is a capture. */
export function isCapture(octets: Uint8Array): boolean {
  return (
    octets.length >= MAGIC && formatOf(new DataView(octets.buffer, octets.byteOffset, octets.length), 0) !== undefined
  );
}

function formatOf(view: DataView, at: number): ((sink: PacketSink, texts: FormatTexts) => RecordReader) | undefined {
  if (isPcap(view, at)) return pcapReader;
  return isPcapng(view, at) ? pcapngReader : undefined;
}

/** Hands each packet of the file to `sink`. Never throws. */
export function readCaptureFile(sink: PacketSink, { locale = "en" }: LocaleOptions = {}): CaptureFile {
  const texts = formatTexts(locale);
  const noCapture: CaptureProblem = { offset: 0, message: texts.noCapture };
  let octets = new Uint8Array(0);
  let view = new DataView(octets.buffer);
  // What waits to be read is [start, end); octet 0 of the buffer is octet `base` of the file.
  let [start, end, base] = [0, 0, 0];
  let skipping = 0;
  let reader: RecordReader | undefined;
  let failed: CaptureProblem | undefined;

  function append(chunk: Uint8Array): void {
    const waiting = end - start;
    if (octets.length - end < chunk.length) {
      const needed = waiting + chunk.length;
      const target = octets.length >= needed ? octets : new Uint8Array(Math.max(needed, 2 * waiting));
      target.set(octets.subarray(start, end));
      if (target !== octets) view = new DataView(target.buffer);
      octets = target;
      base += start;
      [start, end] = [0, waiting];
    }
    octets.set(chunk, end);
    end += chunk.length;
  }

  function readOn(read: RecordReader): void {
    for (;;) {
      const stop: Stop = read(octets, view, start, end, base);
      if (stop.kind === "problem") {
        failed = stop.problem;
        return;
      }
      start = stop.at;
      if (stop.kind === "more") return;
      skipping = stop.octets - (end - start);
      start = end;
      if (skipping > 0) return;
    }
  }

  return {
    push(chunk) {
      if (failed) return failed;
      const skipped = Math.min(skipping, chunk.length);
      skipping -= skipped;
      if (skipped > 0) {
        // Nothing waits while octets are skipped.
        base += end + skipped;
        [start, end] = [0, 0];
      }
      if (skipped < chunk.length) append(chunk.subarray(skipped));
      if (!reader && end - start >= MAGIC) {
        reader = formatOf(view, start)?.(sink, texts);
        failed = reader ? undefined : isGzip(view, start) ? { offset: 0, message: texts.compressed } : noCapture;
      }
      if (reader && skipping === 0) readOn(reader);
      return failed;
    },
    end() {
      if (failed) return failed;
      if (!reader) return noCapture;
      if (start === end && skipping === 0) return undefined;
      return { offset: base + start, message: texts.endsInside(reader.unit) };
    },
  };
}

/** RFC 1952 §2.3.1. */
function isGzip(view: DataView, at: number): boolean {
  return view.getUint16(at) === 0x1f8b;
}

/** A capture file as the TCP segments in it, piece by piece. */
import { type CapturedSegment, emptySegment } from "../flow/captured.ts";
import type { LocaleOptions } from "../flow/locale.ts";
import { type CaptureFile, readCaptureFile } from "./capture-file.ts";
import { type Skipped, segmentReader } from "./tcp-packets.ts";

/** A capture file that is being read. */
export interface SegmentFile extends CaptureFile {
  /** How many packets gave no segment so far, and why. */
  readonly skipped: ReadonlyMap<Skipped, number>;
}

/** Hands each segment to `take`; the object is used again for the next one. Never throws. */
export function readSegmentFile(take: (segment: CapturedSegment) => void, options: LocaleOptions = {}): SegmentFile {
  const segment = emptySegment();
  const readSegment = segmentReader();
  const skipped = new Map<Skipped, number>();
  const file = readCaptureFile((octets, start, end, { packet, time, length, linkType }) => {
    const why = readSegment(linkType, octets, start, end, length, segment);
    segment.packet = packet;
    segment.time = time;
    if (why === undefined) take(segment);
    else skipped.set(why, (skipped.get(why) ?? 0) + 1);
  }, options);
  return { ...file, skipped };
}

/** A capture as text, whichever of the two programs printed it. */
import { type CapturedSegment, emptySegment } from "../flow/captured.ts";
import type { LineReader } from "./printed-packets.ts";
import type { SegmentFile } from "./segment-file.ts";
import { tcpdumpReader } from "./tcpdump.ts";
import { tsharkReader } from "./tshark-lines.ts";

/** Hands each segment that a line prints to `take`; the object is used again for the next one. Never throws. */
export function readPrintedFile(take: (segment: CapturedSegment) => void): SegmentFile {
  const reader = printedReader();
  const decoder = new TextDecoder();
  const segment = emptySegment();
  let rest = "";
  let packet = 0;
  const read = (line: string): void => {
    if (!reader(line, segment)) return;
    segment.packet = packet++;
    take(segment);
  };
  return {
    push: (chunk) => {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/u);
      rest = lines.pop() ?? "";
      for (const line of lines) read(line);
      return undefined;
    },
    end: () => {
      read(rest);
      return undefined;
    },
    skipped: new Map(),
  };
}

/** Reads the lines of tcpdump or of tshark: the first that is understood tells which. */
function printedReader(): LineReader {
  let readers = [tcpdumpReader(), tsharkReader()];
  return (line, segment) => {
    const reader = readers.find((one) => one(line, segment));
    if (reader && readers.length > 1) readers = [reader];
    return reader !== undefined;
  };
}

/** TCP options on the wire (RFC 9293 §3.2; the IANA registry). */
import { type CapturedOptions, MOST_SACK_BLOCKS } from "../flow/captured.ts";
import { double, word } from "./octets.ts";

const END = 0;
const NOTHING = 1;
const MSS = 2;
const WINDOW_SCALE = 3;
const SACK_PERMITTED = 4;
const SACK = 5;
const TIMESTAMPS = 8;
const FAST_OPEN = 34;
/** Experiments share a kind and are told apart by a number (RFC 6994). */
const EXPERIMENT = 254;
const FAST_OPEN_EXPERIMENT = 0xf989;

/** Fills `options` from the octets [start, start + size), of which those from `stop` on were not recorded. A malformed rest is noted and left. */
export function readTcpOptions(
  octets: Uint8Array,
  start: number,
  size: number,
  stop: number,
  options: CapturedOptions,
): void {
  clear(options, size);
  const end = Math.min(start + size, stop);
  options.cut = end < start + size;
  for (let at = start; at < end; ) {
    const kind = octets[at] ?? END;
    if (kind === END) return;
    if (kind === NOTHING) {
      at++;
      continue;
    }
    const length = at + 1 < end ? (octets[at + 1] ?? 0) : 0;
    if (length < 2 || at + length > end) {
      options.malformed = !options.cut;
      return;
    }
    readOption(octets, kind, at + 2, length - 2, options);
    at += length;
  }
}

function clear(options: CapturedOptions, octets: number): void {
  options.octets = octets;
  options.malformed = false;
  options.mss = -1;
  options.windowScale = -1;
  options.sackPermitted = false;
  options.hasTimestamps = false;
  options.sackBlocks = 0;
  options.fastOpen = -1;
}

/** The value of an option is `size` octets from `at`; one of the wrong size is malformed. */
function readOption(octets: Uint8Array, kind: number, at: number, size: number, options: CapturedOptions): void {
  if (kind === TIMESTAMPS && size === 8) {
    options.hasTimestamps = true;
    options.timestamp = double(octets, at);
    options.echo = double(octets, at + 4);
  } else if (kind === SACK && size > 0 && size % 8 === 0 && size <= 8 * MOST_SACK_BLOCKS) {
    options.sackBlocks = size / 8;
    for (let i = 0; i < size / 4; i++) options.sackEdges[i] = double(octets, at + 4 * i);
  } else if (kind === MSS && size === 2) options.mss = word(octets, at);
  else if (kind === WINDOW_SCALE && size === 1) options.windowScale = octets[at] ?? 0;
  else if (kind === SACK_PERMITTED && size === 0) options.sackPermitted = true;
  else if (kind === FAST_OPEN) options.fastOpen = size;
  else if (kind === EXPERIMENT && size >= 2 && word(octets, at) === FAST_OPEN_EXPERIMENT) options.fastOpen = size - 2;
  else if (kind <= SACK || kind === TIMESTAMPS) options.malformed = true;
}

/** The segments of a capture as they are kept for a drawing. */
import { ACK, FIN, RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { Judged } from "./capture.ts";
import type { EndNumber } from "./capture-connection.ts";
import type { Vantage } from "./capture-table.ts";

/** One captured segment, and what it proves. */
export interface DrawnRecord {
  readonly packet: number;
  /** When it passed the point of the capture, in microseconds. */
  readonly time: number;
  readonly connection: number;
  readonly from: EndNumber;
  readonly flags: number;
  readonly seq: number;
  readonly ack: number;
  readonly window: number;
  readonly urgent: number;
  /** Octets of data. */
  readonly length: number;
  readonly options: DrawnOptions;
  /** Packets of the peer that had arrived when it left. */
  readonly given: readonly number[];
  /** It left before segments of the same end that were captured earlier. */
  readonly overtaken: boolean;
}

/** The options of a segment; absent where it has none of the kind. */
export interface DrawnOptions {
  readonly mss?: number;
  readonly wscale?: number;
  readonly sackOK?: true;
  readonly stamp?: { readonly value: number; readonly echo: number };
  readonly sack?: readonly { readonly left: number; readonly right: number }[];
  /** Octets of the Fast Open cookie. */
  readonly cookie?: number;
}

/** One connection of a capture. */
export interface DrawnConnection {
  readonly number: number;
  /** Address and port of each end. */
  readonly sockets: readonly [DrawnSocket, DrawnSocket];
  readonly records: DrawnRecord[];
  vantage: Vantage;
}

export interface DrawnSocket {
  readonly address: string;
  readonly port: number;
}

/** Copies what is kept of a segment. */
export function recordOf({ segment, connection, from, taken }: Judged): DrawnRecord {
  const { packet, time, flags, seq, ack, window, urgent, length } = segment;
  const options = optionsOf(segment.options);
  return {
    packet,
    time,
    connection,
    from,
    flags,
    seq,
    ack,
    window,
    urgent,
    length,
    options,
    given: taken.given,
    overtaken: taken.overtaken === true,
  };
}

function optionsOf(options: Judged["segment"]["options"]): DrawnOptions {
  if (options.octets === 0 || options.cut) return {};
  const { mss, windowScale, timestamp, echo, sackBlocks, sackEdges, fastOpen } = options;
  return {
    ...(mss >= 0 ? { mss } : {}),
    ...(windowScale >= 0 ? { wscale: windowScale } : {}),
    ...(options.sackPermitted ? { sackOK: true } : {}),
    ...(options.hasTimestamps ? { stamp: { value: timestamp, echo } } : {}),
    ...(sackBlocks > 0
      ? {
          sack: Array.from({ length: sackBlocks }, (_, i) => ({
            left: sackEdges[2 * i] ?? 0,
            right: sackEdges[2 * i + 1] ?? 0,
          })),
        }
      : {}),
    ...(fastOpen >= 0 ? { cookie: fastOpen } : {}),
  };
}

/** How far b is ahead of a in sequence space. */
export function ahead(a: number, b: number): number {
  return (b - a) | 0;
}

/** How many sequence numbers a segment takes. */
export function sizeOf({ flags, length }: DrawnRecord): number {
  return length + (has(flags, SYN) ? 1 : 0) + (has(flags, FIN) ? 1 : 0);
}

/** The number behind a segment. */
export function endOf(record: DrawnRecord): number {
  return (record.seq + sizeOf(record)) >>> 0;
}

/** Whether `later` is what an old connection answers a SYN with: an acknowledgment, but not of that (RFC 9293 Figure 10). */
export function challenges(later: DrawnRecord, syn: DrawnRecord): boolean {
  if (later.from === syn.from || !has(syn.flags, SYN) || has(syn.flags, ACK)) return false;
  return has(later.flags, ACK) && !has(later.flags, SYN | RST) && sizeOf(later) === 0 && later.ack !== endOf(syn);
}

/** Whether `later` acknowledges all of `record`, or reports it in a SACK block. */
export function reflects(later: DrawnRecord, record: DrawnRecord): boolean {
  if (!has(later.flags, ACK)) return false;
  if (ahead(endOf(record), later.ack) >= 0) return true;
  return (later.options.sack ?? []).some(
    ({ left, right }) => ahead(left, record.seq) >= 0 && ahead(endOf(record), right) >= 0,
  );
}

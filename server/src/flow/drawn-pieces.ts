/** Captured segments that offloading has merged, or not yet cut: drawn as the wire carries them. */
import { FIN, PSH, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import { MOST_SEGMENTS } from "./drawn-connections.ts";
import type { DrawnConnection, DrawnRecord } from "./drawn-record.ts";

/** The connection with no segment longer than both SYNs allow; as it is where a SYN is missing, or where it would be too much. */
export function inPieces(connection: DrawnConnection): DrawnConnection {
  const { records } = connection;
  const most = longest(records);
  if (most === undefined || records.every(({ length }) => length <= most.mss)) return connection;
  const pieces = new Map(records.map((record) => [record.packet, cut(record, most)]));
  const all = [...pieces.values()].flat();
  if (all.length > MOST_SEGMENTS) return connection;
  // What has arrived is told of whole packets.
  const given = (record: DrawnRecord): number[] =>
    record.given.flatMap((packet) => pieces.get(packet)?.map((piece) => piece.packet) ?? [packet]);
  return { ...connection, records: all.map((record) => ({ ...record, given: given(record) })) };
}

/** Octets in a segment; timestamps leave fewer (RFC 6691). */
interface Room {
  readonly mss: number;
  readonly stamped: number;
}

const STAMP = 12;

function longest(records: readonly DrawnRecord[]): Room | undefined {
  const told = ([0, 1] as const).map(
    (end) => records.find(({ from, flags }) => from === end && has(flags, SYN))?.options.mss,
  );
  const [one, two] = told;
  if (one === undefined || two === undefined || Math.min(one, two) <= STAMP) return undefined;
  return { mss: Math.min(one, two), stamped: Math.min(one, two) - STAMP };
}

/** PSH and FIN stand on the last piece. Each is a packet of its own. */
function cut(record: DrawnRecord, { mss, stamped }: Room): DrawnRecord[] {
  const { length, flags, seq, packet, options } = record;
  const most = options.stamp ? stamped : mss;
  if (length <= mss || has(flags, SYN)) return [record];
  const count = Math.ceil(length / most);
  return Array.from({ length: count }, (_, index) => ({
    ...record,
    packet: packet + index / count,
    seq: (seq + index * most) >>> 0,
    length: Math.min(most, length - index * most),
    flags: index === count - 1 ? flags : flags & ~(PSH | FIN),
  }));
}

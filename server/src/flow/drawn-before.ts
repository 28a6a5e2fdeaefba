/** Octets that were under way when a capture began: later segments acknowledge, report or repeat them. */
import { ACK, RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { EndNumber } from "./capture-connection.ts";
import { ahead, type DrawnConnection, type DrawnRecord, endOf } from "./drawn-record.ts";

/** Nobody has more under way (RFC 7323 §2.3). */
const LARGEST_WINDOW = 2 ** 30;

/** A connection that was captured from its middle, with what its ends had sent just before. */
export function withBefore(connection: DrawnConnection): DrawnConnection {
  const { records } = connection;
  if (records.some(({ flags }) => has(flags, SYN))) return connection;
  const before = ([0, 1] as const).flatMap((end) => underWay(records, end));
  // Each is a packet of its own that no file has.
  const numbered = before.map((record, index) => ({ ...record, packet: -2 - index }));
  return { ...connection, records: [...numbered, ...records] };
}

/** What one end had sent and its peer had not acknowledged, cut where later segments cut it. */
function underWay(records: readonly DrawnRecord[], end: EndNumber): DrawnRecord[] {
  const own = records.find(({ from, flags }) => from === end && !has(flags, RST));
  const theirs = records.filter(({ from, flags }) => from !== end && has(flags, ACK) && !has(flags, RST));
  const [first] = theirs;
  const pattern = own ?? first;
  if (!first || !pattern) return [];
  const start = first.ack;
  const last = theirs.reduce((far, { ack }) => (ahead(far, ack) > 0 ? ack : far), start);
  // An end that sends nothing more has sent what is acknowledged.
  const stop = own ? own.seq : last;
  const lowest = lowestOf(records, end) ?? start;
  const furthest = furthestBefore(records, end, stop);
  const size = ahead(lowest, furthest);
  if (size <= 0 || size > LARGEST_WINDOW) return [];
  const edges = new Set([...theirs.flatMap(edgesOf), ...records.filter(({ from }) => from === end).flatMap(ends)]);
  const cuts = [...edges]
    .map((edge) => ahead(lowest, edge))
    .filter((offset) => offset > 0 && offset < size)
    .sort((a, b) => a - b);
  const ack = lowestOf(records, end === 0 ? 1 : 0) ?? first.seq;
  const { time } = records[0] ?? pattern;
  return [0, ...cuts].map((offset, index) => ({
    ...pattern,
    time,
    from: end,
    flags: ACK,
    seq: (lowest + offset) >>> 0,
    ack,
    length: (cuts[index] ?? size) - offset,
    options: {},
    given: [],
    overtaken: false,
  }));
}

/** The lowest number of an end's stream that the capture tells of. */
function lowestOf(records: readonly DrawnRecord[], end: EndNumber): number | undefined {
  let lowest: number | undefined;
  for (const { from, flags, seq, ack } of records) {
    if (has(flags, RST) || (from !== end && !has(flags, ACK))) continue;
    const value = from === end ? seq : ack;
    if (lowest === undefined || ahead(value, lowest) > 0) lowest = value;
  }
  return lowest;
}

/** Up to where the end had sent: its first segment may itself repeat something, then SACK blocks tell of more. */
function furthestBefore(records: readonly DrawnRecord[], end: EndNumber, stop: number): number {
  let far = stop;
  let sent = stop;
  for (const record of records) {
    if (record.from === end) {
      if (ahead(sent, endOf(record)) > 0) sent = endOf(record);
      continue;
    }
    for (const { right } of record.options.sack ?? []) {
      if (ahead(sent, right) > 0) [far, sent] = [right, right];
    }
  }
  return far;
}

function edgesOf({ ack, options }: DrawnRecord): number[] {
  return [ack, ...(options.sack ?? []).flatMap(({ left, right }) => [left, right])];
}

function ends(record: DrawnRecord): number[] {
  return [record.seq, endOf(record)];
}

/** Segments that a capture lacks although they arrived: their numbers are skipped or acknowledged, and never sent again. */
import { ACK, FIN, RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { EndNumber } from "./capture-connection.ts";
import { ahead, challenges, type DrawnConnection, type DrawnRecord, endOf, sizeOf } from "./drawn-record.ts";

/** The connection with a segment for every stretch of numbers that was not captured, before the segment that shows it. */
export function withMissing(connection: DrawnConnection): DrawnConnection {
  const { records } = connection;
  const filled: DrawnRecord[] = [];
  const next: [number | undefined, number | undefined] = [undefined, undefined];
  const opened: [number | undefined, number | undefined] = [undefined, undefined];
  // Each is a packet of its own that no file has.
  let packet = Math.min(0, ...records.map((record) => record.packet)) - 2;
  const miss = (pattern: DrawnRecord, from: EndNumber, stop: number, index: number): void => {
    const start = next[from];
    if (start === undefined || ahead(start, stop) <= 0 || ahead(start, stop) > LARGEST_WINDOW) return;
    if (!has(pattern.flags, RST)) next[from] = stop;
    const later = records.slice(index).filter((record) => record.from === from && sizeOf(record) > 0);
    if (later.some(({ seq }) => ahead(seq, stop) > 0)) return;
    // What nobody acknowledges was lost.
    const shown = records.slice(index).some((record) => record.from !== from && tells(record, start));
    if (!shown) return;
    const size = ahead(start, stop);
    const isFin = size === 1 && later.length === 0;
    const ack = records.slice(0, index).findLast((record) => record.from === from)?.ack ?? pattern.ack;
    const flags = isFin ? FIN | ACK : ACK;
    const bare = {
      ...pattern,
      packet: packet--,
      from,
      flags,
      seq: start,
      ack,
      options: {},
      given: [],
      overtaken: false,
    };
    filled.push({ ...bare, length: isFin ? 0 : size });
  };
  const old = challengedAt(records);
  for (const [index, record] of records.entries()) {
    const { from, flags, seq, ack } = record;
    const peer = from === 0 ? 1 : 0;
    const isOld = old[index] ?? [false, false];
    if (!has(flags, SYN)) {
      if (has(flags, ACK) && !isOld[peer]) miss(record, peer, ack, index);
      // The answer to a SYN has the number 0, or what that acknowledges.
      if (!isOld[from] && (!has(flags, RST) || seq !== 0)) miss(record, from, seq, index);
    }
    extend(next, opened, record);
    filled.push(record);
  }
  return { ...connection, records: filled };
}

/** The next number of each end; a SYN may come once more, late. */
function extend(
  next: [number | undefined, number | undefined],
  opened: [number | undefined, number | undefined],
  record: DrawnRecord,
): void {
  const { from, flags, seq } = record;
  const known = next[from];
  const opens = has(flags, SYN) && opened[from] !== seq;
  if (opens) opened[from] = seq;
  if (known === undefined || opens || ahead(known, endOf(record)) > 0) next[from] = endOf(record);
}

/** By segment: the ends whose last SYN an old connection has answered, so that what follows belongs to that. */
function challengedAt(records: readonly DrawnRecord[]): readonly (readonly [boolean, boolean])[] {
  const last: [DrawnRecord | undefined, DrawnRecord | undefined] = [undefined, undefined];
  const isOld: [boolean, boolean] = [false, false];
  return records.map((record) => {
    const peer = record.from === 0 ? 1 : 0;
    if (has(record.flags, SYN)) isOld[record.from] = false;
    const opening = last[peer];
    if (opening && challenges(record, opening)) isOld[peer] = true;
    last[record.from] = record;
    return [isOld[0], isOld[1]];
  });
}

/** Whether a segment says that the octet with this number has arrived. */
function tells({ flags, ack, options }: DrawnRecord, octet: number): boolean {
  if (!has(flags, ACK)) return false;
  if (ahead(octet, ack) > 0) return true;
  return (options.sack ?? []).some(({ left, right }) => ahead(left, octet) >= 0 && ahead(octet, right) > 0);
}

/** No window is larger (RFC 7323 §2.3). */
const LARGEST_WINDOW = 2 ** 30;

/** Closes that no FIN shows: an end that resets what still comes, though it has not sent all of its own (RFC 9293 §3.6.1). */
import { ACK, FIN, RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { Moment } from "./drawn-clock.ts";
import { ahead, endOf, sizeOf } from "./drawn-record.ts";

/** What an end of a connection has sent so far. */
interface Sent {
  /** The number behind it. */
  readonly end: number;
  /** It has ended its stream, or the connection. */
  readonly over: boolean;
}

/** By moment: arrivals before which their receiver has called close. */
export function closesBefore(moments: readonly Moment[]): ReadonlySet<number> {
  const closes = new Set<number>();
  const sent = new Map<string, Sent>();
  for (const [index, { kind, way }] of moments.entries()) {
    const { connection, from, flags, seq } = way.record;
    if (kind !== "leaves") continue;
    const key = `${connection} ${from}`;
    const before = sent.get(key);
    if (has(flags, RST)) {
      const answer = before && !before.over && before.end !== seq && !has(flags, ACK);
      const asked = answer ? askedBy(moments, index) : -1;
      if (asked >= 0) closes.add(asked);
      if (before) sent.set(key, { ...before, over: true });
      continue;
    }
    const end = endOf(way.record);
    const further = has(flags, SYN) || !before || ahead(before.end, end) > 0;
    sent.set(key, {
      end: further ? end : before.end,
      over: has(flags, FIN) || (before?.over === true && !has(flags, SYN)),
    });
  }
  return closes;
}

/** The last arrival of data whose acknowledgment is the number of the reset. */
function askedBy(moments: readonly Moment[], at: number): number {
  const reset = moments[at]?.way.record;
  return moments.slice(0, at).findLastIndex(({ kind, way: { record } }) => {
    const theirs = kind !== "leaves" && record.connection === reset?.connection && record.from !== reset.from;
    return theirs && sizeOf(record) > 0 && record.ack === reset.seq;
  });
}

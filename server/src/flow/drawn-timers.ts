/** Timers that captured segments give away: nothing else sends a keep-alive or a probe of a closed window. */
import { FIN, RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { EndNumber } from "./capture-connection.ts";
import { ahead, type DrawnRecord, endOf } from "./drawn-record.ts";
import type { TimerName } from "./flow.ts";

/** What the segments of one connection have shown so far, in the order in which they leave. */
export interface Watch {
  /** The timer whose expiry a segment shows, if any. */
  see(record: DrawnRecord): TimerName | undefined;
}

export function watchTimers(): Watch {
  const next: [number | undefined, number | undefined] = [undefined, undefined];
  const windows: [number, number] = [1, 1];
  return {
    see(record) {
      const { from, flags, window, length, seq } = record;
      const peer: EndNumber = from === 0 ? 1 : 0;
      const expected = next[from];
      const end = endOf(record);
      if (expected === undefined || has(flags, SYN) || ahead(expected, end) > 0) next[from] = end;
      if (!has(flags, RST)) windows[from] = window;
      if (expected === undefined || length > 1 || has(flags, SYN | FIN | RST)) return undefined;
      const isBehind = ahead(expected, seq) === -1;
      if (windows[peer] === 0) return isBehind || length === 1 ? "persist" : undefined;
      return isBehind ? "keepalive" : undefined;
    },
  };
}

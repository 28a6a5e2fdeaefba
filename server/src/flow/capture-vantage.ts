/** Where a capture was taken, as the handshake tells. */
import { ACK, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { EndNumber } from "./capture-connection.ts";
import type { Entry, Vantage } from "./capture-table.ts";
import type { CapturedSegment } from "./captured.ts";

/** What hosts begin to count down from: a packet with such a value has passed no router. */
const FIRST_HOPS: ReadonlySet<number> = new Set([32, 64, 128, 255]);

/** An end answers at least so many times sooner than the network. */
const SOONER = 3;
/** Shorter than this nothing can be told apart, in microseconds. */
const SHORTEST = 300;

/**
 * The end whose answers come at once is the one where the capture was taken, if its packets have passed no router: in
 * the handshake each end answers once. Else nobody's order is exact.
 */
export function vantageOf(entry: Entry, from: EndNumber, { flags, time, hops }: CapturedSegment): Vantage {
  if (entry.hops[from] === 0) entry.hops[from] = hops;
  const syn = has(flags, SYN);
  // Whoever repeats has waited for a timer, not for the network.
  if (syn && !has(flags, ACK) && from === 0) entry.synAt = entry.synAt === 0 ? time : -1;
  else if (syn && has(flags, ACK) && from === 1) entry.answerAt = entry.answerAt === 0 ? time : -1;
  else if (!syn && from === 0 && entry.synAt > 0 && entry.answerAt > 0) {
    const [server, client] = [entry.answerAt - entry.synAt, time - entry.answerAt];
    [entry.synAt, entry.answerAt] = [-1, -1];
    if (server > SHORTEST && server > SOONER * client && FIRST_HOPS.has(entry.hops[0])) return "client";
    if (client > SHORTEST && client > SOONER * server && FIRST_HOPS.has(entry.hops[1])) return "server";
  }
  return entry.vantage;
}

/** Which of the segments that may come next is the likeliest. */
import type { Block } from "../tcp/block.ts";
import { distance, sameForm } from "../tcp/numbers.ts";
import type { Header } from "../tcp/segment.ts";
import type { Purpose } from "./purposes.ts";
import type { Run } from "./run.ts";

/** Smaller is likelier. */
export function orderOf(run: Run, end: number, purpose: Purpose, header: Header): number {
  const { block, timedOut } = run.ends[end] ?? {};
  if (block === undefined) return 100;
  const peer = run.ends[run.connections.ends[end]?.other ?? 0]?.block;
  switch (purpose) {
    case "answer":
      return 0;
    case "open":
      return opening(block);
    case "reset":
      return block.owes?.kind === "rst" || block.owes?.kind === "abort" ? 1 : 90;
    case "repeat":
      return timedOut || block.duplicateAcks >= 3 ? 2 : isLost(run, end, header) ? 12 : 60;
    case "probe":
      return block.idle === "timer" ? 2 : 14;
    case "acknowledge":
      return block.owes?.kind === "ack" || isNews(run, block, header) ? 10 : 50;
    case "finish":
      return 20 + finishing(block, peer);
    case "data":
      return 25 + (spokeLast(run, end) ? 10 : 0);
  }
}

/** A connect that waits for its SYN; an end that was never open; another open later. */
function opening({ state, ending }: Block): number {
  if (state === "SYN-SENT") return 1;
  return state === "CLOSED" && ending === undefined ? 30 : 70;
}

/** Whether the newest copy of what is repeated was lost. */
function isLost(run: Run, end: number, { seq }: Header): boolean {
  const ranges = run.ends[end]?.stream.ranges ?? [];
  const range = ranges.findLast(({ start }) => sameForm(start, seq));
  return run.fates[range?.carriers.at(-1) ?? -1] === "lost";
}

/** Whether the acknowledgment number goes further than the last one. */
function isNews(run: Run, { lastAck }: Block, { ack }: Header): boolean {
  return ack !== undefined && (lastAck === undefined || distance(lastAck, ack, run.symbols).max > 0);
}

/** The user has called `close`; the peer has closed; nobody has. */
function finishing({ state }: Block, peer: Block | undefined): number {
  if (state === "FIN-WAIT-1" || state === "LAST-ACK") return 0;
  if (state === "CLOSE-WAIT") return 1;
  if (state === "SYN-RECEIVED") return 35;
  return peer?.state === "CLOSE-WAIT" ? 2 : 20;
}

/** Whether this end was the last to send data; the one that opened speaks first. */
function spokeLast(run: Run, end: number): boolean {
  const { other } = run.connections.ends[end] ?? {};
  const [own, peer] = [run.ends[end]?.stream.ranges.at(-1), run.ends[other ?? 0]?.stream.ranges.at(-1)];
  const [mine, theirs] = [own?.syn === false ? own.segment : -1, peer?.syn === false ? peer.segment : -1];
  if (mine === theirs) return run.ends[end]?.block.origin === "passive";
  return mine > theirs;
}

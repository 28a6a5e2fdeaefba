/** User calls and timers: what they do to a block, and where they fail (RFC 9293 §3.10.1–§3.10.8). */
import { type Block, CLOSED_BLOCK, gone } from "./block.ts";
import { usesTimestamps } from "./options.ts";
import type { State } from "./states.ts";

export type Call = "listen" | "connect" | "send" | "receive" | "shutdown" | "close" | "abort";

/** The block after the call; `fails` says why the call returns an error instead. */
export interface CallResult {
  readonly block: Block;
  readonly fails?: "does not exist" | "already exists" | "closing";
}

/** Every call by state; a call that changes nothing keeps the block. `queued`: data given before have not left yet. */
export function call(block: Block, name: Call, queued = false): CallResult {
  switch (name) {
    case "listen":
      return listen(block);
    case "connect":
      return connect(block);
    case "send":
      return send(block);
    case "receive":
      return receive(block);
    case "shutdown":
      return close(block, "shut");
    case "close":
      return close(block, "closed");
    case "abort":
      return abort(block, queued);
  }
}

/** Passive OPEN (§3.10.1). */
function listen(block: Block): CallResult {
  if (block.state === "CLOSED") return { block: { ...CLOSED_BLOCK, state: "LISTEN" } };
  return { block, fails: "already exists" };
}

/** Active OPEN (§3.10.1): the SYN may leave. */
function connect(block: Block): CallResult {
  // Whether TIME-WAIT may end so soon is judged by the SYN.
  if (block.state === "TIME-WAIT" && usesTimestamps(block.options)) return { block };
  if (block.state !== "CLOSED" && block.state !== "LISTEN") return { block, fails: "already exists" };
  return { block: { ...CLOSED_BLOCK, state: "SYN-SENT", origin: "active" } };
}

const OVER: ReadonlySet<State> = new Set(["FIN-WAIT-1", "FIN-WAIT-2", "CLOSING", "LAST-ACK", "TIME-WAIT"]);

/** §3.10.2; a listener that sends opens first. */
function send(block: Block): CallResult {
  if (block.state === "CLOSED") return { block, fails: "does not exist" };
  if (block.state === "LISTEN") return { block: { ...CLOSED_BLOCK, state: "SYN-SENT", origin: "active" } };
  return OVER.has(block.state) ? { block, fails: "closing" } : { block };
}

/** §3.10.3; in CLOSE-WAIT what is buffered can still be read. */
function receive(block: Block): CallResult {
  if (block.state === "CLOSED") return { block, fails: "does not exist" };
  const over = block.state === "CLOSING" || block.state === "LAST-ACK" || block.state === "TIME-WAIT";
  return over ? { block, fails: "closing" } : { block };
}

/**
 * §3.10.4: the state changes at the call, the FIN may leave later. After `shutdown`, or when the peer has ended the
 * connection, `close` only gives back the handle, in any state; it fails where nothing is left to close.
 */
function close(block: Block, handle: "shut" | "closed"): CallResult {
  const after: Block = { ...block, handle };
  const release = handle === "closed" && block.handle !== "closed";
  switch (block.state) {
    case "CLOSED":
      return release && block.ending !== undefined && block.ending !== "crashed"
        ? { block: after }
        : { block, fails: "does not exist" };
    case "LISTEN":
    case "SYN-SENT":
      return { block: gone(after, "closed") };
    case "SYN-RECEIVED":
    case "ESTABLISHED":
      return { block: { ...after, state: "FIN-WAIT-1" } };
    case "CLOSE-WAIT":
      return { block: { ...after, state: "LAST-ACK" } };
    case "FIN-WAIT-1":
    case "FIN-WAIT-2":
      return { block: after };
    default:
      return release && block.handle === "shut" ? { block: after } : { block, fails: "closing" };
  }
}

/** §3.10.5: from the states with something to reset a reset leaves; from the others none. */
function abort(block: Block, queued: boolean): CallResult {
  if (block.state === "CLOSED") return { block, fails: "does not exist" };
  const after = gone(block, "closed");
  const silent = new Set<State>(["LISTEN", "SYN-SENT", "CLOSING", "LAST-ACK", "TIME-WAIT"]);
  return { block: silent.has(block.state) ? after : { ...after, owes: { kind: "abort" }, parting: queued } };
}

export type Timer = "retransmission" | "persist" | "keepalive" | "user" | "time-wait";

/** A timer fires (§3.10.8): the user timeout and 2MSL end the connection, the others let something be sent. */
export function timeout(block: Block, timer: Timer): Block {
  if (timer === "user") return block.state === "CLOSED" || block.state === "LISTEN" ? block : gone(block, "closed");
  if (timer === "time-wait") return block.state === "TIME-WAIT" ? gone(block, "closed") : block;
  if (timer === "retransmission") return block;
  return { ...block, idle: timer === "keepalive" ? "timer" : "silence" };
}

/** The host restarts: the connection is forgotten without a segment (§3.5.1). */
export const CRASHED: Block = { ...CLOSED_BLOCK, ending: "crashed" };

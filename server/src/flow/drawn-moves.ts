/** Another story for a drawing of a capture: what left or arrived at another moment, or was lost. */
import { ACK, RST } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import { NO_PACKET } from "./drawn-gaps.ts";
import { ahead, endOf } from "./drawn-record.ts";
import { spread } from "./drawn-story.ts";
import type { Way } from "./drawn-ways.ts";

/**
 * One change: when the segment of a packet leaves or arrives, by the departure of another one; or that its sender has
 * reset the connection before by a segment that nobody saw.
 */
export type Move =
  | { readonly packet: number; readonly kind: "aborts before" }
  | { readonly packet: number; readonly kind: "lost" }
  | {
      readonly packet: number;
      readonly kind: "leaves before" | "arrives before" | "arrives behind";
      readonly of: number;
    };

/** How far from a departure, in microseconds: less than lies between any two. */
const NEAR = 0.25;
/** Of several the later ones are nearer to it. */
const NEARER = 2 ** -10;

/** The ways with these changes; the times of all the others keep their order. */
export function withMoves(ways: readonly Way[], moves: readonly Move[]): Way[] {
  if (moves.length === 0) return [...ways];
  const moved = ways.map((way) => ({ ...way }));
  const byPacket = new Map(moved.map((way) => [way.record.packet, way]));
  const aborts: Way[] = [];
  for (const [index, move] of moves.entries()) {
    const way = byPacket.get(move.packet);
    if (!way) continue;
    if (move.kind === "lost") {
      way.arrived = undefined;
      continue;
    }
    if (move.kind === "aborts before") {
      aborts.push(abortBefore(way, moved));
      continue;
    }
    const other = byPacket.get(move.of);
    if (!other) continue;
    const near = NEAR - index * NEARER;
    if (move.kind === "leaves before") way.left = Math.min(way.left, other.left - near);
    else if (move.kind === "arrives before") way.arrived = Math.max(other.left - near, way.left);
    else way.arrived = other.left + near;
  }
  const start = Math.min(...moved.map(({ left }) => left));
  return spread(
    [...moved, ...aborts].map((way) => ({
      ...way,
      left: way.left - start,
      arrived: way.arrived === undefined ? undefined : way.arrived - start,
    })),
    start,
  );
}

/** A reset that is lost: afterwards its sender knows the connection no more. */
function abortBefore({ record, left }: Way, ways: readonly Way[]): Way {
  const { from } = record;
  const own = ways.filter((way) => way.record.from === from && way.left < left).map((way) => way.record);
  const last = own.findLast(({ flags }) => has(flags, ACK)) ?? record;
  const next = own.reduce((far, one) => (ahead(far, endOf(one)) > 0 ? endOf(one) : far), endOf(own[0] ?? record));
  const packet = Math.min(NO_PACKET, ...ways.map((way) => way.record.packet)) - 1;
  const reset = { ...record, packet, flags: RST | ACK, seq: next, ack: last.ack, options: {} };
  return { record: reset, left: left - 2 * NEAR, arrived: undefined };
}

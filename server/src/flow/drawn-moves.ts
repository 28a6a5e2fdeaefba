/** Another story for a drawing of a capture: what left or arrived at another moment, or was lost. */
import { spread } from "./drawn-story.ts";
import type { Way } from "./drawn-ways.ts";

/** One change: when the segment of a packet leaves or arrives, by the departure of another one. */
export type Move =
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
  for (const [index, move] of moves.entries()) {
    const way = byPacket.get(move.packet);
    if (!way) continue;
    if (move.kind === "lost") {
      way.arrived = undefined;
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
    moved.map((way) => ({
      ...way,
      left: way.left - start,
      arrived: way.arrived === undefined ? undefined : way.arrived - start,
    })),
    start,
  );
}

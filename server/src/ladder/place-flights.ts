/** Places segments: their departures, arrivals and losses. */
import { crossPiece, labelPieces, linePiece } from "./pieces.ts";
import { occupy, type Piece, settle } from "./skyline.ts";
import { AFTER_FLIGHT, arrive, calloutPiecesOf, changePieces, depart, type Sweep } from "./sweep.ts";
import { labelDrop, type Way } from "./ways.ts";

/** A segment leaves; if nothing comes in between, it arrives or is lost at once. */
export function placeSend(state: Sweep, index: number, segment: number): void {
  const way = state.ways.get(segment);
  if (way === undefined || way.plan.course === "old") {
    state.rows.y[index] = state.cursor;
    return;
  }
  const { flight, course, lost } = way.plan;
  const slant = state.slants.get(segment);
  const slope = labelDrop(way, slant?.drop ?? way.drop) / (way.to - way.from);
  const fall = Math.abs(((lineEnd(way) ?? way.to) - way.from) * slope);
  const arrives = course === "direct" && !lost;
  const pieces = departurePieces(state, index, way, slope, fall);
  if (arrives) pieces.push(...changePieces(state, index + 1, fall, 0), ...calloutPiecesOf(state, index + 1, fall));
  // What takes the same time runs side by side.
  const behind = slant?.behind ? (state.rows.y[slant.behind.sent] ?? 0) + slant.behind.distance : 0;
  const least = Math.max(behind, arrives ? (state.arrivals[flight.to] ?? 0) - fall : 0);
  const y = settle(state.sky, pieces, Math.max(state.cursor, state.departures[flight.from] ?? 0, least));
  occupy(state.sky, pieces, y);
  state.rows.y[index] = y;
  state.cursor = y;
  const call = state.calls.get(index);
  if (call !== undefined) state.rows.y[call] = y;
  depart(state, flight.from, y);
  if (course === "flying") state.inAir++;
  if (course !== "direct") return;
  if (flight.ends.length > 0) state.rows.y[index + 1] = y + fall;
  // A loss among segments under way delays none of them.
  state.cursor = lost && slant ? y : y + fall + (lost ? 0 : AFTER_FLIGHT);
  if (arrives) arrive(state, flight.to, y + fall);
}

/** What takes room when a segment leaves: its texts, its line, the states it brings its sender to. */
function departurePieces(state: Sweep, index: number, way: Way, slope: number, fall: number): Piece[] {
  const { flight, course, lost } = way.plan;
  const sender = state.columns.lanes[flight.from];
  // Names on the side to which the arrow leaves stand below it.
  const shift = sender?.side === "right" && way.sign > 0 ? Math.abs(slope) * (sender.names + sender.half) : 0;
  // A call takes effect with the segment that it sends.
  const changing = state.calls.get(index) ?? index;
  state.rows.nameShift[changing] = shift;
  const pieces = [
    ...labelPieces(way, way.labelX, (way.labelX - way.from) * slope, slope),
    ...changePieces(state, changing, 0, shift),
    ...calloutPiecesOf(state, index),
  ];
  const end = lineEnd(way);
  if (end !== undefined) pieces.push(linePiece(way.from, end, fall));
  if (course === "direct" && lost) pieces.push(crossPiece(way.lossX, fall));
  return pieces;
}

/** Where the straight line ends that is known when the segment leaves. */
function lineEnd({ plan, to, lossX, turnX, from }: Way): number | undefined {
  if (plan.course === "flying") return undefined;
  if (plan.course === "parked") return turnX;
  if (plan.course === "stays") return from + (to - from) * STAYS;
  return plan.lost ? lossX : to;
}

/** How far a segment is drawn that stays in the network. */
export const STAYS = 0.66;

/** A segment arrives, or is lost, some time after its departure. */
export function placeEnd(state: Sweep, index: number, segment: number, kind: "arrive" | "lose"): void {
  const way = state.ways.get(segment);
  if (way === undefined) {
    state.rows.y[index] = state.cursor;
    return;
  }
  const { course, flight } = way.plan;
  // Placed together with its departure.
  if (course === "direct") return;
  const straight = course === "flying" && flight.ends[0]?.act === index;
  const pieces = [...changePieces(state, index, 0, 0), ...calloutPiecesOf(state, index)];
  if (kind === "lose" && course !== "old") pieces.push(crossPiece(way.turnX, 0));
  else if (!straight) pieces.push(...lateArrivalPieces(way));
  const y = settle(state.sky, pieces, leastEnd(state, way, straight, kind));
  if (straight) {
    const sent = state.rows.y[flight.sent] ?? 0;
    state.streams.set(streamOf(way), { sent, arrived: y, duration: way.duration });
    occupy(state.sky, [linePiece(way.from, way.to, y - sent)], sent);
    state.inAir--;
  }
  occupy(state.sky, pieces, y);
  state.rows.y[index] = y;
  state.cursor = Math.max(state.cursor, y + (straight ? 0 : AFTER_FLIGHT));
  if (kind === "arrive") arrive(state, flight.to, y);
}

function streamOf({ plan }: Way): string {
  return `${plan.flight.from} ${plan.flight.to}`;
}

/** The highest place that the end of a flight may have. */
function leastEnd(state: Sweep, way: Way, straight: boolean, kind: "arrive" | "lose"): number {
  const sent = state.rows.y[way.plan.flight.sent] ?? 0;
  // Without a clock only the order at each end counts: what is sent together runs side by side.
  const now = straight && way.duration === 0 ? 0 : state.cursor;
  const free = Math.max(now, state.arrivals[way.plan.flight.to] ?? 0);
  if (way.plan.course === "old") return free;
  if (kind === "lose") return Math.max(state.cursor, sent + way.drop) + 6;
  if (!straight) return Math.max(free, sent + way.drop + 10);
  const before = state.streams.get(streamOf(way));
  // What takes the same time runs side by side.
  const beside = before?.duration === way.duration ? before.arrived + sent - before.sent : 0;
  return Math.max(free, sent + way.drop, beside);
}

/** What comes out of the network: its label again, and its line from where it comes into sight. */
function lateArrivalPieces(way: Way): Piece[] {
  const old = way.plan.course === "old";
  const slope = way.drop / (way.to - way.from);
  const x = old ? way.labelX : way.repeatX;
  const start = old ? way.from + (way.to - way.from) * OLD_START : way.turnX;
  const rise = Math.abs((way.to - start) * slope);
  // Where it comes into sight it keeps clear of other lines.
  const clear = linePiece(start, start + way.sign * 40, 40 * Math.abs(slope), -rise);
  return [
    ...labelPieces(way, x, (x - way.to) * slope, slope),
    { ...clear, line: false },
    linePiece(start, way.to, rise, -rise),
  ];
}

/** Where on its way an old duplicate comes into sight. */
export const OLD_START = 0.4;

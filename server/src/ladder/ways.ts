/** The way of every segment across the picture: where it begins, turns and ends, and where its label stands. */
import type { Replay } from "../flow/replay-types.ts";
import { type Columns, type LaneColumn, slotOffset } from "./columns.ts";
import type { PlacedRemark } from "./geometry.ts";
import { measure, wrapAtMost } from "./measure.ts";
import { type Plan, remarkFace } from "./plans.ts";
import { ABOVE, ARROW_GAP, BAND, BAND_GAP, BELOW, FONT, LINE, THIN_BAND } from "./sizes.ts";

export interface Way {
  readonly plan: Plan;
  /** At the sender's and at the receiver's band. */
  readonly from: number;
  readonly to: number;
  /** 1 to the right, −1 to the left. */
  readonly sign: 1 | -1;
  /** How far down it goes on its way, at least. */
  readonly drop: number;
  /** Microseconds under way, by the clock. */
  readonly duration: number;
  /** Middle of the label, and of the label that is repeated where a late copy arrives. */
  readonly labelX: number;
  readonly repeatX: number;
  /** The remarks in lines that fit; `dy` from the arrow's line to the baseline. */
  readonly remarks: readonly PlacedRemark[];
  /** Where a line that goes down steeply turns down: behind its label, which stays easy to read. */
  readonly bendX: number;
  /** Where it waits in the network. */
  readonly turnX: number;
  /** Where it is lost. */
  readonly lossX: number;
}

const LEAST_DROP = 32;
const MOST_DROP = 76;
/** A loss, and the end of what stays in the network, as parts of the way. */
const LOSS = 0.67;

/** The steepest that a label is turned. */
const STEEPEST = 0.45;

/** How far down a line would go by its end if it went on as it does along its label. */
export function labelDrop(way: Way, drop: number): number {
  return Math.min(drop, STEEPEST * Math.abs(way.to - way.from));
}

/** The x of the middle of an end's band. */
export function bandX(lane: LaneColumn, place: number): number {
  // The first one on the lifeline, the others right and left of it in turn.
  return lane.x + Math.ceil(place / 2) * (place % 2 === 1 ? 1 : -1) * (THIN_BAND + BAND_GAP);
}

/** Half the width of the bands of a lane. */
export function bandHalf(lane: LaneColumn): number {
  return (lane.bands < 2 ? BAND : THIN_BAND) / 2;
}

/** The ways of all segments; those from a lane to itself have none. */
export function waysOf(replay: Replay, columns: Columns, plans: ReadonlyMap<number, Plan>): Map<number, Way> {
  const ways = new Map<number, Way>();
  const durations = new Map<number, number>();
  let shortest = Number.POSITIVE_INFINITY;
  for (const [segment, plan] of plans) {
    const duration = durationOf(replay, segment, plan);
    durations.set(segment, duration);
    if (duration > 0) shortest = Math.min(shortest, duration);
  }
  for (const [segment, plan] of plans) {
    const way = wayOf(replay, columns, plan, durations.get(segment) ?? 0, shortest);
    if (way) ways.set(segment, way);
  }
  return ways;
}

function durationOf(replay: Replay, segment: number, { course }: Plan): number {
  const reading = replay.readings[segment];
  if (course === "parked" || course === "old" || reading?.sent === undefined) return 0;
  const end = reading.ended[0];
  const at = (event: number | undefined) => (event === undefined ? 0 : (replay.flow.events[event]?.at ?? 0));
  return end === undefined ? 0 : at(end) - at(reading.sent);
}

function wayOf(replay: Replay, columns: Columns, plan: Plan, duration: number, shortest: number): Way | undefined {
  const { flight } = plan;
  const sender = columns.lanes[flight.from];
  const receiver = columns.lanes[flight.to];
  const gapLeft = columns.lanes[plan.gap];
  const gapRight = columns.lanes[plan.gap + 1];
  if (!sender || !receiver || !gapLeft || !gapRight || sender === receiver) return undefined;
  // What is old and never arrives has nothing to show.
  if (plan.course === "old" && flight.ends.length === 0) return undefined;
  const reading = replay.readings[flight.segment];
  const sign = flight.from < flight.to ? 1 : -1;
  const forged = replay.flow.segments[flight.segment]?.forgedBy !== undefined;
  const from = forged ? sender.x + sign * (sender.half + ARROW_GAP) : touchX(columns, sender, reading?.sender, sign);
  const to = touchX(columns, receiver, reading?.receiver, -sign);
  const left = gapLeft.x + gapLeft.half + (gapLeft.side === "right" ? gapLeft.names : 0);
  const right = gapRight.x - gapRight.half;
  const middle = (left + right) / 2;
  const lossX = from + (to - from) * LOSS;
  const isCrossing = plan.course === "flying" && plan.crossed;
  const slack = duration > 0 ? Math.min(3, Math.sqrt(duration / shortest)) : isCrossing ? 1.3 : 1;
  const steady = Math.abs(to - from) / 8;
  const [start, end] = sign > 0 ? [left, right] : [right, left];
  const label = labelX(plan, start, end, lossX);
  return {
    plan,
    from,
    to,
    sign,
    drop: Math.min(MOST_DROP, Math.max(LEAST_DROP, steady)) * slack,
    duration,
    labelX: label,
    bendX: label + sign * Math.min(plan.width / 2 + 16, Math.abs(to - label) * 0.9),
    repeatX: (middle + end) / 2,
    remarks: placeRemarks(plan, right - left),
    turnX: middle + slotOffset(plan.slot),
    lossX,
  };
}

/** Where an arrow touches the band of an end. */
function touchX(columns: Columns, lane: LaneColumn, end: number | undefined, sign: number): number {
  const place = end === undefined ? 0 : (columns.bandOf[end] ?? 0);
  return bandX(lane, place) + sign * (bandHalf(lane) + ARROW_GAP);
}

function labelX(plan: Plan, start: number, end: number, lossX: number): number {
  if (plan.course === "old") return start + (end - start) * 0.64;
  if (plan.crossed) return start + (end - start) * 0.26;
  const sign = Math.sign(end - start);
  // Of a way across several gaps, the label stands in the first.
  const isCut = (plan.lost || plan.course === "stays") && (end - lossX) * sign > 0;
  return isCut ? (start + lossX) / 2 - sign * 4 : (start + end) / 2;
}

const MOST_LINES = 4;

/** Below the arrow; above the label where another arrow crosses below. */
function placeRemarks(plan: Plan, room: number): PlacedRemark[] {
  const share = plan.crossed ? 0.5 : plan.lost || plan.course === "stays" || plan.course === "old" ? 0.6 : 1;
  const width = Math.max(80, share * room - 24);
  const lines = plan.remarks.flatMap((remark) => {
    const face = remarkFace(remark);
    const widthOf = (text: string) => measure(text, FONT.remark, face);
    return wrapAtMost(MOST_LINES, remark.text, width, widthOf).map((text) => ({
      ...remark,
      text,
      width: widthOf(text),
    }));
  });
  return lines.map((line, i) => ({
    ...line,
    dy: plan.crossed ? ABOVE - (lines.length - i) * (LINE - 1) : BELOW + i * (LINE - 1),
  }));
}

/** Where the lanes stand, and the margins beside them: as far apart as what lies between them needs. */
import type { Replay } from "../flow/replay-types.ts";
import { measure } from "./measure.ts";
import type { Plan } from "./plans.ts";
import type { Scene } from "./scene.ts";
import { ARROW_GAP, BAND, BAND_GAP, CALLOUT, CALLOUT_PADDING, FONT, NAME_GAP, PADDING, THIN_BAND } from "./sizes.ts";

/** How far beside the middle of a gap a segment waits, by its place there: 0, 12, −12, 24… */
export function slotOffset(slot: number): number {
  return Math.ceil(slot / 2) * (slot % 2 === 1 ? 12 : -12);
}

export interface LaneColumn {
  readonly x: number;
  /** Half the width of its bands. */
  readonly half: number;
  /** Bands beside one another. */
  readonly bands: number;
  /** On which side the names of its states stand. */
  readonly side: "left" | "right";
  /** Room for them, from the band on. */
  readonly names: number;
  readonly head: { readonly width: number };
}

/** A column beside all lanes. */
interface Margin {
  /** The edge next to the names of the states, where the brackets of waits begin. */
  readonly brackets: number;
  /** The edge beyond them, to which frames go. */
  readonly frame: number;
  readonly callouts: number;
  /** The edge of the picture. */
  readonly outer: number;
}

export interface Columns {
  readonly lanes: readonly LaneColumn[];
  /** By end: its place among the bands of its lane. */
  readonly bandOf: readonly number[];
  readonly left: Margin;
  readonly right: Margin;
}

const HEAD_PADDING = 20;
const MIN_GAP = 320;
const MIN_GAP_OF_MANY = 250;
/** Longer remarks are broken into lines. */
const WIDEST_REMARK = 280;
const LABEL_MARGIN = 24;
const MAX_HEAD = 190;
const BRACKET = 26;
/** Room for the clock at the left edge. */
const TIMES = 62;

/** Works out all columns of a scene. */
export function columnsOf(replay: Replay, scene: Scene, plans: ReadonlyMap<number, Plan>): Columns {
  const { bandOf, counts } = bandColumns(replay, scene);
  const names = nameWidths(scene);
  const gaps = gapWidths(scene, plans);
  let x = 0;
  const lanes = scene.lanes.map((lane, i): LaneColumn => {
    const bands = counts[i] ?? 1;
    const half = bands < 2 ? BAND / 2 : (bands >> 1) * (THIN_BAND + BAND_GAP) + THIN_BAND / 2;
    const side = i === 0 ? "left" : "right";
    const head = { width: headWidth(lane) };
    if (i > 0) {
      const between = (gaps[i - 1] ?? MIN_GAP) + half + (counts[i - 1] ?? 1) * 3 + (i > 1 ? (names[i - 1] ?? 0) : 0);
      const heads = (head.width + headWidth(scene.lanes[i - 1])) / 2 + 24;
      x += Math.ceil(Math.max(between, heads));
    }
    return { x, half, bands, side, names: names[i] ?? 0, head };
  });
  return { lanes, bandOf, ...margins(scene, lanes) };
}

function headWidth(lane: Scene["lanes"][number] | undefined): number {
  if (lane === undefined) return 0;
  const text = Math.max(measure(lane.name, FONT.head, "bold"), measure(lane.label ?? "", FONT.headLabel));
  return Math.max(96, Math.min(MAX_HEAD, text) + 2 * HEAD_PADDING);
}

/** Bands side by side: a connection takes the place of one that is gone. */
function bandColumns(replay: Replay, scene: Scene): { bandOf: number[]; counts: number[] } {
  const bandOf: number[] = replay.ends.map(() => 0);
  const counts = scene.lanes.map(() => 1);
  const free: number[][] = scene.lanes.map(() => []);
  const byEnd = new Map<number, { from: number; to: number; lane: number }>();
  for (const { end, lane, state, from, to } of scene.spans) {
    const known = byEnd.get(end);
    const until = state === "CLOSED" && from >= 0 ? from : to;
    byEnd.set(end, { lane, from: Math.min(known?.from ?? from, from), to: until });
  }
  const lives = [...byEnd].sort(([, a], [, b]) => a.from - b.from);
  for (const [end, { from, to, lane }] of lives) {
    const ends = free[lane];
    if (ends === undefined) continue;
    let place = ends.findIndex((until) => until < from);
    if (place < 0) place = ends.length;
    ends[place] = to;
    bandOf[end] = place;
    counts[lane] = ends.length;
  }
  return { bandOf, counts };
}

/** Width of a state's name, which is set a little wide. */
export function stateWidth(name: string): number {
  return measure(name, FONT.state, "bold") + name.length * 0.3;
}

/** Room for the names of the states of every lane. */
function nameWidths(scene: Scene): number[] {
  const widths = scene.lanes.map(() => 0);
  for (const { lane, end, text, blank } of scene.spans) {
    const name = scene.endNames[end];
    const port = name === undefined ? 0 : measure(name, FONT.state, "mono") + 6;
    const width = Math.max(stateWidth(text), blank ? scene.blanks.state : 0) + port;
    widths[lane] = Math.max(widths[lane] ?? 0, width);
  }
  for (const act of scene.acts) {
    if (act.kind !== "claim") continue;
    widths[act.lane] = Math.max(widths[act.lane] ?? 0, measure(act.text, FONT.state, "bold") + 16);
  }
  return widths.map((width) => (width === 0 ? 0 : width + NAME_GAP + 6));
}

/** The least distance between the bands of neighbours. */
function gapWidths(scene: Scene, plans: ReadonlyMap<number, Plan>): number[] {
  const least = scene.lanes.length > 2 ? MIN_GAP_OF_MANY : MIN_GAP;
  const gaps = scene.lanes.slice(1).map((): number => least);
  for (const plan of plans.values()) {
    gaps[plan.gap] = Math.max(gaps[plan.gap] ?? 0, neededGap(plan));
  }
  return gaps;
}

function neededGap({ flight, slot, width, remarks, crossed, lost, course }: Plan): number {
  const below = Math.min(WIDEST_REMARK, Math.max(0, ...remarks.map((remark) => remark.width)));
  const label = Math.max(width, below) + LABEL_MARGIN;
  if (crossed) return 2 * label + 16 + 2 * Math.abs(slotOffset(slot));
  const isOneGap = Math.abs(flight.from - flight.to) === 1;
  if (isOneGap && (lost || course === "stays")) return (label + ARROW_GAP) / 0.62;
  if (course === "old") return (label + ARROW_GAP) / 0.66;
  return label + LABEL_MARGIN;
}

function margins(scene: Scene, lanes: readonly LaneColumn[]): Pick<Columns, "left" | "right"> {
  const make = (side: "left" | "right", lane: LaneColumn | undefined): Margin => {
    const sign = side === "left" ? -1 : 1;
    const own = lane?.side === side ? lane.names : 0;
    const edge = (lane?.x ?? 0) + sign * Math.max((lane?.half ?? 0) + own, (lane?.head.width ?? 0) / 2);
    const frame = edge + sign * bracketRoom(scene, side);
    const room = hasCallouts(scene, side) ? CALLOUT + 2 * CALLOUT_PADDING + 14 : 0;
    const times = side === "left" && scene.times.size > 0 ? TIMES : 0;
    return {
      brackets: edge,
      frame,
      callouts: frame + sign * 14,
      outer: frame + sign * (room + times + PADDING),
    };
  };
  return { left: make("left", lanes[0]), right: make("right", lanes.at(-1)) };
}

function bracketRoom(scene: Scene, side: "left" | "right"): number {
  const texts = scene.acts.map((act) => (act.kind === "wait" && sideOf(act.lane) === side ? act.text : ""));
  const widest = Math.max(0, ...new Set(texts.map((text) => measure(text, FONT.note))));
  return widest === 0 ? 0 : BRACKET + Math.min(120, widest) + 10;
}

function hasCallouts(scene: Scene, side: "left" | "right"): boolean {
  for (const { from, to, mistakes } of scene.flights.values())
    if (mistakes.length > 0 && (from < to ? "left" : "right") === side) return true;
  return scene.acts.some((act) => act.mistakes.length > 0 && sideOf("lane" in act ? act.lane : 0) === side);
}

/** The margin that things about one lane go to. */
export function sideOf(lane: number): "left" | "right" {
  return lane === 0 ? "left" : "right";
}

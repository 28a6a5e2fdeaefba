/** How far down every act stands: one sweep from top to bottom, each act as high as its room allows. */

import { namePieces } from "./pieces.ts";
import { placeBlock, placeNote, placeWait, placeWords } from "./place-blocks.ts";
import { placeEnd, placeSend } from "./place-flights.ts";
import { lowest, occupy, skyline } from "./skyline.ts";
import { AFTER_START, type Content, type Rows, type Slant, type Sweep } from "./sweep.ts";
import type { Way } from "./ways.ts";

const FOOT = 36;
const MOST_SWEEPS = 12;

/** Places all acts below `top`, with at least `pace` pixels for each microsecond between them. Slanting labels need to know where their lines end, so it may take some sweeps. */
export function placeRows(content: Content, top: number, pace: number): Rows {
  let slants: ReadonlyMap<number, Slant> = new Map();
  for (let round = 1; ; round++) {
    const rows = sweep(content, top, pace, slants);
    const next = slantsOf(content, rows);
    if (round === MOST_SWEEPS || isSettled(slants, next)) return rows;
    slants = next;
  }
}

function isSettled(before: ReadonlyMap<number, Slant>, after: ReadonlyMap<number, Slant>): boolean {
  for (const [segment, { drop, behind }] of after) {
    const known = before.get(segment);
    if (known === undefined || Math.abs(known.drop - drop) >= 1) return false;
    if (Math.abs((known.behind?.distance ?? 0) - (behind?.distance ?? 0)) >= 1) return false;
  }
  return true;
}

/** How the lines lie that do not end with the act after their departure, and those that are lost among them. */
function slantsOf({ ways }: Content, { y }: Rows): Map<number, Slant> {
  const slants = new Map<number, Slant>();
  /** By pair of lanes: the last one that was under way for some time. */
  const streams = new Map<string, Way>();
  for (const [segment, way] of ways) {
    const { flight, course, lost } = way.plan;
    const key = `${flight.from} ${flight.to}`;
    const before = streams.get(key);
    const companion = before && endOf(before) > flight.sent ? before : undefined;
    if (course === "flying") {
      slants.set(segment, slantOf(way, companion, y));
      streams.set(key, way);
    } else if (course === "direct" && lost && companion) {
      slants.set(segment, { drop: slants.get(companion.plan.flight.segment)?.drop ?? way.drop });
    }
  }
  return slants;
}

function endOf({ plan }: Way): number {
  return plan.flight.ends[0]?.act ?? -1;
}

function slantOf(way: Way, companion: Way | undefined, y: Float64Array): Slant {
  const end = y[endOf(way)] ?? 0;
  const drop = end - (y[way.plan.flight.sent] ?? 0);
  if (companion === undefined || way.duration === 0 || companion.duration !== way.duration) return { drop };
  return { drop, behind: { sent: companion.plan.flight.sent, distance: end - (y[endOf(companion)] ?? 0) } };
}

function sweep(content: Content, top: number, pace: number, slants: ReadonlyMap<number, Slant>): Rows {
  const { acts, lanes } = content.scene;
  const size = acts.length;
  const state: Sweep = {
    ...content,
    sky: skyline(content.columns.left.outer, content.columns.right.outer, top),
    rows: { top, y: new Float64Array(size), blockTop: new Float64Array(size), nameShift: new Float64Array(size) },
    departures: lanes.map(() => 0),
    arrivals: lanes.map(() => 0),
    slants,
    streams: new Map(),
    heldCalls: new Set(content.calls.values()),
    inAir: 0,
    waiting: [],
    cursor: top,
  };
  const leading = acts.findIndex(({ kind }) => kind !== "section");
  for (let i = 0; i < (leading < 0 ? size : leading); i++) placeBlock(state, i, 4, 6);
  startLanes(state);
  for (let i = leading < 0 ? size : leading; i < size; i++) {
    const [before, act] = [acts[i - 1], acts[i]];
    if (pace > 0 && before && act) {
      const reached = (state.rows.y[i - 1] ?? 0) + (act.at - before.at) * pace;
      state.cursor = Math.max(state.cursor, reached);
    }
    placeAct(state, i);
  }
  placeWaiting(state);
  const bottom = Math.max(state.cursor + FOOT, lowest(state.sky) + 8);
  return { ...state.rows, slants, bottom };
}

function placeWaiting(state: Sweep): void {
  for (const note of state.waiting.splice(0)) placeNote(state, note);
}

function startLanes(state: Sweep): void {
  state.rows.top = Math.max(state.cursor, lowest(state.sky));
  const { top } = state.rows;
  state.cursor = top;
  state.departures.fill(top + AFTER_START);
  state.arrivals.fill(top + AFTER_START);
  for (const lane of state.columns.lanes) {
    const count = state.scene.spans.filter((span) => span.from < 0 && state.columns.lanes[span.lane] === lane).length;
    occupy(state.sky, namePieces(lane, count, 0), top);
  }
}

function placeAct(state: Sweep, index: number): void {
  const act = state.scene.acts[index];
  if (act === undefined) return;
  switch (act.kind) {
    case "send":
      placeSend(state, index, act.segment);
      break;
    case "arrive":
    case "lose":
      placeEnd(state, index, act.segment, act.kind);
      if (state.inAir === 0) placeWaiting(state);
      break;
    case "call":
    case "timeout":
    case "crash":
    case "claim":
      placeWords(state, index, act);
      break;
    case "wait":
      placeWait(state, index, act.since);
      break;
    case "note":
      if (state.inAir > 0) state.waiting.push(index);
      else placeNote(state, index);
      break;
    case "section":
      placeBlock(state, index, 10, 6);
      break;
    case "elide":
      placeBlock(state, index, 10, 8);
      break;
    case "open":
      placeBlock(state, index, 8, 4);
      break;
    case "shut":
      placeBlock(state, index, 8, 4);
      break;
  }
}

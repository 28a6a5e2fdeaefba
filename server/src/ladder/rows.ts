/** How far down every act stands: one sweep from top to bottom, each act as high as its room allows. */

import { namePieces } from "./pieces.ts";
import { placeBlock, placeNote, placeWait, placeWords } from "./place-blocks.ts";
import { placeEnd, placeSend } from "./place-flights.ts";
import { lowest, occupy, skyline } from "./skyline.ts";
import { AFTER_START, type Content, type Rows, type Sweep } from "./sweep.ts";

const FOOT = 36;
const MOST_SWEEPS = 12;

/** Places all acts below `top`. Slanting labels need to know where their lines end, so it may take some sweeps. */
export function placeRows(content: Content, top: number): Rows {
  let drops = new Map<number, number>();
  for (let round = 1; ; round++) {
    const rows = sweep(content, top, drops);
    const next = lineDrops(content, rows);
    const settled = [...next].every(([segment, drop]) => Math.abs(drop - (drops.get(segment) ?? 0)) < 1);
    if (settled || round === MOST_SWEEPS) return rows;
    drops = next;
  }
}

/** How far down every line goes that does not end with the act after its departure. */
function lineDrops({ scene, ways }: Content, { y }: Rows): Map<number, number> {
  const drops = new Map<number, number>();
  for (const [segment, { plan }] of ways) {
    const end = plan.flight.ends[0];
    if (plan.course !== "flying" || end === undefined) continue;
    drops.set(segment, (y[end.act] ?? 0) - (y[plan.flight.sent] ?? 0));
  }
  return scene.acts.length === 0 ? new Map() : drops;
}

function sweep(content: Content, top: number, drops: ReadonlyMap<number, number>): Rows {
  const { acts, lanes } = content.scene;
  const size = acts.length;
  const state: Sweep = {
    ...content,
    sky: skyline(content.columns.left.outer, content.columns.right.outer, top),
    rows: { top, y: new Float64Array(size), blockTop: new Float64Array(size), nameShift: new Float64Array(size) },
    departures: lanes.map(() => 0),
    arrivals: lanes.map(() => 0),
    drops,
    streams: new Map(),
    heldCalls: new Set(content.calls.values()),
    inAir: 0,
    waiting: [],
    cursor: top,
  };
  const leading = acts.findIndex(({ kind }) => kind !== "section");
  for (let i = 0; i < (leading < 0 ? size : leading); i++) placeBlock(state, i, 4, 6);
  startLanes(state);
  for (let i = leading < 0 ? size : leading; i < size; i++) placeAct(state, i);
  placeWaiting(state);
  const bottom = Math.max(state.cursor + FOOT, lowest(state.sky) + 8);
  return { ...state.rows, bottom };
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

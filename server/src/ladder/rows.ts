/** How far down every act stands: one sweep from top to bottom, each act as high as its room allows. */
import type { Act } from "./acts.ts";
import type { CalloutText } from "./callouts.ts";
import type { Columns } from "./columns.ts";
import { calloutPieces, labelPieces, linePiece, namePieces } from "./pieces.ts";
import type { Scene } from "./scene.ts";
import { lowest, occupy, type Piece, type Skyline, settle, skyline } from "./skyline.ts";
import type { Way } from "./ways.ts";

/** A box or words that belong to one act, measured before the sweep. */
export interface Block {
  readonly left: number;
  readonly right: number;
  readonly height: number;
}

export interface Content {
  readonly scene: Scene;
  readonly columns: Columns;
  readonly ways: ReadonlyMap<number, Way>;
  /** By act: notes, words at a lifeline, bands of sections, texts of elisions and waits. */
  readonly blocks: ReadonlyMap<number, Block>;
  /** By act: its callout, that of its segment included. */
  readonly callouts: ReadonlyMap<number, { readonly text: CalloutText; readonly side: "left" | "right" }>;
}

export interface Rows {
  /** Head and foot of the lanes. */
  readonly top: number;
  readonly bottom: number;
  /** By act. */
  readonly y: Float64Array;
  /** By act: where its block begins; of a wait, where its time begins. */
  readonly blockTop: Float64Array;
  /** By act: how far below it the names of its new states begin. */
  readonly nameShift: Float64Array;
}

interface Sweep extends Content {
  readonly sky: Skyline;
  readonly rows: { top: number; y: Float64Array; blockTop: Float64Array; nameShift: Float64Array };
  /** By lane: the least y of its next departure and of its next arrival. */
  readonly departures: number[];
  readonly arrivals: number[];
  /** How far down the lines went in the sweep before, by segment. */
  readonly drops: ReadonlyMap<number, number>;
  /** By pair of lanes: what last arrived there and needed time. */
  readonly streams: Map<string, { readonly sent: number; readonly arrived: number; readonly duration: number }>;
  /** No act stands higher than the one before it. */
  cursor: number;
}

const AFTER_START = 30;
const AFTER_ARRIVAL = 28;
const AFTER_DEPARTURE = 10;
const AFTER_FLIGHT = 8;
const FOOT = 36;
const MOST_SWEEPS = 4;

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
    cursor: top,
  };
  const leading = acts.findIndex(({ kind }) => kind !== "section");
  for (let i = 0; i < (leading < 0 ? size : leading); i++) placeBlock(state, i, 4, 6);
  startLanes(state);
  for (let i = leading < 0 ? size : leading; i < size; i++) placeAct(state, i);
  const bottom = Math.max(state.cursor + FOOT, lowest(state.sky) + 8);
  return { ...state.rows, bottom };
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
      placeNote(state, index);
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

function placeSend(state: Sweep, index: number, segment: number): void {
  const way = state.ways.get(segment);
  const flight = state.scene.flights.get(segment);
  if (flight === undefined || way === undefined || way.plan.course === "old") {
    state.rows.y[index] = state.cursor;
    return;
  }
  const direct = way.plan.course === "direct";
  const drop = way.plan.course === "flying" ? (state.drops.get(segment) ?? way.drop) : way.drop;
  const slope = drop / (way.to - way.from);
  const sender = state.columns.lanes[flight.from];
  // Names on the side to which the arrow leaves stand below it.
  const shift = sender?.side === "right" && way.sign > 0 ? Math.abs(slope) * (sender.names + sender.half) : 0;
  state.rows.nameShift[index] = shift;
  const pieces: Piece[] = [
    ...labelPieces(way, way.labelX, (way.labelX - way.from) * slope, slope),
    ...changePieces(state, index, 0, shift),
    ...calloutOf(state, index),
  ];
  const end = lineEnd(way);
  if (end !== undefined) pieces.push(linePiece(way.from, end, Math.abs(end - way.from) * Math.abs(slope)));
  let y = Math.max(state.cursor, state.departures[flight.from] ?? 0);
  if (direct && !way.plan.lost) {
    pieces.push(...changePieces(state, index + 1, drop, 0), ...calloutOf(state, index + 1, drop));
    y = Math.max(y, (state.arrivals[flight.to] ?? 0) - drop);
  }
  y = settle(state.sky, pieces, y);
  occupy(state.sky, pieces, y);
  state.rows.y[index] = y;
  state.cursor = y;
  depart(state, flight.from, y);
  if (!direct) return;
  const yEnd = y + Math.abs((end ?? way.to) - way.from) * Math.abs(slope);
  state.cursor = yEnd + (way.plan.lost ? 0 : AFTER_FLIGHT);
  if (flight.ends.length > 0) state.rows.y[index + 1] = yEnd;
  if (!way.plan.lost) arrive(state, flight.to, yEnd);
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

function placeEnd(state: Sweep, index: number, segment: number, kind: "arrive" | "lose"): void {
  const way = state.ways.get(segment);
  const flight = state.scene.flights.get(segment);
  if (flight === undefined || way === undefined) {
    state.rows.y[index] = state.cursor;
    return;
  }
  // Placed together with its departure.
  if (way.plan.course === "direct") return;
  const first = flight.ends[0]?.act === index;
  const sent = state.rows.y[flight.sent] ?? 0;
  let y = Math.max(state.cursor, state.arrivals[flight.to] ?? 0);
  const pieces = [...changePieces(state, index, 0, 0), ...calloutOf(state, index)];
  if (way.plan.course === "flying" && first) {
    const key = `${flight.from} ${flight.to}`;
    const before = state.streams.get(key);
    y = Math.max(y, sent + way.drop);
    // What takes the same time runs side by side.
    if (before && before.duration === way.duration) y = Math.max(y, before.arrived + sent - before.sent);
    y = settle(state.sky, pieces, y);
    state.streams.set(key, { sent, arrived: y, duration: way.duration });
  } else if (kind === "lose") {
    y = settle(state.sky, pieces, Math.max(state.cursor, sent + way.drop) + 6);
  } else {
    const old = way.plan.course === "old";
    const slope = way.drop / (way.to - way.from);
    const x = old ? way.labelX : way.repeatX;
    pieces.push(...labelPieces(way, x, (x - way.to) * slope, slope));
    const start = old ? way.from + (way.to - way.from) * OLD_START : way.turnX;
    const rise = Math.abs(way.to - start) * Math.abs(slope);
    pieces.push(linePiece(start, way.to, rise, -rise));
    y = settle(state.sky, pieces, Math.max(y, old ? 0 : sent + way.drop + 10));
  }
  occupy(state.sky, pieces, y);
  state.rows.y[index] = y;
  state.cursor = y + (first && way.plan.course === "flying" ? 0 : AFTER_FLIGHT);
  if (kind === "arrive") arrive(state, flight.to, y);
}

/** Where on its way an old duplicate comes into sight. */
export const OLD_START = 0.3;

function placeWords(state: Sweep, index: number, act: Act & { readonly lane: number }): void {
  const block = state.blocks.get(index);
  const height = block?.height ?? 0;
  const pieces = [...changePieces(state, index, 0, 0), ...calloutOf(state, index)];
  if (block) pieces.push({ left: block.left, right: block.right, top: -height + 2, bottom: 1, line: false });
  const gap = act.kind === "claim" ? height + 4 : 14;
  const floor = (state.departures[act.lane] ?? 0) - AFTER_DEPARTURE;
  const y = settle(state.sky, pieces, Math.max(state.cursor + gap - AFTER_FLIGHT, floor));
  occupy(state.sky, pieces, y);
  state.rows.y[index] = y;
  state.cursor = y;
  const after = act.kind === "call" || act.kind === "timeout" ? 5 : 12;
  state.departures[act.lane] = y + after;
  state.arrivals[act.lane] = Math.max(state.arrivals[act.lane] ?? 0, y + after);
}

const WAIT = 52;

function placeWait(state: Sweep, index: number, since: number | undefined): void {
  const block = state.blocks.get(index);
  if (block === undefined) return;
  const taken = lowest(state.sky, block.left, block.right);
  const wanted = since === undefined ? state.cursor : (state.rows.y[since] ?? state.cursor);
  const start = Math.max(wanted, taken + 4);
  const end = Math.max(state.cursor + WAIT, start + block.height + 8);
  occupy(state.sky, [{ left: block.left, right: block.right, top: 0, bottom: end - start + 4, line: false }], start);
  state.rows.blockTop[index] = start;
  state.rows.y[index] = end;
  state.cursor = end;
}

function placeNote(state: Sweep, index: number): void {
  const block = state.blocks.get(index);
  if (block === undefined) return;
  const pieces = [
    { left: block.left, right: block.right, top: 0, bottom: block.height + 3, line: false },
    ...calloutOf(state, index, CALLOUT_IN_NOTE),
  ];
  const y = settle(state.sky, pieces, state.cursor + 4);
  occupy(state.sky, pieces, y);
  state.rows.blockTop[index] = y;
  state.rows.y[index] = state.cursor;
}

const CALLOUT_IN_NOTE = 17;

/** Something across the whole picture. */
function placeBlock(state: Sweep, index: number, before: number, after: number): void {
  const height = state.blocks.get(index)?.height ?? 0;
  const pieces = [...changePieces(state, index, 0, 0), ...calloutOf(state, index)];
  const free = Math.max(state.cursor, lowest(state.sky) + before);
  const top = settle(state.sky, pieces, free);
  occupy(state.sky, pieces, top);
  const { left, right } = { left: state.columns.left.outer, right: state.columns.right.outer };
  occupy(state.sky, [{ left, right, top: 0, bottom: height + after - 3, line: false }], top);
  state.rows.blockTop[index] = top;
  state.rows.y[index] = top;
  state.cursor = top + height + after;
  const rest = state.cursor + AFTER_DEPARTURE;
  for (const lane of state.departures.keys()) {
    state.departures[lane] = Math.max(state.departures[lane] ?? 0, rest);
    state.arrivals[lane] = Math.max(state.arrivals[lane] ?? 0, rest);
  }
}

function depart(state: Sweep, lane: number, y: number): void {
  state.departures[lane] = y + AFTER_DEPARTURE;
  state.arrivals[lane] = y + AFTER_DEPARTURE;
}

function arrive(state: Sweep, lane: number, y: number): void {
  state.departures[lane] = y + AFTER_ARRIVAL;
  state.arrivals[lane] = y + AFTER_DEPARTURE;
}

/** The names of the states that an act brings, `dy` below the act that is being placed. */
function changePieces(state: Sweep, index: number, dy: number, shift: number): Piece[] {
  const act = state.scene.acts[index];
  if (act === undefined || act.changes.length === 0) return [];
  const counts = new Map<number, number>();
  for (const end of act.changes) {
    const lane = state.scene.laneOfEnd[end];
    if (lane !== undefined) counts.set(lane, (counts.get(lane) ?? 0) + 1);
  }
  return [...counts].flatMap(([lane, count]) => {
    const column = state.columns.lanes[lane];
    return column ? namePieces(column, count, dy + shift) : [];
  });
}

function calloutOf(state: Sweep, index: number, dy = 0): Piece[] {
  const callout = state.callouts.get(index);
  if (callout === undefined) return [];
  const lane = callout.side === "left" ? state.columns.lanes[0] : state.columns.lanes.at(-1);
  return calloutPieces(state.columns, callout.side, callout.text, lane?.x ?? 0, dy);
}

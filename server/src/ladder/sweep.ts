/** The state of one sweep over the acts, and what every placement needs from it. */
import type { Block } from "./blocks.ts";
import type { CalloutText } from "./callouts.ts";
import type { Columns } from "./columns.ts";
import { calloutPieces, namePieces } from "./pieces.ts";
import type { Scene } from "./scene.ts";
import type { Piece, Skyline } from "./skyline.ts";
import type { Way } from "./ways.ts";

export interface Content {
  readonly scene: Scene;
  readonly columns: Columns;
  readonly ways: ReadonlyMap<number, Way>;
  /** By act: notes, words at a lifeline, bands of sections, texts of elisions and waits. */
  readonly blocks: ReadonlyMap<number, Block>;
  /** By send act: the call whose changes begin with it. */
  readonly calls: ReadonlyMap<number, number>;
  /** By act: its callout, that of its segment included. */
  readonly callouts: ReadonlyMap<number, { readonly text: CalloutText; readonly side: "left" | "right" }>;
}

export interface Rows {
  /** By segment: how far down its line goes, where that is not as it was planned. */
  readonly slants: ReadonlyMap<number, Slant>;
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

/** How a line lies that needs time. */
export interface Slant {
  /** From its departure to its end. */
  readonly drop: number;
  /** How far it arrived behind the one that left before it, by the act that sent that one. */
  readonly behind?: { readonly sent: number; readonly distance: number };
}

export interface Sweep extends Content {
  readonly sky: Skyline;
  readonly rows: { top: number; y: Float64Array; blockTop: Float64Array; nameShift: Float64Array };
  /** By lane: the least y of its next departure and of its next arrival. */
  readonly departures: number[];
  readonly arrivals: number[];
  /** By segment: how its line lay in the sweep before. */
  readonly slants: ReadonlyMap<number, Slant>;
  /** By pair of lanes: what last arrived there and needed time. */
  readonly streams: Map<string, { readonly sent: number; readonly arrived: number; readonly duration: number }>;
  /** Calls whose changes begin later. */
  readonly heldCalls: ReadonlySet<number>;
  /** Straight lines whose end is still to come. */
  inAir: number;
  /** Notes that wait until no line would go through them. */
  readonly waiting: number[];
  /** No act stands higher than the one before it. */
  cursor: number;
}

/** Distances on one lane, from one thing to the next. */
export const AFTER_START = 30;
const AFTER_ARRIVAL = 28;
export const AFTER_DEPARTURE = 10;
/** From an arrival to whatever comes next anywhere. */
export const AFTER_FLIGHT = 8;

/** A segment has left a lane. */
export function depart(state: Sweep, lane: number, y: number): void {
  state.departures[lane] = y + AFTER_DEPARTURE;
  state.arrivals[lane] = y + AFTER_DEPARTURE;
}

/** A segment has come to a lane. */
export function arrive(state: Sweep, lane: number, y: number): void {
  state.departures[lane] = y + AFTER_ARRIVAL;
  state.arrivals[lane] = y + AFTER_DEPARTURE;
}

/** The names of the states that an act brings, `dy` below the act that is being placed. */
export function changePieces(state: Sweep, index: number, dy: number, shift: number): Piece[] {
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

/** The callout of an act, `dy` below the act that is being placed. */
export function calloutPiecesOf(state: Sweep, index: number, dy = 0): Piece[] {
  const callout = state.callouts.get(index);
  if (callout === undefined) return [];
  const lane = callout.side === "left" ? state.columns.lanes[0] : state.columns.lanes.at(-1);
  return calloutPieces(state.columns, callout.side, callout.text, lane?.x ?? 0, dy);
}

/** Places what stands between the segments: words at lifelines, waits, notes, and what goes across. */
import type { Act } from "./acts.ts";
import { crossPiece } from "./pieces.ts";
import { lowest, occupy, settle } from "./skyline.ts";
import { AFTER_DEPARTURE, calloutPiecesOf, changePieces, type Sweep } from "./sweep.ts";

/** Words at a lifeline: a call, a timeout, a crash, an assertion that fails. */
export function placeWords(state: Sweep, index: number, act: Act & { readonly lane: number }): void {
  const block = state.blocks.get(index);
  const height = block?.height ?? 0;
  const pieces = [...calloutPiecesOf(state, index)];
  if (!state.heldCalls.has(index)) pieces.push(...changePieces(state, index, 0, 0));
  if (act.kind === "crash") pieces.push(crossPiece(state.columns.lanes[act.lane]?.x ?? 0, -7));
  if (block) pieces.push({ left: block.left, right: block.right, top: -height + 2, bottom: 1, line: false });
  const floor = (state.departures[act.lane] ?? 0) - AFTER_DEPARTURE;
  const y = settle(state.sky, pieces, Math.max(state.cursor + (act.kind === "claim" ? height : 0), floor));
  occupy(state.sky, pieces, y);
  state.rows.blockTop[index] = y;
  state.rows.y[index] = y;
  state.cursor = y;
  const after = act.kind === "call" || act.kind === "timeout" ? 5 : 12;
  state.departures[act.lane] = y + after;
  state.arrivals[act.lane] = Math.max(state.arrivals[act.lane] ?? 0, y + after);
}

const WAIT = 52;

/** A bracket from the act since which the time runs. */
export function placeWait(state: Sweep, index: number, since: number | undefined): void {
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

/** A remark; what comes after it goes below it only where it is in the way. */
export function placeNote(state: Sweep, index: number): void {
  const block = state.blocks.get(index);
  if (block === undefined) return;
  const pieces = [
    { left: block.left, right: block.right, top: 0, bottom: block.height + 3, line: false },
    ...calloutPiecesOf(state, index, CALLOUT_IN_NOTE),
  ];
  const y = settle(state.sky, pieces, state.cursor + 4);
  occupy(state.sky, pieces, y);
  state.rows.blockTop[index] = y;
  state.rows.y[index] = state.cursor;
}

const CALLOUT_IN_NOTE = 17;

/** Something across the whole picture. */
export function placeBlock(state: Sweep, index: number, before: number, after: number): void {
  const height = state.blocks.get(index)?.height ?? 0;
  const pieces = [...changePieces(state, index, 0, 0), ...calloutPiecesOf(state, index)];
  const free = Math.max(state.cursor, lowest(state.sky)) + before;
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

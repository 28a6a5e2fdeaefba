/** Words and boxes that stand between the arrows: broken into lines, with the columns that they take. */
import type { Act } from "./acts.ts";
import { type Columns, type LaneColumn, sideOf } from "./columns.ts";
import { clip, type Face, measure, wrap } from "./measure.ts";
import type { Scene } from "./scene.ts";
import { FONT, LINE, NAME_GAP } from "./sizes.ts";

/** The room and the words of one act; the lines stand `LINE` below one another. */
export interface Block {
  readonly left: number;
  readonly right: number;
  readonly height: number;
  readonly lines: readonly string[];
  /** Of a call, timeout, crash or claim: where the words begin or end. */
  readonly anchor: "start" | "middle" | "end";
}

export const NOTE_PADDING = 9;
const NOTE_WIDTH = 260;
const CALL_GAP = 10;
const SECTION = 22;
const FRAME_HEAD = 24;
/** From the edge of the state names to a bracket's line, and from there to its text. */
export const BRACKET_LINE = 12;
export const BRACKET_TEXT = 10;
const BRACKET_WIDTH = 120;

/** The blocks of a scene, by act. */
export function blocksOf(scene: Scene, columns: Columns): Map<number, Block> {
  const blocks = new Map<number, Block>();
  for (const [index, act] of scene.acts.entries()) {
    const block = blockOf(act, columns);
    if (block) blocks.set(index, block);
  }
  return blocks;
}

function blockOf(act: Act, columns: Columns): Block | undefined {
  switch (act.kind) {
    case "call":
    case "timeout":
    case "crash":
      return wordsBlock(act.text, act.lane, columns, act.kind);
    case "claim":
      return claimBlock(act.text, columns.lanes[act.lane]);
    case "wait":
      return waitBlock(act.text, act.lane, columns);
    case "note":
      return noteBlock(act.text, act.lanes, columns);
    case "section": {
      const width = columns.right.outer - columns.left.outer - 60;
      const text = clip(act.text, width, (line) => measure(line, FONT.section, "bold"));
      return { ...across(columns), height: SECTION, lines: [text], anchor: "start" };
    }
    case "elide": {
      const width = Math.max(120, 2 * elisionX(columns) - 2 * (columns.lanes[0]?.x ?? 0) - 60);
      const lines = wrap(act.text, width, (line) => measure(line, FONT.note));
      return { ...across(columns), height: Math.max(30, lines.length * LINE + 6), lines, anchor: "middle" };
    }
    case "open":
      return { ...across(columns), height: FRAME_HEAD, lines: [], anchor: "start" };
    default:
      return undefined;
  }
}

/** The text of an elision stands in the first gap. */
export function elisionX(columns: Columns): number {
  const first = columns.lanes[0]?.x ?? 0;
  return (first + (columns.lanes[1]?.x ?? first)) / 2;
}

function across(columns: Columns): { left: number; right: number } {
  return { left: columns.left.outer, right: columns.right.outer };
}

/** Words at a lifeline, on the side away from the names of its states. */
function wordsBlock(text: string, number: number, columns: Columns, kind: Act["kind"]): Block | undefined {
  const lane = columns.lanes[number];
  if (lane === undefined) return undefined;
  const face: Face = kind === "crash" ? "bold" : "sans";
  const icon = kind === "timeout" ? 18 : kind === "crash" ? 6 : 0;
  const width = measure(text, FONT.call, face) + icon;
  const sign = lane.side === "left" ? 1 : -1;
  const near = lane.x + sign * (lane.half + CALL_GAP - 2);
  const far = near + sign * (width + 4);
  return {
    left: Math.min(near, far),
    right: Math.max(near, far),
    height: 16,
    lines: [text],
    anchor: sign > 0 ? "start" : "end",
  };
}

/** A wrong assertion stands where the name of the state would. */
function claimBlock(text: string, lane: LaneColumn | undefined): Block | undefined {
  if (lane === undefined) return undefined;
  const sign = lane.side === "left" ? -1 : 1;
  const near = lane.x + sign * (lane.half + NAME_GAP);
  const far = lane.x + sign * (lane.half + lane.names - 2);
  return {
    left: Math.min(near, far),
    right: Math.max(near, far),
    height: 16,
    lines: [text],
    anchor: sign > 0 ? "start" : "end",
  };
}

function waitBlock(text: string, lane: number, columns: Columns): Block {
  const side = sideOf(lane);
  const sign = side === "left" ? -1 : 1;
  const lines = wrap(text, BRACKET_WIDTH, (line) => measure(line, FONT.note));
  const width = Math.max(0, ...lines.map((line) => measure(line, FONT.note)));
  const near = columns[side].brackets + sign * (BRACKET_LINE - 6);
  const far = near + sign * (6 + BRACKET_TEXT + width + 2);
  return {
    left: Math.min(near, far),
    right: Math.max(near, far),
    height: Math.max(1, lines.length) * LINE,
    lines,
    anchor: sign > 0 ? "start" : "end",
  };
}

/** A remark beside one lifeline, or from one to another. */
function noteBlock(text: string, lanes: readonly number[], columns: Columns): Block | undefined {
  const first = columns.lanes[lanes[0] ?? 0];
  const last = columns.lanes[lanes.at(-1) ?? 0];
  if (first === undefined || last === undefined) return undefined;
  const widthOf = (line: string) => measure(line, FONT.note);
  if (first !== last) {
    const left = first.x + first.half + 12;
    const right = last.x - last.half - 12;
    const lines = wrap(text, right - left - 2 * NOTE_PADDING, widthOf);
    return { left, right, height: noteHeight(lines), lines, anchor: "middle" };
  }
  const number = columns.lanes.indexOf(first);
  const before = columns.lanes[number - 1];
  const after = columns.lanes[number + 1];
  const toRight = after !== undefined || before === undefined;
  const names = first.side === "right" && toRight ? first.names : 0;
  const room = toRight
    ? (after ? after.x - after.half : first.x + NOTE_WIDTH + 80) - first.x - first.half - names
    : first.x - first.half - (before ? before.x + before.half : 0);
  const most = Math.max(60, Math.min(NOTE_WIDTH, room - 40 - 2 * NOTE_PADDING));
  const lines = wrap(text, most, widthOf);
  const width = Math.max(20, ...lines.map(widthOf)) + 2 * NOTE_PADDING;
  const edge = first.half + 12 + names;
  const left = toRight ? first.x + edge : first.x - edge - width;
  return { left, right: left + width, height: noteHeight(lines), lines, anchor: "start" };
}

function noteHeight(lines: readonly string[]): number {
  return Math.max(1, lines.length) * LINE + 2 * NOTE_PADDING - 4;
}

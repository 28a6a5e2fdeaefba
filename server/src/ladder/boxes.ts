/** Everything between and beside the arrows that is upright: words at lifelines, notes, brackets, callouts. */
import type { Act } from "./acts.ts";
import { type Block, BRACKET_LINE, BRACKET_TEXT, elisionX, NOTE_PADDING } from "./blocks.ts";
import { CALLOUT_ENTRY_GAP, type CalloutText } from "./callouts.ts";
import { type Columns, sideOf } from "./columns.ts";
import type { Box, Bracket, Callout, Ladder, Remarked, Section, Words } from "./geometry.ts";
import { measure, wrap } from "./measure.ts";
import { gravest } from "./mistakes.ts";
import { CALLOUT_RISE } from "./pieces.ts";
import type { Scene } from "./scene.ts";
import { CALLOUT, CALLOUT_PADDING, FONT, LINE, NAME_GAP, PADDING } from "./sizes.ts";
import type { Rows } from "./sweep.ts";

type Boxes = {
  -readonly [K in "sections" | "elisions" | "repeats" | "remarked" | "brackets" | "notes"]: Ladder[K][number][];
};

/** All boxes and words of the acts that are no segments. */
export function boxesOf(scene: Scene, columns: Columns, blocks: ReadonlyMap<number, Block>, rows: Rows): Boxes {
  const boxes: Boxes = { sections: [], elisions: [], repeats: [], remarked: [], brackets: [], notes: [] };
  const open: { top: number; count: number }[] = [];
  for (const [index, act] of scene.acts.entries()) {
    const top = rows.blockTop[index] ?? 0;
    if (act.kind === "open") open.push({ top, count: act.count });
    if (act.kind === "shut") {
      const frame = open.pop();
      if (frame) boxes.repeats.push(frameBox(columns, frame.top, top, frame.count, open.length));
    }
    const block = blocks.get(index);
    if (block) addBlock(boxes, act, block, columns, top, rows.y[endOf(scene, index)] ?? 0);
  }
  return boxes;
}

/** A wait ends with what comes right after it on its lane. */
function endOf(scene: Scene, index: number): number {
  const [act, next] = [scene.acts[index], scene.acts[index + 1]];
  const isNext = next?.kind === "timeout" || next?.kind === "send" || next?.kind === "call";
  return act?.kind === "wait" && isNext && next.lane === act.lane ? index + 1 : index;
}

function addBlock(boxes: Boxes, act: Act, block: Block, columns: Columns, top: number, y: number): void {
  switch (act.kind) {
    case "call":
    case "timeout":
    case "crash":
    case "claim":
      boxes.remarked.push(wordsAt(act, block, columns, top));
      break;
    case "wait":
      boxes.brackets.push(bracketAt(act.lane, block, columns, top, y));
      break;
    case "note": {
      const x = block.anchor === "start" ? block.left + NOTE_PADDING : (block.left + block.right) / 2;
      boxes.notes.push({ ...boxAt(block, top), lines: linesAt(block, x, top + NOTE_PADDING + 10, FONT.note) });
      break;
    }
    case "section":
      boxes.sections.push(sectionAt(block, top));
      break;
    case "elide": {
      const x = elisionX(columns);
      const first = top + block.height / 2 + 4 - ((block.lines.length - 1) * LINE) / 2;
      boxes.elisions.push({ x, y: top, bottom: top + block.height, lines: linesAt(block, x, first, FONT.note) });
      break;
    }
    default:
      break;
  }
}

type Spoken = Act & { readonly kind: Remarked["kind"] };

function wordsAt(act: Spoken, block: Block, columns: Columns, top: number): Remarked {
  return {
    x: block.anchor === "start" ? block.left : block.right,
    y: top - 3,
    text: block.lines[0] ?? "",
    anchor: block.anchor,
    width: block.right - block.left - 4,
    kind: act.kind,
    level: gravest(act.mistakes),
    lane: columns.lanes[act.lane]?.x ?? 0,
    rules: act.mistakes.map(({ rule }) => rule),
  };
}

function bracketAt(lane: number, block: Block, columns: Columns, top: number, bottom: number): Bracket {
  const sign = block.anchor === "start" ? 1 : -1;
  const x = columns[sideOf(lane)].brackets + sign * BRACKET_LINE;
  const first = (top + bottom) / 2 - ((block.lines.length - 1) * LINE) / 2 + 4;
  return { x, y: top, bottom, text: linesAt(block, x + sign * BRACKET_TEXT, first, FONT.note) };
}

function sectionAt(block: Block, top: number): Section {
  const box = { ...boxAt(block, top), x: block.left + 12, width: block.right - block.left - 24 };
  const text = block.lines[0] ?? "";
  const width = measure(text, FONT.section, "bold");
  return { ...box, text: { x: box.x + 12, y: top + 15, text, anchor: "start", width } };
}

function boxAt(block: Block, y: number): Box {
  return { x: block.left, y, width: block.right - block.left, height: block.height };
}

function linesAt(block: Block, x: number, y: number, size: number): Words[] {
  return block.lines.map((text, i) => ({ x, y: y + i * LINE, text, anchor: block.anchor, width: measure(text, size) }));
}

/** A frame around the lanes and the names of their states; an inner one is narrower. */
function frameBox(
  columns: Columns,
  top: number,
  bottom: number,
  count: number,
  depth: number,
): Box & { count: number } {
  const left = columns.left.frame - 4 + depth * 6;
  const right = columns.right.frame + 4 - depth * 6;
  return { x: left, y: top, width: right - left, height: bottom - top, count };
}

const TIME_DISTANCE = 13;

/** The clock at the left edge, as dense as it can be read. */
export function timesOf(scene: Scene, columns: Columns, rows: Rows): Words[] {
  const times: Words[] = [];
  const x = columns.left.outer + PADDING;
  for (const [index, text] of scene.times) {
    const y = (rows.y[index] ?? 0) + 4;
    if (y - (times.at(-1)?.y ?? 0) < TIME_DISTANCE) continue;
    times.push({ x, y, text, anchor: "start", width: measure(text, FONT.note) });
  }
  return times;
}

/** The callouts of all acts. */
export function calloutsOf(
  scene: Scene,
  columns: Columns,
  texts: ReadonlyMap<number, { readonly text: CalloutText; readonly side: "left" | "right" }>,
  rows: Rows,
): Callout[] {
  return [...texts].map(([index, { text, side }]): Callout => {
    const width = CALLOUT + 2 * CALLOUT_PADDING;
    const near = columns[side].callouts;
    const act = scene.acts[index];
    const isNote = act?.kind === "note";
    const y = (isNote ? (rows.blockTop[index] ?? 0) + CALLOUT_RISE : (rows.y[index] ?? 0)) - CALLOUT_RISE;
    const box = { x: side === "left" ? near - width : near, y, width, height: text.height };
    const lane = side === "left" ? columns.lanes[0] : columns.lanes.at(-1);
    const sign = side === "left" ? -1 : 1;
    // A wrong assertion stands in the column of the names, and is pointed at there.
    const claim = act?.kind === "claim" ? measure(act.text, FONT.state, "bold") + NAME_GAP + 4 : 3;
    const edge = (lane?.x ?? 0) + sign * ((lane?.half ?? 0) + claim);
    const at = y + CALLOUT_RISE - (act?.kind === "claim" ? 7 : 0);
    return {
      ...box,
      level: text.level,
      entries: entriesAt(text, box),
      leader: [
        { x: near, y: at },
        { x: edge, y: at },
      ],
    };
  });
}

function entriesAt(text: CalloutText, box: Box): Callout["entries"] {
  const x = box.x + CALLOUT_PADDING;
  let y = box.y + CALLOUT_PADDING + 8;
  return text.entries.map(({ rule, message, lines }) => {
    const placed = [rule, ...lines].map((line, i): Words => {
      const width = measure(line, FONT.callout, i === 0 ? "bold" : "sans");
      return { x, y: y + i * LINE, text: line, anchor: "start", width };
    });
    y += placed.length * LINE + CALLOUT_ENTRY_GAP;
    return { rule, message, lines: placed };
  });
}

/** Findings without a place in the picture, as lines below it. */
export function footerOf(scene: Scene, left: number, right: number, top: number): Ladder["footer"] {
  const widthOf = (text: string) => measure(text, FONT.callout);
  let y = top;
  return scene.others.flatMap(({ rule, level, message, line }) =>
    wrap(scene.texts.footnote(line, message, rule), Math.max(160, right - left), widthOf).map((text) => {
      const words = { x: left, y, text, anchor: "start", width: widthOf(text), level, rule } as const;
      y += LINE;
      return words;
    }),
  );
}

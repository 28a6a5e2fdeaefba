/** Everything between and beside the arrows that is upright: words at lifelines, notes, brackets, callouts. */
import { type Block, BRACKET_LINE, BRACKET_TEXT, NOTE_PADDING } from "./blocks.ts";
import { CALLOUT_ENTRY_GAP, type CalloutText } from "./callouts.ts";
import { type Columns, sideOf } from "./columns.ts";
import type { Box, Callout, Ladder, Words } from "./geometry.ts";
import { measure, wrap } from "./measure.ts";
import { gravest } from "./mistakes.ts";
import { CALLOUT_RISE } from "./pieces.ts";
import type { Rows } from "./rows.ts";
import type { Scene } from "./scene.ts";
import { CALLOUT, CALLOUT_PADDING, FONT, LINE } from "./sizes.ts";

type Boxes = {
  -readonly [K in "sections" | "elisions" | "repeats" | "remarked" | "brackets" | "notes"]: Ladder[K][number][];
};

/** All boxes and words of the acts that are no segments. */
export function boxesOf(scene: Scene, columns: Columns, blocks: ReadonlyMap<number, Block>, rows: Rows): Boxes {
  const boxes: Boxes = { sections: [], elisions: [], repeats: [], remarked: [], brackets: [], notes: [] };
  const open: { index: number; count: number }[] = [];
  for (const [index, act] of scene.acts.entries()) {
    const block = blocks.get(index);
    const y = rows.y[index] ?? 0;
    const top = rows.blockTop[index] ?? 0;
    if (act.kind === "open") open.push({ index, count: act.count });
    if (act.kind === "shut") {
      const frame = open.pop();
      if (frame) boxes.repeats.push(frameBox(columns, rows.blockTop[frame.index] ?? 0, top, frame.count, open.length));
    }
    if (block === undefined) continue;
    switch (act.kind) {
      case "call":
      case "timeout":
      case "crash":
      case "claim": {
        const text = block.lines[0] ?? "";
        const width = block.right - block.left - 4;
        const x = block.anchor === "start" ? block.left : block.right;
        const rules = act.mistakes.map(({ rule }) => rule);
        const lane = columns.lanes[act.lane]?.x ?? 0;
        const level = gravest(act.mistakes);
        boxes.remarked.push({ x, y: y - 3, text, anchor: block.anchor, width, kind: act.kind, level, lane, rules });
        break;
      }
      case "wait": {
        const sign = block.anchor === "start" ? 1 : -1;
        const x = columns[sideOf(act.lane)].brackets + sign * BRACKET_LINE;
        const middle = (top + y) / 2 - ((block.lines.length - 1) * LINE) / 2 + 4;
        boxes.brackets.push({ x, y: top, bottom: y, text: linesAt(block, x + sign * BRACKET_TEXT, middle, FONT.note) });
        break;
      }
      case "note": {
        const x = block.anchor === "start" ? block.left + NOTE_PADDING : (block.left + block.right) / 2;
        const lines = linesAt(block, x, top + NOTE_PADDING + 10, FONT.note);
        boxes.notes.push({ ...boxAt(block, top), lines });
        break;
      }
      case "section": {
        const box = { ...boxAt(block, top), x: block.left + 12, width: block.right - block.left - 24 };
        const width = measure(block.lines[0] ?? "", FONT.section, "bold");
        const text: Words = { x: box.x + 12, y: top + 15, text: block.lines[0] ?? "", anchor: "start", width };
        boxes.sections.push({ ...box, text });
        break;
      }
      case "elide": {
        const center = ((columns.lanes[0]?.x ?? 0) + (columns.lanes.at(-1)?.x ?? 0)) / 2;
        const first = top + block.height / 2 + 4 - ((block.lines.length - 1) * LINE) / 2;
        boxes.elisions.push({
          x: center,
          y: top,
          bottom: top + block.height,
          lines: linesAt(block, center, first, FONT.note),
        });
        break;
      }
      default:
        break;
    }
  }
  return boxes;
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
  const left = columns.left.names - 4 + depth * 6;
  const right = columns.right.names + 4 - depth * 6;
  return { x: left, y: top, width: right - left, height: bottom - top, count };
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
    const isNote = scene.acts[index]?.kind === "note";
    const y = (isNote ? (rows.blockTop[index] ?? 0) + CALLOUT_RISE : (rows.y[index] ?? 0)) - CALLOUT_RISE;
    const box = { x: side === "left" ? near - width : near, y, width, height: text.height };
    const lane = side === "left" ? columns.lanes[0] : columns.lanes.at(-1);
    const edge = (lane?.x ?? 0) + (side === "left" ? -1 : 1) * ((lane?.half ?? 0) + 3);
    const at = y + CALLOUT_RISE;
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
    wrap(`line ${line}: ${message} (${rule})`, Math.max(160, right - left), widthOf).map((text) => {
      const words = { x: left, y, text, anchor: "start", width: widthOf(text), level, rule } as const;
      y += LINE;
      return words;
    }),
  );
}

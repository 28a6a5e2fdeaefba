/** Replay -> geometry: columns first, then rows, then every line and text at its place. */
import { lineTable } from "../flow/lines.ts";
import type { Replay } from "../flow/replay-types.ts";
import { arrowsOf } from "./arrows.ts";
import { bandsOf } from "./bands.ts";
import { blocksOf } from "./blocks.ts";
import { boxesOf, calloutsOf, footerOf, timesOf } from "./boxes.ts";
import { type CalloutText, calloutText } from "./callouts.ts";
import { sendingCalls } from "./calls.ts";
import { type Columns, columnsOf, sideOf } from "./columns.ts";
import { describe } from "./describe.ts";
import type { Head, Ladder, Words } from "./geometry.ts";
import { type LabelChoices, type LabelOptions, labelOptions } from "./label.ts";
import { measure, wrapAtMost } from "./measure.ts";
import { paceOf } from "./pace.ts";
import { type Plan, planFlights } from "./plans.ts";
import { placeRows } from "./rows.ts";
import { type Scene, type SceneOptions, sceneOf } from "./scene.ts";
import { FONT, PADDING } from "./sizes.ts";
import { type Steps, stepsOf } from "./steps.ts";
import type { Rows } from "./sweep.ts";
import { waysOf } from "./ways.ts";

export type LayoutOptions = SceneOptions & LabelChoices;

/** Works out the picture of a replay. */
export function layout(replay: Replay, options: LayoutOptions = {}): Ladder {
  return place(planOf(replay, options)).ladder;
}

/** The same, with what happens in it step by step. */
export function layoutSteps(replay: Replay, options: LayoutOptions = {}): { ladder: Ladder; steps: Steps } {
  const planned = planOf(replay, options);
  const { ladder, rows } = place(planned);
  const { scene, plans, labels } = planned;
  const { numbers, answers } = labels;
  return {
    ladder,
    steps: stepsOf(replay, { scene, plans, numbers, answers, naming: options.states ?? "rfc", y: rows.y }),
  };
}

/** The whole exchange in sentences, for those who cannot see its picture; plain text. */
export function describeReplay(replay: Replay, options: LayoutOptions = {}): string {
  const { scene, plans } = planOf(replay, options);
  return describe(scene, plans);
}

/** What is drawn, before it has a place. */
interface Planned {
  readonly replay: Replay;
  readonly scene: Scene;
  readonly labels: LabelOptions;
  readonly plans: ReadonlyMap<number, Plan>;
}

function planOf(replay: Replay, options: LayoutOptions): Planned {
  const scene = sceneOf(replay, options);
  const labels = labelOptions(replay, options);
  return { replay, scene, labels, plans: planFlights(replay, scene, labels) };
}

function place({ replay, scene, labels: { answers }, plans }: Planned): { ladder: Ladder; rows: Rows } {
  const columns = columnsOf(replay, scene, plans);
  const ways = waysOf(replay, columns, plans);
  const blocks = blocksOf(scene, columns);
  const callouts = calloutsByAct(scene, plans);
  const { title, heads, bottom: top } = header(scene, columns);
  const content = { scene, columns, ways, blocks, callouts, calls: sendingCalls(scene.acts) };
  const even = placeRows(content, top + 8, 0);
  const rows = scene.toScale ? placeRows(content, top + 8, paceOf(scene.acts, even)) : even;
  const left = Math.min(columns.left.outer, ...title.map(({ x, width }) => x - width / 2 - PADDING));
  const right = Math.max(columns.right.outer, ...title.map(({ x, width }) => x + width / 2 + PADDING));
  const footer = footerOf(scene, left + PADDING, right - PADDING, rows.bottom + 26);
  const end = footer.length === 0 ? rows.bottom : (footer.at(-1)?.y ?? 0);
  const ladder: Ladder = {
    x: left,
    y: 0,
    width: right - left,
    height: end + PADDING,
    title,
    heads,
    lifelines: scene.lanes.map((lane, i) => ({
      x: columns.lanes[i]?.x ?? 0,
      y: rows.top,
      bottom: rows.bottom + 8,
      unchecked: lane.unchecked,
      half: columns.lanes[i]?.half ?? 0,
    })),
    ...bandsOf(scene, columns, rows, answers),
    ...boxesOf(scene, columns, blocks, rows),
    arrows: arrowsOf(replay, ways, rows, lineTable(replay.flow.text)),
    callouts: calloutsOf(scene, columns, callouts, rows),
    times: timesOf(scene, columns, rows),
    footer,
    words: describe(scene, plans),
  };
  return { ladder, rows };
}

/** By act: what its callout says and in which margin it stands. */
function calloutsByAct(
  scene: Scene,
  plans: ReadonlyMap<number, Plan>,
): Map<number, { text: CalloutText; side: "left" | "right" }> {
  const callouts = new Map<number, { text: CalloutText; side: "left" | "right" }>();
  for (const { flight, course } of plans.values()) {
    const text = calloutText(flight.mistakes);
    const act = course === "old" ? (flight.ends[0]?.act ?? flight.sent) : flight.sent;
    if (text) callouts.set(act, { text, side: flight.from < flight.to ? "left" : "right" });
  }
  for (const [index, act] of scene.acts.entries()) {
    const text = calloutText(act.mistakes);
    if (text) callouts.set(index, { text, side: sideOf("lane" in act ? act.lane : 0) });
  }
  return callouts;
}

const HEAD_PADDING = 9;
/** Of a title, and of a name or label at the head of a lane. */
const MOST_LINES = 3;

function header(scene: Scene, columns: Columns): { title: Words[]; heads: Head[]; bottom: number } {
  const center = ((columns.lanes[0]?.x ?? 0) + (columns.lanes.at(-1)?.x ?? 0)) / 2;
  const widest = Math.max(480, columns.right.outer - columns.left.outer - 2 * PADDING);
  const widthOf = (text: string) => measure(text, FONT.title, "bold");
  const title = wrapAtMost(MOST_LINES, scene.title ?? "", widest, widthOf).map((text, i): Words => {
    return { x: center, y: 36 + i * 24, text, anchor: "middle", width: widthOf(text) };
  });
  const top = title.length === 0 ? PADDING : (title.at(-1)?.y ?? 0) + 18;
  const wrapped = scene.lanes.map((lane, i) => {
    const width = columns.lanes[i]?.head.width ?? 0;
    const room = width - 24;
    return {
      names: wrapAtMost(MOST_LINES, lane.name, room, (text) => measure(text, FONT.head, "bold")),
      labels: wrapAtMost(MOST_LINES, lane.label ?? "", room, (text) => measure(text, FONT.headLabel)),
    };
  });
  const textHeight = Math.max(...wrapped.map(({ names, labels }) => names.length * 17 + labels.length * 14), 17);
  const height = textHeight + 2 * HEAD_PADDING - 3;
  const heads = wrapped.map(({ names, labels }, i): Head => {
    const { x, head } = columns.lanes[i] ?? { x: 0, head: { width: 0 } };
    const first = top + (height - names.length * 17 - labels.length * 14) / 2 + 13.5;
    const middle = { anchor: "middle", x } as const;
    return {
      x: x - head.width / 2,
      y: top,
      width: head.width,
      height,
      name: names.map((text, k) => ({
        ...middle,
        y: first + k * 17,
        text,
        width: measure(text, FONT.head, "bold"),
      })),
      label: labels.map((text, k) => ({
        ...middle,
        y: first + names.length * 17 + k * 14 - 1,
        text,
        width: measure(text, FONT.headLabel),
      })),
    };
  });
  return { title, heads, bottom: heads.length === 0 ? top : top + height };
}

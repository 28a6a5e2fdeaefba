/**
 * A ladder in the form of RFC 9293's figures: numbered lines, the state of each end at its side, segments as
 * `<SEQ=100><CTL=SYN>`, and `...` where a segment is still in the network. One figure for each connection.
 */
import type { Replay } from "../flow/replay-types.ts";
import type { Act } from "./acts.ts";
import { type LabelChoices, labelOptions } from "./label.ts";
import { cells } from "./measure.ts";
import { mistakeText } from "./mistakes.ts";
import { type Plan, planFlights } from "./plans.ts";
import { type Scene, type SceneOptions, sceneOf } from "./scene.ts";
import { padTo, wrapCells } from "./text-grid.ts";

export type RfcOptions = SceneOptions & LabelChoices;

/** A line of a figure: what stands at the sides, the arrows beside them, and what lies between. */
interface Row {
  readonly left?: string;
  readonly into?: string;
  readonly text?: string;
  readonly out?: string;
  readonly right?: string;
  /** Only rows in which something happens have a number. */
  readonly numbered?: boolean;
}

/** A row, or a remark in the whole width. */
type Line = Row | string;

interface Figure {
  readonly scene: Scene;
  readonly plans: ReadonlyMap<number, Plan>;
  readonly replay: Replay;
  readonly answers: boolean;
  /** The ends of the connection, and their lanes, the left one first. */
  readonly ends: readonly [number, number];
  readonly lanes: readonly [number, number];
}

const WIDTH = 72;

/** Draws a replay as the RFC does; ends in a line break. */
export function renderRfc(replay: Replay, options: RfcOptions = {}): string {
  const scene = sceneOf(replay, options);
  const answers = options.answers ?? false;
  const plans = planFlights(replay, scene, labelOptions(replay, { answers }));
  const figures = figuresOf(replay, scene).map((ends) => {
    const lanes = [scene.laneOfEnd[ends[0]] ?? 0, scene.laneOfEnd[ends[1]] ?? 0] as const;
    return figure({ scene, plans, replay, answers, ends, lanes }).join("\n");
  });
  const title = scene.title === undefined ? [] : [scene.title];
  const others = scene.others.flatMap((mistake) => wrapCells(mistakeText(scene.texts, mistake), WIDTH));
  return `${[...title, ...figures, ...(others.length === 0 ? [] : [others.join("\n")])].join("\n\n")}\n`;
}

/** The two ends of every connection, the one in the left lane first. */
function figuresOf(replay: Replay, scene: Scene): (readonly [number, number])[] {
  return replay.ends.flatMap(({ other }, end) => {
    const [here, there] = [scene.laneOfEnd[end] ?? 0, scene.laneOfEnd[other] ?? 0];
    return here < there || (here === there && end < other) ? [[end, other] as const] : [];
  });
}

function figure(part: Figure): string[] {
  const { scene, replay, lanes, ends } = part;
  const heads = lanes.map((lane, side) => {
    const { name, label } = scene.lanes[lane] ?? { name: "?" };
    const port = replay.ends[ends[side] ?? 0]?.self.port;
    return port === undefined ? (label ?? name) : `${name}:${port}`;
  });
  const rows: Line[] = [
    { left: firstState(part, 0), right: firstState(part, 1), numbered: true },
    ...scene.acts.flatMap((act, index) => linesOf(part, act, index)),
  ];
  return layOut([{ left: heads[0] ?? "", right: heads[1] ?? "" }, ...rows]);
}

/** Where a lane has several connections, the ladder shows an end only from where it takes part. */
function firstState(part: Figure, side: 0 | 1): string {
  const lane = part.scene.lanes[part.lanes[side]];
  const start = lane?.unchecked ? "" : (part.replay.ends[part.ends[side]]?.start.state ?? "");
  return stateAt(part, side, -1) ?? start;
}

/** The state that an end is in behind an act; nothing for ends that are not judged, or not there yet. */
function stateAt({ scene, ends, answers }: Figure, side: 0 | 1, act: number): string | undefined {
  const span = scene.spans.findLast(({ end, from, to }) => end === ends[side] && from <= act && act < to);
  if (span === undefined) return undefined;
  return span.blank && !answers ? "____" : span.state;
}

function linesOf(part: Figure, act: Act, index: number): Line[] {
  const rows = rowsOf(part, act, index);
  const mistakes = act.kind === "send" ? (part.plans.get(act.segment)?.flight.mistakes ?? []) : act.mistakes;
  return rows.length === 0 ? [] : [...rows, ...mistakes.map((mistake) => mistakeText(part.scene.texts, mistake))];
}

function rowsOf(part: Figure, act: Act, index: number): Line[] {
  switch (act.kind) {
    case "send":
      return sendRows(part, act.segment, index);
    case "arrive":
      return arriveRows(part, act.segment, index);
    case "lose":
      return loseRows(part, act.segment, index);
    case "call":
      return sideRows(
        part,
        act.lane,
        `(${act.text.replace("()", "").replace(/^./u, (first) => first.toUpperCase())})`,
        index,
      );
    case "timeout":
    case "crash":
    case "claim":
      return sideRows(part, act.lane, `(${act.text})`, index);
    case "wait":
      return waitRows(part, act.text, index);
    case "elide":
      return [{ text: act.text === "" ? "..." : `... ${act.text} ...`, numbered: true }];
    case "note":
      return act.lanes.some((lane) => part.lanes.includes(lane)) ? [part.scene.texts.noteLine(act.text)] : [];
    case "section":
      return [`${act.text}:`];
    case "open":
      return [part.scene.texts.timesLine(act.count)];
    case "shut":
      return [part.scene.texts.andSoOn];
  }
}

/** The connection that a segment belongs to is this one. */
function planOf({ plans, replay, ends }: Figure, segment: number): Plan | undefined {
  const reading = replay.readings[segment];
  return reading !== undefined && ends.includes(reading.sender) ? plans.get(segment) : undefined;
}

/** 0 where the segment goes to the right. */
function senderSide({ replay, ends }: Figure, segment: number): 0 | 1 {
  return replay.readings[segment]?.sender === ends[1] ? 1 : 0;
}

function sendRows(part: Figure, segment: number, index: number): Line[] {
  const plan = planOf(part, segment);
  if (plan === undefined || plan.course === "old") return [];
  const from = senderSide(part, segment);
  const { flight } = plan;
  const [first] = flight.ends;
  const text = textOf(plan);
  const own = stateAt(part, from, index) ?? "";
  const remarks = remarksOf(plan);
  if (first?.kind === "arrive" && first.act === index + 1) {
    const other = stateAt(part, from === 0 ? 1 : 0, first.act) ?? "";
    const arrow = from === 0 ? "-->" : "<--";
    const [left, right] = from === 0 ? [own, other] : [other, own];
    return [{ left, into: arrow, text, out: arrow, right, numbered: true }, ...remarks];
  }
  const end = plan.lost && (first === undefined || first.act === index + 1) ? "(lost)" : "...";
  const row: Row =
    from === 0
      ? { left: own, into: "-->", text, out: end, numbered: true }
      : { into: end, text, out: "<--", right: own, numbered: true };
  return [row, ...remarks];
}

function arriveRows(part: Figure, segment: number, index: number): Line[] {
  const plan = planOf(part, segment);
  // Drawn in one row with its departure.
  if (plan === undefined || (plan.flight.sent + 1 === index && plan.course !== "old")) return [];
  const from = senderSide(part, segment);
  const text = textOf(plan);
  const state = stateAt(part, from === 0 ? 1 : 0, index) ?? "";
  const row: Row =
    from === 0
      ? { into: "...", text, out: "-->", right: state, numbered: true }
      : { left: state, into: "<--", text, out: "...", numbered: true };
  return plan.course === "old" ? [row, ...remarksOf(plan)] : [row];
}

function loseRows(part: Figure, segment: number, index: number): Line[] {
  const plan = planOf(part, segment);
  if (plan === undefined || plan.flight.sent + 1 === index) return [];
  return [{ into: "...", text: textOf(plan), out: "(lost)", numbered: true }];
}

function sideRows(part: Figure, lane: number, text: string, index: number): Line[] {
  const side = part.lanes.indexOf(lane);
  if (side !== 0 && side !== 1) return [];
  const row: Row = side === 0 ? { left: text, numbered: true } : { right: text, numbered: true };
  const changed = changedStates(part, index);
  // Of several connections of a lane, it is about the one that changes.
  const isShared = part.scene.endNames[part.ends[side]] !== undefined;
  return isShared && changed.length === 0 ? [] : [row, ...changed];
}

/** At the sides of those whose timer it is; else it passes for both. */
function waitRows(part: Figure, text: string, index: number): Line[] {
  const words = `(${text})`;
  const [changed] = changedStates(part, index);
  if (changed === undefined) return [{ text: words, numbered: true }];
  const side = (state: string | undefined) => (state === "" ? "" : words);
  return [{ left: side(changed.left), right: side(changed.right), numbered: true }, changed];
}

/** The states that ends of this connection enter by something else than a segment. */
function changedStates(part: Figure, index: number): Row[] {
  const [left, right] = ([0, 1] as const).map((side) => {
    const entered = part.scene.spans.some(({ end, from }) => end === part.ends[side] && from === index);
    return entered ? stateAt(part, side, index) : undefined;
  });
  return left === undefined && right === undefined ? [] : [{ left: left ?? "", right: right ?? "" }];
}

/** `<SEQ=100><ACK=300><CTL=FIN,ACK>`, in the order of the figures. */
function textOf({ parts }: Plan): string {
  let control = "";
  let fields = "";
  let data = "";
  let name = "";
  for (const { role, text } of parts) {
    if (role === "flags") control = `<CTL=${text.split(" ").join(",")}>`;
    else if (role === "name") name = text.replace("=", "").toUpperCase();
    else if (role !== "port") {
      const value = text === "" ? "____" : text;
      if (name === "LEN") data = `<DATA=${value}>`;
      else fields += `<${name}=${value}>`;
    }
  }
  return fields + control + data;
}

function remarksOf({ remarks }: Plan): string[] {
  return remarks.map(({ text }) => `(${text})`);
}

/** Gives every column the width of its widest text. */
function layOut(lines: readonly Line[]): string[] {
  const rows = lines.filter((line) => typeof line !== "string");
  const widest = (column: "left" | "into" | "text" | "out") =>
    Math.max(0, ...rows.map((row) => cells(row[column] ?? "")));
  const [left, into, text, out] = [widest("left"), widest("into"), widest("text"), widest("out")];
  const count = String(rows.filter(({ numbered }) => numbered).length).length;
  const indent = " ".repeat(count + 3);
  const whole = Math.max(WIDTH, left + into + text + out + 4) - indent.length;
  let number = 0;
  return lines.flatMap((line) => {
    if (typeof line === "string") return wrapCells(line, whole).map((piece) => indent + piece);
    if (line.numbered) number++;
    const mark = line.numbered ? `${number}.`.padEnd(indent.length) : indent;
    const columns = [
      padTo(line.left ?? "", left),
      padTo(line.into ?? "", into),
      padTo(line.text ?? "", text),
      padTo(line.out ?? "", out),
      line.right ?? "",
    ];
    const drawn = (mark + columns.join(" ")).trimEnd();
    return line.numbered ? ["", drawn] : [drawn];
  });
}

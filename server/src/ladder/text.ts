/** A ladder as plain text, for terminals and mail. */
import type { Replay } from "../flow/replay-types.ts";
import type { Act } from "./acts.ts";
import { type LabelChoices, labelOptions } from "./label.ts";
import { cells } from "./measure.ts";
import { type Mistake, mistakeText } from "./mistakes.ts";
import { type Plan, planFlights } from "./plans.ts";
import { type Scene, type SceneOptions, sceneOf } from "./scene.ts";
import type { StateSpan } from "./states.ts";
import { ARROW_ROOM, type Leg, textArrow, textLabel, textWire } from "./text-arrow.ts";
import {
  ASCII_PEN,
  centre,
  type Pen,
  padLeft,
  padTo,
  rowText,
  type TextRow,
  UNICODE_PEN,
  wrapCells,
} from "./text-grid.ts";

export interface TextOptions extends SceneOptions, LabelChoices {
  /** Lines of ASCII characters only; texts of the author stay as they are. */
  readonly ascii?: boolean;
}

interface Sheet {
  readonly scene: Scene;
  readonly plans: ReadonlyMap<number, Plan>;
  readonly pen: Pen;
  readonly left: number;
  readonly gaps: readonly number[];
  /** By act: the spans that begin with it. */
  readonly begins: ReadonlyMap<number, readonly StateSpan[]>;
  readonly answers: boolean;
  readonly out: string[];
}

const LEAST_GAP = 30;
const FINDING_GAP = 44;

/** Draws a replay with characters, one row for every act; ends in a line break. */
export function renderText(replay: Replay, options: TextOptions = {}): string {
  const scene = sceneOf(replay, options);
  const answers = options.answers ?? false;
  const plans = planFlights(replay, scene, labelOptions(replay, options));
  const begins = new Map<number, StateSpan[]>();
  for (const span of scene.spans) begins.set(span.from, [...(begins.get(span.from) ?? []), span]);
  const sheet: Sheet = {
    scene,
    plans,
    pen: options.ascii === true ? ASCII_PEN : UNICODE_PEN,
    left: leftWidth(scene, answers),
    gaps: gapWidths(scene, plans),
    begins,
    answers,
    out: [],
  };
  heading(sheet);
  if (scene.lanes.length > 0) emit(sheet, {}, -1);
  for (const [index, act] of scene.acts.entries()) writeAct(sheet, act, index);
  for (const mistake of scene.others)
    sheet.out.push(
      ...wrapCells(scene.texts.findingAt(mistake.line, mistakeText(scene.texts, mistake)), Math.max(60, total(sheet))),
    );
  return `${sheet.out.join("\n")}\n`;
}

function total({ left, gaps }: Sheet): number {
  return left + 2 + gaps.reduce((sum, gap) => sum + gap + 1, 0);
}

function leftWidth(scene: Scene, answers: boolean): number {
  const first = scene.lanes[0];
  const names = scene.spans.filter(({ lane }) => lane === 0).map((span) => cells(stateWords(span, answers)));
  return Math.max(cells(first?.name ?? "") >> 1, 1, ...names) + 1;
}

function gapWidths(scene: Scene, plans: ReadonlyMap<number, Plan>): number[] {
  const gaps = scene.lanes.slice(1).map((lane, i): number => {
    const heads = (cells(scene.lanes[i]?.name ?? "") + cells(lane.name)) / 2 + 4;
    return Math.max(LEAST_GAP, Math.ceil(heads));
  });
  for (const { gap, parts, flight } of plans.values()) {
    const least = flight.mistakes.length > 0 ? FINDING_GAP : LEAST_GAP;
    const needed = Math.max(least, cells(textLabel(parts).text) + ARROW_ROOM + 2);
    if (gap in gaps) gaps[gap] = Math.max(gaps[gap] ?? 0, needed);
  }
  return gaps;
}

function heading(sheet: Sheet): void {
  const { scene, gaps, left, out } = sheet;
  if (scene.title !== undefined) out.push(centre(scene.title, total(sheet)).trimEnd(), "");
  for (const texts of [scene.lanes.map(({ name }) => name), scene.lanes.map(({ label }) => label ?? "")]) {
    let line = "";
    let x = left + 1;
    for (const [i, text] of texts.entries()) {
      line = padTo(line, Math.max(cells(line) + (i > 0 ? 1 : 0), x - (cells(text) >> 1))) + text;
      x += (gaps[i] ?? 0) + 1;
    }
    if (line.trim() !== "") out.push(line.trimEnd());
  }
}

function stateWords({ text, blank, name }: StateSpan, answers: boolean): string {
  return (blank && !answers ? "[       ]" : text) + (name === "" ? "" : ` ${name}`);
}

/** Writes a row, with the names of the states that begin there; those of inner lanes stand a row below. */
function emit(sheet: Sheet, row: Partial<TextRow>, act: number | undefined): void {
  const { scene, pen, left, gaps, out } = sheet;
  const last = scene.lanes.length - 1;
  const names = scene.lanes.map((): string[] => []);
  for (const span of act === undefined ? [] : (sheet.begins.get(act) ?? []))
    names[span.lane]?.push(stateWords(span, sheet.answers));
  const plain = scene.lanes.map(() => pen.lane);
  const outer = (lane: number) => (lane === 0 || lane === last ? (names[lane]?.shift() ?? "") : "");
  const leftName = row.left ?? outer(0);
  const rightName = row.right ?? (last > 0 ? outer(last) : "");
  const innerNames = () => gaps.map((_, i) => (i > 0 ? ` ${names[i]?.shift() ?? ""}` : ""));
  const first = { left: leftName, right: rightName, lanes: row.lanes ?? plain, gaps: row.gaps ?? innerNames() };
  out.push(rowText(first, left, gaps));
  while (names.some((list) => list.length > 0)) {
    const inner = innerNames();
    const right = last > 0 ? outer(last) : "";
    out.push(rowText({ left: outer(0), right, lanes: plain, gaps: inner }, left, gaps));
  }
}

function writeAct(sheet: Sheet, act: Act, index: number): void {
  const { scene, pen } = sheet;
  switch (act.kind) {
    case "send":
      writeSend(sheet, act.segment, index);
      break;
    case "arrive":
    case "lose":
      writeEnd(sheet, act.segment, index, act.kind);
      break;
    case "call":
    case "timeout":
      emit(sheet, beside(sheet, act.lane, act.text), index);
      break;
    case "crash": {
      const lanes = scene.lanes.map((_, lane) => (lane === act.lane ? "X" : pen.lane));
      emit(sheet, { ...beside(sheet, act.lane, act.text), lanes }, index);
      break;
    }
    case "claim":
      emit(sheet, beside(sheet, act.lane, scene.texts.is(act.text)), index);
      break;
    case "wait":
      emit(sheet, beside(sheet, act.lane, scene.texts.inBrackets(act.text)), index);
      break;
    case "elide":
      emit(sheet, { lanes: scene.lanes.map(() => pen.dots), gaps: [centre(act.text, sheet.gaps[0] ?? 0)] }, index);
      break;
    case "note":
      writeNote(sheet, act.lanes, act.text, index);
      break;
    case "section":
      sheet.out.push(padRule(`${pen.rule.repeat(2)} ${act.text} `, pen.rule, total(sheet)));
      break;
    case "open":
      sheet.out.push(padRule(`${pen.line.repeat(2)} ${pen.times}${act.count} `, pen.line, total(sheet)));
      break;
    case "shut":
      emitChanges(sheet, index);
      sheet.out.push(pen.line.repeat(total(sheet)));
      break;
  }
  if (act.kind !== "send") writeMistakes(sheet, "lane" in act ? Math.max(0, act.lane - 1) : 0, act.mistakes);
}

function padRule(text: string, rule: string, width: number): string {
  return text + rule.repeat(Math.max(0, width - cells(text)));
}

/** Words next to a lane: right of the first one, left of the others. */
function beside(sheet: Sheet, lane: number, text: string): Pick<TextRow, "gaps"> {
  const gap = Math.max(0, lane - 1);
  const width = sheet.gaps[gap] ?? 0;
  return { gaps: sheet.gaps.map((_, i) => (i !== gap ? "" : lane === 0 ? ` ${text}` : padLeft(`${text} `, width))) };
}

function writeNote(sheet: Sheet, lanes: readonly number[], text: string, index: number): void {
  const lane = lanes[0] ?? 0;
  const gap = lanes.length > 1 ? lane : Math.max(0, lane - 1);
  const width = sheet.gaps[gap] ?? LEAST_GAP;
  for (const line of wrapCells(text, width - 4)) {
    const words = `[${padTo(line, Math.min(width - 4, cells(text)))}]`;
    const placed = lanes.length > 1 ? centre(words, width) : lane === 0 ? ` ${words}` : padLeft(`${words} `, width);
    emit(sheet, { gaps: sheet.gaps.map((_, i) => (i === gap ? placed : "")) }, undefined);
  }
  emitChanges(sheet, index);
}

function emitChanges(sheet: Sheet, index: number): void {
  if (sheet.begins.has(index)) emit(sheet, {}, index);
}

function writeSend(sheet: Sheet, segment: number, index: number): void {
  const plan = sheet.plans.get(segment);
  if (plan === undefined || plan.course === "old") {
    emitChanges(sheet, index);
    return;
  }
  if (plan.course === "direct" && !plan.lost) {
    // Both ends change in the same row.
    const begins = new Map(sheet.begins);
    begins.set(index, [...(begins.get(index) ?? []), ...(begins.get(index + 1) ?? [])]);
    writeArrow({ ...sheet, begins }, plan, "whole", index);
    return;
  }
  writeArrow(sheet, plan, plan.course === "direct" ? "lost" : "departs", index);
}

function writeEnd(sheet: Sheet, segment: number, index: number, kind: "arrive" | "lose"): void {
  const plan = sheet.plans.get(segment);
  if (plan === undefined || plan.course === "direct") return;
  if (kind === "arrive") writeArrow(sheet, plan, "arrives", index);
  else writeArrow(sheet, plan, "lost", index);
}

/** A row with an arrow, its mistakes and its remarks below. */
function writeArrow(sheet: Sheet, plan: Plan, leg: Leg, index: number): void {
  const { flight, gap } = plan;
  const right = flight.from < flight.to;
  const label = textLabel(plan.parts);
  const width = sheet.gaps[gap] ?? 0;
  const arrow = textArrow(plan, label.text, leg, width, sheet.pen);
  const [low, high] = [Math.min(flight.from, flight.to), Math.max(flight.from, flight.to) - 1];
  const end = right ? high : low;
  const across = (i: number) => i >= low && i <= high && i !== gap;
  const body = gap === end ? arrow.text : arrow.text.replace(/[<>]/u, sheet.pen.line);
  const gaps = sheet.gaps.map((room, i) =>
    i === gap ? body : across(i) ? textWire(leg, i === end, right, room, sheet.pen) : "",
  );
  emit(sheet, { gaps }, index);
  const isFirst = leg !== "arrives" || plan.course === "old";
  if (!isFirst) return;
  const { texts } = sheet.scene;
  const remarks = texts.remarks(plan.remarks.map(({ text }) => text));
  for (const line of wrapCells(remarks === "" ? "" : texts.inBrackets(remarks), width - 2))
    inGap(sheet, gap, centre(line, width));
  if (label.marks.length > 0) {
    let carets = "";
    for (const mark of label.marks) carets = padTo(carets, arrow.start + mark.start) + "^".repeat(mark.width);
    inGap(sheet, gap, carets);
  }
  writeMistakes(sheet, gap, flight.mistakes);
}

function inGap(sheet: Sheet, gap: number, text: string): void {
  emit(sheet, { gaps: sheet.gaps.map((_, i) => (i === gap ? text : "")) }, undefined);
}

function writeMistakes(sheet: Sheet, gap: number, mistakes: readonly Mistake[]): void {
  for (const mistake of mistakes) {
    const width = (sheet.gaps[gap] ?? FINDING_GAP) - 2;
    for (const line of wrapCells(mistakeText(sheet.scene.texts, mistake), width)) inGap(sheet, gap, ` ${line}`);
  }
}

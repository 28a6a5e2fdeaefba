/** A ladder as a Mermaid sequence diagram (Mermaid 10 and later), for where Mermaid is at home. */
import type { Replay } from "../flow/replay-types.ts";
import type { Act } from "./acts.ts";
import { type LabelChoices, labelOptions } from "./label.ts";
import { cells } from "./measure.ts";
import { mermaidLines, mermaidText } from "./mermaid-text.ts";
import { type Mistake, mistakeText } from "./mistakes.ts";
import { type Plan, planFlights } from "./plans.ts";
import { type Scene, type SceneOptions, sceneOf } from "./scene.ts";
import type { StateSpan } from "./states.ts";
import { wrapCells } from "./text-grid.ts";

export type MermaidOptions = SceneOptions & LabelChoices;

/** The diagram so far. */
interface Draft {
  readonly scene: Scene;
  readonly plans: ReadonlyMap<number, Plan>;
  readonly answers: boolean;
  /** By act: the states that begin with it. */
  readonly begins: ReadonlyMap<number, readonly StateSpan[]>;
  /** Characters from each lifeline to the next. */
  readonly gaps: readonly number[];
  readonly out: string[];
  /** For the diagram and every loop around this place: whether a section is open in it. */
  readonly frames: boolean[];
}

/** Mermaid does not widen what a note stands across: a lifeline is at least so many characters from the next. */
const LEAST_GAP = 25;
/** Characters in a line of a note beside a lifeline, or below the label of an arrow. */
const LINE_WIDTH = 32;
/** Mermaid cuts off a title that is longer than the diagram is wide. */
const LONGEST_TITLE = 28;
/** The ground of a section; it goes with light and dark themes. */
const SECTION = "rect rgba(128, 128, 128, 0.12)";

/**
 * Writes a replay as a sequence diagram; ends in a line break. Mermaid draws every arrow level, so that a segment
 * which is under way for some time has a note where it leaves and its arrow where it arrives.
 */
export function renderMermaid(replay: Replay, options: MermaidOptions = {}): string {
  const scene = sceneOf(replay, options);
  const labels = labelOptions(replay, options);
  const { answers } = labels;
  const begins = new Map<number, StateSpan[]>();
  for (const span of scene.spans) begins.set(span.from, [...(begins.get(span.from) ?? []), span]);
  const plans = planFlights(replay, scene, labels);
  const gaps = gapWidths(scene, plans);
  const draft: Draft = { scene, plans, answers, begins, gaps, out: [], frames: [false] };
  const title = scene.title?.trim() ?? "";
  const isLong = cells(title) > LONGEST_TITLE;
  if (title !== "") write(draft, `${isLong ? "accTitle:" : "title"} ${mermaidText(title)}`);
  for (const [lane, { name, label }] of scene.lanes.entries())
    write(draft, `participant ${participant(lane)} as ${mermaidLines([name, label ?? ""])}`);
  if (isLong) noteAcross(draft, title);
  writeStates(draft, -1);
  for (const [index, act] of scene.acts.entries()) writeAct(draft, act, index);
  closeSection(draft);
  for (const mistake of scene.others)
    noteAcross(draft, scene.texts.findingAt(mistake.line, mistakeText(scene.texts, mistake)));
  return `sequenceDiagram\n${draft.out.join("")}`;
}

function gapWidths(scene: Scene, plans: ReadonlyMap<number, Plan>): number[] {
  const gaps = scene.lanes.slice(1).map(() => LEAST_GAP);
  for (const plan of plans.values()) {
    const { flight, gap } = plan;
    if (Math.abs(flight.from - flight.to) === 1) gaps[gap] = Math.max(gaps[gap] ?? 0, cells(labelText(plan)));
  }
  return gaps;
}

/** A name that is no word of Mermaid: A … Z, A1 … Z1, A2 … */
function participant(lane: number): string {
  const round = Math.floor(lane / 26);
  return String.fromCharCode(65 + (lane % 26)) + (round === 0 ? "" : String(round));
}

function write({ out, frames }: Draft, statement: string): void {
  const depth = frames.length + frames.filter(Boolean).length;
  out.push(`${"  ".repeat(depth)}${statement}\n`);
}

function writeAct(draft: Draft, act: Act, index: number): void {
  const { scene } = draft;
  const { texts } = scene;
  const time = scene.times.get(index);
  switch (act.kind) {
    case "send":
      writeSend(draft, act.segment, index);
      return;
    case "arrive":
    case "lose":
      writeEnd(draft, act, index);
      return;
    case "call":
    case "timeout":
    case "crash":
      writeEvent(draft, act.lane, timed(time, act.text), index);
      break;
    case "claim":
      writeEvent(draft, act.lane, texts.isSaidToBe(act.text), index);
      break;
    case "wait":
      writeEvent(draft, act.lane, texts.waits(act.text), index);
      break;
    case "elide":
      noteAcross(draft, act.text.trim() === "" ? "…" : `… ${act.text} …`);
      break;
    case "note":
      writeNote(draft, act.lanes, act.text);
      break;
    case "section":
      closeSection(draft);
      write(draft, SECTION);
      draft.frames[draft.frames.length - 1] = true;
      noteAcross(draft, act.text);
      break;
    case "open":
      write(draft, `loop ${mermaidText(texts.times(act.count))}`);
      draft.frames.push(false);
      break;
    case "shut":
      writeStates(draft, index);
      writeMistakes(draft, act.mistakes);
      closeSection(draft);
      draft.frames.pop();
      write(draft, "end");
      return;
  }
  if (!("lane" in act)) writeStates(draft, index);
  writeMistakes(draft, act.mistakes);
}

function closeSection(draft: Draft): void {
  if (draft.frames.at(-1) !== true) return;
  draft.frames[draft.frames.length - 1] = false;
  write(draft, "end");
}

/** An arrow where a segment gets there before anything else happens, else a note. */
function writeSend(draft: Draft, segment: number, index: number): void {
  const plan = draft.plans.get(segment);
  if (plan === undefined) return;
  const { flight, course, remarks, lost } = plan;
  const { texts } = draft.scene;
  const time = draft.scene.times.get(index);
  if (course === "direct") {
    const arrival = lost ? undefined : draft.scene.times.get(index + 1);
    const times = [time, arrival].filter((each) => each !== undefined).join(" – ");
    writeArrow(draft, plan, times === "" ? undefined : times, lost ? [texts.isLost] : []);
  } else if (course !== "old") {
    const sends = texts.sendsLater(labelText(plan));
    const words = course === "stays" ? texts.remarks([texts.stays(sends), ...remarks.map(({ text }) => text)]) : sends;
    writeEvent(draft, flight.from, timed(time, words), index);
  }
  if (course === "direct") {
    writeStates(draft, index);
    writeStates(draft, index + 1);
  }
  writeMistakes(draft, flight.mistakes);
}

/** The end of a way that was not drawn as a whole. */
function writeEnd(draft: Draft, act: Act & { kind: "arrive" | "lose" }, index: number): void {
  const plan = draft.plans.get(act.segment);
  if (plan === undefined || plan.course === "direct") return;
  const { texts } = draft.scene;
  const isFirst = plan.flight.ends[0]?.act === index;
  const words = act.kind === "lose" ? [texts.isLost] : isFirst ? [] : [texts.arrivesAgain];
  writeArrow(draft, plan, draft.scene.times.get(index), words, act.kind === "lose");
  writeStates(draft, index);
}

function writeArrow(
  draft: Draft,
  plan: Plan,
  time: string | undefined,
  words: readonly string[],
  lost: boolean = plan.lost,
): void {
  const { flight, remarks } = plan;
  const below = [...words, ...remarks.map(({ text }) => text)].flatMap((text) => wrapCells(text, LINE_WIDTH));
  const label = mermaidLines([timed(time, labelText(plan)), ...below]);
  write(draft, `${participant(flight.from)}${lost ? "-x" : "->>"}${participant(flight.to)}: ${label}`);
}

function timed(time: string | undefined, text: string): string {
  return time === undefined ? text : `${time} · ${text}`;
}

/** `SYN+ACK seq=y ack=x ✗`: what a finding stands on is marked. */
function labelText({ parts }: Plan): string {
  let label = "";
  for (const { role, text, level } of parts) {
    const isValue = role === "value" || role === "blank";
    const words = role === "flags" && !text.startsWith("no ") ? text.replaceAll(" ", "+") : text;
    label += `${isValue || label === "" ? "" : " "}${role === "blank" && text === "" ? "?" : words}`;
    if (level !== undefined) label += " ✗";
  }
  return label;
}

/** What happens at one lifeline, and the states that it leads to. */
function writeEvent(draft: Draft, lane: number, text: string, act: number): void {
  const states = draft.begins.get(act) ?? [];
  const own = states.filter((span) => span.lane === lane).map((span) => stateWords(draft, span));
  noteBeside(draft, lane, [text, ...own]);
  for (const span of states) if (span.lane !== lane) noteBeside(draft, span.lane, [stateWords(draft, span)]);
}

function writeStates(draft: Draft, act: number): void {
  for (const span of draft.begins.get(act) ?? []) noteBeside(draft, span.lane, [stateWords(draft, span)]);
}

function stateWords({ answers }: Draft, { state, blank, name }: StateSpan): string {
  const words = blank && !answers ? "?" : state;
  return name === "" ? words : `${words} ${name}`;
}

function writeMistakes(draft: Draft, mistakes: readonly Mistake[]): void {
  for (const mistake of mistakes) noteAcross(draft, mistakeText(draft.scene.texts, mistake));
}

function writeNote(draft: Draft, lanes: readonly number[], text: string): void {
  const [first = 0, last = first] = [lanes[0], lanes.at(-1)];
  if (first === last) noteBeside(draft, first, [text]);
  else noteOver(draft, first, last, text);
}

/** Outside of the first and the last lifeline, on the others. */
function noteBeside(draft: Draft, lane: number, texts: readonly string[]): void {
  const last = draft.scene.lanes.length - 1;
  const place = lane === 0 ? "left of" : lane === last ? "right of" : "over";
  note(draft, `${place} ${participant(lane)}`, texts, LINE_WIDTH);
}

function noteAcross(draft: Draft, text: string): void {
  const last = draft.scene.lanes.length - 1;
  if (last === 0) note(draft, `over ${participant(0)}`, [text], LINE_WIDTH);
  else if (last > 0) noteOver(draft, 0, last, text);
}

function noteOver(draft: Draft, first: number, last: number, text: string): void {
  const width = draft.gaps.slice(first, last).reduce((sum, gap) => sum + gap, 0);
  note(draft, `over ${participant(first)},${participant(last)}`, [text], width);
}

function note(draft: Draft, place: string, texts: readonly string[], width: number): void {
  const words = mermaidLines(texts.flatMap((text) => wrapCells(text, width)));
  if (words !== "") write(draft, `Note ${place}: ${words}`);
}

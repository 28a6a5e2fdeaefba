/**
 * A ladder step by step, as plain data for whoever goes through it: what happens at each act, where it is drawn, and
 * what both ends know after it.
 */
import { type LineTable, lineTable, positionAt } from "../flow/lines.ts";
import type { Replay } from "../flow/replay-types.ts";
import type { Block } from "../tcp/block.ts";
import { minus, type Num } from "../tcp/numbers.ts";
import { STATES, type State, type StateNaming, stateName } from "../tcp/states.ts";
import type { Act, ActKind } from "./acts.ts";
import { type Blank, blanksOf } from "./blanks.ts";
import type { Course } from "./courses.ts";
import { sayAct, sayLabel } from "./describe.ts";
import type { Numbers } from "./number-style.ts";
import type { Plan } from "./plans.ts";
import type { Scene } from "./scene.ts";

const VARIABLES = ["SND.UNA", "SND.NXT", "SND.WND", "RCV.NXT", "RCV.WND"] as const;

/** What one end knows. */
export interface EndView {
  readonly state: State;
  /** The state as the picture names it; empty where the reader is to say it. */
  readonly name: string;
  /** In the order of `Steps.variables`; null where nothing tells it. */
  readonly variables: readonly (string | null)[];
  /** What arrived ahead of RCV.NXT, as SACK writes it: `x+101:x+201`. */
  readonly held: readonly string[];
}

export interface Step {
  readonly kind: ActKind["kind"];
  /** Line of the flow's text, from 0. */
  readonly line: number;
  /** Pixels in the picture: nothing below has happened yet. */
  readonly y: number;
  /** A sentence. */
  readonly words: string;
  readonly segment?: number;
  /** Of an arrival or a loss: which end of the segment's way it is, from 0. */
  readonly copy?: number;
  /** An end, and the place in `Steps.views` of what it knows from here on. */
  readonly changes: readonly (readonly [end: number, view: number])[];
}

/** A segment that is drawn. */
export interface StepSegment {
  readonly label: string;
  readonly from: string;
  readonly to: string;
  readonly connection: number;
  /** How many arrivals and losses end its way; none if it stays in the network. */
  readonly ends: number;
  readonly course: Course;
}

export interface Steps {
  /** The names of the variables of a view. */
  readonly variables: readonly string[];
  /** The states as the picture names them. */
  readonly names: Readonly<Record<string, string>>;
  readonly ends: readonly {
    readonly key: string;
    readonly connection: number;
    /** What it knows before the first step. */
    readonly view: number;
  }[];
  readonly views: readonly EndView[];
  /** By segment number; null for those that are not drawn. */
  readonly segments: readonly (StepSegment | null)[];
  readonly steps: readonly Step[];
  /** The blanks for the reader, by the key that their box in the picture has. */
  readonly blanks: Readonly<Record<string, Blank>>;
  /** What symbols stand for, where there are blanks: an answer may name them. */
  readonly bindings: readonly (readonly [symbol: string, value: Num])[];
}

/** A picture's choices, and the place of each act in it. */
export interface Drawn {
  readonly scene: Scene;
  readonly plans: ReadonlyMap<number, Plan>;
  readonly numbers: Numbers;
  readonly naming: StateNaming;
  readonly answers: boolean;
  readonly y: Float64Array;
}

/** The steps of a picture, one for each act. */
export function stepsOf(replay: Replay, drawn: Drawn): Steps {
  const { scene, plans } = drawn;
  const table = lineTable(replay.flow.text);
  const views: EndView[] = [];
  const isBlank = hiddenStates(drawn);
  const last: EndView[] = [];
  const ends = replay.ends.map(({ key, connection, start }, end) => {
    last[end] = viewOf(drawn, end, start, isBlank(end, -1));
    return { key, connection, view: views.push(last[end]) - 1 };
  });
  let next = 0;
  const steps = scene.acts.map((act, index): Step => {
    const changed = new Map<number, Block>();
    for (; next <= act.until; next++)
      for (const { end, after } of replay.steps[next]?.changes ?? []) changed.set(end, after);
    const changes: (readonly [number, number])[] = [];
    for (const [end, block] of changed) {
      const view = viewOf(drawn, end, block, isBlank(end, index));
      if (isSame(view, last[end])) continue;
      last[end] = view;
      changes.push([end, views.push(view) - 1]);
    }
    return { ...placeOf(replay, act, table), ...flightOf(scene, act, index), ...wordsAt(drawn, index), changes };
  });
  const segments = replay.flow.segments.map((_, number) => segmentOf(replay, scene, plans.get(number)));
  const names = Object.fromEntries(STATES.map((state) => [state, stateName(state, drawn.naming)]));
  const blanks = blanksOf(drawn);
  const bindings = Object.keys(blanks).length === 0 ? [] : [...replay.symbols.bindings];
  return { variables: VARIABLES, names, ends, views, segments, steps, blanks, bindings };
}

function placeOf(replay: Replay, { kind, event }: Act, table: LineTable): Pick<Step, "kind" | "line"> {
  return { kind, line: positionAt(table, replay.flow.events[event]?.span.start ?? 0).line };
}

function flightOf(scene: Scene, act: Act, index: number): Pick<Step, "segment" | "copy"> {
  if (act.kind === "send") return { segment: act.segment };
  if (act.kind !== "arrive" && act.kind !== "lose") return {};
  const copy = scene.flights.get(act.segment)?.ends.findIndex((end) => end.act === index) ?? 0;
  return { segment: act.segment, copy };
}

function wordsAt({ scene, plans, y }: Drawn, index: number): Pick<Step, "y" | "words"> {
  return { y: Math.round(y[index] ?? 0), words: sayAct(scene, plans, index) };
}

function segmentOf(replay: Replay, scene: Scene, plan: Plan | undefined): StepSegment | null {
  if (plan === undefined) return null;
  const { flight } = plan;
  const name = (lane: number) => scene.lanes[lane]?.name ?? "?";
  return {
    label: sayLabel(plan),
    from: name(flight.from),
    to: name(flight.to),
    connection: replay.readings[flight.segment]?.connection ?? 0,
    ends: flight.ends.length,
    course: plan.course,
  };
}

/** Whether the state of an end after an act is for the reader to say. */
function hiddenStates({ scene, answers }: Drawn): (end: number, act: number) => boolean {
  const spans = scene.spans.filter(({ blank }) => blank && !answers);
  return (end, act) => spans.some((span) => span.end === end && span.from <= act && act < span.to);
}

function viewOf({ numbers, naming }: Drawn, end: number, block: Block, blank: boolean): EndView {
  const { sndUna, sndNxt, rcvNxt, windows } = block;
  const show = (counts: "sent" | "received" | "octets", value: Num | undefined) =>
    (value && numbers.variable(end, block, counts, value)) ?? null;
  const room = (from: Num | undefined, to: Num | undefined) => show("octets", from && to && minus(to, from));
  const held = block.held.map((range) => {
    const [left, right] = [show("received", range.start), show("received", range.end)];
    return `${left ?? "?"}:${right ?? "?"}${range.fin ? " FIN" : ""}`;
  });
  return {
    state: block.state,
    name: blank ? "" : stateName(block.state, naming),
    variables: [
      show("sent", sndUna),
      show("sent", sndNxt),
      room(sndUna, windows.sndRight),
      show("received", rcvNxt),
      room(rcvNxt, windows.rcvRight),
    ],
    held,
  };
}

function isSame(a: EndView, b: EndView | undefined): boolean {
  if (b === undefined || a.name !== b.name || a.state !== b.state || a.held.join() !== b.held.join()) return false;
  return a.variables.every((value, i) => value === b.variables[i]);
}

/** States in notes, held against the replay. A note may stand above the arrow that leads to its state, or below. */
import type { Finding } from "../flow/findings.ts";
import type { Flow, FlowEvent } from "../flow/flow.ts";
import { replayAsWritten } from "../flow/replay.ts";
import type { Replay } from "../flow/replay-types.ts";
import { FIN, SYN } from "../tcp/flags.ts";
import type { State } from "../tcp/states.ts";
import type { Scene } from "./mermaid-scenes.ts";
import type { StateNote } from "./mermaid-scripts.ts";
import type { StateWord } from "./mermaid-states.ts";

/** Where a state holds around its note: as drawn, below the arrow above it; or above the arrow that leads to it. */
export interface Holding {
  readonly note: StateNote;
  readonly word: StateWord;
  readonly below: boolean;
  readonly above: boolean;
  /** The next arrow is one that its end receives. */
  readonly foretells: boolean;
  /** The event behind which it is drawn. */
  readonly at: number;
}

/** The findings on states that no place of their notes makes right. */
export function reportStates({ flow }: Scene, wrong: readonly Holding[]): Finding[] {
  return wrong.flatMap((holding) => findingOn(flow, holding));
}

/** The states that no place of their notes makes right. */
export function wrongStates(scene: Scene, judged: Replay): Holding[] {
  if (scene.states.length === 0) return [];
  const history = historyOf(judged);
  const holdings = scene.states.flatMap((state) => holdingOf(scene, history, state) ?? []);
  const wrong = holdings.filter((holding) => !holding.below && !holding.above && mayBeWrong(scene, holding));
  // Who writes states below their arrows means it so; one above an arrow that its end has yet to receive is too early.
  const below = holdings.filter((holding) => holding.below && !holding.above).length;
  const early = holdings.filter((holding) => holding.above && !holding.below && holding.foretells);
  if (below >= 2 * early.length) wrong.push(...early);
  const first = scene.states.flatMap((state) => wrongBefore(scene, history, state));
  return [...wrong, ...first];
}

/** The states of both sides after each event; [0] is before the first. */
function historyOf({ ends, steps }: Replay): readonly (readonly [State, State])[] {
  const now: [State, State] = ["ESTABLISHED", "ESTABLISHED"];
  for (const { self, start } of ends) now[self.endpoint === 0 ? 0 : 1] = start.state;
  const history: [State, State][] = [[...now]];
  for (const { changes } of steps) {
    for (const { end, after } of changes) now[ends[end]?.self.endpoint === 0 ? 0 : 1] = after.state;
    history.push([...now]);
  }
  return history;
}

type History = ReturnType<typeof historyOf>;
type Noted = Scene["states"][number];

/** The states of an end from where an arrow concerns it until the next arrow leaves. */
function statesAround({ arrows, flow }: Scene, history: History, index: number, side: 0 | 1): State[] {
  const arrow = arrows[index];
  const next = arrows[index + 1];
  const from = arrow === undefined ? -1 : arrow.arrow.from === side ? arrow.sent : arrow.ended;
  const to = next === undefined ? flow.events.length : Math.max(next.sent, from + 1);
  return history.slice(from + 1, to + 1).map((states) => states[side]);
}

function holdingOf(scene: Scene, history: History, { note, arrows }: Noted): Holding | undefined {
  const word = note.words.at(-1);
  if (word === undefined) return undefined;
  const before = statesAround(scene, history, arrows - 1, note.side);
  const next = scene.arrows[arrows];
  const after = next === undefined ? [] : statesAround(scene, history, arrows, note.side);
  const begins = arrows === 0;
  return {
    note,
    word,
    below: before.some((state) => agrees(state, word.state, begins)),
    above: after.some((state) => agrees(state, word.state, false)),
    foretells: next !== undefined && next.arrow.from !== note.side,
    at: (scene.arrows[arrows - 1]?.ended ?? -1) + 1,
  };
}

/** Before the first segment nobody cares whether an end listens; 2MSL pass unseen. */
function agrees(state: State, asserted: State, begins: boolean): boolean {
  if (state === asserted) return true;
  if (begins && rests(state) && rests(asserted)) return true;
  if (asserted === "LISTEN") return state === "CLOSED" || state === "SYN-RECEIVED";
  return asserted === "CLOSED" && (state === "TIME-WAIT" || state === "LISTEN");
}

function rests(state: State): boolean {
  return state === "CLOSED" || state === "LISTEN";
}

/** A connection may be given up, or listen again, without a segment; unless it goes on afterwards. */
function mayBeWrong({ arrows }: Scene, { note, word, at }: Holding): boolean {
  if (!rests(word.state)) return true;
  return arrows.some(
    ({ arrow, form, sent }) =>
      sent >= at && arrow.from === note.side && form.kind === "segment" && (form.flags & (SYN | FIN)) === FIN,
  );
}

/** `P → Q` where Q is right: P must be what Q followed. */
function wrongBefore({ arrows: all, flow }: Scene, history: History, { note, arrows }: Noted): Holding[] {
  const [first, second, ...more] = note.words;
  if (!first || !second || more.length > 0) return [];
  const states = history.map((both) => both[note.side]);
  const until = all[arrows + 1]?.sent ?? flow.events.length;
  const holds = states.findLastIndex((state, i) => i <= until && agrees(state, second.state, false));
  if (holds < 0 || agrees(states[holds] ?? first.state, first.state, false)) return [];
  const begins = states.findLastIndex((state, i) => i < holds && state !== states[holds]) + 1;
  const before = states[begins - 1];
  if (before === undefined || before === first.state || (rests(before) && rests(first.state))) return [];
  return [{ note, word: first, below: true, above: true, foretells: false, at: begins - 1 }];
}

/** The replay says what is wrong with the state, and why. */
function findingOn(flow: Flow, { note, word, at }: Holding): readonly Finding[] {
  const claim: FlowEvent = {
    kind: "assert",
    at: 0,
    span: note.span,
    statement: note.statement,
    side: { self: { endpoint: note.side }, peer: { endpoint: 1 - note.side } },
    claim: { state: { kind: "state", state: word.state, span: word.span }, variables: [] },
  };
  const asserted = replayAsWritten({ ...flow, events: flow.events.toSpliced(at, 0, claim) });
  return asserted.findings.filter(({ rule, span }) => rule === "wrong-state" && span === word.span);
}

/** The notes whose state holds where they stand, or nowhere: a flow can say them as they are. */
export function statesBelow(scene: Scene, judged: Replay): Set<StateNote> {
  const history = historyOf(judged);
  const wrong = new Set(wrongStates(scene, judged).map(({ note }) => note));
  const sure = scene.states.filter(({ note, arrows }) => {
    const word = note.words.at(-1);
    return statesAround(scene, history, arrows - 1, note.side).at(-1) === word?.state || wrong.has(note);
  });
  return new Set(sure.map(({ note }) => note));
}

/** The states that every end goes through, as spans between the acts of a scene. */
import type { Replay } from "../flow/replay-types.ts";
import { type State, type StateNaming, stateName } from "../tcp/states.ts";

/** An end is in one state from one act to the next that changes it. */
export interface StateSpan {
  readonly end: number;
  readonly lane: number;
  readonly state: State;
  /** The state as it is named in this picture. */
  readonly text: string;
  /** The act that begins it; −1 at the head of the lane. */
  readonly from: number;
  /** The act that ends it; the number of acts at the foot of the lane. */
  readonly to: number;
  /** `client is ?`: the reader is to say it. */
  readonly blank: boolean;
  /** Which connection; empty where the lane has no other, or none that is there from the start. */
  readonly name: string;
}

/** Names the blank of a state in the picture. */
export function blankKey({ end, from }: StateSpan): string {
  return `state-${end}-${from}`;
}

type Draft = { -readonly [K in Exclude<keyof StateSpan, "name" | "text">]: StateSpan[K] };

/** The spans so far; the last one of each end is open. */
export interface StateTrack {
  readonly byEnd: readonly Draft[][];
}

/**
 * Every end in its first state. Where a lane has several ends, only the first one starts at the head; the
 * others appear when something happens to them, unless their connection was there before.
 */
export function trackStates(replay: Replay): StateTrack {
  const seen = new Set<number>();
  const byEnd = replay.ends.map(({ self, start }, end): Draft[] => {
    const lane = self.endpoint;
    const shown = !seen.has(lane) || (start.state !== "CLOSED" && start.state !== "LISTEN");
    seen.add(lane);
    if (replay.flow.endpoints[lane]?.unchecked !== false) return [];
    return [{ end, lane, state: start.state, from: shown ? -1 : UNSEEN, to: UNSEEN, blank: false }];
  });
  return { byEnd };
}

const UNSEEN = Number.POSITIVE_INFINITY;

/** Something happens to an end at an act: from here on it is drawn. */
export function touch(track: StateTrack, end: number, act: number): void {
  const span = track.byEnd[end]?.at(-1);
  if (span?.from === UNSEEN) span.from = act;
}

/** An end is in a state after an act. */
export function enter(track: StateTrack, end: number, state: State, act: number): void {
  const spans = track.byEnd[end];
  const open = spans?.at(-1);
  if (spans === undefined || open === undefined) return;
  if (open.from >= act) {
    open.from = Math.min(open.from, act);
    open.state = state;
    const before = spans.at(-2);
    if (before?.state === state) spans.pop();
  } else if (open.state !== state) {
    open.to = act;
    spans.push({ end, lane: open.lane, state, from: act, to: UNSEEN, blank: false });
  }
}

/** The state in which an end is now is a blank for the reader. */
export function blankState(track: StateTrack, end: number): void {
  const span = track.byEnd[end]?.at(-1);
  if (span) span.blank = true;
}

/**
 * All spans that are drawn, in the order in which they begin; `acts` is the number of acts, `names` tell the ends
 * of one lane apart.
 */
export function finishStates(
  track: StateTrack,
  acts: number,
  names: readonly (string | undefined)[],
  naming: StateNaming,
): StateSpan[] {
  const drafts = track.byEnd.flat().filter((span) => span.from !== UNSEEN);
  const atHead = new Map<number, number>();
  for (const { lane, from } of drafts) if (from < 0) atHead.set(lane, (atHead.get(lane) ?? 0) + 1);
  const spans = drafts.map((draft): StateSpan => {
    const isOnly = draft.from < 0 && (atHead.get(draft.lane) ?? 0) < 2;
    const text = stateName(draft.state, naming);
    return { ...draft, text, to: Math.min(draft.to, acts), name: isOnly ? "" : (names[draft.end] ?? "") };
  });
  return spans.sort((a, b) => a.from - b.from);
}

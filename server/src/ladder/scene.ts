/**
 * What a ladder shows, before anything has a place: lanes, acts in order, the way of every segment,
 * the states of every end. Read off the replay; of a repeat only the first round is there.
 */
import type { FlowEvent, Side, Socket } from "../flow/flow.ts";
import type { Change, Replay } from "../flow/replay-types.ts";
import type { StateNaming } from "../tcp/states.ts";
import { type Act, type ActKind, actOf, type Flight, liesIn, type OpenFlight } from "./acts.ts";
import { type ConnectionNames, connectionNames } from "./connections.ts";
import { type Mistake, type Mistakes, mistakesOf } from "./mistakes.ts";
import { printable } from "./printable.ts";
import { BLANKS, INPUTS } from "./sizes.ts";
import { blankState, enter, finishStates, type StateSpan, type StateTrack, touch, trackStates } from "./states.ts";
import { type LadderTexts, ladderTexts } from "./texts.ts";
import { clockTimes } from "./times.ts";
import { laneInTimeWait, placeWait } from "./waits.ts";

export interface Lane {
  readonly name: string;
  readonly label?: string;
  readonly unchecked: boolean;
}

export interface Scene extends ConnectionNames {
  readonly texts: LadderTexts;
  readonly title?: string;
  readonly lanes: readonly Lane[];
  readonly acts: readonly Act[];
  /** By end. */
  readonly laneOfEnd: readonly number[];
  /** By segment number. Segments of later rounds of a repeat have none. */
  readonly flights: ReadonlyMap<number, Flight>;
  /** Empty for ends of unchecked endpoints. */
  readonly spans: readonly StateSpan[];
  /** By act: the time to show at it. */
  readonly times: ReadonlyMap<number, string>;
  /** What takes time is drawn as long as it takes. */
  readonly toScale: boolean;
  /** How wide blanks are: of a number, and of a state. */
  readonly blanks: { readonly number: number; readonly state: number };
  /** Findings that have no place in the picture. */
  readonly others: readonly Mistake[];
}

interface Draft {
  readonly kind: ActKind;
  readonly at: number;
  readonly statement: number;
  readonly event: number;
  until: number;
  readonly mistakes: Mistake[];
}

const NO_MISTAKES: Mistakes = { ofSegment: new Map(), ofStatement: new Map(), others: [] };

export interface SceneOptions {
  /** Whether findings are drawn; they are if left out. */
  readonly findings?: boolean;
  /** How states are named; `rfc` if left out. */
  readonly states?: StateNaming;
  /** How far apart things stand: as their texts need, or also as the time between them; `even` if left out. */
  readonly time?: "even" | "scale";
  /** Whether blanks have room for typing; they have not if left out. */
  readonly inputs?: boolean;
}

/** Reads off a replay what its ladder shows. */
export function sceneOf(
  replay: Replay,
  { findings = true, states = "rfc", time = "even", inputs = false }: SceneOptions = {},
): Scene {
  const { flow } = replay;
  const found = findings ? mistakesOf(replay) : NO_MISTAKES;
  const track = trackStates(replay);
  const flights = new Map<number, OpenFlight>();
  const drafts: Draft[] = [];
  draftActs({ replay, found, track, flights, drafts, endBySide: endLookup(replay) });
  const others = placeMistakes(replay, found, flights, drafts);
  const names = connectionNames(replay);
  const spans = finishStates(track, drafts.length, names.endNames, states);
  const acts = finishActs(drafts, spans);
  return {
    texts: ladderTexts(flow.locale),
    ...(flow.title === undefined ? {} : { title: printable(flow.title) }),
    lanes: flow.endpoints.map(({ name, label, unchecked }) => ({
      name: printable(name),
      unchecked,
      ...(label === undefined ? {} : { label: printable(label) }),
    })),
    acts,
    laneOfEnd: replay.ends.map(({ self }) => self.endpoint),
    flights,
    spans,
    ...names,
    times: clockTimes(flow.events, acts),
    toScale: time === "scale",
    blanks: inputs ? INPUTS : BLANKS,
    others,
  };
}

function finishActs(drafts: readonly Draft[], spans: readonly StateSpan[]): Act[] {
  const changes = drafts.map((): number[] => []);
  for (const { from, end } of spans) changes[from]?.push(end);
  const acts = drafts.map(({ kind, ...rest }, index): Act => ({ ...kind, ...rest, changes: changes[index] ?? [] }));
  return acts.map((act, index) => (act.kind === "wait" ? { ...act, ...placeWait(acts, index) } : act));
}

/** What is known of a scene while its events are read. */
interface Sketch {
  readonly replay: Replay;
  readonly found: Mistakes;
  readonly track: StateTrack;
  readonly flights: Map<number, OpenFlight>;
  readonly drafts: Draft[];
  readonly endBySide: (side: Side) => number | undefined;
}

function draftActs(sketch: Sketch): void {
  const { replay, drafts, track } = sketch;
  /** Depth of frames inside a later round of a repeat, where nothing is drawn. */
  let hidden = 0;
  for (const [index, event] of replay.flow.events.entries()) {
    const changes = replay.steps[index]?.changes ?? [];
    if (event.kind === "open" && (hidden > 0 || isLaterRound(event))) hidden++;
    if (hidden === 0) {
      draftAct(sketch, event, index, changes);
      continue;
    }
    // The act before is the end of the first round: it ends in what the later rounds lead to.
    applyChanges(changes, track, drafts.length - 1);
    const last = drafts.at(-1);
    if (last) last.until = index;
    if (event.kind === "shut") hidden--;
  }
}

function isLaterRound(event: FlowEvent & { kind: "open" }): boolean {
  return event.frame.kind === "repeat" && event.frame.round > 1;
}

function draftAct(sketch: Sketch, event: FlowEvent, index: number, changes: readonly Change[]): void {
  const { replay, found, track, flights, drafts, endBySide } = sketch;
  if (event.kind === "assert" && event.claim.state.kind === "blank") {
    const end = endBySide(event.side);
    if (end !== undefined) blankState(track, end);
  }
  const kind = actOf(event, drafts.length, replay, flights, found.ofStatement.get(event.statement) ?? []);
  if (kind === undefined) return;
  const act = drafts.length;
  for (const end of endsOf(event, replay, endBySide)) touch(track, end, act);
  const { at, statement } = event;
  drafts.push({
    kind: kind.kind === "wait" ? { ...kind, ...laneInTimeWait(track) } : kind,
    at,
    statement,
    event: index,
    until: index,
    mistakes: [],
  });
  applyChanges(changes, track, act);
}

function applyChanges(changes: readonly Change[], track: StateTrack, act: number): void {
  for (const { end, before, after } of changes) if (before.state !== after.state) enter(track, end, after.state, act);
}

/** The ends that an event is about. */
function endsOf(event: FlowEvent, replay: Replay, endBySide: (side: Side) => number | undefined): number[] {
  if (event.kind === "send" || event.kind === "deliver") {
    const reading = replay.readings[event.segment];
    if (reading === undefined) return [];
    const forged = replay.flow.segments[event.segment]?.forgedBy !== undefined;
    if (event.kind === "deliver") return [reading.receiver];
    return forged || replay.flow.segments[event.segment]?.old === true ? [] : [reading.sender];
  }
  if (event.kind !== "call" && event.kind !== "timeout") return [];
  const end = endBySide(event.side);
  return end === undefined ? [] : [end];
}

function endLookup(replay: Replay): (side: Side) => number | undefined {
  const key = (self: Socket, peer?: Socket) =>
    `${self.endpoint}:${self.port ?? ""}${peer ? `>${peer.endpoint}:${peer.port ?? ""}` : ""}`;
  const ends = new Map<string, number>();
  for (const [index, { self, peer }] of replay.ends.entries()) {
    ends.set(key(self, peer), index);
    for (const short of [key(self), key({ endpoint: self.endpoint })]) if (!ends.has(short)) ends.set(short, index);
  }
  return ({ self, peer }) =>
    ends.get(key(self, peer)) ?? ends.get(key(self)) ?? ends.get(key({ endpoint: self.endpoint }));
}

/** Gives every finding to the arrow or act it is about; returns those that have none. */
function placeMistakes(
  replay: Replay,
  found: Mistakes,
  flights: ReadonlyMap<number, OpenFlight>,
  drafts: readonly Draft[],
): Mistake[] {
  const others = [...found.others];
  const flightOf = new Map<number, OpenFlight>();
  for (const flight of flights.values()) if (!flightOf.has(flight.statement)) flightOf.set(flight.statement, flight);
  const draftsOf = new Map<number, Draft[]>();
  for (const draft of drafts) draftsOf.set(draft.statement, [...(draftsOf.get(draft.statement) ?? []), draft]);
  for (const [segment, mistakes] of found.ofSegment) {
    const sent = replay.readings[segment]?.sent;
    const statement = sent === undefined ? undefined : replay.flow.events[sent]?.statement;
    // A later round of a repeat shows its mistakes on the first.
    const flight = flights.get(segment) ?? (statement === undefined ? undefined : flightOf.get(statement));
    addNew(flight?.mistakes ?? others, mistakes);
  }
  for (const [statement, mistakes] of found.ofStatement) {
    for (const mistake of mistakes) {
      const here = draftsOf.get(statement) ?? [];
      const claim = here.find(({ kind }) => kind.kind === "claim" && liesIn(mistake.span, kind.place));
      const place = claim ?? flightOf.get(statement) ?? here[0];
      addNew(place?.mistakes ?? others, [mistake]);
    }
  }
  return others;
}

function addNew(list: Mistake[], mistakes: readonly Mistake[]): void {
  for (const mistake of mistakes) {
    const known = list.some(({ rule, span }) => rule === mistake.rule && span.start === mistake.span.start);
    if (!known) list.push(mistake);
  }
}

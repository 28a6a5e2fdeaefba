/**
 * Small wrongs done to right flows, on the text: a number one off, a flag too many or too few, another
 * state, an arrow turned round. What is mutated must be determined: a number that was free to choose
 * gives another right flow.
 */
import type { Flow, FlowEvent, Segment, Span } from "../../server/src/flow/flow.ts";
import type { Replay } from "../../server/src/flow/replay-types.ts";
import { FIN, FLAG_BITS, type FlagName, flagNames, SYN } from "../../server/src/tcp/flags.ts";
import { add, type Num, noSymbols, sameForm, showNumber } from "../../server/src/tcp/numbers.ts";
import { STATES, type State } from "../../server/src/tcp/states.ts";

type Field = "seq" | "ack";

/** What was done, with what a reader of the argument for its being legal needs. */
export type Change =
  | { readonly kind: "number"; readonly field: Field; readonly by: 1 | -1; readonly segment: number }
  | { readonly kind: "flag"; readonly flag: "SYN" | "ACK" | "FIN"; readonly added: boolean; readonly segment: number }
  | { readonly kind: "state"; readonly from: State; readonly to: State; readonly event: number }
  | { readonly kind: "turn"; readonly segment: number };

export interface Mutant {
  readonly change: Change;
  readonly text: string;
  /** Where a finding is in place: the number or state itself, the whole line for flags and arrows. */
  readonly place: Span;
}

/** Every mutant of a clean flow. Each line is mutated once, also where it is repeated. */
export function mutants(replay: Replay): Mutant[] {
  const { flow } = replay;
  const found: Mutant[] = [];
  const numbers = determined(flow);
  const seen = new Set<number>();
  for (const event of flow.events) {
    if (event.kind !== "send") continue;
    const segment = flow.segments[event.segment];
    if (!segment || !isJudged(flow, segment) || seen.has(segment.places.line.start)) continue;
    seen.add(segment.places.line.start);
    for (const field of numbers.get(event.segment) ?? []) found.push(...offByOne(flow, segment, event.segment, field));
    found.push(...otherFlags(flow, segment, event.segment), turned(flow, segment, event.segment));
  }
  for (const [at, event] of flow.events.entries()) {
    if (event.kind !== "assert" || seen.has(event.claim.state.span.start)) continue;
    seen.add(event.claim.state.span.start);
    found.push(...otherStates(flow, event, at));
  }
  return found;
}

/** Old, forged and unchecked segments are not asked of their senders, so nothing in them is determined. */
function isJudged(flow: Flow, segment: Segment): boolean {
  return !segment.old && segment.forgedBy === undefined && flow.endpoints[segment.from.endpoint]?.unchecked === false;
}

/** The flow with `newText` in place of `span`. */
function edited(flow: Flow, span: Span, newText: string, change: Change, place?: (growth: number) => Span): Mutant {
  const text = flow.text.slice(0, span.start) + newText + flow.text.slice(span.end);
  const growth = newText.length - (span.end - span.start);
  return { change, text, place: place?.(growth) ?? { start: span.start, end: span.end + growth } };
}

function offByOne(flow: Flow, segment: Segment, index: number, field: Field): Mutant[] {
  const written = segment[field];
  const span = segment.places[field];
  if (written?.kind !== "number" || !span) return [];
  return ([1, -1] as const).map((by) => {
    const text = `${field}=${showNumber(add(written.value, by), noSymbols())}`;
    return edited(flow, span, text, { kind: "number", field, by, segment: index });
  });
}

function otherFlags(flow: Flow, segment: Segment, index: number): Mutant[] {
  const { flags, line } = segment.places;
  return (["SYN", "ACK", "FIN"] as const).map((flag) => {
    const bits = segment.flags ^ FLAG_BITS[flag];
    const change: Change = { kind: "flag", flag, added: (bits & FLAG_BITS[flag]) !== 0, segment: index };
    return edited(flow, flags, flagText(bits), change, (growth) => ({ start: line.start, end: line.end + growth }));
  });
}

/** In the order in which flows write them. */
function flagText(flags: number): string {
  const order = (name: FlagName) => (name === "ACK" ? 1 : 0);
  return flagNames(flags)
    .sort((a, b) => order(a) - order(b))
    .join("+");
}

function turned(flow: Flow, segment: Segment, index: number): Mutant {
  const { from, to, line } = segment.places;
  const text = (span: Span) => flow.text.slice(span.start, span.end);
  const span = { start: from.start, end: to.end };
  const newText = text(to) + flow.text.slice(from.end, to.start) + text(from);
  return edited(flow, span, newText, { kind: "turn", segment: index }, () => line);
}

function otherStates(flow: Flow, event: FlowEvent & { kind: "assert" }, at: number): Mutant[] {
  const { state } = event.claim;
  if (state.kind !== "state") return [];
  const index = STATES.indexOf(state.state);
  // Three of the ten others, spread over the life of a connection.
  return [1, 4, 7].flatMap((step) => {
    const to = STATES[(index + step) % STATES.length];
    return to === undefined ? [] : [edited(flow, state.span, to, { kind: "state", from: state.state, to, event: at })];
  });
}

/** What the lines so far have told. */
interface Known {
  /** Directions in which a number stands, as `from>to`. */
  readonly directions: Set<string>;
  /** Directions whose FIN was sent: an elision does not move them. */
  readonly ended: Set<string>;
  /** The SYNs of each direction, to tell a retransmission from a new connection. */
  readonly opened: Map<string, Num[]>;
  readonly symbols: Set<string>;
}

/** By segment: the fields whose number follows from what went before. */
function determined(flow: Flow): Map<number, Field[]> {
  const known: Known = {
    directions: new Set(),
    ended: new Set(),
    opened: new Map(),
    symbols: new Set(flow.definitions.map((definition) => definition.symbol)),
  };
  const found = new Map<number, Field[]>();
  for (const event of flow.events) {
    if (event.kind === "elide") forgetNumbers(known);
    const segment = event.kind === "send" ? flow.segments[event.segment] : undefined;
    if (event.kind !== "send" || !segment) continue;
    const fields = (["seq", "ack"] as const).filter((field) => follows(flow, segment, field, known));
    found.set(event.segment, fields);
    if ((segment.flags & FIN) !== 0 && !segment.old) known.ended.add(directionOf(segment, "seq"));
  }
  return found;
}

function forgetNumbers({ directions, ended }: Known): void {
  for (const direction of directions) if (!ended.has(direction)) directions.delete(direction);
}

/** The direction that a field counts: `seq` that of the segment, `ack` the other. */
function directionOf({ from, to }: Segment, field: Field): string {
  const side = (socket: Segment["from"]) => `${socket.endpoint}:${socket.port ?? ""}`;
  return field === "seq" ? `${side(from)}>${side(to)}` : `${side(to)}>${side(from)}`;
}

/** Whether the number of a field follows from what is known; then it is known too. */
function follows(flow: Flow, segment: Segment, field: Field, known: Known): boolean {
  const written = segment[field];
  if (written?.kind !== "number") return false;
  const { value } = written;
  const direction = directionOf(segment, field);
  const fresh = value.terms.some((term) => !known.symbols.has(term.symbol));
  for (const term of value.terms) known.symbols.add(term.symbol);
  const told = known.directions.has(direction) || isDeclared(flow, segment, field);
  if (!segment.old) known.directions.add(direction);
  if (field === "ack" || (segment.flags & SYN) === 0) return told && !fresh;
  const syns = known.opened.get(direction) ?? [];
  known.opened.set(direction, [...syns, value]);
  return syns.some((syn) => sameForm(syn, value));
}

/** `endpoint … with snd.nxt=…` gives the first number of a direction. */
function isDeclared(flow: Flow, segment: Segment, field: Field): boolean {
  const [own, peer] = [flow.endpoints[segment.from.endpoint], flow.endpoints[segment.to.endpoint]];
  const [mine, its] = field === "seq" ? ["snd.nxt", "rcv.nxt"] : ["rcv.nxt", "snd.nxt"];
  return [
    own?.start?.variables.some((variable) => variable.name === mine),
    peer?.start?.variables.some((variable) => variable.name === its),
  ].includes(true);
}

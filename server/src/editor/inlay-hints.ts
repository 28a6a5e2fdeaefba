/** Inlay hints: numbers that the author left out, and the states where they change. */
import { type InlayHint, InlayHintKind, type Range } from "vscode-languageserver";
import type { FlowEvent, Span } from "../flow/flow.ts";
import { type LineTable, lineTable, positionAt } from "../flow/lines.ts";
import type { Replay } from "../flow/replay-types.ts";
import { showNumber } from "../tcp/numbers.ts";
import type { State } from "../tcp/states.ts";

export interface HintSettings {
  readonly numbers: boolean;
  readonly states: boolean;
}

/** `tcpflow.inlayHints` as the client sent it, so that anything may be in it; each kind is on unless it is `false`. */
export function hintSettings(value: unknown): HintSettings {
  const chosen: Readonly<Record<string, unknown>> = typeof value === "object" && value !== null ? { ...value } : {};
  return { numbers: chosen.numbers !== false, states: chosen.states !== false };
}

/** A hint and the offset where it stands. */
interface Placed {
  readonly offset: number;
  readonly hint: Omit<InlayHint, "position">;
}

export function inlayHints(replay: Replay, { start, end }: Range, settings: HintSettings): InlayHint[] {
  const lines = lineTable(replay.flow.text);
  const from = lines[start.line] ?? replay.flow.text.length;
  const to = lines[end.line + 1] ?? replay.flow.text.length + 1;
  const within = (offset: number) => from <= offset && offset < to;
  const found: Placed[] = [];
  if (settings.numbers) found.push(...numberHints(replay, lines, within));
  if (settings.states) found.push(...stateHints(replay, within));
  found.sort((a, b) => a.offset - b.offset);
  return found.map(({ offset, hint }) => ({ position: positionAt(lines, offset), ...hint }));
}

/** What was filled in, where it would be written. Blanks are for the reader to fill. */
function numberHints(
  { flow, readings, symbols }: Replay,
  lines: LineTable,
  within: (offset: number) => boolean,
): Placed[] {
  const found: Placed[] = [];
  let seen = -1;
  for (const [index, segment] of flow.segments.entries()) {
    const offset = segment.places.fieldsEnd;
    // A repeated line stands in the list once for each round.
    if (!within(offset) || offset <= seen) continue;
    seen = offset;
    const reading = readings[index];
    const fields = (["seq", "ack", "len"] as const).flatMap((name) => {
      const field = reading?.[name];
      const text = field?.filled && segment[name] === undefined ? showNumber(field.value, symbols) : undefined;
      return text === undefined || (name === "len" && text === "0") ? [] : [`${name}=${text}`];
    });
    if (fields.length === 0) continue;
    const label = fields.join(" ");
    const position = positionAt(lines, offset);
    const textEdits = [{ range: { start: position, end: position }, newText: ` ${label}` }];
    found.push({ offset, hint: { label, kind: InlayHintKind.Parameter, paddingLeft: true, textEdits } });
  }
  return found;
}

type Passages = Map<number, { readonly before: State; after: State }>;

/** `client FIN-WAIT-1 · server CLOSE-WAIT` behind the statement that leads there. */
function stateHints(replay: Replay, within: (offset: number) => boolean): Placed[] {
  const byPlace = new Map<number, Passages>();
  const asked = askedEnds(replay);
  const places = placesOf(replay.flow.events);
  for (const [index, { changes }] of replay.steps.entries()) {
    const offset = places[index] ?? 0;
    if (!within(offset)) continue;
    for (const { end, before, after } of changes) {
      if (asked.has(end)) continue;
      const passages: Passages = byPlace.get(offset) ?? new Map();
      byPlace.set(offset, passages);
      const known = passages.get(end);
      if (known) known.after = after.state;
      else passages.set(end, { before: before.state, after: after.state });
    }
  }
  return [...byPlace].flatMap(([offset, passages]): Placed[] => {
    const changed = [...passages].filter(([, { before, after }]) => before !== after).sort(([a], [b]) => a - b);
    if (changed.length === 0) return [];
    const label = changed.map(([end, { after }]) => `${replay.ends[end]?.key} ${after}`).join(" · ");
    return [{ offset, hint: { label, kind: InlayHintKind.Type, paddingLeft: true } }];
  });
}

/** Ends whose state the reader is asked for somewhere (`client is ?`): a hint would be the answer. */
function askedEnds({ flow, ends }: Replay): ReadonlySet<number> {
  const endpoints = new Set(
    flow.events.flatMap((event) =>
      event.kind === "assert" && event.claim.state.kind === "blank" ? [event.side.self.endpoint] : [],
    ),
  );
  return new Set(ends.flatMap(({ self }, end) => (endpoints.has(self.endpoint) ? [end] : [])));
}

/**
 * Behind which text each event shows: its statement; an arrival behind the statement during which it happens. What
 * arrives at the end of a crossing block, and the later rounds of a repetition, show behind the closing brace.
 */
function placesOf(events: readonly FlowEvent[]): readonly number[] {
  let place = 0;
  /** The blocks whose end gathers what happens in them, the outermost first. */
  const gathering: Span[] = [];
  let crossing: Span | undefined;
  return events.map((event) => {
    if (event.kind === "open" && event.frame.kind === "crossing") crossing ??= event.span;
    if (event.kind === "open" && event.frame.kind === "repeat" && event.frame.round > 1) gathering.push(event.span);
    if (event.kind !== "deliver" && event.kind !== "open" && event.kind !== "shut") place = event.span.end;
    const shown = gathering[0]?.end ?? (event.kind === "deliver" ? (crossing?.end ?? place) : place);
    if (event.kind === "shut" && event.span === gathering.at(-1)) gathering.pop();
    if (event.kind === "shut" && event.span === crossing) crossing = undefined;
    return shown;
  });
}

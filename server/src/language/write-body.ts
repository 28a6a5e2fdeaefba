/** What happens in a flow, line by line. */
import type { FlowEvent, Side } from "../flow/flow.ts";
import { type Way, writeSegment } from "./write-segment.ts";
import { type Words, writeSocket, writeString, writeTime, writeVariables } from "./write-words.ts";

/** How much of the clock a text shows. */
export interface Style {
  /** Which lines stand at their times: the rounds of a repetition may follow each other without. */
  readonly clock: "none" | "outside rounds" | "everywhere";
  /** Every arrival on a line of its own. */
  readonly arrivals: boolean;
}

interface Body {
  readonly words: Words;
  readonly style: Style;
  readonly lines: string[];
  readonly names: readonly string[];
  /** The event at which each segment first arrives. */
  readonly arrivals: ReadonlyMap<number, number>;
  /** Segments whose arrival has a line of its own. */
  readonly waiting: ReadonlySet<number>;
  /** Segments that a later line names. */
  readonly named: ReadonlySet<number>;
  /** Ends that take part in several connections, as sockets. */
  readonly busy: ReadonlySet<string>;
  /** The statement whose line was written last: its annotations stand there. */
  statement: number;
  /** When the last line that takes place at a time happened. */
  before: number;
  /** Rounds of a repetition are alike: times in it count from the line before. */
  rounds: number;
  crossing: boolean;
  /** Within a round that repeats what is written already. */
  skipping: boolean;
}

/** The lines for all events, in their order. */
export function writeBody(words: Words, style: Style): string[] {
  const { events } = words.flow;
  const body: Body = {
    words,
    style,
    lines: [],
    names: namesOf(words),
    arrivals: firstArrivals(events),
    waiting: waitingOf(events, style),
    named: new Set(
      events.flatMap((event, index) =>
        (event.kind === "deliver" && event.again) || (event.kind === "lose" && !isLostAtOnce(events, index))
          ? [event.segment]
          : [],
      ),
    ),
    busy: busySockets(words),
    statement: -1,
    before: 0,
    rounds: 0,
    crossing: false,
    skipping: false,
  };
  for (const [index, event] of events.entries()) {
    if (!isRepeated(body, event)) writeEvent(body, event, index);
  }
  return body.lines;
}

/** Names of segments as written; the others get new ones. */
function namesOf({ flow }: Words): string[] {
  const taken = new Set(flow.segments.map(({ name }) => name));
  return flow.segments.map(({ name }, index) => {
    if (name !== undefined) return name;
    let fresh = `s${index + 1}`;
    while (taken.has(fresh)) fresh = `s${fresh}`;
    return fresh;
  });
}

function firstArrivals(events: readonly FlowEvent[]): Map<number, number> {
  const arrivals = new Map<number, number>();
  for (const [index, event] of events.entries()) {
    if (event.kind === "deliver" && !arrivals.has(event.segment)) arrivals.set(event.segment, index);
  }
  return arrivals;
}

function busySockets(words: Words): Set<string> {
  const peers = new Map<string, string>();
  const busy = new Set<string>();
  for (const { from, to } of words.flow.segments) {
    for (const [self, peer] of [
      [from, to],
      [to, from],
    ] as const) {
      const [key, other] = [writeSocket(words, self), writeSocket(words, peer)];
      if ((peers.get(key) ?? other) !== other) busy.add(key);
      peers.set(key, other);
    }
  }
  return busy;
}

/** Of a repetition only the first round is written. */
function isRepeated(body: Body, event: FlowEvent): boolean {
  if ((event.kind === "open" || event.kind === "shut") && event.frame.kind === "repeat") {
    const { round, count } = event.frame;
    if (event.kind === "open" && round > 1) body.skipping = true;
    if (event.kind === "shut" && round === count && body.skipping) {
      body.skipping = false;
      return true;
    }
  }
  return body.skipping;
}

function writeEvent(body: Body, event: FlowEvent, index: number): void {
  const { words, style } = body;
  switch (event.kind) {
    case "send": {
      const segment = words.flow.segments[event.segment];
      if (segment) happens(body, event, writeSegment(words, segment, wayOf(body, event)));
      return;
    }
    case "deliver": {
      const name = body.names[event.segment] ?? "";
      if (event.again) happens(body, event, `${name} arrives again`);
      else if (body.waiting.has(event.segment)) happens(body, event, `${name} arrives`);
      return;
    }
    case "lose":
      if (isLostAtOnce(words.flow.events, index)) return;
      return happens(body, event, `${body.names[event.segment] ?? ""} gets lost`);
    case "call": {
      const octets = event.octets === undefined ? "" : ` ${event.octets}`;
      return happens(
        body,
        event,
        `${writeSelf(body, event.side)} calls ${event.call}${octets}${towards(body, event.side)}`,
      );
    }
    case "timeout":
      return happens(body, event, `${writeSelf(body, event.side)} timeout ${event.timer}${towards(body, event.side)}`);
    case "crash":
      return happens(body, event, `${words.flow.endpoints[event.endpoint]?.name} crashes`);
    case "elide":
      return happens(body, event, event.text === undefined ? "..." : `... ${writeString(event.text)}`);
    case "wait":
      if (!style.arrivals) add(body, event, `wait ${event.text}`);
      body.before = event.at;
      return;
    case "assert":
      return writeClaim(body, event, index);
    case "note": {
      const owners = event.endpoints.map((endpoint) => words.flow.endpoints[endpoint]?.name).join(", ");
      return remarks(body, event, index, `note ${owners}: ${writeString(event.text)}`);
    }
    case "section":
      body.lines.push("");
      return remarks(body, event, index, `section ${writeString(event.text)}`);
    case "open":
    case "shut":
      return writeFrame(body, event);
  }
}

/** Whether the line that sends a segment says already that it is lost. */
function isLostAtOnce(events: readonly FlowEvent[], index: number): boolean {
  const [before, event] = [events[index - 1], events[index]];
  if (before?.kind !== "send" || event?.kind !== "lose") return false;
  return before.segment === event.segment && before.fate === "lost";
}

function writeFrame(body: Body, event: FlowEvent & { kind: "open" | "shut" }): void {
  const { frame } = event;
  if (event.kind === "shut") {
    body.lines.push("}");
    if (frame.kind === "repeat") body.rounds--;
    else body.crossing = false;
  } else if (frame.kind === "repeat") {
    add(body, event, `repeat ${frame.count} {`);
    body.rounds++;
  } else {
    happens(body, event, "crossing {");
    body.crossing = true;
  }
}

/** What crosses arrives where its block ends, whatever the style. */
function waitingOf(events: readonly FlowEvent[], { arrivals }: Style): ReadonlySet<number> {
  const waiting = new Set<number>();
  let crossing = false;
  for (const event of events) {
    if ((event.kind === "open" || event.kind === "shut") && event.frame.kind === "crossing")
      crossing = event.kind === "open";
    else if (event.kind === "send" && (event.fate === "waits" || (arrivals && event.fate === "arrives" && !crossing)))
      waiting.add(event.segment);
  }
  return waiting;
}

function wayOf({ words, names, named, arrivals, waiting, crossing }: Body, event: FlowEvent & { kind: "send" }): Way {
  const { flow } = words;
  const name = names[event.segment] ?? "";
  const isNamed = flow.segments[event.segment]?.name !== undefined || named.has(event.segment);
  const tag = isNamed ? { name } : {};
  if (event.fate === "lost") return { arrow: "-x", ...tag };
  if (waiting.has(event.segment)) return { arrow: "~>", name };
  const index = arrivals.get(event.segment) ?? 0;
  const arrival = flow.events[index];
  const usual = event.at + flow.settings.latency;
  // What crosses arrives in the order of the text, and not before the block is over.
  const due = crossing ? Math.max(usual, flow.events[index - 1]?.at ?? 0) : usual;
  const takes = arrival === undefined || arrival.at === due ? {} : { takes: arrival.at - event.at };
  return { arrow: "->", ...tag, ...takes };
}

function writeSelf({ words }: Body, { self }: Side): string {
  return writeSocket(words, self);
}

/** Which connection is meant, where the endpoint has several. */
function towards({ words, busy }: Body, { self, peer }: Side): string {
  return peer && busy.has(writeSocket(words, self)) ? ` towards ${writeSocket(words, peer)}` : "";
}

/** The claims of one line stand on one line. */
function writeClaim(body: Body, event: FlowEvent & { kind: "assert" }, index: number): void {
  const { claim, side, statement } = event;
  const state = claim.state.kind === "blank" ? "?" : claim.state.state;
  const text = `${writeSelf(body, side)} is ${state}${writeVariables(body.words, claim.variables)}${towards(body, side)}`;
  const before = body.words.flow.events[index - 1];
  const last = body.lines.length - 1;
  if (before?.kind === "assert" && before.statement === statement) body.lines[last] += `, ${text}`;
  else remarks(body, event, index, text);
}

/** A line that takes no time; it needs one where something arrives between it and the next line. */
function remarks(body: Body, event: FlowEvent, index: number, text: string): void {
  const { events } = body.words.flow;
  let next = index + 1;
  while (next < events.length && takesNoTime(events[next])) next++;
  const arrival = events[next];
  const moves = arrival?.kind === "deliver" && !arrival.again && !body.waiting.has(arrival.segment);
  if (moves && isTimed(body) && !body.crossing) happens(body, event, text);
  else add(body, event, text);
}

function takesNoTime(event: FlowEvent | undefined): boolean {
  return event?.kind === "assert" || event?.kind === "note" || event?.kind === "section";
}

/** A line that happens at its time. */
function happens(body: Body, event: FlowEvent, text: string): void {
  const time = body.rounds > 0 ? `@+${writeTime(event.at - body.before)}` : `@${writeTime(event.at)}`;
  // Within a block, what happens at the same time needs no time of its own.
  const isTold = body.crossing && event.at === body.before;
  add(body, event, isTimed(body) && !isTold ? `${time} ${text}` : text);
  body.before = event.at;
}

function isTimed({ style, rounds }: Body): boolean {
  return style.clock === "everywhere" || (style.clock === "outside rounds" && rounds === 0);
}

/** A line with the annotations of its statement. */
function add(body: Body, { statement }: FlowEvent, text: string): void {
  const { annotations } = body.words.flow;
  const own = statement === body.statement ? [] : annotations.filter((known) => known.statement === statement);
  body.statement = statement;
  body.lines.push([...own.map(({ kind, rule }) => `@${kind}(${rule})`), text].join(" "));
}

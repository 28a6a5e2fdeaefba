/** What happens in a ladder, one act after the other, and the way of every segment between two of them. */
import type { FlowEvent, Span } from "../flow/flow.ts";
import type { Replay } from "../flow/replay-types.ts";
import type { Mistake } from "./mistakes.ts";
import { printable } from "./printable.ts";
import { ladderTexts } from "./texts.ts";

export type ActKind =
  | { readonly kind: "send"; readonly segment: number; readonly lane: number }
  | { readonly kind: "arrive"; readonly segment: number; readonly lane: number }
  | { readonly kind: "lose"; readonly segment: number }
  /** A user call, a timeout, a crash: words at the lifeline. */
  | { readonly kind: "call" | "timeout" | "crash"; readonly lane: number; readonly text: string }
  /** An assertion that fails: its wrong words, and where in the text it stands. */
  | { readonly kind: "claim"; readonly lane: number; readonly text: string; readonly place: Span }
  /** `since`: the last act before the time runs. */
  | {
      readonly kind: "wait";
      readonly text: string;
      /** When the time begins to run, as `at`. */
      readonly begin: number;
      readonly lane: number;
      readonly since?: number;
    }
  | { readonly kind: "elide"; readonly text: string }
  | { readonly kind: "note"; readonly lanes: readonly number[]; readonly text: string }
  | { readonly kind: "section"; readonly text: string }
  | { readonly kind: "open"; readonly count: number }
  | { readonly kind: "shut" };

export type Act = ActKind & {
  /** Microseconds since the start. */
  readonly at: number;
  readonly statement: number;
  /** Its event in the flow, and the last one that is drawn with it: the later rounds of a repeat. */
  readonly event: number;
  readonly until: number;
  /** Ends that enter another state, or come into sight. */
  readonly changes: readonly number[];
  /** Those that are not about a segment. */
  readonly mistakes: readonly Mistake[];
};

/** The way of one segment through the network. */
export interface Flight {
  readonly segment: number;
  readonly statement: number;
  /** The lane it really comes from, also where its source is forged. */
  readonly from: number;
  readonly to: number;
  readonly fate: "arrives" | "lost" | "waits";
  readonly old: boolean;
  /** Index of its send act. */
  readonly sent: number;
  /** Its arrivals and its loss, in order; none if it stays in the network. */
  readonly ends: readonly { readonly act: number; readonly kind: "arrive" | "lose" }[];
  readonly mistakes: readonly Mistake[];
}

/** A flight whose ends are still to come. */
export type OpenFlight = Omit<Flight, "ends" | "mistakes"> & { ends: Flight["ends"][number][]; mistakes: Mistake[] };

/**
 * The act that an event is, as number `index`; nothing where none is drawn. Keeps the flights.
 * `mistakes` are those of the event's statement.
 */
export function actOf(
  event: FlowEvent,
  index: number,
  replay: Replay,
  flights: Map<number, OpenFlight>,
  mistakes: readonly Mistake[],
): ActKind | undefined {
  switch (event.kind) {
    case "send":
      return depart(event, index, replay, flights);
    case "deliver":
    case "lose": {
      const flight = flights.get(event.segment);
      if (flight === undefined) return undefined;
      flight.ends.push({ act: index, kind: event.kind === "lose" ? "lose" : "arrive" });
      if (event.kind === "lose") return { kind: "lose", segment: event.segment };
      return { kind: "arrive", segment: event.segment, lane: flight.to };
    }
    case "call": {
      const octets = event.octets === undefined ? "" : String(event.octets);
      return { kind: "call", lane: event.side.self.endpoint, text: `${event.call}(${octets})` };
    }
    case "timeout":
      return {
        kind: "timeout",
        lane: event.side.self.endpoint,
        text: ladderTexts(replay.flow.locale).timeouts[event.timer],
      };
    case "crash":
      return { kind: "crash", lane: event.endpoint, text: ladderTexts(replay.flow.locale).crash };
    case "wait":
      return { kind: "wait", lane: 0, text: durationText(event.text), begin: event.at - event.duration };
    case "elide":
      return { kind: "elide", text: printable(event.text ?? "") };
    case "assert": {
      const parts = [event.claim.state, ...event.claim.variables].map(({ span }) => span);
      const wrong = parts.filter((span) => mistakes.some((mistake) => liesIn(mistake.span, span)));
      if (wrong.length === 0) return undefined;
      const text = wrong.map(({ start, end }) => printable(replay.flow.text.slice(start, end))).join(" ");
      const place = { start: parts[0]?.start ?? 0, end: parts.at(-1)?.end ?? 0 };
      return { kind: "claim", lane: event.side.self.endpoint, text, place };
    }
    case "note":
      return { kind: "note", lanes: [...event.endpoints].sort((a, b) => a - b), text: printable(event.text) };
    case "section":
      return { kind: "section", text: printable(event.text) };
    case "open":
      return event.frame.kind === "repeat" ? { kind: "open", count: event.frame.count } : undefined;
    case "shut":
      return event.frame.kind === "repeat" ? { kind: "shut" } : undefined;
  }
}

/** Whether one span lies in another. */
export function liesIn(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

function depart(
  event: FlowEvent & { kind: "send" },
  index: number,
  replay: Replay,
  flights: Map<number, OpenFlight>,
): ActKind | undefined {
  const segment = replay.flow.segments[event.segment];
  if (segment === undefined) return undefined;
  const from = segment.forgedBy ?? segment.from.endpoint;
  flights.set(event.segment, {
    segment: event.segment,
    statement: event.statement,
    from,
    to: segment.to.endpoint,
    fate: event.fate,
    old: segment.old,
    sent: index,
    ends: [],
    mistakes: [],
  });
  return { kind: "send", segment: event.segment, lane: from };
}

/** `2MSL` as a picture writes it: `2 MSL`. */
function durationText(text: string): string {
  return printable(text).replace(/^([\d.]+)\s*\*?\s*(\p{L}+)$/u, "$1 $2");
}

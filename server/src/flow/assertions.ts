/** `client is FIN-WAIT-1 with snd.nxt=u+1`: what the flow asserts, held against what the replay has computed. */
import type { Block } from "../tcp/block.ts";
import { CLOSED_BLOCK, gone } from "../tcp/block.ts";
import { learn } from "../tcp/emission.ts";
import { match } from "../tcp/match.ts";
import type { Num } from "../tcp/numbers.ts";
import type { State } from "../tcp/states.ts";
import type { Fix } from "./findings.ts";
import { changeArrow, insertLineBefore } from "./fixes.ts";
import type { Claim, FlowEvent, VariableName, VariableValue } from "./flow.ts";
import { book, write } from "./report.ts";
import { isUnchecked, lineOf, nameOf, type Run, setBlock } from "./run.ts";
import { textsOf } from "./texts.ts";

type AssertEvent = FlowEvent & { readonly kind: "assert" };

/** How long kernels keep a connection in FIN-WAIT-2 that nobody reads any more, in microseconds. */
const ORPHAN = 60_000_000;

/** Carries out an assertion on every end that it means. */
export function assert(run: Run, event: AssertEvent): void {
  for (const end of run.connections.endsOf(event.side)) {
    if (isUnchecked(run, end)) continue;
    const { claim } = event;
    preferFitting(run, end, claim);
    if (claim.state.kind === "state") assertState(run, event, end, claim.state.state, claim.state.span);
    for (const variable of claim.variables) assertVariable(run, event, end, variable);
  }
}

/** Where a TCP has a choice, the claim tells which it made. */
function preferFitting(run: Run, end: number, { state, variables }: Claim): void {
  const working = run.ends[end];
  if (!working || state.kind !== "state") return;
  const fits = (block: Block): boolean =>
    block.state === state.state &&
    variables.every(({ name, value }) => {
      const actual = variableOf(block, name);
      return !actual || value.kind !== "number" || match(value.value, actual, run.symbols).kind === "same";
    });
  const other = fits(working.block) ? undefined : working.others.find(fits);
  if (!other) return;
  working.others = [];
  setBlock(run, end, other);
}

function assertState(run: Run, event: AssertEvent, end: number, state: State, span: Claim["state"]["span"]): void {
  const working = run.ends[end];
  if (!working || agrees(run, working.block, state, event.at, end)) return;
  const other = working.others.find((block) => block.state === state);
  if (other) {
    working.others = [];
    setBlock(run, end, other);
    return;
  }
  const { block } = working;
  const early = block.state === "TIME-WAIT" && state === "CLOSED";
  const name = nameOf(run, end);
  const texts = textsOf(run.flow.locale);
  const message = early
    ? texts.stillTimeWait(name)
    : texts.otherState(name, block.state, state, reasonFor(run, end, block, state));
  book(run, {
    rule: early ? "time-wait-too-short" : "wrong-state",
    severity: "error",
    message,
    rfc: early ? "RFC 9293 §3.6.1" : "RFC 9293 §3.3.2",
    span,
    statement: event.statement,
    related: [],
    fixes: [
      { title: texts.changeState(block.state), edits: [{ span, newText: block.state }] },
      ...(early ? [insertLineBefore(run.flow, event.span, "wait 2MSL", texts.letPass("2MSL"))] : []),
      ...lostStory(run, end, state),
    ],
    expected: false,
  });
  // From here on both are possible: only what both refuse is a finding.
  working.others = [...working.others.slice(0, 3), impliedBlock(block, state)];
}

/** The author may see it otherwise: what arrived last was lost. */
function lostStory(run: Run, end: number, state: State): Fix[] {
  const before = run.ends[end]?.before;
  const segment = before && run.flow.segments[before.segment];
  if (!before || !segment || before.block.state !== state) return [];
  const line = lineOf(run, segment.places.line.start);
  return [changeArrow(segment, "-x", textsOf(run.flow.locale).letBeLost(line))];
}

/** Equal, or a state that a correct TCP may be in instead. */
function agrees(run: Run, block: Block, state: State, now: number, end: number): boolean {
  if (block.state === state) return true;
  // Where a listener remains, its connection's end shows as either.
  const listens = run.connections.listens[end] === true;
  if (listens && block.state === "CLOSED" && state === "LISTEN") return true;
  if (listens && block.state === "LISTEN" && state === "CLOSED") return block.ending !== undefined;
  // A listener's lane may go on saying LISTEN until the handshake ends.
  if (state === "LISTEN" && block.state === "SYN-RECEIVED" && block.origin === "passive" && listens) return true;
  // The sender of a reset may keep the pair for 2MSL (CP1).
  if (block.state === "CLOSED" && block.ending === "reset sent" && state === "TIME-WAIT") return true;
  // A close may leave the state until its FIN goes out (CP21).
  if (block.state === "LAST-ACK" && block.finSent === undefined && state === "CLOSE-WAIT") return true;
  // Kernels give up waiting for the peer's FIN (CP15).
  if (block.state === "FIN-WAIT-2" && state === "CLOSED" && now - (run.ends[end]?.lastAt ?? now) >= ORPHAN) return true;
  const { timeWaitSince } = block;
  const waited = timeWaitSince !== undefined && now - timeWaitSince >= 2 * run.flow.settings.msl;
  return block.state === "TIME-WAIT" && state === "CLOSED" && waited;
}

/** How the asserted state is reached, or why it is not reached here. */
function reasonFor(run: Run, end: number, block: Block, state: State): string {
  const texts = textsOf(run.flow.locale);
  const last = run.ends[end]?.before;
  const segment = last && run.flow.segments[last.segment];
  if (last && segment && last.block.state === state && block.state !== state) {
    return texts.leftState(state, lineOf(run, segment.places.line.start));
  }
  return texts.ways[state];
}

/** The block as it would be in the asserted state. */
function impliedBlock(block: Block, state: State): Block {
  const { sndNxt } = block;
  switch (state) {
    case "CLOSED":
      return { ...gone(block, "closed"), claimed: true };
    case "LISTEN":
    case "SYN-SENT":
      return { ...CLOSED_BLOCK, state, claimed: true };
    case "FIN-WAIT-2":
    case "TIME-WAIT":
      return { ...block, state, sndUna: sndNxt, claimed: true };
    default:
      return { ...block, state, synSent: true, opened: true, claimed: true };
  }
}

/** The number that a variable holds now. */
function variableOf(block: Block, name: VariableName): Num | undefined {
  switch (name) {
    case "snd.una":
      return block.sndUna;
    case "snd.nxt":
      return block.sndNxt;
    case "rcv.nxt":
      return block.rcvNxt;
    case "iss":
      return block.iss;
    case "irs":
      return block.irs;
    default:
      return undefined;
  }
}

function assertVariable(run: Run, event: AssertEvent, end: number, { name, value, span }: VariableValue): void {
  const block = run.ends[end]?.block;
  const actual = block && variableOf(block, name);
  if (!actual || value.kind !== "number") return;
  const found = match(value.value, actual, run.symbols);
  if (found.kind === "same") {
    learn(run.symbols, found);
    return;
  }
  const expected = write(run, actual);
  const texts = textsOf(run.flow.locale);
  book(run, {
    rule: "wrong-state",
    severity: "error",
    message: texts.otherVariable(name.toUpperCase(), nameOf(run, end), expected),
    rfc: "RFC 9293 §3.3.1",
    span,
    statement: event.statement,
    related: [],
    fixes:
      expected === undefined
        ? []
        : [{ title: texts.change(name, expected), edits: [{ span: value.span, newText: expected }] }],
    expected: false,
  });
}

/** States and variables of a TCP, as assertions and declarations write them. */
import type { AstNode } from "langium";
import type { Claim, Span, VariableValue } from "../flow/flow.ts";
import type { Subject } from "../flow/statements.ts";
import { readState, STATES, type State } from "../tcp/states.ts";
import { readSocket } from "./endpoints.ts";
import type { Assert, Claim as ClaimNode, Party, StateName, Variable } from "./generated/ast.ts";
import { isClaim } from "./generated/ast.ts";
import { nearest } from "./nearest.ts";
import { childrenOf, childSpan, complain, didYouMean, type Reading, readWord, replace, spanOf } from "./reading.ts";
import { keyedValue, readWritten } from "./values.ts";
import { VARIABLES, variableOf } from "./words.ts";

/** The claims of `client is FIN-WAIT-1 with snd.nxt=u+1, server is CLOSE-WAIT`. */
export function readClaims(reading: Reading, node: Assert): { subject: Subject; claim: Claim }[] {
  const claims: { subject: Subject; claim: Claim }[] = [];
  const first = { name: node.name, ...(node.port === undefined ? {} : { port: node.port }) };
  const nameSpan = childSpan(node, 0);
  const socketSpan = first.port === undefined ? nameSpan : { start: nameSpan.start, end: childSpan(node, 1).end };
  const add = (owner: Assert | ClaimNode, party: Pick<Party, "name" | "port">, span: Span, verb: Span) => {
    const state = readClaimedState(reading, owner.state, verb);
    if (!state) return;
    if (owner.having && owner.variables.length === 0) missingVariables(reading, owner);
    const variables = readVariables(reading, owner.variables);
    claims.push({ subject: readSubject(reading, party, span, owner), claim: { state, variables } });
  };
  add(node, first, socketSpan, childSpan(node, first.port === undefined ? 1 : 2));
  for (const item of node.more) {
    if (isClaim(item)) {
      add(item, item.subject, spanOf(item.subject), spanOf(item));
      continue;
    }
    // `with snd.nxt=u, rcv.nxt=v`: behind a comma it still belongs to the claim before.
    const last = claims.at(-1);
    if (last) last.claim = { ...last.claim, variables: [...last.claim.variables, ...readVariables(reading, [item])] };
  }
  return claims;
}

/** An endpoint, and its peer where `towards` names one. */
export function readSubject(
  reading: Reading,
  party: Pick<Party, "name" | "port">,
  span: Span,
  owner: AstNode & { readonly towards: boolean; readonly peer?: Party },
): Subject {
  const self = readSocket(reading, party.name, party.port, span);
  const { peer, towards } = owner;
  if (towards && !peer) {
    complain(reading, "syntax", lastWord(owner, "towards"), reading.texts.towardsWhom);
  }
  return peer ? { self, towards: readSocket(reading, peer.name, peer.port, spanOf(peer)) } : { self };
}

/** `with` and no variable behind it. */
export function missingVariables(reading: Reading, node: AstNode): void {
  complain(reading, "syntax", lastWord(node, "with"), reading.texts.whichVariables(VARIABLES));
}

/** Where a word stands among the tokens of a node. */
function lastWord(node: AstNode, word: string): Span {
  const child = childrenOf(node).findLast(({ text }) => text === word);
  return child ? { start: child.offset, end: child.end } : spanOf(node);
}

function readClaimedState(reading: Reading, node: StateName | undefined, verb: Span): Claim["state"] | undefined {
  if (node?.blank) return { kind: "blank", span: spanOf(node) };
  const state = readStateName(reading, node, verb);
  return state && node ? { kind: "state", state, span: spanOf(node) } : undefined;
}

/** The state that a spelling means; nothing, with a finding, if it is none. */
export function readStateName(reading: Reading, node: StateName | undefined, verb: Span): State | undefined {
  if (node === undefined || node.blank) {
    complain(reading, "syntax", node ? spanOf(node) : verb, reading.texts.stateMissing(STATES));
    return undefined;
  }
  const state = readState(node.words.join("-"));
  if (state) return state;
  const written = node.words.join(" ");
  const span = spanOf(node);
  const second = node.words.indexOf("and");
  if (second > 0) {
    const place = childSpan(node, second);
    const comma = { start: childSpan(node, second - 1).end, end: place.end };
    complain(reading, "syntax", place, reading.texts.commas, { fixes: [replace(reading, comma, ",")] });
    return readState(node.words.slice(0, second).join("-"));
  }
  const near = nearest(written, STATES);
  if (near === undefined) complain(reading, "unknown-name", span, reading.texts.noState(written, STATES));
  else didYouMean(reading, written, span, near, "state");
  return near;
}

export function readVariables(reading: Reading, nodes: readonly Variable[]): VariableValue[] {
  const values: VariableValue[] = [];
  for (const node of nodes) {
    const span = spanOf(node);
    const nameSpan = { start: span.start, end: span.start + node.name.length };
    const name = variableOf(node.name) ?? readWord(reading, node.name, nameSpan, VARIABLES, "variable");
    if (name === undefined) continue;
    if (values.some((known) => known.name === name))
      complain(reading, "duplicate-name", nameSpan, reading.texts.twice(name));
    const value = readWritten(reading, keyedValue(node), node.name, span);
    if (value) values.push({ name, value, span });
  }
  return values;
}

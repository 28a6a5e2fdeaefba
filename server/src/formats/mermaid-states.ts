/** States in notes: `FIN_WAIT_1`, `LISTEN → SYN_RCVD`, with words around. */
import type { Span } from "../flow/flow.ts";
import { readState, type State } from "../tcp/states.ts";
import type { Piece } from "./mermaid-lines.ts";

/** What a note says of an endpoint: a state, and the one before it where the note names both. */
export interface StateWord {
  readonly state: State;
  readonly span: Span;
}

const STATE =
  /(?<![A-Za-z0-9_-])(?:CLOSED|LISTEN(?:ING)?|SYN[-_ ]?(?:SENT|SEND|RE?CV(?:D|ED)?|RECEIVED?)|ESTAB(?:LISHED)?|FIN[-_ ]?WAIT[-_ ]?[12]|CLOSE[-_ ]?WAIT|CLOSING|LAST[-_ ]?ACK|TIME[-_ ]?WAIT)(?![A-Za-z0-9_]|-(?!>))/gu;
/** What such a note says may be anything but that the state is entered. */
const DOUBT =
  /\b(?:not|never|no|if|until|before|when|would|should|can(?:not|'t)?|could|avoid|queue|leak|many|after)\b|不|未|没有|如果|之前|直到|队列|大量|避免|\?|？/iu;
const LEADS_TO = /^\s*(?:-{1,2}>{1,2}|=>|→|➡️?|⇒|➜|to|进入|变为|转为|到|-)\s*$/iu;
/** Longer notes tell a story. */
const LONGEST = 90;

/** The states that a note asserts: one, or a chain of them. Empty where it may mean something else. */
export function statesIn(label: Piece): StateWord[] {
  const { text } = label;
  if (text.length > LONGEST || DOUBT.test(text)) return [];
  const found = [...text.matchAll(STATE)].flatMap((match): StateWord[] => {
    const state = stateOf(match[0]);
    const start = label.start + match.index;
    return state === undefined ? [] : [{ state, span: { start, end: start + match[0].length } }];
  });
  for (const [i, word] of found.entries()) {
    const next = found[i + 1];
    if (next && !LEADS_TO.test(text.slice(word.span.end - label.start, next.span.start - label.start))) return [];
  }
  return found;
}

function stateOf(word: string): State | undefined {
  const plain = word.replace(/^SYN[-_ ]?SEND$/u, "SYN_SENT").replace(/^LISTENING$/u, "LISTEN");
  return readState(plain.replace(/^SYN[-_ ]?(?:RE?CV(?:D|ED)?|RECEIVED?)$/u, "SYN_RCVD"));
}

/** Lines that begin with a name and make no statement: what they were most likely meant to be. */
import type { CallName, Span } from "../flow/flow.ts";
import type { Unread } from "./generated/ast.ts";
import { nearest } from "./nearest.ts";
import { childSpan, complain, type Reading, replace } from "./reading.ts";
import { CALLS, OPENERS, VERBS } from "./words.ts";

/** How other notations and plain English say it. */
const OTHER_OPENERS: Readonly<Record<string, (typeof OPENERS)[number]>> = {
  participant: "endpoint",
  actor: "endpoint",
  host: "endpoint",
  node: "endpoint",
  loop: "repeat",
  sleep: "wait",
  delay: "wait",
  pause: "wait",
  remark: "note",
  comment: "note",
  heading: "section",
  chapter: "section",
};

const OTHER_VERBS: Readonly<Record<string, (typeof VERBS)[number]>> = {
  becomes: "is",
  enters: "is",
  state: "is",
  dies: "crashes",
  reboots: "crashes",
  call: "calls",
};

const OTHER_CALLS: Readonly<Record<string, CallName>> = {
  open: "connect",
  opens: "connect",
  disconnects: "close",
  aborts: "abort",
  reads: "receive",
  writes: "send",
};

export function readUnread(reading: Reading, node: Unread): void {
  const { name, port } = node;
  const [word] = node.words;
  const nameSpan = childSpan(node, 0);
  const span = word === undefined ? nameSpan : childSpan(node, port === undefined ? 1 : 2);
  const verb = word === undefined ? undefined : (OTHER_VERBS[word] ?? nearest(word, VERBS));
  if (verb !== undefined) return propose(reading, span, verb);
  const opener = OTHER_OPENERS[name] ?? nearest(name, OPENERS);
  if (opener !== undefined && !reading.endpoints.numbers.has(name)) return propose(reading, nameSpan, opener);
  const call = word === undefined ? undefined : callOf(word);
  if (call !== undefined) {
    return complain(reading, "syntax", span, reading.texts.callIsWritten(`${name} calls ${call}`), {
      fixes: [replace(reading, span, `calls ${call}`)],
    });
  }
  complain(reading, "syntax", span, reading.texts.behindName(VERBS));
}

function propose(reading: Reading, span: Span, meant: string): void {
  complain(reading, "unknown-name", span, reading.texts.didYouMean(meant), { fixes: [replace(reading, span, meant)] });
}

/** `close`, `closes`. */
function callOf(word: string): CallName | undefined {
  return OTHER_CALLS[word] ?? CALLS.find((call) => call === word || `${call}s` === word);
}

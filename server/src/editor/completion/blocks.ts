/** Several lines at once: a whole handshake, a whole close, two segments that cross. */
import { CompletionItemKind } from "vscode-languageserver";
import type { Socket } from "../../flow/flow.ts";
import { follow } from "../../flow/follow.ts";
import { type NextSegment, nextSegments, type Passage, type Purpose } from "../../flow/next-segments.ts";
import type { Run } from "../../flow/run.ts";
import { editorTexts } from "../texts.ts";
import { type Here, nameOf } from "./here.ts";
import type { Proposal } from "./proposal.ts";
import { restOf, textOf } from "./segment-text.ts";
import { because } from "./why.ts";

/** Who sends the next segment of an exchange, and what for. */
type Turn = readonly [sender: "first" | "second", purpose: Purpose];

const HANDSHAKE: readonly Turn[] = [
  ["first", "open"],
  ["second", "answer"],
  ["first", "acknowledge"],
];

/** From whatever a close has come to, to its end. */
const CLOSE: readonly Turn[] = [
  ["first", "finish"],
  ["second", "acknowledge"],
  ["second", "finish"],
  ["first", "acknowledge"],
];

/** None inside of a crossing block, where no answer arrives. */
export function blocks(here: Here, indent: string): Proposal[] {
  if (here.crosses) return [];
  const texts = editorTexts(here.flow.locale);
  const found: Proposal[] = [];
  const opening = here.next.find(({ purpose, sender }) => purpose === "open" && sender.before === "CLOSED");
  if (opening !== undefined) {
    const played = play(here, opening, HANDSHAKE);
    const { lines } = played;
    const reason = because(here, texts.wholeHandshake, played.passages, "RFC 9293 §3.5");
    if (lines.length === HANDSHAKE.length) found.push(block("handshake", texts.wholeHandshake, reason, lines, indent));
  }
  const close = playClose(here);
  if (close.lines.length > 1) {
    const reason = because(here, texts.wholeClose, close.passages, "RFC 9293 §3.6");
    found.push(block("close", texts.wholeClose, reason, close.lines, indent));
  }
  const crossing = crossingLines(here);
  if (crossing !== undefined) {
    const lines = ["crossing {", ...crossing.map((line) => `  ${line}`), "}"];
    const reason = because(here, texts.bothSentFirst, [], "RFC 9293 §3.5");
    found.push(block("crossing", texts.bothSentFirst, reason, lines, indent));
  }
  return found;
}

/** The lines that end both streams, from where the flow is at the place; none where nothing is open. */
export function closeLines(here: Here): readonly string[] {
  return playClose(here).lines;
}

function playClose(here: Here): Played {
  const first = here.next.find(({ purpose, sender }) => purpose === "finish" && sender.before !== "SYN-RECEIVED");
  if (first !== undefined) {
    // The second FIN comes from the end whose peer has sent one.
    const begun = first.sender.before === "CLOSE-WAIT" || first.sender.before === "LAST-ACK";
    if (!begun) return play(here, first, CLOSE);
    const swapped = play(here, first, [
      ["first", "finish"],
      ["second", "acknowledge"],
    ]);
    const owed = here.next.find(({ purpose, from }) => purpose === "acknowledge" && from === first.from);
    return owed === undefined
      ? swapped
      : play(here, first, [
          ["first", "acknowledge"],
          ["first", "finish"],
          ["second", "acknowledge"],
        ]);
  }
  const last = here.next.find(
    ({ purpose, sender }) => purpose === "acknowledge" && CLOSED_BOTH_WAYS.has(sender.before),
  );
  return last === undefined ? { lines: [], passages: [] } : { lines: [lineOf(here, last)], passages: [] };
}

/** The lines that a handshake still needs, and where the flow is behind them. */
export function openLines(here: Here): { readonly lines: readonly string[]; readonly here: Here } {
  const lines: string[] = [];
  let now = here;
  while (lines.length < HANDSHAKE.length) {
    const [next] = now.next;
    const answers = next?.purpose === "answer";
    if (!next || !(answers || (next.purpose === "acknowledge" && next.receiver.before === "SYN-RECEIVED"))) break;
    lines.push(lineOf(now, next));
    const { chosen } = textOf(next, now.run, now.style);
    const run = follow(now.run, next, { seq: chosen, fate: "arrives" });
    now = { ...now, run, next: nextSegments(run.flow, run) };
  }
  return { lines, here: now };
}

const CLOSED_BOTH_WAYS: ReadonlySet<string> = new Set(["TIME-WAIT", "CLOSING"]);

/** Lines, and what they do to the states of those who send and receive them. */
interface Played {
  readonly lines: readonly string[];
  readonly passages: readonly (readonly [end: Socket, passage: Passage])[];
}

/** Plays an exchange from the place on; stops where a turn is not legal. */
function play(here: Here, start: NextSegment, turns: readonly Turn[]): Played {
  const lines: string[] = [];
  let [first, second] = [start.sender, start.receiver];
  let run: Run = here.run;
  let next = here.next;
  for (const [sender, purpose] of turns) {
    const from = sender === "first" ? start.from : start.to;
    const found = next.find(
      (one) => one.purpose === purpose && one.from.endpoint === from.endpoint && one.from.port === from.port,
    );
    if (found === undefined) break;
    const { chosen } = textOf(found, run, here.style);
    lines.push(lineOf({ ...here, run }, found));
    const [mine, other] = sender === "first" ? [found.sender, found.receiver] : [found.receiver, found.sender];
    first = { before: first.before, after: mine.after };
    second = { before: second.before, after: other.after };
    run = follow(run, found, { seq: chosen, fate: "arrives" });
    next = nextSegments(run.flow, run);
  }
  const passages = [
    [start.from, first],
    [start.to, second],
  ] as const;
  return { lines, passages };
}

function lineOf(here: Here, next: NextSegment): string {
  const text = restOf(textOf(next, here.run, here.style), here.style);
  return `${nameOf(here, next.from)} -> ${nameOf(here, next.to)}: ${text}`;
}

/** Two segments of the same kind, one each way, that may both leave now. */
function crossingLines(here: Here): readonly string[] | undefined {
  for (const purpose of ["open", "finish", "data"] as const) {
    const first = here.next.find((one) => one.purpose === purpose);
    if (first === undefined) continue;
    const { chosen } = textOf(first, here.run, here.style);
    const run = follow(here.run, first, { seq: chosen, fate: "waits" });
    const second = nextSegments(run.flow, run).find((one) => one.purpose === purpose && isBack(one, first));
    if (second) return [lineOf(here, first), lineOf({ ...here, run }, second)];
  }
  return undefined;
}

function isBack(a: NextSegment, b: NextSegment): boolean {
  return a.from.endpoint === b.to.endpoint && a.to.endpoint === b.from.endpoint && a.from.port === b.to.port;
}

function block(label: string, detail: string, reason: string, lines: readonly string[], indent: string): Proposal {
  return {
    label,
    kind: CompletionItemKind.Snippet,
    detail,
    insert: lines.join(`\n${indent}`),
    documentation: `\`\`\`tcpflow\n${lines.join("\n")}\n\`\`\`\n\n${reason}`,
  };
}

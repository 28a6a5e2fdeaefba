/** Lines of what happens beside segments: arrivals of late ones, timers, the end of TIME-WAIT, calls, the states. */
import { CompletionItemKind } from "vscode-languageserver";
import type { Socket } from "../../flow/flow.ts";
import { nextCalls } from "../../flow/next-calls.ts";
import type { Purpose } from "../../flow/purposes.ts";
import type { State } from "../../tcp/states.ts";
import { entryText } from "../glossary/markdown.ts";
import { CALL_ENTRIES, TIMER_ENTRIES } from "../glossary/words.ts";
import { editorTexts } from "../texts.ts";
import { type Here, nameOf, statesOf } from "./here.ts";
import type { Proposal } from "./proposal.ts";
import { because, showPassage } from "./why.ts";
import { flyingSegments } from "./words.ts";

const event = (label: string, detail: string, documentation?: string): Proposal => ({
  label,
  kind: CompletionItemKind.Event,
  detail,
  ...(documentation === undefined ? {} : { documentation }),
});

/** Whole lines, the likeliest first. */
export function eventLines(here: Here): Proposal[] {
  return [...arrivals(here), ...timers(here), ...calls(here), ...assertion(here)];
}

/** What may come at any time, but need not. */
const UNASKED: ReadonlySet<Purpose> = new Set(["open", "reset", "repeat"]);

/** Where both streams have ended and nothing is left but to wait. */
export function lastWait(here: Here): Proposal[] {
  const owes = here.run.ends.some(({ block }) => block.owes !== undefined);
  const isDue = owes || here.next.some(({ purpose }) => !UNASKED.has(purpose));
  const waiting = here.run.ends.flatMap(({ block }, end) => {
    const self = here.run.connections.ends[end]?.self;
    return block.state === "TIME-WAIT" && self ? [nameOf(here, self)] : [];
  });
  if (isDue || waiting.length === 0 || here.crosses) return [];
  const texts = editorTexts(here.flow.locale);
  const why = texts.timeWaitEnds(waiting.join(", "));
  return [event("wait 2MSL", why, because(here, why, [], "RFC 9293 §3.6"))];
}

function arrivals(here: Here): Proposal[] {
  const texts = editorTexts(here.flow.locale);
  return flyingSegments(here).flatMap((name) => [
    event(`${name} arrives`, texts.arrivesNow),
    event(`${name} gets lost`, texts.neverArrives),
  ]);
}

/** The retransmission timer of an end that waits for an acknowledgment, and that of a closed window. */
function timers(here: Here): Proposal[] {
  if (here.crosses) return [];
  const texts = editorTexts(here.flow.locale);
  return here.next.flatMap(({ from, purpose }) => {
    const isFired = here.run.ends.some(
      ({ timedOut }, end) => timedOut && isSame(here.run.connections.ends[end]?.self, from),
    );
    if (isFired || from.port !== undefined) return [];
    const fires = (words: string, why: string, timer: "retransmission" | "persist") => [
      event(`${nameOf(here, from)} ${words}`, why, entryText(timer, TIMER_ENTRIES[timer], here.flow.locale)),
    ];
    if (purpose === "repeat") return fires("timeout", texts.timerFires, "retransmission");
    const isClosed = here.run.ends.some(
      ({ block }, end) => block.peerWindow === 0 && isSame(here.run.connections.ends[end]?.self, from),
    );
    return purpose === "probe" && isClosed ? fires("timeout persist", texts.persistFires, "persist") : [];
  });
}

function isSame(a: Socket | undefined, b: Socket): boolean {
  return a?.endpoint === b.endpoint && a.port === b.port;
}

/** What the user of an open connection does next; before there is any, who opens one. */
function calls(here: Here): Proposal[] {
  const { ends } = here.run.connections;
  const texts = editorTexts(here.flow.locale);
  return here.flow.endpoints.flatMap(({ name, unchecked }, endpoint) => {
    const isBusy = ends.filter(({ self }) => self.endpoint === endpoint).length > 1;
    if (unchecked || isBusy) return [];
    const wanted = ends.length === 0 ? "connect" : "close";
    return nextCalls(here.run, { endpoint })
      .filter((one) => one.name === wanted && (wanted === "connect" || CLOSABLE.has(one.before)))
      .map((one) => {
        const passage = texts.endPassage(name, showPassage(one, texts));
        const meaning = entryText(one.name, CALL_ENTRIES[one.name], here.flow.locale);
        return event(`${name} calls ${one.name}`, passage, `${meaning}\n\n- ${passage}`);
      });
  });
}

const CLOSABLE: ReadonlySet<State> = new Set(["ESTABLISHED", "CLOSE-WAIT"]);

/** The states as they are, of the endpoints whose name says which connection is meant. */
function assertion(here: Here): Proposal[] {
  const states = statesOf(here).flatMap(({ name, state, alone }) => (alone ? [`${name} is ${state}`] : []));
  return states.length === 0 ? [] : [event(states.join(", "), editorTexts(here.flow.locale).assertsStates)];
}

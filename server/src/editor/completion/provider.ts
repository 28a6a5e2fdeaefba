/** Completion: what may stand at the cursor, the likeliest first. */
import type { CompletionItem, Position } from "vscode-languageserver";
import { lineTable } from "../../flow/lines.ts";
import type { Replay } from "../../flow/replay-types.ts";
import { blocks } from "./blocks.ts";
import { eventLines, lastWait } from "./events.ts";
import { type Here, hereAt } from "./here.ts";
import { type Place, placeIn } from "./place.ts";
import { type Proposal, toItems } from "./proposal.ts";
import { fields, flags, numbers, receivers, segmentLines, segmentRests } from "./segments.ts";
import { beginnings, statements } from "./statements.ts";
import * as words from "./words.ts";

/** Longer lines are no flow that somebody types. */
const LONGEST_LINE = 1000;

/** No line break among them: who presses Enter twice wants an empty line, and what comes next shows in grey. */
export const TRIGGERS = [":", "=", "@", "(", "<", ">", " "];

/** @param takesSnippets whether the client can let the author fill in places */
export function completionItems(
  replay: Replay,
  { line, character }: Position,
  takesSnippets: boolean,
): CompletionItem[] {
  const { text } = replay.flow;
  const start = lineTable(text)[line] ?? text.length;
  const before = text.slice(start, start + character);
  if (before.length > LONGEST_LINE || isInComment(text, start + character)) return [];
  const place = placeIn(before);
  if (place === undefined) return [];
  const proposals = proposalsAt(hereAt(replay, start), place, before, replay);
  const from = { line, character: character - place.typed.length };
  return toItems(proposals, { start: from, end: { line, character } }, takesSnippets);
}

function proposalsAt(here: Here, place: Place, before: string, replay: Replay): Proposal[] {
  switch (place.kind) {
    case "statement":
      return wholeLines(here, indentOf(before));
    case "verb":
      return [...segmentRests(here, place.subject), ...words.verbs(here, place.subject)];
    case "receiver":
      return receivers(here, place);
    case "flags":
      return flags(here, place, /[:：]$/u.test(before));
    case "field":
      return fields(here, place);
    case "number":
      return numbers(here, place);
    case "rule":
      return words.rules(here, replay);
    case "count":
      return isBlock(here, before) ? [] : words.counts(indentOf(before));
    default:
      return wordsAt(here, place);
  }
}

/** Whether a block follows already. */
function isBlock({ flow, lineStart }: Here, before: string): boolean {
  const offset = lineStart + before.length;
  return /^[ \t]*[{｛]/u.test(flow.text.slice(offset, offset + LONGEST_LINE));
}

/** The last answer for each line: whole exchanges are played for it. */
const known = new WeakMap<Here, { readonly indent: string; readonly lines: Proposal[] }>();

function wholeLines(here: Here, indent: string): Proposal[] {
  const answered = known.get(here);
  if (answered?.indent === indent) return answered.lines;
  const first = here.flow.endpoints.length < 2 ? beginnings(here) : [];
  const happens = [...lastWait(here), ...segmentLines(here), ...blocks(here, indent), ...eventLines(here)];
  const lines = [...first, ...happens, ...statements(here, indent)];
  known.set(here, { indent, lines });
  return lines;
}

function indentOf(line: string): string {
  return /^\s*/u.exec(line)?.[0] ?? "";
}

type WordPlace = Exclude<
  Place,
  { kind: "statement" | "verb" | "receiver" | "flags" | "field" | "number" | "rule" | "count" }
>;

function wordsAt(here: Here, place: WordPlace): Proposal[] {
  switch (place.kind) {
    case "mark":
      return words.marks(here);
    case "option":
      return words.options(here, place.used);
    case "call":
      return words.calls(here, place.subject);
    case "timer":
      return words.timers(here);
    case "state":
      return words.states(here, place.subject);
    case "variable":
      return words.variables(here, place.subject);
    case "variable-number":
      return words.variableNumbers(here, place.subject, place.variable);
    case "peer":
      return words.names(here, [place.subject]);
    case "party":
      return words.names(here, place.listed);
    case "assertion":
      return words.assertions(here, place.listed);
    case "sack":
      return words.sackBlocks(here, place.sender);
    case "symbol":
      return words.symbols(here);
    case "setting-value":
      return words.settingValues(place.setting);
    case "endpoint-clause":
      return words.endpointClauses(here);
    case "setting":
      return words.settings(here);
    case "duration":
      return words.durations(here);
    case "way":
      return words.ways(here, place.word);
  }
}

function isInComment(text: string, offset: number): boolean {
  const opened = text.lastIndexOf("/*", offset - 1);
  return opened >= 0 && text.lastIndexOf("*/", offset - 1) < opened;
}

/** The likeliest next line, shown in grey at the end of what is typed. */
import type { InlineCompletionItem, Position } from "vscode-languageserver";
import { lineTable } from "../../flow/lines.ts";
import type { Replay } from "../../flow/replay-types.ts";
import { type Here, hereAt } from "./here.ts";
import { placeIn } from "./place.ts";
import { segmentLines } from "./segments.ts";

/** Where a segment line begins, or is begun; at the end of its line, and once somebody is in the flow. */
export function inlineCompletions(replay: Replay, { line, character }: Position): InlineCompletionItem[] {
  const { text, endpoints } = replay.flow;
  const start = lineTable(text)[line] ?? text.length;
  const offset = start + character;
  const before = text.slice(start, offset);
  const behind = /[^\r\n]*/u.exec(text.slice(offset, offset + 1))?.[0] ?? "";
  if (endpoints.length < 2 || behind !== "" || placeIn(before) === undefined) return [];
  const typed = before.trimStart();
  const here = hereAt(replay, start);
  if (typed === "" && !isExpected(here)) return [];
  const next = segmentLines(here).find(({ label }) => label.startsWith(typed) && label !== typed);
  if (next === undefined) return [];
  const range = { start: { line, character: character - typed.length }, end: { line, character } };
  return [{ insertText: next.label, range }];
}

/** Where an exchange is over, whatever else would be legal is nothing that one waits for. */
function isExpected({ next: [first], run }: Here): boolean {
  if (first === undefined || first.purpose === "reset") return false;
  return first.purpose !== "open" || !run.flow.events.some(({ kind }) => kind === "send");
}

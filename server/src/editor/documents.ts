/** The replay of an open document: made once for each version of the text, read by everything else here. */
import type { LangiumDocument, ParseResult } from "langium";
import type { Range } from "vscode-languageserver";
import type { Span } from "../flow/flow.ts";
import { lineTable, positionAt } from "../flow/lines.ts";
import type { Locale } from "../flow/locale.ts";
import { replay } from "../flow/replay.ts";
import type { Replay } from "../flow/replay-types.ts";
import { readFlow } from "../language/parse.ts";

/** Langium makes a new parse result for each version, so an entry is never stale and goes with its version. */
const replays = new WeakMap<ParseResult, Replay>();

/** @param locale the language of the findings, the same for as long as the server runs */
export function replayOf(document: LangiumDocument, locale: Locale): Replay {
  const parsed = document.parseResult;
  let made = replays.get(parsed);
  if (made === undefined) {
    made = replay(readFlow(parsed, { locale }));
    replays.set(parsed, made);
  }
  return made;
}

/** Turns spans of a text into the protocol's ranges (lines and UTF-16 characters from 0). */
export function rangesIn(text: string): (span: Span) => Range {
  const table = lineTable(text);
  return ({ start, end }) => ({ start: positionAt(table, start), end: positionAt(table, end) });
}

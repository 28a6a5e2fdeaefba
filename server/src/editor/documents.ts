/** The replay of an open document: made once for each version of the text, read by everything else here. */
import type { LangiumDocument, ParseResult } from "langium";
import type { Range } from "vscode-languageserver";
import type { Span } from "../flow/flow.ts";
import { lineTable, positionAt } from "../flow/lines.ts";
import type { Locale } from "../flow/locale.ts";
import { replay } from "../flow/replay.ts";
import type { Replay } from "../flow/replay-types.ts";
import { readFlow } from "../language/parse.ts";

/** A flow as Langium reads it; one inside another text says where it begins there. */
export interface FlowDocument extends LangiumDocument {
  /** Number of its first line as messages count it, if not 1. */
  readonly firstLine?: number;
}

/** Langium makes a new parse result for each version: a replay of another one is stale. */
const replays = new WeakMap<FlowDocument, { readonly of: ParseResult; readonly replay: Replay }>();

/** @param locale the language of the findings, the same for as long as the server runs */
export function replayOf(document: FlowDocument, locale: Locale): Replay {
  const { parseResult, firstLine } = document;
  const made = replays.get(document);
  if (made?.of === parseResult) return made.replay;
  const fresh = replay(readFlow(parseResult, firstLine === undefined ? { locale } : { locale, firstLine }));
  replays.set(document, { of: parseResult, replay: fresh });
  return fresh;
}

/** Turns spans of a text into the protocol's ranges (lines and UTF-16 characters from 0). */
export function rangesIn(text: string): (span: Span) => Range {
  const table = lineTable(text);
  return ({ start, end }) => ({ start: positionAt(table, start), end: positionAt(table, end) });
}

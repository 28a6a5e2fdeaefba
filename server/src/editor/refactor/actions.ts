/** Code actions without a finding: what may be done with the segments and words of a selection. */
import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver";
import type { Finding, Fix } from "../../flow/findings.ts";
import { lineTable } from "../../flow/lines.ts";
import type { Replay } from "../../flow/replay-types.ts";
import { rangesIn } from "../documents.ts";
import { editorTexts } from "../texts.ts";
import { type Word, wordAt } from "../words.ts";
import { completeClose } from "./close.ts";
import { leaveOutNumbers, writeNumbers } from "./numbers.ts";
import { changeWay, crossWithNext } from "./stories.ts";
import { defineSymbol, numbersToSymbols, ownLetter, symbolsToNumbers } from "./symbols.ts";

export function refactorings(replay: Replay, words: readonly Word[], params: CodeActionParams): CodeAction[] {
  const { only } = params.context;
  const kind = CodeActionKind.RefactorRewrite;
  if (only !== undefined && !only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`))) return [];
  const lines = lineTable(replay.flow.text);
  const rangeOf = rangesIn(replay.flow.text);
  const { start, end } = params.range;
  const from = (lines[start.line] ?? 0) + start.character;
  const to = (lines[end.line] ?? 0) + end.character;
  return fixesAt(replay, words, from, to).map(({ title, edits }) => ({
    title,
    kind,
    edit: {
      changes: {
        [params.textDocument.uri]: edits.map(({ span, newText }) => ({ range: rangeOf(span), newText })),
      },
    },
  }));
}

/** Mends a finding with what is known only at the end of the flow. */
export function fixInTheEnd(replay: Replay, words: readonly Word[], finding: Finding): Fix | undefined {
  if (finding.rule === "unfinished") return completeClose(replay);
  if (finding.rule !== "borrowed-number" || finding.segment === undefined) return undefined;
  return ownLetter(replay, words, finding.segment);
}

function fixesAt(replay: Replay, words: readonly Word[], from: number, to: number): Fix[] {
  const { segments } = replay.flow;
  const all = [...segments.keys()];
  const touched = all.filter((index) => {
    const line = segments[index]?.places.line;
    return line !== undefined && line.start <= to && from <= line.end;
  });
  const [segment] = touched;
  if (segment === undefined) return [];
  const texts = editorTexts(replay.flow.locale);
  const several = touched.length > 1;
  const word = wordAt(words, from);
  const found = [
    writeNumbers(replay, touched, texts.writeNumbers(several)),
    writeNumbers(replay, all, texts.writeAllNumbers),
    leaveOutNumbers(replay, words, touched, texts.leaveOutNumbers(several)),
    leaveOutNumbers(replay, words, all, texts.leaveOutAllNumbers),
    changeWay(replay, segment),
    crossWithNext(replay, segment),
    word?.role === "symbol" ? defineSymbol(replay, word) : undefined,
    symbolsToNumbers(replay),
    numbersToSymbols(replay, words),
    touched.includes(segments.length - 1) ? completeClose(replay) : undefined,
  ];
  return found.filter((fix) => fix !== undefined);
}

/** Hover: what stands under the pointer, in Markdown. */
import { type Hover, MarkupKind, type Position } from "vscode-languageserver";
import { type LineTable, lineTable } from "../../flow/lines.ts";
import type { Locale } from "../../flow/locale.ts";
import type { Replay } from "../../flow/replay-types.ts";
import { pageOf } from "../../flow/rule-pages.ts";
import { isRule } from "../../flow/rules.ts";
import { fieldOf, known, optionOf, variableOf } from "../../language/words.ts";
import { FLAG_NAMES } from "../../tcp/flags.ts";
import { readState } from "../../tcp/states.ts";
import { rangesIn } from "../documents.ts";
import { CLAUSE_ENTRIES } from "../glossary/clauses.ts";
import { entryText, stateText } from "../glossary/markdown.ts";
import {
  CALL_ENTRIES,
  type Entry,
  FIELD_ENTRIES,
  FLAG_ENTRIES,
  OPENER_ENTRIES,
  OPTION_ENTRIES,
  SETTING_ENTRIES,
  TIMER_ENTRIES,
  VARIABLE_ENTRIES,
  VERB_ENTRIES,
} from "../glossary/words.ts";
import { editorTexts } from "../texts.ts";
import { type Word, wordAt } from "../words.ts";
import { endpointText } from "./endpoint.ts";
import { numberText, symbolText } from "./number.ts";
import { segmentAt, segmentText } from "./segment.ts";

interface Pointed {
  readonly replay: Replay;
  readonly words: readonly Word[];
  readonly lines: LineTable;
  readonly offset: number;
}

export function hoverAt(replay: Replay, words: readonly Word[], { line, character }: Position): Hover | undefined {
  const lines = lineTable(replay.flow.text);
  const offset = (lines[line] ?? 0) + character;
  const word = wordAt(words, offset);
  const pointed = { replay, words, lines, offset };
  const value = (word && wordText(pointed, word)) || wholeSegment(pointed);
  if (value === "") return undefined;
  const contents = { kind: MarkupKind.Markdown, value };
  return word === undefined ? { contents } : { contents, range: rangesIn(replay.flow.text)(word.span) };
}

function wholeSegment({ replay, lines, offset }: Pointed): string {
  const segment = segmentAt(replay, offset);
  return segment === undefined ? "" : segmentText(replay, segment, lines);
}

/** `late arrives`: the segment that was sent under this name. */
function namedSegment({ replay, lines }: Pointed, name: string): string {
  const segment = replay.flow.segments.findIndex((one) => one.name === name);
  return segment < 0 ? "" : segmentText(replay, segment, lines);
}

/** Several paragraphs, without those that are empty. */
function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n---\n\n");
}

function wordText(pointed: Pointed, word: Word): string {
  const { replay, words, lines, offset } = pointed;
  const { text } = word;
  const { locale } = replay.flow;
  switch (word.role) {
    case "flags":
      return join(flagText(word, offset, locale), wholeSegment(pointed));
    case "symbol":
      return join(symbolText(replay, text, words, lines), numberText(replay, offset, lines));
    case "number":
      return numberText(replay, offset, lines);
    case "field":
      return join(meaning(text, fieldOf(text), FIELD_ENTRIES, locale), numberText(replay, offset, lines));
    case "state": {
      const state = readState(text);
      return state === undefined ? "" : stateText(state, locale);
    }
    case "rule":
      return ruleText(text, locale);
    case "endpoint":
      return wholeSegment(pointed) || endpointText(replay, text, offset);
    case "segment":
      return wholeSegment(pointed) || namedSegment(pointed, text);
    default:
      return plainText(word, locale);
  }
}

/** The flag of `SYN+ACK` that the offset is in. */
function flagText({ text, span }: Word, offset: number, locale: Locale): string {
  let start = span.start;
  for (const part of text.split(/(?<=[+\-/])/u)) {
    const name = known(part.replace(/[+\-/]$/u, ""), FLAG_NAMES);
    if (offset <= start + part.length && name !== undefined) return entryText(name, FLAG_ENTRIES[name], locale);
    start += part.length;
  }
  return "";
}

function meaning<Name extends string>(
  text: string,
  name: Name | undefined,
  entries: Readonly<Record<Name, Entry>>,
  locale: Locale,
): string {
  return name === undefined ? "" : entryText(text, entries[name], locale);
}

function ruleText(text: string, locale: Locale): string {
  if (!isRule(text)) return "";
  const { what, why, rfc } = pageOf(text, locale);
  return [editorTexts(locale).entry(text, what, undefined), why, ...(rfc === undefined ? [] : [rfc])].join("\n\n");
}

/** Words that mean the same wherever they stand. */
function plainText({ role, text }: Word, locale: Locale): string {
  const find = (entries: Readonly<Record<string, Entry>>) => {
    const entry = entries[text];
    return entry === undefined ? "" : entryText(text, entry, locale);
  };
  switch (role) {
    case "option":
      return meaning(text, optionOf(text), OPTION_ENTRIES, locale);
    case "variable":
      return meaning(text, variableOf(text), VARIABLE_ENTRIES, locale);
    case "call":
      return find(CALL_ENTRIES);
    case "timer":
      return find(TIMER_ENTRIES);
    case "setting":
      return find(SETTING_ENTRIES);
    case "mark":
      return find(MARK_ENTRIES);
    case "keyword":
      return find({ ...CLAUSE_ENTRIES, ...VERB_ENTRIES, ...OPENER_ENTRIES });
    default:
      return "";
  }
}

const MARK_ENTRIES: Readonly<Record<string, Entry>> = {
  expect: {
    means: {
      en: "This finding must appear here: a mistake that is shown on purpose.",
      "zh-cn": "此处必须报告该问题：有意展示的错误。",
    },
  },
  allow: { means: { en: "This finding is silent here.", "zh-cn": "此处不报告该问题。" } },
};

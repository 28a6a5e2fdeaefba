/** Entries of the glossary as Markdown. */

import type { Locale } from "../../flow/locale.ts";
import type { State } from "../../tcp/states.ts";
import { editorTexts } from "../texts.ts";
import { STATE_ENTRIES } from "./states.ts";
import type { Entry } from "./words.ts";

export function entryText(word: string, { means, rfc }: Entry, locale: Locale): string {
  return editorTexts(locale).entry(word, means[locale], rfc);
}

export function stateText(state: State, locale: Locale): string {
  const { means, entered, left } = STATE_ENTRIES[locale][state];
  const texts = editorTexts(locale);
  const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join("\n");
  const head = texts.entry(state, means, "RFC 9293 §3.3.2");
  return `${head}\n\n${texts.enteredFrom}\n${list(entered)}\n\n${texts.leftFor}\n${list(left)}`;
}

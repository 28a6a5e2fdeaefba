/** Entries of the glossary as Markdown. */
import type { State } from "../../tcp/states.ts";
import { STATE_ENTRIES } from "./states.ts";
import type { Entry } from "./words.ts";

export function entryText(word: string, { means, rfc }: Entry): string {
  return `**${word}**: ${means}${rfc === undefined ? "" : ` (${rfc})`}`;
}

export function stateText(state: State): string {
  const { means, entered, left } = STATE_ENTRIES[state];
  const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join("\n");
  return `**${state}**: ${means} (RFC 9293 §3.3.2)\n\nEntered from\n${list(entered)}\n\nLeft for\n${list(left)}`;
}

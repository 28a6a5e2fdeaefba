/** Why a proposal is legal, in words. */
import type { Socket } from "../../flow/flow.ts";
import type { NextSegment, Passage } from "../../flow/next-segments.ts";
import { type EditorTexts, editorTexts } from "../texts.ts";
import { type Here, nameOf } from "./here.ts";

/** One line, beside the proposal in the list. */
export function detailOf(here: Here, { from, to, purpose }: NextSegment): string {
  return editorTexts(here.flow.locale).does[purpose](nameOf(here, from), nameOf(here, to));
}

/** Both ends' states before and after, and the section, in Markdown. */
export function reasonOf(here: Here, next: NextSegment): string {
  const { from, to, sender, receiver, rfc } = next;
  const passages = [
    [from, sender],
    [to, receiver],
  ] as const;
  return because(here, detailOf(here, next), passages, rfc);
}

/** The same of a segment that never arrives. */
export function lossOf(here: Here, { from, to, sender, receiver }: NextSegment): string {
  const passages = [
    [from, sender],
    [to, { before: receiver.before, after: receiver.before }],
  ] as const;
  return because(here, editorTexts(here.flow.locale).isLostHere(nameOf(here, to)), passages, "RFC 9293 §3.8.1");
}

/** A sentence, the states that it is about, and the section that says so, in Markdown. */
export function because(
  here: Here,
  sentence: string,
  passages: Iterable<readonly [end: Socket, passage: Passage]>,
  rfc: string,
): string {
  const texts = editorTexts(here.flow.locale);
  const states = [...passages].map(
    ([end, passage]) => `- ${texts.endPassage(nameOf(here, end), showPassage(passage, texts))}`,
  );
  return [texts.sentence(sentence), "", ...states, ...(states.length === 0 ? [] : [""]), rfc].join("\n");
}

/** `ESTABLISHED → FIN-WAIT-1`, or the one state that stays. */
export function showPassage({ before, after }: Passage, texts: EditorTexts): string {
  return before === after ? texts.stays(before) : `${before} → ${after}`;
}

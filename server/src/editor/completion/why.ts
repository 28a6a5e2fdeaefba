/** Why a proposal is legal, in words. */
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
  const texts = editorTexts(here.flow.locale);
  return [
    texts.sentence(detailOf(here, next)),
    "",
    `- ${texts.endPassage(nameOf(here, from), showPassage(sender, texts))}`,
    `- ${texts.endPassage(nameOf(here, to), showPassage(receiver, texts))}`,
    "",
    rfc,
  ].join("\n");
}

/** `ESTABLISHED → FIN-WAIT-1`, or the one state that stays. */
export function showPassage({ before, after }: Passage, texts: EditorTexts): string {
  return before === after ? texts.stays(before) : `${before} → ${after}`;
}

/** The lines that are missing until both streams have ended. */
import type { Fix } from "../../flow/findings.ts";
import type { Replay } from "../../flow/replay-types.ts";
import { closeLines } from "../completion/blocks.ts";
import { hereAt } from "../completion/here.ts";
import { editorTexts } from "../texts.ts";

/** At the end of the text. Offered on the last segment of a flow. */
export function completeClose(replay: Replay): Fix | undefined {
  const { text } = replay.flow;
  const lines = closeLines(hereAt(replay, text.length + 1));
  if (lines.length === 0) return undefined;
  const end = text.trimEnd().length;
  return {
    title: editorTexts(replay.flow.locale).completeClose,
    edits: [{ span: { start: end, end }, newText: `\n${lines.join("\n")}` }],
  };
}

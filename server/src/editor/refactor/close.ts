/** The lines that are missing until both streams have ended. */
import type { Fix } from "../../flow/findings.ts";
import type { Replay } from "../../flow/replay-types.ts";
import { closeLines, openLines } from "../completion/blocks.ts";
import { hereAt } from "../completion/here.ts";
import { editorTexts } from "../texts.ts";

/** At the end of the text, of the handshake too where that is unfinished. Offered on the last segment of a flow. */
export function completeClose(replay: Replay): Fix | undefined {
  const { text } = replay.flow;
  const end = text.trimEnd().length;
  const texts = editorTexts(replay.flow.locale);
  const write = (title: string, lines: readonly string[]): Fix => ({
    title,
    edits: [{ span: { start: end, end }, newText: `\n${lines.join("\n")}` }],
  });
  const opened = openLines(hereAt(replay, text.length + 1));
  const closed = closeLines(opened.here);
  if (opened.lines.length > 0) return write(texts.completeAll, [...opened.lines, ...closed]);
  return closed.length === 0 ? undefined : write(texts.completeClose, closed);
}

/** The line above the title: how the flow stands, and a way to its picture. */
import type { CodeLens } from "vscode-languageserver";
import { lastBlocks } from "../flow/blocks-at.ts";
import type { Severity } from "../flow/findings.ts";
import type { Replay } from "../flow/replay-types.ts";
import { rangesIn } from "./documents.ts";
import { editorTexts } from "./texts.ts";

/** The extension's command; it shows the flow of the active editor. */
const PREVIEW = "tcpflow.showPreviewToSide";

export function codeLenses(replay: Replay): CodeLens[] {
  const { flow } = replay;
  if (flow.endpoints.length === 0) return [];
  const range = rangesIn(flow.text)(flow.titleSpan ?? { start: 0, end: 0 });
  return [{ range, command: { title: summary(replay), command: PREVIEW } }];
}

function summary(replay: Replay): string {
  const texts = editorTexts(replay.flow.locale);
  const [errors, warnings] = [mistakes(replay, "error"), mistakes(replay, "warning")];
  const parts = [
    errors === 0 ? "" : texts.errors(errors),
    warnings === 0 ? "" : texts.warnings(warnings),
    texts.segments(replay.flow.segments.length),
    ending(replay),
    texts.preview,
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

function mistakes({ findings }: Replay, wanted: Severity): number {
  return findings.filter(({ severity, expected }) => severity === wanted && !expected).length;
}

function ending(replay: Replay): string {
  const texts = editorTexts(replay.flow.locale);
  const { ends } = replay;
  if (ends.length > 2) return texts.connections(ends.length / 2);
  const states = lastBlocks(replay).map(({ state }) => state);
  return states.length === 0 ? "" : texts.endsIn(states.join(" / "));
}

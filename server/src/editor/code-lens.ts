/** The line above the title: how the flow stands, and a way to its picture. */
import type { CodeLens } from "vscode-languageserver";
import { lastBlocks } from "../flow/blocks-at.ts";
import type { Severity } from "../flow/findings.ts";
import type { Replay } from "../flow/replay-types.ts";
import { rangesIn } from "./documents.ts";

/** The extension's command; it shows the flow of the active editor. */
const PREVIEW = "tcpflow.showPreviewToSide";

export function codeLenses(replay: Replay): CodeLens[] {
  const { flow } = replay;
  if (flow.endpoints.length === 0) return [];
  const range = rangesIn(flow.text)(flow.titleSpan ?? { start: 0, end: 0 });
  return [{ range, command: { title: summary(replay), command: PREVIEW } }];
}

function summary(replay: Replay): string {
  const segments = replay.flow.segments.length;
  const parts = [
    count(mistakes(replay, "error"), "error"),
    count(mistakes(replay, "warning"), "warning"),
    segments === 0 ? "no segments" : count(segments, "segment"),
    ending(replay),
    "Preview",
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

function mistakes({ findings }: Replay, wanted: Severity): number {
  return findings.filter(({ severity, expected }) => severity === wanted && !expected).length;
}

function count(number: number, what: string): string {
  return number === 0 ? "" : `${number} ${what}${number === 1 ? "" : "s"}`;
}

function ending(replay: Replay): string {
  const { ends } = replay;
  if (ends.length > 2) return count(ends.length / 2, "connection");
  const states = lastBlocks(replay).map(({ state }) => state);
  return states.length === 0 ? "" : `ends in ${states.join(" / ")}`;
}

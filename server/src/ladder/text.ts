/** A ladder as plain text, for terminals and mail. */
import type { Replay } from "../flow/replay-types.ts";
import { sceneOf } from "./scene.ts";

/** Draws a replay with characters. */
export function renderText(replay: Replay): string {
  return `${sceneOf(replay, true).title ?? ""}\n`;
}

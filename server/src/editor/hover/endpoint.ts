/** What an endpoint is, and how its connections stand at a place in the text. */
import type { Replay } from "../../flow/replay-types.ts";
import { editorTexts } from "../texts.ts";
import { standingTable } from "./blocks.ts";

export function endpointText(replay: Replay, name: string, offset: number): string {
  const { flow } = replay;
  const index = flow.endpoints.findIndex((one) => one.name === name);
  const endpoint = flow.endpoints[index];
  if (endpoint === undefined) return "";
  const label = endpoint.label === undefined ? "" : ` “${endpoint.label}”`;
  const head = `**${name}**${label}`;
  if (endpoint.unchecked) return `${head}: ${editorTexts(flow.locale).unchecked}`;
  const step = flow.events.findLastIndex(({ span }) => span.start <= offset);
  const table = standingTable(replay, index, step);
  return table === "" ? head : `${head}\n\n${table}`;
}

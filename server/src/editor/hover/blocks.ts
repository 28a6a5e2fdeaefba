/** The control blocks of both ends around a segment, as a Markdown table. */
import { blockAt } from "../../flow/blocks-at.ts";
import type { Reading, Replay } from "../../flow/replay-types.ts";
import type { Block } from "../../tcp/block.ts";
import { minus, type Num, type Symbols, showNumber } from "../../tcp/numbers.ts";
import { editorTexts } from "../texts.ts";

interface Around {
  readonly key: string;
  readonly before: Block;
  readonly after: Block;
}

/** A row: its variable, or nothing for the state, and what it holds of a block. */
type Row = readonly [name: string | undefined, show: (block: Block, symbols: Symbols) => string | undefined];

const number =
  (of: (block: Block) => Num | undefined) =>
  (block: Block, symbols: Symbols): string | undefined => {
    const value = of(block);
    return value && showNumber(value, symbols);
  };

/** From an edge to another: a window in octets. */
const room = (edges: (block: Block) => readonly [Num | undefined, Num | undefined]) =>
  number((block) => {
    const [from, to] = edges(block);
    return from && to && minus(to, from);
  });

const ROWS: readonly Row[] = [
  [undefined, ({ state }) => state],
  ["SND.UNA", number(({ sndUna }) => sndUna)],
  ["SND.NXT", number(({ sndNxt }) => sndNxt)],
  ["SND.WND", room(({ sndUna, windows }) => [sndUna, windows.sndRight])],
  ["RCV.NXT", number(({ rcvNxt }) => rcvNxt)],
  ["RCV.WND", room(({ rcvNxt, windows }) => [rcvNxt, windows.rcvRight])],
];

/** One column for each end; what changed as `before → after`. Rows that nothing is known of are left out. */
export function blockTable(replay: Replay, reading: Reading): string {
  const columns = [
    around(replay, reading.sender, reading.sent),
    around(replay, reading.receiver, reading.ended[0] ?? reading.sent),
  ];
  return tableOf(
    replay,
    columns.filter((column) => column !== undefined),
  );
}

/** One column for each connection of an endpoint, as its blocks are behind event `step`; empty where it has none. */
export function standingTable(replay: Replay, endpoint: number, step: number): string {
  const ends = replay.ends.flatMap(({ self, key }, end): Around[] => {
    const block = self.endpoint === endpoint ? blockAt(replay, end, step) : undefined;
    return block === undefined ? [] : [{ key, before: block, after: block }];
  });
  return ends.length === 0 ? "" : tableOf(replay, ends);
}

function tableOf(replay: Replay, ends: readonly Around[]): string {
  const texts = editorTexts(replay.flow.locale);
  const rows = ROWS.flatMap(([name, show]) => {
    const cells = ends.map(({ before, after }) => passage(show(before, replay.symbols), show(after, replay.symbols)));
    return cells.every((cell) => cell === "") ? [] : [`| ${name ?? texts.state} | ${cells.join(" | ")} |`];
  });
  const head = `| | ${ends.map(({ key }) => key).join(" | ")} |`;
  return [head, `|---|${ends.map(() => "---|").join("")}`, ...rows].join("\n");
}

function around(replay: Replay, end: number, step: number | undefined): Around | undefined {
  const key = replay.ends[end]?.key;
  if (key === undefined || step === undefined) return undefined;
  const change = replay.steps[step]?.changes.find((one) => one.end === end);
  const still = blockAt(replay, end, step);
  const before = change?.before ?? still;
  const after = change?.after ?? still;
  return before && after && { key, before, after };
}

function passage(before: string | undefined, after: string | undefined): string {
  if (before === after) return after ?? "";
  return `${before ?? "–"} → **${after ?? "–"}**`;
}

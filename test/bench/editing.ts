/** What an author waits for, through our language server and through that of VS Code for JSON, in turns. */
import { createRequire } from "node:module";
import { flowOf, JSON_SETTINGS, jsonOf, type Subject } from "./documents.ts";
import { type RunningServer, runLanguageServer } from "./language-server.ts";
import { median } from "./measure.ts";

/** Times by what one waits for, of each round. */
export type Waits = Readonly<Record<(typeof WAITS)[number], readonly Wait[]>>;

/** Milliseconds: how long it took, and for how much of that the server's main thread had the processor. */
export interface Wait {
  readonly time: number;
  readonly worked: number;
}

const WAITS = [
  "open to problems",
  "edit to problems",
  "completion after an edit",
  "hover after an edit",
  "completion",
  "hover",
] as const;

export interface Measured {
  readonly lines: number;
  readonly ours: Waits;
  readonly json: Waits;
  /** The most MiB that each has had so far. */
  readonly memory: { readonly ours: number; readonly json: number };
}

/** Milliseconds until a server answers `initialize`. */
export interface Starts {
  readonly ours: number;
  readonly json: number;
}

const OURS = [new URL("../../dist/server.cjs", import.meta.url).pathname, "--stdio"];
const JSON_SERVER = [createRequire(import.meta.url).resolve("vscode-json-languageserver"), "--stdio"];

const startOurs = () => runLanguageServer(OURS, "tcpflow", {});
const startJson = () => runLanguageServer(JSON_SERVER, "json", JSON_SETTINGS);

/** @param rounds how often each thing is done, after some rounds that do not count */
export async function measureEditing(
  sizes: readonly number[],
  rounds: number,
): Promise<{ readonly measured: readonly Measured[]; readonly starts: Starts }> {
  const starts = { ours: [0].slice(1), json: [0].slice(1) };
  for (let i = 0; i < 5; i++) {
    for (const [name, start] of [
      ["ours", startOurs],
      ["json", startJson],
    ] as const) {
      const server = await start();
      starts[name].push(server.started);
      await server.stop();
    }
  }
  const [ours, json] = [await startOurs(), await startJson()];
  try {
    const measured: Measured[] = [];
    for (const lines of sizes) {
      const [flow, list] = [flowOf(lines), jsonOf(lines)];
      const waits = { ours: noWaits(), json: noWaits() };
      for (let round = -10; round < rounds; round++) {
        await oneRound(ours, flow, round, waits.ours);
        await oneRound(json, list, round, waits.json);
      }
      measured.push({ lines, ...waits, memory: { ours: ours.peak(), json: json.peak() } });
    }
    return { measured, starts: { ours: median(starts.ours), json: median(starts.json) } };
  } finally {
    await Promise.all([ours.stop(), json.stop()]);
  }
}

type Lists = Record<(typeof WAITS)[number], Wait[]>;

function noWaits(): Lists {
  return {
    "open to problems": [],
    "edit to problems": [],
    "completion after an edit": [],
    "hover after an edit": [],
    completion: [],
    hover: [],
  };
}

/** Rounds below 0 warm up. A document is opened anew now and then. */
async function oneRound(server: RunningServer, subject: Subject, round: number, into: Lists): Promise<void> {
  const timed = async (what: keyof Lists, act: () => Promise<unknown>) => {
    const [from, before] = [performance.now(), server.worked()];
    await act();
    const [time, worked] = [performance.now() - from, server.worked() - before];
    if (round >= 0) into[what].push({ time, worked });
  };
  if (round % 5 === 0) await timed("open to problems", () => server.open(subject.text));
  for (const edit of [subject.edit, subject.edit]) {
    await timed("edit to problems", async () => (await server.toggle(edit)).shown);
  }
  for (const edit of [subject.begun, subject.begun]) {
    const { shown } = await server.toggle(edit);
    await timed("completion after an edit", () => server.complete(subject.completion));
    await shown;
    await timed("completion", () => server.complete(subject.completion));
  }
  for (const edit of [subject.edit, subject.edit]) {
    const { shown } = await server.toggle(edit);
    await timed("hover after an edit", () => server.hover(subject.hover));
    await shown;
    await timed("hover", () => server.hover(subject.hover));
  }
}

/** What an author waits for, beside a language server that many know, and beside the goals. */
import { type Measured, measureEditing, type Waits } from "./editing.ts";
import { measureExtension } from "./extension.ts";
import { median, ms, p95, printTable } from "./measure.ts";

const SIZES = [50, 500, 1000, 2000];
const ROUNDS = 25;
/** The size that the goals are about. */
const MIDDLE = 1000;

export async function printEditing(): Promise<void> {
  const { measured, starts } = await measureEditing(SIZES, ROUNDS);
  console.log(
    "The language server beside vscode-json-languageserver on as many lines of JSON, in turns; p50 and p95 in ms\n" +
      "(the JSON server waits for 300 ms before it looks for problems)\n",
  );
  for (const one of measured) printSize(one);

  const start = ["initialize", `${ms(starts.ours)} ms`, "< 190 ms", `${ms(starts.json)} ms`];
  const middle = measured.find(({ lines }) => lines === MIDDLE);
  printTable([[`at ${MIDDLE} lines`, "measured", "goal", "JSON"], ...(middle ? goalsOf(middle) : []), start]);

  const { size, activation } = await measureExtension();
  printTable([
    ["the extension", "measured", "goal", "JSON"],
    ["VSIX", `${size.toFixed(2)} MiB`, "< 2.5 MiB", ""],
    ["activation", ms(activation?.ours), "< 60 ms", ms(activation?.json)],
  ]);
}

function printSize({ lines, ours, json }: Measured): void {
  const rows = waitsOf(ours).map(([what, times]) => {
    const theirs = waitsOf(json).find(([name]) => name === what)?.[1] ?? [];
    return [what, ms(median(times)), ms(p95(times)), ms(median(theirs)), ms(p95(theirs))];
  });
  printTable([[`${lines} lines`, "p50", "p95", "JSON p50", "JSON p95"], ...rows]);
}

function waitsOf(waits: Waits): [what: string, times: readonly number[]][] {
  return Object.entries(waits);
}

function goalsOf({ ours, json, memory }: Measured): string[][] {
  const row = (what: string, time: number, goal: string, theirs: number) => [
    what,
    `${ms(time)} ms`,
    goal,
    `${ms(theirs)} ms`,
  ];
  const twice = (times: readonly number[]) => `< ${ms(2 * median(times))} ms`;
  const [edits, theirEdits] = [ours["edit to problems"], json["edit to problems"]];
  return [
    row("edit to problems, p50", median(edits), "< 46 ms", median(theirEdits)),
    row("edit to problems, p95", p95(edits), "< 70 ms", p95(theirEdits)),
    ...(["completion after an edit", "hover after an edit"] as const).map((what) =>
      row(what, median(ours[what]), "< 45 ms", median(json[what])),
    ),
    ...(["completion", "hover"] as const).map((what) =>
      row(`${what}, warm`, median(ours[what]), twice(json[what]), median(json[what])),
    ),
    ["memory at its peak", `${memory.ours.toFixed(0)} MiB`, "< 270 MiB", `${memory.json.toFixed(0)} MiB`],
  ];
}

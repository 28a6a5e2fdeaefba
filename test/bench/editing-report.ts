/** What an author waits for, beside a language server that many know, and beside the goals. */
import { type Measured, measureEditing, type Wait, type Waits } from "./editing.ts";
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
      "(the JSON server waits for 300 ms before it looks for problems), and how much of that is processor time of our main thread\n",
  );
  for (const one of measured) printSize(one);

  const start = ["initialize", `${ms(starts.ours)} ms`, "", "< 190 ms", `${ms(starts.json)} ms`];
  const middle = measured.find(({ lines }) => lines === MIDDLE);
  printTable([
    [`at ${MIDDLE} lines`, "measured", "processor", "goal", "JSON"],
    ...(middle ? goalsOf(middle) : []),
    start,
  ]);

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
    return [what, ...both(times, passed), ...both(times, worked), ...both(theirs, passed)];
  });
  const heads = ["", "processor ", "JSON "].flatMap((of) => [`${of}p50`, `${of}p95`]);
  printTable([[`${lines} lines`, ...heads], ...rows]);
}

function waitsOf(waits: Waits): [what: string, times: readonly Wait[]][] {
  return Object.entries(waits);
}

const passed = ({ time }: Wait) => time;
const worked = (wait: Wait) => wait.worked;

function both(waits: readonly Wait[], of: (wait: Wait) => number): string[] {
  const times = waits.map(of);
  return [ms(median(times)), ms(p95(times))];
}

function goalsOf({ ours, json, memory }: Measured): string[][] {
  const row = (name: string, what: keyof Waits, of: typeof median, goal: string) => [
    name,
    `${ms(of(ours[what].map(passed)))} ms`,
    `${ms(of(ours[what].map(worked)))} ms`,
    goal,
    `${ms(of(json[what].map(passed)))} ms`,
  ];
  const twice = (what: keyof Waits) => `< ${ms(2 * median(json[what].map(passed)))} ms`;
  return [
    row("edit to problems, p50", "edit to problems", median, "< 46 ms"),
    row("edit to problems, p95", "edit to problems", p95, "< 70 ms"),
    ...(["completion after an edit", "hover after an edit"] as const).map((what) => row(what, what, median, "< 45 ms")),
    ...(["completion", "hover"] as const).map((what) => row(`${what}, warm`, what, median, twice(what))),
    ["memory at its peak", `${memory.ours.toFixed(0)} MiB`, "", "< 270 MiB", `${memory.json.toFixed(0)} MiB`],
  ];
}

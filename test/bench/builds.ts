/** Documentation builds: folders of notes are checked and drawn, beside Mermaid, mermaid-cli and PlantUML. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { exchange } from "./exchange.ts";
import { median, ms, printTable } from "./measure.ts";
import { CHROMIUM, parseInMermaid } from "./mermaid.ts";
import { writeTrees } from "./tree.ts";

const PROGRAM = new URL("../../dist/tcpflowc.mjs", import.meta.url).pathname;
const MMDC = new URL("./tools/node_modules/.bin/mmdc", import.meta.url).pathname;
const PLANTUML = "/usr/bin/plantuml";
const ROUNDS = 5;

/** A whole process. */
interface Run {
  readonly name: string;
  readonly command: readonly string[];
  /** What it took in each round, in milliseconds. */
  readonly times: number[];
}

/** Measures and prints. What is not installed is said, and left out. */
export async function printBuilds(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "tcpflow-bench-"));
  try {
    await measureIn(home);
  } finally {
    rmSync(home, { recursive: true });
  }
}

async function measureIn(home: string): Promise<void> {
  const [small, large] = [writeTrees(join(home, "100"), 100), writeTrees(join(home, "1000"), 1000)];
  const one = exchange(10);
  const write = (name: string, text: string) => {
    writeFileSync(join(home, name), text);
    return join(home, name);
  };
  const flow = write("one.tcpflow", one.tcpflow);
  const diagram = write("one.mmd", one.mermaid);
  const uml = write("one.puml", `@startuml\n${one.tcpflow}@enduml\n`);
  const settings = write("puppeteer.json", JSON.stringify(CHROMIUM));
  const out = join(home, "out");
  const run = (name: string, ...command: string[]): Run => ({ name, command, times: [] });
  const own = (name: string, ...args: string[]) => run(`tcpflowc ${name}`, process.execPath, PROGRAM, ...args);
  const runs = {
    check100: own("check, 100 files", "check", small.tcpflow),
    check1000: own("check, 1 000 files", "check", large.tcpflow),
    checkAgain: own(
      "check --cache, 1 000 files, again",
      "check",
      "--cache",
      "--cache-location",
      join(home, "cache"),
      large.tcpflow,
    ),
    mermaid100: own("check, 100 files with Mermaid diagrams", "check", small.mermaid),
    mermaid1000: own("check, 1 000 files with Mermaid diagrams", "check", large.mermaid),
    render100: own("render, 100 files", "render", small.tcpflow, "-o", out),
    render1000: own("render, 1 000 files", "render", large.tcpflow, "-o", out),
    first: own("render, a first SVG of 10 segments", "render", flow, "-o", join(home, "one.svg")),
    ...(there(PLANTUML)
      ? {
          uml1000: run(
            "PlantUML, syntax of 1 000 files",
            PLANTUML,
            "-nbthread",
            "auto",
            "-checkonly",
            `${large.plantuml}/*.puml`,
          ),
          uml100: run(
            "PlantUML, 100 files to SVG",
            PLANTUML,
            "-nbthread",
            "auto",
            "-tsvg",
            "-o",
            out,
            `${small.plantuml}/*.puml`,
          ),
          umlFirst: run("PlantUML, an SVG of 10 segments", PLANTUML, "-tsvg", "-o", out, uml),
        }
      : {}),
    ...(there(MMDC)
      ? {
          mmdc: run(
            "mermaid-cli, an SVG of 10 segments",
            MMDC,
            "-q",
            "-p",
            settings,
            "-i",
            diagram,
            "-o",
            join(home, "mmdc.svg"),
          ),
          mmdcFile: run(
            "mermaid-cli, one file of three",
            MMDC,
            "-q",
            "-p",
            settings,
            "-i",
            join(small.mermaid, "note-0000.md"),
            "-o",
            join(home, "mmdc.md"),
          ),
        }
      : {}),
  } satisfies Record<string, Run>;
  console.log(
    `Load of the machine: ${loadavg()
      .map((one) => one.toFixed(1))
      .join(" ")}`,
  );
  // They take turns, so that what else the machine does meets all of them.
  for (let round = 0; round < ROUNDS; round++) for (const one of Object.values(runs)) start(one);
  const parser = await parseInMermaid(large.diagrams);
  printTable([
    ["documentation builds, whole processes", "ms"],
    ...Object.values(runs).map(({ name, times }) => [name, ms(median(times))]),
    ["Mermaid's parser alone, the diagrams of 1 000 files", ms(parser)],
  ]);
  const seconds = (of: Run) => `${(median(of.times) / 1000).toFixed(2)} s`;
  const times = (theirs: number, ours: Run) => `${(theirs / median(ours.times)).toFixed(1)} ×`;
  printTable([
    ["documentation builds", "measured", "goal"],
    ["1 000 files checked", seconds(runs.check1000), "≤ 1 s"],
    ["100 files rendered", seconds(runs.render100), "≤ 0.4 s"],
    ...(runs.mmdc ? [["a first SVG, against mermaid-cli", times(median(runs.mmdc.times), runs.first), "≥ 10 ×"]] : []),
    ...(runs.uml1000
      ? [["1 000 files, against PlantUML's syntax check", times(median(runs.uml1000.times), runs.check1000), ""]]
      : []),
    ...(runs.uml100
      ? [["100 files drawn, against PlantUML", times(median(runs.uml100.times), runs.render100), ""]]
      : []),
    ["1 000 files of Mermaid, against Mermaid's parser", times(parser, runs.mermaid1000), ""],
  ]);
}

function there(program: string): boolean {
  const found = existsSync(program);
  if (!found) console.log(`(${program} is not there, and left out)`);
  return found;
}

function start({ name, command: [program = "", ...args], times }: Run): void {
  const from = performance.now();
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  times.push(performance.now() - from);
  if (status !== 0) console.log(`(${name} ended with ${status}: ${stderr.slice(0, 200)})`);
}

if (import.meta.main) await printBuilds();

/** A million packets, and a million with losses: `tcpflowc check` beside tshark on the same file, in speed and in memory. */
import { type SpawnOptions, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeBigCapture } from "./big-capture.ts";
import { writeLossyCapture } from "./lossy-capture.ts";
import { median } from "./measure.ts";

const PROGRAM = new URL("../../dist/tcpflowc.mjs", import.meta.url).pathname;
const TSHARK = "/usr/bin/tshark";
const PACKETS = 1_000_000;
const ROUNDS = 3;

/** A program on the capture: packets a second, and the most memory that it had, in MiB. */
export interface CaptureSpeed {
  readonly name: string;
  readonly perSecond: number;
  readonly memory: number;
}

/** Nothing is lost; of a hundred segments one is. */
export const CAPTURES = { clean: writeBigCapture, lossy: writeLossyCapture } as const;

/** The programs take turns, so that what else the machine does meets both. */
export async function measureCaptures(kind: keyof typeof CAPTURES): Promise<CaptureSpeed[]> {
  const folder = mkdtempSync(join(tmpdir(), "tcpflow-bench-"));
  try {
    const file = join(folder, "big.pcap");
    CAPTURES[kind](file, PACKETS);
    const commands: [name: string, program: string, args: string[]][] = [
      ["tcpflowc check", process.execPath, [PROGRAM, "check", file]],
    ];
    if (existsSync(TSHARK)) commands.push(["tshark -q -z expert", TSHARK, ["-q", "-z", "expert", "-r", file]]);
    const runs = commands.map((): { time: number; memory: number }[] => []);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [i, [, program, args]] of commands.entries()) runs[i]?.push(await run(program, args));
    }
    return commands.map(([name], i) => ({
      name,
      perSecond: PACKETS / (median((runs[i] ?? []).map(({ time }) => time)) / 1000),
      memory: Math.max(...(runs[i] ?? []).map(({ memory }) => memory)),
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const QUIET: SpawnOptions = { stdio: "ignore" };

/** Milliseconds, and MiB as the kernel (Linux) counts them. */
async function run(program: string, args: readonly string[]): Promise<{ time: number; memory: number }> {
  const start = performance.now();
  const child = spawn(program, args, QUIET);
  let memory = Number.NaN;
  const look = setInterval(() => {
    memory = peakMemory(child.pid) ?? memory;
  }, 10);
  await new Promise((resolve) => child.on("close", resolve));
  clearInterval(look);
  return { time: performance.now() - start, memory };
}

function peakMemory(pid: number | undefined): number | undefined {
  try {
    const kibibytes = /VmHWM:\s+(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch {
    // It has ended.
    return undefined;
  }
}

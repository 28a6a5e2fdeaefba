/** Whole processes, from start to end. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exchange } from "./exchange.ts";
import { median } from "./measure.ts";

const PROGRAM = new URL("../../dist/tcpflowc.mjs", import.meta.url).pathname;

/** Rows of what ran, and its median time in milliseconds. */
export function measureProcesses(): { name: string; time: number }[] {
  const folder = mkdtempSync(join(tmpdir(), "tcpflow-bench-"));
  try {
    const file = (segments: number) => {
      const path = join(folder, `${segments}.tcpflow`);
      writeFileSync(path, exchange(segments).tcpflow);
      return path;
    };
    const picture = join(folder, "picture.svg");
    const commands: [string, string[]][] = [
      ["node -e 0", ["-e", "0"]],
      ["tcpflowc check, 12 segments", [PROGRAM, "check", file(12)]],
      ["tcpflowc check, 1 000 segments", [PROGRAM, "check", file(1000)]],
      ["tcpflowc render, 12 segments", [PROGRAM, "render", file(12), "-o", picture]],
      ["tcpflowc render, 1 000 segments", [PROGRAM, "render", file(1000), "-o", picture]],
    ];
    return commands.map(([name, args]) => {
      const taken = Array.from({ length: 11 }, () => {
        const start = performance.now();
        spawnSync(process.execPath, args);
        return performance.now() - start;
      });
      return { name, time: median(taken) };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

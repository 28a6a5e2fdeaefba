/**
 * What `npm test` does: every check and every test, one after the other, also after a failure.
 * The last line is `N passed, N failed`; a check such as the type check counts as one test.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";

interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const root = new URL("..", import.meta.url).pathname;
const results = `${root}out/test-results.json`;

const CHECKS = [
  { name: "types", command: ["tsc", "-b"] },
  { name: "lint and format", command: ["biome", "ci", "--error-on-warnings", "."] },
  { name: "dead code", command: ["knip"] },
];

function run([program = "", ...args]: readonly string[]): boolean {
  console.log(`\n> ${[program, ...args].join(" ")}`);
  return spawnSync(program, args, { cwd: root, stdio: "inherit" }).status === 0;
}

function check({ name, command }: { name: string; command: readonly string[] }): Outcome {
  const ok = run(command);
  return { name, passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

/** All of vitest's projects; a run that ends badly without a failed test is itself one failure. */
function tests(): Outcome {
  rmSync(results, { force: true });
  mkdirSync(`${root}out`, { recursive: true });
  const ok = run(["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${results}`]);
  try {
    const report = JSON.parse(readFileSync(results, "utf8"));
    const failed: number = report.numFailedTests;
    const skipped: number = report.numPendingTests + report.numTodoTests;
    return { name: "tests", passed: report.numPassedTests, failed: failed === 0 && !ok ? 1 : failed, skipped };
  } catch {
    return { name: "tests", passed: 0, failed: 1, skipped: 0 };
  }
}

const outcomes = [...CHECKS.map(check), tests()];
console.log();
for (const { name, passed, failed, skipped } of outcomes) {
  const rest = skipped > 0 ? `, ${skipped} skipped` : "";
  console.log(`${failed > 0 ? "✗" : "✓"} ${name}: ${passed} passed, ${failed} failed${rest}`);
}
const sum = (key: "passed" | "failed") => outcomes.reduce((total, outcome) => total + outcome[key], 0);
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
process.exitCode = sum("failed") === 0 ? 0 : 1;

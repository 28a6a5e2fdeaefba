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

/** What vitest says of one file of tests. */
interface FileReport {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

/** Runs the named files of tests, or all; nothing where vitest itself broke. */
function vitest(files: readonly string[]): readonly FileReport[] | undefined {
  rmSync(results, { force: true });
  mkdirSync(`${root}out`, { recursive: true });
  const ok = run(["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${results}`, ...files]);
  try {
    const reports: readonly FileReport[] = JSON.parse(readFileSync(results, "utf8")).testResults;
    return ok || reports.some(hasFailed) ? reports : undefined;
  } catch {
    return undefined;
  }
}

const hasFailed = ({ status }: FileReport) => status === "failed";

/**
 * All of vitest's projects. A busy machine may lose a key press in the workbench, so a file of its tests that failed
 * gets one more try in a new window; what is wrong fails there too.
 */
function tests(): Outcome {
  const first = vitest([]) ?? [];
  const again = first.filter(hasFailed).filter(({ name }) => name.includes("/test/workbench/"));
  const second = again.length > 0 ? (vitest(again.map(({ name }) => name)) ?? again) : [];
  const reports = [...first.filter((report) => !again.includes(report)), ...second];
  const count = (...kinds: string[]) =>
    reports.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => kinds.includes(status)).length;
  // A file that could not be loaded, or a run that broke, has no failed test of its own.
  const broken = reports.length === 0 || reports.some(hasFailed) ? 1 : 0;
  return {
    name: again.length > 0 ? `tests (a second try: ${again.length})` : "tests",
    passed: count("passed"),
    failed: Math.max(count("failed"), broken),
    skipped: count("skipped", "pending", "todo"),
  };
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

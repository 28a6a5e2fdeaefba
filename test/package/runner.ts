/** Runs the scripts of a composite action as a runner does; what other actions do is left out. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}

interface Outcome {
  /** Of the first step that failed. */
  readonly code: number;
  readonly log: string;
  /** The text of the file that the step which uploads is given. */
  readonly uploads: string | undefined;
}

type Texts = Readonly<Record<string, string>>;

/** Runs the steps one after the other, in a folder with these files, until one fails. */
export function runSteps(action: Action, files: Texts, given: Texts): Outcome {
  const home = mkdtempSync(join(tmpdir(), "tcpflow-action-"));
  const [temp, work] = [join(home, "temp"), join(home, "work")];
  for (const path of [join(temp, "x"), join(work, "x"), ...Object.keys(files).map((name) => join(work, name))]) {
    mkdirSync(dirname(path), { recursive: true });
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(work, name), text);
  const values = new Map<string, string>();
  for (const [name, input] of Object.entries(action.inputs)) values.set(`inputs.${name}`, String(input.default));
  for (const [name, value] of Object.entries(given)) values.set(`inputs.${name}`, value);
  const filled = (text = "") => text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/gu, (_, name) => values.get(name) ?? "");
  let [log, code, uploads] = ["", 0, ""];
  try {
    for (const step of action.runs.steps) {
      if (step.uses?.includes("upload-sarif")) uploads = filled(step.with?.sarif_file);
      if (step.run === undefined || code !== 0) continue;
      const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, filled(text)]));
      const done = runScript(step.run, env, work, temp);
      log += done.log;
      code = done.code;
      for (const [name, value] of done.outputs) values.set(`steps.${step.id}.outputs.${name}`, value);
    }
    return { code, log, uploads: existsSync(uploads) ? readFileSync(uploads, "utf8") : undefined };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function runScript(script: string, given: Texts, cwd: string, temp: string) {
  const output = join(temp, "output");
  writeFileSync(output, "");
  const env = { ...process.env, LANG: "C", RUNNER_TEMP: temp, GITHUB_OUTPUT: output, ...given };
  // The way in which GitHub runs `shell: bash`.
  const args = ["--noprofile", "--norc", "-eo", "pipefail", "-c", script];
  const { status, stdout, stderr } = spawnSync("bash", args, { cwd, env, encoding: "utf8" });
  const lines = readFileSync(output, "utf8").split("\n").slice(0, -1);
  const outputs = lines.map((line): [string, string] => {
    const [name = "", value = ""] = line.split("=", 2);
    return [name, value];
  });
  return { code: status ?? -1, log: stdout + stderr, outputs };
}

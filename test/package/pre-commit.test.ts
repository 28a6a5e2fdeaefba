/** The hooks for pre-commit, run by pre-commit in a repository of its own. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { VERSION } from "../../server/src/cli/version.ts";
import { RIGHT, WRONG } from "../cli/run.ts";

const root = join(import.meta.dirname, "../..");
const hooks = readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8");

/** How the hooks start the program; here it is the one that was built. */
const PUBLISHED = `npx --yes tcpflow-lang@${VERSION}`;

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "tcpflow-hooks-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function git(folder: string, ...args: string[]): void {
  const { status, stderr } = spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.example", ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
}

/** A repository with these files, all of them staged. */
function repository(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(home, name);
  git(home, "init", "--quiet", folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  git(folder, "add", ".");
  return folder;
}

/** Runs a hook on what is staged. */
function preCommit(folder: string, hook: string): { status: number | null; said: string } {
  const program = join(home, "tcpflowc");
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${join(root, "dist/tcpflowc.mjs")}" "$@"\n`, {
    mode: 0o755,
  });
  const source = repository("hooks", { ".pre-commit-hooks.yaml": hooks.replaceAll(PUBLISHED, program) });
  git(source, "commit", "--quiet", "--message", "hooks");
  const { status, stdout } = spawnSync("pre-commit", ["try-repo", source, hook, "--color", "never", "--verbose"], {
    cwd: folder,
    env: { ...process.env, LANG: "C.UTF-8", PRE_COMMIT_HOME: join(home, "cache") },
    encoding: "utf8",
  });
  return { status, said: stdout };
}

test("they start the published package, of this version", () => {
  const entries: { readonly entry: string }[] = parse(hooks);
  expect(entries.map(({ entry }) => entry)).toEqual([`${PUBLISHED} check`, `${PUBLISHED} format`]);
});

test("a mistake in a flow that is staged stops the commit; other files are not asked about", () => {
  const folder = repository("notes", {
    "a.md": `# Notes\n\n\`\`\`tcpflow\n${WRONG}\`\`\`\n`,
    "b.tcpflow": RIGHT,
    "c.txt": WRONG,
  });
  const { status, said } = preCommit(folder, "tcpflow-check");
  expect(status).toBe(1);
  expect(said).toContain("a.md:5:");
  expect(said).toContain("1 error in 2 flows of 2 files");
});

test("what is right may be committed", () => {
  const folder = repository("notes", { "a.mmd": "sequenceDiagram\na->>b: SYN seq=1\n", "b.tcpflow": RIGHT });
  const { status, said } = preCommit(folder, "tcpflow-check");
  expect(said).toContain("Passed");
  expect(status).toBe(0);
});

test("a flow in an unusual form is brought into the usual one, which stops the commit", () => {
  const folder = repository("notes", { "b.tcpflow": RIGHT.replace("SYN seq=x", "SYN   seq=x") });
  const { status, said } = preCommit(folder, "tcpflow-format");
  expect(status).toBe(1);
  expect(said).toContain("files were modified by this hook");
  expect(readFileSync(join(folder, "b.tcpflow"), "utf8")).toBe(RIGHT);
});

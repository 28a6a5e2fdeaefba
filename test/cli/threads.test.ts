/** `check` on many files: several threads say what one says. */
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { folder, notes } from "./run.ts";

const PROGRAM = new URL("../../dist/cli.mjs", import.meta.url).href;

test.each(["pretty", "json", "sarif", "junit"])("say the same in the same order: %s", async (format) => {
  const { run, path } = await folder(notes(300));
  await symlink("circle.md", join(path, "notes/circle.md"));
  const args = ["check", "--hints", "--format", format, "--rule", "syn-not-counted=warning", "notes", "nowhere"];
  const alone = await run(args);
  expect(alone.code).toBe(2);
  expect(await run(args, { threads: 3, program: PROGRAM })).toEqual(alone);
});

test("tell of one that breaks down", async () => {
  const { run, path } = await folder({ ...notes(300), "broken.mjs": 'throw new Error("out of order");\n' });
  const program = pathToFileURL(join(path, "broken.mjs")).href;
  expect(await run(["check", "notes"], { threads: 2, program })).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining("out of order"),
  });
});

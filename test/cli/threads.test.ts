/** Many files: several threads say and draw what one does. */
import { mkdir, readdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { folder, notes } from "./run.ts";

const PROGRAM = new URL("../../dist/tcpflowc.mjs", import.meta.url).href;

test.each(["pretty", "json", "sarif", "junit"])("say the same in the same order: %s", async (format) => {
  const { run, path } = await folder(notes(300));
  await symlink("circle.md", join(path, "notes/circle.md"));
  const args = ["check", "--hints", "--format", format, "--rule", "syn-not-counted=warning", "notes", "nowhere"];
  const alone = await run(args);
  expect(alone.code).toBe(2);
  expect(await run(args, { threads: 3, starter: PROGRAM })).toEqual(alone);
});

test("draw the same", async () => {
  const { "notes/broken.md": _, ...files } = notes(300);
  const { run, path, read } = await folder(files);
  const pictures = async () => {
    const names = (await readdir(join(path, "out"))).sort();
    return Promise.all(names.map(async (name) => [name, await read(`out/${name}`)]));
  };
  const args = ["render", "notes", "-o", "out"];
  const alone = await run(args);
  const drawnAlone = await pictures();
  expect(alone).toMatchObject({
    code: 0,
    stderr: expect.stringContaining("300 pictures in out\nnotes/001.md: 1 error"),
  });
  expect(drawnAlone).toHaveLength(300);
  await rm(join(path, "out"), { recursive: true });
  expect(await run(args, { threads: 3, starter: PROGRAM })).toEqual(alone);
  expect(await pictures()).toEqual(drawnAlone);
});

test("say the same of pictures that cannot be written", async () => {
  const { "notes/broken.md": _, ...files } = notes(300);
  const { run, path } = await folder(files);
  await mkdir(join(path, "out/007-1.svg"), { recursive: true });
  const args = ["render", "notes", "-o", "out"];
  const alone = await run(args);
  expect(alone).toEqual({ code: 2, stdout: "", stderr: "tcpflowc: 007-1.svg: is a folder\n" });
  expect(await run(args, { threads: 3, starter: PROGRAM })).toEqual(alone);
});

test("tell of one that breaks down", async () => {
  const { run, path } = await folder({ ...notes(300), "broken.mjs": 'throw new Error("out of order");\n' });
  const starter = pathToFileURL(join(path, "broken.mjs")).href;
  expect(await run(["check", "notes"], { threads: 2, starter })).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining("out of order"),
  });
});

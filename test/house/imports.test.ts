/** The arrows between the folders of `server/src`: what the table does not name may not be imported. */
import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { importsOf } from "../support/imports.ts";

const SOURCE = fileURLToPath(new URL("../../server/src", import.meta.url));

/** Each folder with the folders that it may import besides itself. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  tcp: [],
  flow: ["tcp"],
  language: ["flow", "tcp"],
  formats: ["flow", "tcp"],
  ladder: ["flow", "tcp"],
  page: ["flow", "ladder", "tcp"],
  editor: ["language", "flow", "formats", "ladder", "tcp"],
  adapters: ["language", "flow", "formats", "ladder"],
  cli: ["language", "flow", "formats", "ladder", "page", "adapters", "tcp"],
};

/** The folders that also run in a browser: nothing of Node in them. */
const ANYWHERE = ["tcp", "flow", "language", "formats", "ladder", "page", "editor", "adapters"];

/** What is wrong with the imports of one file; `path` is relative to `server/src`. */
function wrongImports(path: string, code: string): string[] {
  const folder = path.includes(sep) ? path.slice(0, path.indexOf(sep)) : undefined;
  if (folder === undefined) return [];
  const allowed = ARROWS[folder];
  if (allowed === undefined) return [`${path}: the folder ${folder} is not in the table`];
  return importsOf(path, code).flatMap((name) => {
    if (isBuiltin(name)) return ANYWHERE.includes(folder) ? [`${path} imports ${name}`] : [];
    if (!name.startsWith(".")) return folder === "tcp" || folder === "flow" ? [`${path} imports ${name}`] : [];
    const target = relative(SOURCE, join(SOURCE, dirname(path), name));
    const [top = ""] = target.split(sep);
    return top === folder || allowed.includes(top) ? [] : [`${path} imports ${target}`];
  });
}

describe("the house", () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));

  test("has no arrow that the table does not name", () => {
    expect(files.length).toBeGreaterThan(10);
    expect(files.flatMap((path) => wrongImports(path, readFileSync(join(SOURCE, path), "utf8")))).toEqual([]);
  });

  test.each([
    ['import { add } from "../flow/replay.ts";', "tcp/a.ts imports flow/replay.ts"],
    ['import type { Flow } from "../flow/flow.ts";', "tcp/a.ts imports flow/flow.ts"],
    ['export { replay } from "../flow/replay.ts";', "tcp/a.ts imports flow/replay.ts"],
    ['export * from "../flow/replay.ts";', "tcp/a.ts imports flow/replay.ts"],
    ['export type A = import("../ladder/svg.ts").B;', "tcp/a.ts imports ladder/svg.ts"],
    ['export const a = await import("../ladder/svg.ts");', "tcp/a.ts imports ladder/svg.ts"],
    ['import { readFileSync } from "fs";', "tcp/a.ts imports fs"],
    ['import "../main.ts";', "tcp/a.ts imports main.ts"],
    ['import langium from "langium";', "tcp/a.ts imports langium"],
  ])("finds %s", (code, message) => {
    expect(wrongImports(join("tcp", "a.ts"), code)).toEqual([message]);
  });
});

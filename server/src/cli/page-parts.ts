/** What the build makes for pages, and puts beside the program. */
import { readFile } from "node:fs/promises";
import type { PageParts } from "../page/page.ts";
import { CannotRun } from "./io.ts";

/** @throws CannotRun where the build has not made them */
export async function readPageParts(): Promise<PageParts> {
  const [script, style] = await Promise.all([read("standalone.js"), read("standalone.css")]);
  return { script, style };
}

async function read(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), "utf8").catch(() => {
    throw new CannotRun((texts) => texts.noPageParts);
  });
}

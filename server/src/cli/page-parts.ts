/** What the build makes for pages: beside the bundled program, or in the package. */
import { readFile } from "node:fs/promises";
import type { PageParts } from "../page/page.ts";
import { CannotRun } from "./io.ts";
import { ownFile } from "./package-files.ts";

/** @throws CannotRun where the build has not made them */
export async function readPageParts(): Promise<PageParts> {
  const [script, style] = await Promise.all([read("standalone.js"), read("standalone.css")]);
  return { script, style };
}

async function read(name: string): Promise<string> {
  for (const place of [new URL(name, import.meta.url), ownFile("out", name)]) {
    const text = place && (await readFile(place, "utf8").catch(() => undefined));
    if (text !== undefined) return text;
  }
  throw new CannotRun((texts) => texts.noPageParts);
}

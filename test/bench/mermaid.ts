/** Mermaid's parser and renderer on the same exchanges, in Chromium. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { chromium } from "playwright-core";
import type { Exchange } from "./exchange.ts";
import { median } from "./measure.ts";

export interface MermaidTimes {
  /** Medians in milliseconds; absent where it took too long. */
  readonly parse: number | undefined;
  readonly render: number | undefined;
}

/** As playwright and puppeteer start it. */
export const CHROMIUM = {
  executablePath: "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

const SCRIPT = join(dirname(createRequire(import.meta.url).resolve("mermaid")), "mermaid.min.js");

/** Milliseconds in which Mermaid parses all of these diagrams one after the other, in a page that is open already. */
export async function parseInMermaid(diagrams: readonly string[]): Promise<number> {
  const browser = await chromium.launch(CHROMIUM);
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ path: SCRIPT });
    return await page.evaluate(async (texts) => {
      const start = performance.now();
      for (const text of texts) await mermaid.parse(text);
      return performance.now() - start;
    }, diagrams);
  } finally {
    await browser.close();
  }
}

/** Gives one entry for each exchange; an entry is empty where Mermaid needs more than two minutes. */
export async function measureMermaid(exchanges: readonly Exchange[]): Promise<MermaidTimes[]> {
  const results: MermaidTimes[] = [];
  for (const { mermaid } of exchanges) {
    results.push({ parse: await measure("parse", mermaid), render: await measure("render", mermaid) });
  }
  return results;
}

/** A browser of its own for each, since one that is late cannot be told to stop. */
async function measure(what: "parse" | "render", text: string): Promise<number | undefined> {
  const browser = await chromium.launch(CHROMIUM);
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ path: SCRIPT });
    const run = page.evaluate(measureInPage, { what, text });
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, 120_000, undefined).unref());
    const times = await Promise.race([run, late]);
    run.catch(() => {});
    return times && median(times);
  } finally {
    await browser.close();
  }
}

/** The page's global, which Mermaid's script makes. */
declare const mermaid: typeof import("mermaid").default;

/** Runs in the page: about a second and a half of calls after a first one, or only one where that takes long. */
async function measureInPage({ what, text }: { what: "parse" | "render"; text: string }): Promise<number[]> {
  mermaid.initialize({ startOnLoad: false, maxTextSize: 10_000_000, maxEdges: 100_000 });
  const taken: number[] = [];
  const until = performance.now() + 1500;
  do {
    const start = performance.now();
    await (what === "parse" ? mermaid.parse(text) : mermaid.render("picture", text));
    taken.push(performance.now() - start);
  } while (performance.now() < until);
  return taken.length > 2 ? taken.slice(1) : taken;
}

/** Mermaid's parser and renderer on the same exchanges, in Chromium. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { chromium } from "playwright-core";
import type { Exchange } from "./exchange.ts";
import { median } from "./measure.ts";

export interface MermaidTimes {
  /** Medians in milliseconds. */
  readonly parse: number;
  readonly render: number;
}

const CHROMIUM = {
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

/** Gives one entry for each exchange; nothing for one that Mermaid cannot do in two minutes. */
export async function measureMermaid(exchanges: readonly Exchange[]): Promise<(MermaidTimes | undefined)[]> {
  const browser = await chromium.launch(CHROMIUM);
  try {
    const page = await browser.newPage();
    const core = createRequire(import.meta.url).resolve("mermaid");
    await page.addScriptTag({ path: join(dirname(core), "mermaid.min.js") });
    const results: (MermaidTimes | undefined)[] = [];
    for (const { mermaid } of exchanges) {
      const run = page.evaluate(measureInPage, mermaid);
      const late = new Promise<undefined>((resolve) => setTimeout(resolve, 120_000, undefined).unref());
      const times = await Promise.race([run, late]);
      results.push(times && { parse: median(times.parse), render: median(times.render) });
      if (times === undefined) break;
    }
    return results;
  } finally {
    await browser.close();
  }
}

/** The page's global, which Mermaid's script makes. */
declare const mermaid: typeof import("mermaid").default;

/** Runs in the page. */
async function measureInPage(text: string): Promise<{ parse: number[]; render: number[] }> {
  mermaid.initialize({ startOnLoad: false, maxTextSize: 10_000_000, maxEdges: 100_000 });
  const time = async (call: () => Promise<unknown>) => {
    const taken: number[] = [];
    const until = performance.now() + 1500;
    await call();
    while (taken.length < 3 || (performance.now() < until && taken.length < 50)) {
      const start = performance.now();
      await call();
      taken.push(performance.now() - start);
    }
    return taken;
  };
  const parse = await time(() => mermaid.parse(text));
  const render = await time(() => mermaid.render("picture", text));
  return { parse, render };
}

/** Mermaid in Chromium draws flows beside its own diagrams. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MermaidOptions } from "../../server/src/adapters/mermaid.ts";

let browser: Browser;
let page: Page;

beforeAll(async () => {
  const bundle = await build({
    entryPoints: [join(import.meta.dirname, "../../server/src/adapters/mermaid.ts")],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "plugin",
    mainFields: ["module", "main"],
  });
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  page = await browser.newPage();
  await page.addScriptTag({ path: join(dirname(createRequire(import.meta.url).resolve("mermaid")), "mermaid.min.js") });
  await page.addScriptTag({ content: bundle.outputFiles[0]?.text ?? "" });
});

afterAll(() => browser.close());

/** The page's globals. */
declare const mermaid: typeof import("mermaid").default;
declare const plugin: typeof import("../../server/src/adapters/mermaid.ts");

async function svg(code: string, options: MermaidOptions = {}): Promise<string> {
  await page.evaluate(async (chosen) => {
    mermaid.initialize({ startOnLoad: false });
    await mermaid.registerExternalDiagrams([plugin.tcpflowDiagram(chosen)]);
  }, options);
  return await page.evaluate(async (text) => (await mermaid.render("picture", text)).svg, code);
}

const RIGHT = "client -> server: SYN seq=x\nserver -> client: SYN+ACK seq=y ack=x+1\n";

test("a flow is drawn as a ladder, also behind Mermaid's own remarks", async () => {
  expect(await svg(`tcpflow\n${RIGHT}`)).toContain("SYN-RECEIVED");
  expect(await svg(`%% A remark\ntcpflow\n${RIGHT}`)).toContain("SYN-RECEIVED");
});

test("Mermaid's own diagrams stay", async () => {
  expect(await svg("sequenceDiagram\n  a->>b: tcpflow\n")).not.toContain("LISTEN");
});

test("an error is said with its line, as Mermaid says errors", async () => {
  await expect(svg(`tcpflow\n${RIGHT.replace("x+1", "x")}`)).rejects.toThrow("3:33: ack should be x+1");
});

test("hostile labels stay labels", async () => {
  const drawn = await svg(`tcpflow\nclient -> server: SYN seq=x "<img src=x onerror=alert(1)>"\n`);
  expect(drawn).not.toContain("<img");
  expect(drawn).toContain("onerror=alert(1)&gt;");
});

/** Mermaid 12 and 11 in Chromium draw flows beside their own diagrams. */
import { join } from "node:path";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MermaidOptions } from "../../server/src/adapters/mermaid.ts";

const FILES = {
  "Mermaid 12": "../../node_modules/mermaid/dist/mermaid.min.js",
  "Mermaid 11": "../mermaid-11/node_modules/mermaid/dist/mermaid.min.js",
};

let browser: Browser;
let bundle: string;

beforeAll(async () => {
  const built = await build({
    entryPoints: [join(import.meta.dirname, "../../server/src/adapters/mermaid.ts")],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "plugin",
    mainFields: ["module", "main"],
  });
  bundle = built.outputFiles[0]?.text ?? "";
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
});

afterAll(() => browser.close());

/** The page's globals. */
declare const mermaid: typeof import("mermaid").default;
declare const plugin: typeof import("../../server/src/adapters/mermaid.ts");

const RIGHT = "client -> server: SYN seq=x\nserver -> client: SYN+ACK seq=y ack=x+1\n";

describe.each(Object.entries(FILES))("%s", (_, file) => {
  let page: Page;
  beforeAll(async () => {
    page = await browser.newPage();
    await page.addScriptTag({ path: join(import.meta.dirname, file) });
    await page.addScriptTag({ content: bundle });
  });

  async function svg(code: string, options: MermaidOptions = {}): Promise<string> {
    await page.evaluate(async (chosen) => {
      mermaid.initialize({ startOnLoad: false });
      await mermaid.registerExternalDiagrams([plugin.tcpflowDiagram(chosen)]);
    }, options);
    return await page.evaluate(async (text) => (await mermaid.render("picture", text)).svg, code);
  }

  test("a flow is drawn as a ladder, also behind Mermaid's own remarks", async () => {
    expect(await svg(`tcpflow\n${RIGHT}`)).toContain("SYN-RECEIVED");
    const [outer] = /^<svg [^>]*>/u.exec(await svg(`tcpflow\n${RIGHT}`)) ?? [];
    expect(outer).toMatch(/ style="max-width: 59\d\.\dpx;?"/u);
    expect(outer).toMatch(/ viewBox="-\d[-\d. ]*"/u);
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
});

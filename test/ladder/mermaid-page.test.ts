/** Mermaid in Chromium draws what we write, and every text in it is as its author wrote it. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as fc from "fast-check";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RULE_PAGES } from "../../server/src/flow/rule-pages.ts";
import { renderMermaid } from "../../server/src/ladder/mermaid.ts";
import { printable } from "../../server/src/ladder/printable.ts";
import { examples, fences, MARKDOWN, RULE_MARKDOWN } from "../support/examples.ts";
import { check } from "../support/flows.ts";
import { flowTexts } from "./random-flows.ts";

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  page = await browser.newPage();
  await page.addScriptTag({ path: join(dirname(createRequire(import.meta.url).resolve("mermaid")), "mermaid.min.js") });
});

afterAll(() => browser.close());

/** The page's global, which Mermaid's script makes. */
declare const mermaid: typeof import("mermaid").default;

/** The texts of the picture that Mermaid makes of a flow, in their order. */
async function texts(flow: string): Promise<string[]> {
  return await page.evaluate(
    async (code) => {
      mermaid.initialize({ startOnLoad: false });
      const { svg } = await mermaid.render("picture", code);
      const picture = new DOMParser().parseFromString(svg, "text/html");
      return [...picture.querySelectorAll("text")].map(({ textContent }) => textContent);
    },
    renderMermaid(check(flow)),
  );
}

const SHIPPED = [
  ...examples(),
  ...[...MARKDOWN, ...RULE_MARKDOWN].flatMap(fences),
  ...Object.entries(RULE_PAGES).map(([name, { wrong }]) => ({ name: `the mistake of ${name}`, text: wrong })),
];

test.each(SHIPPED)("Mermaid draws $name", async ({ text }) => {
  const names = check(text).flow.endpoints.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(0);
  expect(await texts(text)).toEqual(expect.arrayContaining(names));
});

test("Mermaid draws any flow", async () => {
  const draws = fc.asyncProperty(flowTexts(), async (text) => {
    expect(await texts(text)).toEqual(expect.arrayContaining(check(text).flow.endpoints.map(({ name }) => name)));
  });
  await fc.assert(draws, { numRuns: 50 });
});

test.each(["", "// nothing", "endpoint a", "a -> a: SYN", "repeat 3 {\n}", 'section ""\nnote a: ""'])(
  "little or broken text is no trouble: %j",
  async (text) => {
    await expect(texts(text)).resolves.toBeInstanceOf(Array);
  },
);

/** What means something to Mermaid, to HTML, or to what Mermaid makes of entities. */
const HOSTILE = [
  "a; b",
  "#35; #quot; #59",
  "<br> <b>x</b> <img>",
  "&lt; & &amp;",
  "end",
  "a ->> b: c",
  "wrap: x",
  ":nowrap: x",
  "style a:b;c #x;",
  "classDef x:;y",
  "%% remark",
  "%%{init: {'x':1}}%%",
  "$$x^2$$",
  String.raw`one\ntwo`,
  "ﬂ°°60¶ß",
  "@{ x: y }",
  "'one' `two`",
  "中文；：＃",
  "a\u2028b\u202ec",
];

const WIDE = /[\u1100-\u{10ffff}]/gu;

/** A flow with the label in its title, at an endpoint, a segment, two notes, a heading and an elision. */
function labelled(label: string): string {
  const written = `"${label.replace(/[\\"]/gu, String.raw`\$&`)}"`;
  return `title ${written}
endpoint a as ${written}, b
section ${written}
a -> b: SYN seq=x ${written}
note a: ${written}
note a, b: ${written}
... ${written}`;
}

async function expectWhole(label: string): Promise<void> {
  const shown = printable(label).trim();
  expect((await texts(labelled(label))).filter((text) => text.includes(shown)).length).toBeGreaterThanOrEqual(7);
}

describe("a text stays whole, wherever it stands", () => {
  test.each(HOSTILE)("%j", expectWhole);

  test("any other", async () => {
    const piece = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 4 }));
    const label = fc
      .array(piece, { minLength: 1, maxLength: 3 })
      .map((pieces) => pieces.join("").replace(/\s/gu, ""))
      // What is wider becomes two lines; letters of the East are as wide as two.
      .filter((text) => printable(text) !== "" && text.length + (text.match(WIDE)?.length ?? 0) < 24);
    await fc.assert(fc.asyncProperty(label, expectWhole), { numRuns: 50 });
  });

  test("and runs no script", async () => {
    await texts(labelled("<img src=x onerror=document.title=1>"));
    await texts(labelled("<script>document.title=1</script>"));
    expect(await page.title()).toBe("");
  });
});

test.each(["end", "note", "as", "participant", "loop", "over", "x", "title", "客户端", "load-balancer", "end-user"])(
  "an endpoint may be called %s",
  async (name) => {
    const shown = await texts(`${name} -> peer: SYN seq=x\npeer -> ${name}: SYN+ACK seq=y`);
    expect(shown).toEqual(expect.arrayContaining([name, "peer", "SYN seq=x", "SYN+ACK seq=y ack=x+1"]));
  },
);

test("thirty endpoints", async () => {
  const names = Array.from({ length: 30 }, (_, i) => `host${i}`);
  expect(await texts(`endpoint ${names.join(", ")}\nhost0 -> host29: SYN seq=x`)).toEqual(
    expect.arrayContaining(names),
  );
});

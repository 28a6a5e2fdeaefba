/**
 * Draws the state diagram of the preview: Mermaid lays out `client/media/state-diagram.mmd` in Chromium, and what it
 * made is kept as `client/media/state-diagram.svg` without its colours, each state and each way named.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { chromium } from "playwright-core";

const media = join(import.meta.dirname, "../client/media");

/** What Mermaid makes of the diagram now, as it is kept. */
export async function drawStateDiagram(): Promise<string> {
  const text = readFileSync(join(media, "state-diagram.mmd"), "utf8");
  const mermaid = join(dirname(createRequire(import.meta.url).resolve("mermaid")), "mermaid.min.js");
  const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ path: mermaid });
    return await page.evaluate(drawInPage, text);
  } finally {
    await browser.close();
  }
}

/** The page's global, which Mermaid's script makes. */
declare const mermaid: typeof import("mermaid").default;

/** Runs in the page. */
async function drawInPage(text: string): Promise<string> {
  mermaid.initialize({
    startOnLoad: false,
    htmlLabels: false,
    layout: "dagre",
    state: { nodeSpacing: 10, rankSpacing: 20, minNodeWidth: 90, padding: 4 },
    // Every machine has the same widths for it: the nodes are as wide as the least width says.
    themeVariables: { fontSize: "11px" },
  });
  const { svg } = await mermaid.render("states", text);
  const drawn = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const round = (path: string) =>
    path.replaceAll(/-?\d+\.?\d*/g, (number) => String(Math.round(Number(number) * 10) / 10));
  const attribute = (element: Element | null | undefined, name: string) => element?.getAttribute(name) ?? "";
  const arrows = [...text.matchAll(/^\s*(\w+) --> (\w+)$/gm)].map(([, from = "", to = ""]) => [from, to] as const);
  const named = (id: string) => id.replaceAll("_", "-");
  const ways = [...drawn.querySelectorAll("path.transition")].map((path, i) => {
    const [from = "", to = ""] = arrows[i] ?? [];
    return `<path class="way" data-from="${named(from)}" data-to="${named(to)}" d="${round(attribute(path, "d"))}" marker-end="url(#tcpflow-way)"/>`;
  });
  const states = [...drawn.querySelectorAll("g.node")].map((node) => {
    const box = node.querySelector("rect.label-container");
    const place = ["x", "y", "width", "height"].map((name) => `${name}="${round(attribute(box, name))}"`).join(" ");
    const id = attribute(node, "id").replace(/^states-state-(\w+?)-\d+$/, "$1");
    const label = node.querySelector("text")?.textContent ?? "";
    return `<g class="state" data-state="${named(id)}" transform="${round(attribute(node, "transform"))}"><rect ${place} rx="5"/><text y="4">${label}</text></g>`;
  });
  const head = attribute(drawn.querySelector("marker path"), "d");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="states" viewBox="${attribute(drawn, "viewBox")}">`,
    `<marker id="tcpflow-way" refX="15" refY="7" markerWidth="20" markerHeight="14" markerUnits="userSpaceOnUse" orient="auto"><path d="${head}"/></marker>`,
    ...ways,
    ...states,
    "</svg>",
    "",
  ].join("\n");
}

if (import.meta.main) writeFileSync(join(media, "state-diagram.svg"), await drawStateDiagram());

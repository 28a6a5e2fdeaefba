import { readFileSync } from "node:fs";
import { DOMParser } from "@xmldom/xmldom";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { arrows, openFile, pressFor, preview, runCommand } from "./actions.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

/** Nothing of it may be taken for anything but text. */
const FLOW = `title "</script><script>alert(1)</script>"
client -> server: SYN seq=x "<img src=x onerror=alert(1)>"
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1 "]]> & \`; #quot;"
`;

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench({ vsix: inject("vsix"), files: { "opening.tcpflow": FLOW } });
  const { page } = workbench;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await openFile(page, "opening.tcpflow");
  await pressFor(page, "Control+k v", arrows(page).nth(2));
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await workbench.screenshot(`failed: ${task.name}`);
});
afterAll(async () => {
  await workbench?.close();
});

/** Chooses an entry of the menu in the preview. */
async function choose(entry: string): Promise<void> {
  await preview(workbench.page).locator("#exports summary").click();
  await preview(workbench.page).getByRole("button", { name: entry }).click();
}

/** Accepts the name that the dialog offers; gives the path of the file that is written then. */
async function saveAs(ending: string): Promise<string> {
  const { page } = workbench;
  const input = page.locator(".quick-input-widget input:visible").last();
  await expect.poll(() => input.inputValue()).toMatch(new RegExp(`/opening\\.${ending}$`));
  const path = await input.inputValue();
  await page.locator(".quick-input-widget").getByRole("button", { name: "OK" }).click();
  await page.locator(".statusbar", { hasText: `Saved opening.${ending}` }).waitFor();
  // Away from whatever would show a hint.
  await page.mouse.move(600, 600);
  return path;
}

test("SVG, Mermaid and text are saved beside the flow", async () => {
  await choose("Save as SVG…");
  const svg = readFileSync(await saveAs("svg"), "utf8");
  const picture = new DOMParser().parseFromString(svg, "image/svg+xml");
  expect(picture.getElementsByTagName("title")[0]?.textContent).toBe("</script><script>alert(1)</script>");
  await choose("Save as Mermaid…");
  expect(readFileSync(await saveAs("mmd"), "utf8")).toMatch(/^sequenceDiagram\n/);
  await choose("Save as Text…");
  expect(readFileSync(await saveAs("txt"), "utf8")).toContain("SYN seq=x");
});

test("a PNG has two pixels for each of the picture", async () => {
  await choose("Save as PNG…");
  const png = readFileSync(await saveAs("png"));
  expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  const [, , width, height] = await preview(workbench.page)
    .locator("#picture svg")
    .evaluate((svg) => (svg.getAttribute("viewBox") ?? "").split(" ").map(Number));
  expect(Math.abs(png.readUInt32BE(16) - 2 * (width ?? 0))).toBeLessThan(3);
  expect(Math.abs(png.readUInt32BE(20) - 2 * (height ?? 0))).toBeLessThan(3);
});

test("the saved page steps by keyboard, loads nothing and runs nothing else", async () => {
  await runCommand(workbench.page, "TCPFlow: Save Picture As");
  await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "HTML" }).click();
  const path = await saveAs("html");
  const page = await workbench.page.context().browser()?.newPage();
  if (page === undefined) throw new Error("The browser is gone");
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("dialog", (dialog) => said.push(dialog.message()));
  page.on("request", (request) => said.push(request.url()));
  await page.goto(`file://${path}`);
  await page.keyboard.press("Home");
  expect(await page.locator(".segment.future").count()).toBe(3);
  for (const state of ["SYN-SENT", "SYN-SENT", "SYN-SENT", "ESTABLISHED"]) {
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => page.locator("#diagrams figure").first().locator(".current").textContent()).toBe(state);
  }
  await page.keyboard.press("Space");
  await expect.poll(() => page.locator("#where").innerText(), { timeout: 20_000 }).toBe("6 / 6");
  expect(said).toEqual([`file://${path}`]);
  await page.screenshot({ path: "out/screenshots/exported-page.png" });
  await page.close();
});

test("the Mermaid tab draws the flow by Mermaid, which is loaded only then, and copies it", async () => {
  const { page } = workbench;
  expect(await preview(page).locator("script[src*='mermaid']").count()).toBe(0);
  await preview(page).getByRole("tab", { name: "Mermaid" }).click();
  await preview(page).locator("#mermaid-picture svg").waitFor();
  expect(await preview(page).locator("#mermaid-picture").textContent()).toContain("<img src=x onerror=alert(1)>");
  await workbench.screenshot("mermaid-tab");
  await preview(page).getByRole("button", { name: "Copy as Mermaid" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^sequenceDiagram\n/);
  await preview(page).getByRole("tab", { name: "Ladder" }).click();
});

test("the picture goes into the clipboard as an image", async () => {
  const { page } = workbench;
  await choose("Copy Picture");
  await page.locator(".statusbar", { hasText: "The picture is in the clipboard" }).waitFor();
  await page.bringToFront();
  const types = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types));
  expect(types).toEqual(["image/png"]);
});

test("nothing came from the network, and nothing was against the page's policy", () => {
  expect(workbench.strangers()).toEqual([]);
  expect(workbench.complaints()).toEqual([]);
});

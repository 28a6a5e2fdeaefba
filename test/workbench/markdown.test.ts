import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { chooseTheme, focusText, goToLine, openFile, pressFor, preview, runCommand } from "./actions.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

const NOTES = `# Opening a connection

A client and a server agree on numbers. The mistake is one that many make:

> \`\`\`tcpflow
> title "Opening"
> client -> server: SYN seq=x
> server -> client: SYN+ACK seq=y ack=x
> client -> server: ACK seq=x+1
> \`\`\`

1. And the end:

   \`\`\`tcpflow
   client -> server: FIN+ACK seq=u ack=v
   server -> client: ACK seq=v ack=u+1

   server -> client: FIN+ACK seq=w ack=u+1
   client -> server: ACK seq=u+1 ack=w+1
   \`\`\`
`;

const NOTEBOOK = JSON.stringify({
  cells: [{ cell_type: "markdown", metadata: {}, source: NOTES.split(/(?<=\n)/u) }],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 2,
});

let workbench: Workbench;
beforeAll(async () => {
  const files = { "notes.md": NOTES, "plain.md": "# Nothing\n\nclient -> server: SYN\n", "notes.ipynb": NOTEBOOK };
  workbench = await openWorkbench({ vsix: inject("vsix"), files });
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await workbench.screenshot(`failed: ${task.name}`);
});
afterAll(async () => {
  await workbench?.close();
});

test("a mistake in a fence is underlined, explained and mended in place", async () => {
  const { page } = workbench;
  await openFile(page, "notes.md", "Markdown");
  const squiggle = page.locator(".squiggly-error");
  await squiggle.waitFor();
  // Hints and the lens stand in the text too.
  await page.locator(".view-line", { hasText: "client SYN-SENT" }).first().waitFor();
  await page.locator(".codelens-decoration", { hasText: "1 error · 3 segments" }).waitFor();
  await squiggle.hover({ force: true });
  const hover = page.locator(".monaco-hover", { hasText: "syn-not-counted" });
  await hover.waitFor();
  await workbench.screenshot("markdown-mistake");

  await goToLine(page, 8);
  await page.keyboard.press("End");
  await pressFor(page, "Control+.", page.locator(".action-widget", { hasText: "x+1" }));
  await workbench.screenshot("markdown-fix");
  await page.keyboard.press("Enter");
  await squiggle.waitFor({ state: "detached" });
  await page.keyboard.press("Control+s");
  const mended = NOTES.replace("ack=x\n", "ack=x+1\n");
  await expect.poll(() => workbench.read("notes.md")).toBe(mended);
});

test("what comes next is proposed in the fence", async () => {
  const { page } = workbench;
  await goToLine(page, 9);
  await page.keyboard.press("End");
  await page.keyboard.type("\n> ");
  const row = page.locator(".suggest-widget .monaco-list-row", { hasText: "client -> server:" }).first();
  await pressFor(page, "Control+Space", row);
  await workbench.screenshot("markdown-completion");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+s");
  await expect
    .poll(() => workbench.read("notes.md"))
    .toMatch(/\n> client -> server: ACK seq=x\+1\n> client -> server: .+\n> ```\n/);
});

test("the Markdown preview shows the pictures, in the colours of the theme", async () => {
  const { page } = workbench;
  await focusText(page);
  const pictures = preview(page).locator(".tcpflow-figure > svg");
  await pressFor(page, "Control+k v", pictures.nth(1));
  const ink = () =>
    preview(page)
      .locator(".tcpflow-figure .name")
      .first()
      .evaluate((name) => getComputedStyle(name).fill);
  const inks = [await ink()];
  await workbench.screenshot("markdown-preview-light");
  for (const [theme, kind] of [
    ["Dark Modern", "vs-dark"],
    ["Dark High Contrast", "hc-black"],
    ["Light Modern", "vs"],
  ]) {
    if (theme === undefined || kind === undefined) continue;
    await chooseTheme(page, theme);
    await page.locator(`.monaco-workbench.${kind}`).waitFor();
    await expect.poll(ink).not.toBe(inks.at(-1));
    inks.push(await ink());
    await workbench.screenshot(`markdown-preview-${kind}`);
  }
  expect(workbench.complaints()).toEqual([]);
  await runCommand(page, "View: Close All Editor Groups");
  await openFile(page, "notes.md", "Markdown");
});

test("Markdown keeps the formatter that it has", async () => {
  const { page } = workbench;
  await focusText(page);
  await runCommand(page, "Format Document");
  const dialog = page.locator(".monaco-dialog-box", { hasText: "no formatter for 'markdown'" });
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

test("a notebook shows the pictures of its Markdown cells", async () => {
  const { page } = workbench;
  await page.getByRole("treeitem", { name: "notes.ipynb" }).first().dblclick();
  await page.locator('.tab.active[data-resource-name="notes.ipynb"]').waitFor();
  // The preview of Markdown is a page too.
  await page.locator('.tab[aria-label^="Preview notes.md"]').waitFor({ state: "detached" });
  const pictures = preview(page).locator(".tcpflow-figure > svg");
  await pictures.nth(1).waitFor();
  await workbench.screenshot("markdown-notebook");
});

import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { cursorAt, openFile, pressFor } from "./actions.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

const WRONG = `title "Opening"
client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x
client -> server: ACK seq=x+1 ack=y+1
`;

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench({
    vsix: inject("vsix"),
    files: { "opening.tcpflow": WRONG, "again.tcpflow": WRONG },
  });
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await workbench.screenshot(`failed: ${task.name}`);
});
afterAll(async () => {
  await workbench?.close();
});

test("a mistake is underlined, explained, and mended by one key", async () => {
  const { page } = workbench;
  await openFile(page, "opening.tcpflow");
  const squiggle = page.locator(".squiggly-error");
  await squiggle.waitFor();
  // The line above the text moves the mistake down.
  await page.locator(".codelens-decoration").first().waitFor();

  await squiggle.hover({ force: true });
  const hover = page.locator(".monaco-hover", { hasText: "syn-not-counted" });
  await hover.waitFor();
  expect(await hover.innerText()).toContain("x+1");
  await workbench.screenshot("mistake-hover");

  await page.keyboard.press("Control+Shift+M");
  const problem = page.locator(".markers-panel .monaco-list-row", { hasText: "syn-not-counted" });
  await problem.click();
  await workbench.screenshot("mistake-problems");

  // The click put the cursor on the mistake.
  await page.keyboard.press("Control+Shift+M");
  await page.locator(".markers-panel").waitFor({ state: "hidden" });
  await cursorAt(page, 3).waitFor();
  await pressFor(page, "Control+.", page.locator(".action-widget", { hasText: "x+1" }));
  await workbench.screenshot("mistake-fix");
  await page.keyboard.press("Enter");
  await squiggle.waitFor({ state: "detached" });
  await page.keyboard.press("Control+s");
  await expect.poll(() => workbench.read("opening.tcpflow")).toBe(WRONG.replace("ack=x\n", "ack=x+1\n"));
});

test("the severities of the project's configuration hold, as soon as it is there", async () => {
  const { page } = workbench;
  await openFile(page, "again.tcpflow");
  await page.locator(".squiggly-error").waitFor();
  workbench.write("tcpflow.config.json", '{ "rules": { "syn-not-counted": "warning" } }');
  await page.locator(".squiggly-warning").waitFor();
  expect(await page.locator(".squiggly-error").count()).toBe(0);
});

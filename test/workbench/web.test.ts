/** In VS Code for the Web the extension and its server run in the browser. */
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { arrows, openFile } from "./actions.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

const WRONG = `title "Opening"
client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x
client -> server: ACK seq=x+1 ack=y+1
`;

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench({ vsix: inject("vsix"), files: { "opening.tcpflow": WRONG }, web: true });
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await workbench.screenshot(`failed: ${task.name}`);
});
afterAll(async () => {
  await workbench?.close();
});

test("a mistake is underlined, and the picture drawn", async () => {
  const { page } = workbench;
  await openFile(page, "opening.tcpflow");
  await page.locator(".squiggly-error").waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.press("v");
  await arrows(page).nth(2).waitFor();
  await workbench.screenshot("web");
});

test("nothing came from the network, and nothing was against the page's policy", () => {
  expect(workbench.strangers()).toEqual([]);
  expect(workbench.complaints()).toEqual([]);
});

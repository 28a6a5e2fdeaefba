/** In VS Code for the Web the extension and its server run in the browser. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { arrows, importFromExplorer, openFile, openWith, pressFor, preview, runCommand, shownText } from "./actions.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

const WRONG = `title "Opening"
client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x
client -> server: ACK seq=x+1 ack=y+1
`;

let workbench: Workbench;
beforeAll(async () => {
  const files = {
    "opening.tcpflow": WRONG,
    "abort.pcap": readFileSync(join(import.meta.dirname, "../data/traces/abort.a.pcap")),
  };
  workbench = await openWorkbench({ vsix: inject("vsix"), files, web: true });
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
  await pressFor(page, "Control+k v", arrows(page).nth(2));
  await workbench.screenshot("web");
});

test("a capture is shown with its connections", async () => {
  const { page } = workbench;
  await runCommand(page, "View: Close All Editors");
  await openWith(page, "abort.pcap", "TCPFlow: Connections");
  await arrows(page).nth(5).waitFor();
  expect(await preview(page).locator(".connection").innerText()).toMatch(/6 segments\s+nothing found/);
  await workbench.screenshot("web-capture");
});

test("a capture becomes a flow, and a template is at hand", async () => {
  const { page } = workbench;
  await importFromExplorer(page, "abort.pcap");
  await shownText(page).getByText("abort.pcap, connection 0").waitFor();
  await runCommand(page, "TCPFlow: New Flow from Template");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "Half-close" }).click();
  await shownText(page).getByText("Half-close").waitFor();
});

test("an assistant has a flow checked and a rule explained", async () => {
  const { page } = workbench;
  await runCommand(page, "Assistant: Check and Explain");
  await shownText(page).getByText("no-such-rule").waitFor();
  await workbench.screenshot("assistant");
  const seen = (await shownText(page).innerText()).replaceAll("\u00a0", " ");
  expect(seen).toContain('"newText":"server -> client: SYN+ACK seq=y ack=x+1\\n"');
  expect(seen).toContain("# syn-not-counted");
  expect(seen).toContain('There is no rule "no-such-rule"');
});

test("nothing came from the network, and nothing was against the page's policy", () => {
  expect(workbench.strangers()).toEqual([]);
  expect(workbench.complaints()).toEqual([]);
});

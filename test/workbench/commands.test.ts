/** What one begins with: templates, captures, the task that checks a folder, the walkthrough. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from "vitest";
import { importFromExplorer, openFile, runCommand, shownText } from "./actions.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

const WRONG = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x
client -> server: ACK seq=x+1 ack=y+1
`;
const TRACES = join(import.meta.dirname, "../data/traces");
const trace = (name: string) => readFileSync(join(TRACES, name));

let workbench: Workbench;
beforeAll(async () => {
  const files = {
    "right.tcpflow": WRONG.replace("ack=x\n", "ack=x+1\n"),
    "wrong.tcpflow": WRONG,
    "notes.md": `# Notes\n\n\`\`\`tcpflow\n${WRONG}\`\`\`\n`,
    "lost.pcap": trace("data_lost_sack.a.pcap"),
    "two.pcap": Buffer.concat([trace("abort.a.pcap"), trace("half_close.a.pcap").subarray(24)]),
    "broken.pcap": trace("abort.a.pcap").subarray(0, -3),
  };
  workbench = await openWorkbench({ vsix: inject("vsix"), files });
  // From then on its commands are known.
  await openFile(workbench.page, "right.tcpflow");
  await runCommand(workbench.page, "View: Close All Editors");
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await workbench.screenshot(`failed: ${task.name}`);
});
afterAll(async () => {
  await workbench?.close();
});

/** The rows of the list that is open. */
const rows = (page: Page, text: string) => page.locator(".quick-input-list .monaco-list-row", { hasText: text });

test("a new flow begins with a template, and is right", async () => {
  const { page } = workbench;
  await runCommand(page, "TCPFlow: New Flow from Template");
  await rows(page, "Zero window and probe").waitFor();
  await workbench.screenshot("templates");
  await rows(page, "Zero window and probe").click();
  await shownText(page).getByText("Zero window and probe").waitFor();
  await page.locator("#status\\.editor\\.mode", { hasText: "TCPFlow" }).waitFor();
  // Its state lens comes with the findings: there is none.
  await page.locator(".codelens-decoration", { hasText: /^\d+ segments/ }).waitFor();
  await workbench.screenshot("template");
});

test("a capture becomes a flow that has no file yet", async () => {
  const { page } = workbench;
  await importFromExplorer(page, "lost.pcap");
  await shownText(page).getByText("lost.pcap, connection 0").waitFor();
  await page.locator("#status\\.editor\\.mode", { hasText: "TCPFlow" }).waitFor();
  expect(await page.locator(".squiggly-error").count()).toBe(0);
  await workbench.screenshot("capture");
});

test("of a capture with two connections one is picked", async () => {
  const { page } = workbench;
  await importFromExplorer(page, "two.pcap");
  await rows(page, "All connections in one flow").waitFor();
  expect(await rows(page, "segments").count()).toBe(2);
  await workbench.screenshot("capture-connections");
  await rows(page, "segments").nth(1).click();
  await shownText(page).getByText("two.pcap, connection 1").waitFor();
});

test("of a capture that was cut one is told why it cannot be read", async () => {
  const { page } = workbench;
  await importFromExplorer(page, "broken.pcap");
  await page.locator(".notification-toast", { hasText: "broken.pcap: This capture cannot be read" }).waitFor();
  await workbench.screenshot("capture-broken");
});

test("the task checks the folder and fills the Problems view", async () => {
  const { page } = workbench;
  await runCommand(page, "Tasks: Run Task");
  await rows(page, "tcpflow").first().click();
  await rows(page, "tcpflowc: check").first().click();
  await page.locator(".terminal-wrapper").first().waitFor();
  await page.keyboard.press("Control+Shift+M");
  const problem = page.locator(".markers-panel .monaco-list-row", { hasText: "syn-not-counted" });
  await problem.nth(1).waitFor();
  await workbench.screenshot("task-problems");
  expect(await problem.allInnerTexts()).toEqual([
    expect.stringContaining("ack should be x+1"),
    expect.stringContaining("ack should be x+1"),
  ]);
});

test("the walkthrough shows real pictures, and ticks off what was done", async () => {
  const { page } = workbench;
  await page.keyboard.press("Control+j");
  await page.locator(".part.panel").waitFor({ state: "hidden" });
  await runCommand(page, "Welcome: Open Walkthrough");
  await page.locator(".quick-input-widget input").fill("Get started with TCPFlow");
  await rows(page, "Get started with TCPFlow").first().click();
  const steps = page.locator(".getting-started-step");
  await steps.nth(4).waitFor();
  // The walkthrough may take the focus once more while it is drawn, which closes the list.
  await vi.waitFor(
    async () => {
      await page.getByRole("button", { name: "New Flow from Template" }).click({ timeout: 5_000 });
      await rows(page, "Connection refused").click({ timeout: 5_000 });
    },
    { timeout: 60_000 },
  );
  await shownText(page).getByText("Connection refused").waitFor();
  await page.getByRole("tab", { name: "Welcome" }).click();
  await steps.first().locator(".codicon-getting-started-step-checked").waitFor();
  await steps.nth(3).click();
  await page.getByAltText("A captured connection").waitFor();
  await workbench.screenshot("walkthrough");
});

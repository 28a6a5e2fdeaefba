/** A capture opened as what it is. The captures are of the Linux kernel, see test/data/traces. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { arrows, chooseInExplorer, openWith, preview, runCommand, shownText } from "./actions.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

const TRACES = join(import.meta.dirname, "../data/traces");
const trace = (name: string) => readFileSync(join(TRACES, name));

/** The capture with the acknowledgment number of its last packet one higher: the frame is at 16, IP without options. */
function withWrongEnd(capture: Buffer): Buffer {
  const changed = Buffer.from(capture);
  let last = 24;
  for (let at = last; at < changed.length; at += 16 + changed.readUInt32LE(at + 8)) last = at;
  changed.writeUInt32BE(changed.readUInt32BE(last + 16 + 20 + 8) + 1, last + 16 + 20 + 8);
  return changed;
}

let workbench: Workbench;
beforeAll(async () => {
  const files = {
    "two.pcap": Buffer.concat([trace("abort.a.pcap"), withWrongEnd(trace("half_close.a.pcap")).subarray(24)]),
    "broken.pcap": trace("abort.a.pcap").subarray(0, -3),
    "large.pcap": Buffer.alloc(33 * 2 ** 20),
  };
  workbench = await openWorkbench({ vsix: inject("vsix"), files });
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await workbench.screenshot(`failed: ${task.name}`);
});
afterAll(async () => {
  await workbench?.close();
});

const EDITOR = "TCPFlow: Connections";

test("the connections of a capture are listed with what is wrong in them, and the wrong one is drawn", async () => {
  const { page } = workbench;
  await openWith(page, "two.pcap", EDITOR);
  const connections = preview(page).locator(".connection");
  await connections.nth(1).waitFor();
  expect(await connections.allInnerTexts()).toEqual([
    expect.stringMatching(/10\.77\.0\.1:\d+ ↔ 10\.77\.0\.2:80\s+\d+ segments\s+nothing found/),
    expect.stringMatching(/15 segments\s+1 error/),
  ]);
  expect(await connections.nth(1).locator("input").isChecked()).toBe(true);
  expect(await preview(page).locator(".findings li").allInnerTexts()).toEqual([
    expect.stringMatching(/^Packet \d+ ack should be \d+: /),
  ]);
  await arrows(page).nth(14).waitFor();
  await workbench.screenshot("capture-editor");
});

test("another connection is drawn when it is chosen, can be stepped through, and stays over a reload", async () => {
  const { page } = workbench;
  await preview(page).locator(".connection").first().click();
  await arrows(page).nth(14).waitFor({ state: "detached" });
  await arrows(page).first().waitFor();
  await preview(page).locator("#step-back").click();
  const step = () => preview(page).locator("#happening .place").innerText();
  await expect.poll(step).toBe("Step 11 of 12");

  await Promise.all([page.waitForEvent("load"), runCommand(page, "Developer: Reload Window")]);
  await arrows(page).first().waitFor();
  expect(await preview(page).locator(".connection input").first().isChecked()).toBe(true);
  expect(await arrows(page).count()).toBe(6);
  expect(await step()).toBe("Step 11 of 12");
});

test("the chosen connection becomes a text", async () => {
  const { page } = workbench;
  await preview(page).getByRole("button", { name: "Import as Text" }).click();
  await shownText(page).getByText("two.pcap, connection 0").waitFor();
  await page.locator("#status\\.editor\\.mode", { hasText: "TCPFlow" }).waitFor();
});

test("of a capture that was cut, and of one that is too large, one is told so", async () => {
  const { page } = workbench;
  await runCommand(page, "View: Revert and Close Editor");
  await chooseInExplorer(page, "broken.pcap", "Show the Connections");
  await preview(page).getByText("This capture cannot be read: ").waitFor();
  await workbench.screenshot("capture-editor-broken");
  await runCommand(page, "View: Close All Editors");
  await openWith(page, "large.pcap", EDITOR);
  await preview(page).getByText("large.pcap cannot be shown: it has 33 MiB, and 32 MiB are the most").waitFor();
});

test("nothing came from the network, and nothing was against the page's policy", () => {
  expect(workbench.strangers()).toEqual([]);
  expect(workbench.complaints()).toEqual([]);
});

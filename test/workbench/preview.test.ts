import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { arrows, cursorAt, goToEnd, goToLine, openFile, pressFor, preview, runCommand, save } from "./actions.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

const OPENING = `title "Opening"
client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;
const LONG = OPENING + "client -> server: PSH+ACK len=100\nserver -> client: ACK\n".repeat(20);

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench({
    vsix: inject("vsix"),
    files: { "opening.tcpflow": OPENING, "long.tcpflow": LONG },
  });
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await workbench.screenshot(`failed: ${task.name}`);
});
afterAll(async () => {
  await workbench?.close();
});

test("the preview opens beside the text and follows the edits in place", async () => {
  const { page } = workbench;
  await openFile(page, "opening.tcpflow");
  await pressFor(page, "Control+k v", arrows(page).nth(2));
  expect(await arrows(page).count()).toBe(3);
  await workbench.screenshot("preview-light");

  // The very same element after the edit: the picture was patched, not replaced.
  const svg = await preview(page).locator("#picture svg").elementHandle();
  await goToEnd(page);
  await page.keyboard.type("client -> server: FIN+ACK\n");
  await arrows(page, 5).waitFor();
  expect(await svg?.evaluate((element) => element.isConnected)).toBe(true);
});

test("two clicks on an arrow go to its line, and the arrow of the cursor's line is marked", async () => {
  const { page } = workbench;
  await arrows(page, 3).dblclick();
  await cursorAt(page, 3).waitFor();
  await preview(page).locator('.segment.at-cursor[data-line="2"]').waitFor();
  await goToLine(page, 4);
  await preview(page).locator('.segment.at-cursor[data-line="3"]').waitFor();
  expect(await preview(page).locator(".segment.at-cursor").count()).toBe(1);
  await workbench.screenshot("preview-cursor");
});

test("while the text is broken the last good picture stays, with a badge that leads to the line", async () => {
  const { page } = workbench;
  await goToEnd(page);
  await page.keyboard.type("client -> ");
  const badge = preview(page).locator("#badge");
  await badge.waitFor();
  expect(await badge.innerText()).toMatch(/^Line 6 cannot be read/);
  expect(await arrows(page).count()).toBe(4);
  await workbench.screenshot("preview-broken");

  await goToLine(page, 1);
  await badge.click();
  await cursorAt(page, 6).waitFor();
  await page.keyboard.press("End");
  await page.keyboard.type("server: RST+ACK");
  await arrows(page, 6).waitFor();
  await badge.waitFor({ state: "hidden" });
  await save(page);
});

test("when a mistake is mended the picture keeps its size and place", async () => {
  const { page } = workbench;
  await goToLine(page, 4);
  await page.keyboard.press("End");
  const callout = preview(page).locator(".callout");
  const place = async () => {
    const box = await arrows(page, 4).locator(".wire").boundingBox();
    return { y: Math.round(box?.y ?? 0), width: Math.round(box?.width ?? 0) };
  };
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await callout.waitFor();
  const wrong = await place();
  await workbench.screenshot("preview-mistake");
  await page.keyboard.type("+1");
  await callout.waitFor({ state: "detached" });
  expect(await place()).toEqual(wrong);
  await save(page);
});

test("the preview goes along to another flow, and back to the arrow of its cursor", async () => {
  const { page } = workbench;
  await openFile(page, "long.tcpflow");
  await arrows(page).nth(40).waitFor();
  await goToLine(page, 30);
  await openFile(page, "opening.tcpflow");
  await arrows(page).nth(40).waitFor({ state: "detached" });
  await openFile(page, "long.tcpflow");
  await preview(page).locator('.segment.at-cursor[data-line="29"]').waitFor();
  expect((await arrows(page, 30).boundingBox())?.y).toBeLessThan(900);
});

test("scroll and zoom stay over an edit and over a reload of the window", async () => {
  const { page } = workbench;
  await preview(page).locator("#zoom-in").click();
  await preview(page).locator("#zoom-in").click();
  await goToLine(page, 24);
  await preview(page).locator('.segment.at-cursor[data-line="23"]').waitFor();
  const place = () =>
    preview(page)
      .locator("#ladder")
      .evaluate((box) => ({
        top: Math.round(box.scrollTop),
        width: Math.round(box.querySelector("#picture")?.scrollWidth ?? 0),
      }));
  const before = await place();
  expect(before.top).toBeGreaterThan(0);

  await page.keyboard.press("End");
  await page.keyboard.type(' "edited"');
  await preview(page).getByText("edited", { exact: true }).waitFor();
  expect(await place()).toEqual(before);
  await save(page);

  await Promise.all([page.waitForEvent("load"), runCommand(page, "Developer: Reload Window")]);
  await arrows(page).nth(40).waitFor();
  await expect.poll(place).toEqual(before);
});

test("the preview takes the editor's place, leads back to the source, and opens by the button too", async () => {
  const { page } = workbench;
  await runCommand(page, "View: Close All Editors");
  await openFile(page, "opening.tcpflow");
  await page.keyboard.press("Control+Shift+v");
  await arrows(page).first().waitFor();
  expect(await page.locator(".tab").count()).toBe(2);
  await page.getByRole("button", { name: "Show Source" }).click();
  await page.locator(".tab.active", { hasText: /^opening.tcpflow/ }).waitFor();

  await runCommand(page, "View: Close All Editors");
  await openFile(page, "opening.tcpflow");
  await page.getByRole("button", { name: "Open Preview to the Side" }).click();
  await arrows(page).first().waitFor();
  expect(await page.locator(".editor-group-container").count()).toBe(2);
});

test("nothing came from the network, and nothing was against the page's policy", () => {
  expect(workbench.strangers()).toEqual([]);
  expect(workbench.complaints()).toEqual([]);
});

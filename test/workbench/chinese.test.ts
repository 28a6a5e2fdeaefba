/** The extension in a workbench whose display language is Simplified Chinese. */
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { arrows, goToEnd, goToLine, openFile, pressFor, preview } from "./actions.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

const WRONG = `title "三次握手"
endpoint 客户端, 服务器
客户端 -> 服务器: SYN seq=x
服务器 -> 客户端: SYN+ACK seq=y ack=x
客户端 -> 服务器: ACK seq=x+1 ack=y+1
`;

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench({ vsix: inject("vsix"), files: { "wrong.tcpflow": WRONG }, locale: "zh-cn" });
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await workbench.screenshot(`failed: ${task.name}`);
});
afterAll(async () => {
  await workbench?.close();
});

test("findings, lens and hover are in Chinese", async () => {
  const { page } = workbench;
  await openFile(page, "wrong.tcpflow");
  await page.locator(".codelens-decoration", { hasText: "1 个错误 · 3 个报文段" }).waitFor();
  await goToLine(page, 4);
  await page.keyboard.press("End");
  const finding = page.locator(".marker-widget", { hasText: "ack 应为 x+1：第 3 行的 SYN 要占用一个序号" });
  await pressFor(page, "F8", finding);
  await workbench.screenshot("chinese-finding");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Home");
  const hover = page.locator(".monaco-hover", { hasText: "状态" });
  await pressFor(page, "Control+k Control+i", hover);
  await workbench.screenshot("chinese-hover");
  await page.keyboard.press("Escape");
});

test("proposals say in Chinese why they are right", async () => {
  const { page } = workbench;
  await goToEnd(page);
  const list = page.locator(".suggest-widget.visible");
  await pressFor(page, "Control+Space", list.locator(".monaco-list-row.focused", { hasText: "数据" }));
  await workbench.screenshot("chinese-proposals");
  await page.keyboard.press("Escape");
});

test("commands and the preview are in Chinese", async () => {
  const { page } = workbench;
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").fill(">TCPFlow");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "在侧边打开预览" }).first().click();
  await arrows(page).nth(2).waitFor();
  await page.locator(".tab", { hasText: "预览 wrong.tcpflow" }).waitFor();
  expect(await preview(page).locator("#zoom-in").getAttribute("aria-label")).toBe("放大");
  expect(await preview(page).locator(".callout").first().textContent()).toContain("ack 应为 x+1");
  await workbench.screenshot("chinese-preview");
});

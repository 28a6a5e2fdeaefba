/** A whole connection is written by accepting what is proposed. */
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { replay } from "../../server/src/flow/replay.ts";
import { parse } from "../../server/src/language/parse.ts";
import { goToEnd, goToLine, openFile, pressFor, save } from "./actions.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

const START = 'title "Written by accepting"\nendpoint client, server\n';
const HANDSHAKE = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1`;

let workbench: Workbench;
beforeAll(async () => {
  const files = { "new.tcpflow": START, "crossing.tcpflow": `${START}${HANDSHAKE}\n` };
  workbench = await openWorkbench({ vsix: inject("vsix"), files });
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await workbench.screenshot(`failed: ${task.name}`);
});
afterAll(async () => {
  await workbench?.close();
});

test("the next line shows in grey, and Tab writes it", async () => {
  const { page } = workbench;
  await openFile(page, "new.tcpflow");
  // From here on the server answers.
  await page.locator(".codelens-decoration", { hasText: "no segments" }).waitFor();
  await goToEnd(page);
  for (const [index, line] of HANDSHAKE.split("\n").entries()) {
    await page.keyboard.press("Enter");
    const grey = page.locator('[class*="ghost-text"]', { hasText: line.split(" ")[0] ?? "" }).first();
    await grey.waitFor();
    if (index === 1) await workbench.screenshot("writing-grey");
    await page.keyboard.press("Tab");
    await grey.waitFor({ state: "detached" });
  }
  await save(page);
  expect(workbench.read("new.tcpflow")).toBe(`${START}\n${HANDSHAKE}`);
});

test("the list of proposals says why, and holds the whole close", async () => {
  const { page } = workbench;
  await goToEnd(page);
  await page.keyboard.press("Enter");
  const list = page.locator(".suggest-widget.visible");
  await pressFor(page, "Control+Space", list.locator(".monaco-list-row", { hasText: "PSH+ACK" }).first());
  await workbench.screenshot("writing-list");
  await page.keyboard.type("clos");
  await list.locator(".monaco-list-row.focused", { hasText: "close" }).waitFor();
  await page.keyboard.press("Enter");
  await save(page);
  const text = workbench.read("new.tcpflow");
  expect(text).toContain("client -> server: ACK seq=x+2 ack=y+2");
  expect(replay(parse(text)).findings).toEqual([]);
});

test("states stand behind the lines, and hover shows both blocks", async () => {
  const { page } = workbench;
  await page.locator(".view-line", { hasText: "FIN-WAIT-1 · server CLOSE-WAIT" }).first().waitFor();
  await goToLine(page, 5);
  await page.keyboard.press("Home");
  const hover = page.locator(".monaco-hover", { hasText: "SND.NXT" });
  await pressFor(page, "Control+k Control+i", hover);
  expect(await hover.innerText()).toContain("RFC 9293");
  await workbench.screenshot("writing-hover");
  await page.keyboard.press("Escape");
});

test("a name is changed everywhere", async () => {
  const { page } = workbench;
  await goToLine(page, 4);
  await page.keyboard.press("Home");
  const box = page.locator(".rename-box input");
  await pressFor(page, "F2", box);
  await box.fill("alice");
  await page.keyboard.press("Enter");
  await page.locator(".view-line", { hasText: "alice" }).first().waitFor();
  await save(page);
  const text = workbench.read("new.tcpflow");
  expect(text).not.toContain("client");
  expect(replay(parse(text)).findings).toEqual([]);
  await workbench.screenshot("writing-renamed");
});

test("blocks are written whole, one in the other", async () => {
  const { page } = workbench;
  await openFile(page, "crossing.tcpflow");
  await page.locator(".codelens-decoration", { hasText: "3 segments" }).waitFor();
  await page.keyboard.press("Control+End");
  const accept = async (typed: string, label: string) => {
    await page.keyboard.type(typed);
    const row = page.locator(".suggest-widget.visible .monaco-list-row", { hasText: label }).first();
    await pressFor(page, "Control+Space", row);
    await row.click();
    await row.waitFor({ state: "hidden" });
  };
  await accept("repe", "repeat");
  await page.keyboard.type("1");
  await page.keyboard.press("Tab");
  await accept("cross", "crossing");
  await save(page);
  await workbench.screenshot("writing-block");
  expect(workbench.read("crossing.tcpflow")).toBe(`${START}${HANDSHAKE}
repeat 1 {
  crossing {
    client -> server: FIN+ACK seq=x+1 ack=y+1
    server -> client: FIN+ACK seq=y+1 ack=x+1
  }
}`);
});

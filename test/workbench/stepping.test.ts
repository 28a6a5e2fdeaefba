import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import {
  arrows,
  chooseTheme,
  cursorAt,
  focusText,
  goToLine,
  openFile,
  pressFor,
  preview,
  runCommand,
} from "./actions.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

const FLOW = `title "Data with a loss"
client -> server: SYN seq=x win=4000
server -> client: SYN+ACK seq=y ack=x+1 win=2000
client -> server: ACK seq=x+1 ack=y+1 win=4000
client -x server: PSH+ACK len=100
client -> server: PSH+ACK len=200
server -> client: ACK ack=x+1
client ~> server: PSH+ACK seq=x+1 len=100 as again
again arrives
server -> client: ACK ack=x+301
client calls close
client -> server: FIN+ACK
server -> client: ACK
`;

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench({ vsix: inject("vsix"), files: { "loss.tcpflow": FLOW, "other.tcpflow": OTHER } });
  const { page } = workbench;
  await openFile(page, "loss.tcpflow");
  await pressFor(page, "Control+k v", arrows(page).nth(9));
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await workbench.screenshot(`failed: ${task.name}`);
});
afterAll(async () => {
  await workbench?.close();
});

const OTHER = "a -> b: SYN seq=1\n";

/** The cells of a row of the panel, e.g. `["FIN-WAIT-1", "CLOSE-WAIT"]`. */
function row(name: string): Promise<string[]> {
  const found = preview(workbench.page).locator("#blocks tbody tr", { hasText: name });
  return found.locator("td").allInnerTexts();
}

test("the panel shows what both ends know where the cursor stands", async () => {
  const { page } = workbench;
  await goToLine(page, 6);
  await expect.poll(() => row("Out of order")).toEqual(["–", "x+101:x+301"]);
  expect(await row("State")).toEqual(["ESTABLISHED", "ESTABLISHED"]);
  expect(await row("SND.UNA")).toEqual(["x+1", "y+1"]);
  expect(await row("SND.NXT")).toEqual(["x+301", "y+1"]);
  expect(await row("SND.WND")).toEqual(["2000", "–"]);
  expect(await row("RCV.NXT")).toEqual(["y+1", "x+1"]);
  expect(await row("RCV.WND")).toEqual(["4000", "2000"]);
  await goToLine(page, 8);
  await expect
    .poll(() => preview(page).locator("#network li").allInnerTexts())
    .toEqual([expect.stringMatching(/^client → server PSH ACK seq=x\+1/)]);
  await workbench.screenshot("stepping-panel");
});

test("an arrow that is pointed at shows its step, a click pins it, Escape lets go", async () => {
  const { page } = workbench;
  await goToLine(page, 2);
  await expect.poll(() => row("State")).toEqual(["SYN-SENT", "SYN-RECEIVED"]);
  await arrows(page, 4).hover();
  await expect.poll(() => row("State")).toEqual(["ESTABLISHED", "ESTABLISHED"]);
  await page.mouse.move(700, 10);
  await expect.poll(() => row("State")).toEqual(["SYN-SENT", "SYN-RECEIVED"]);

  await arrows(page, 4).click();
  await preview(page).locator("#unpin").waitFor();
  await focusText(page);
  await cursorAt(page, 4).waitFor();
  await goToLine(page, 2);
  expect(await row("State")).toEqual(["ESTABLISHED", "ESTABLISHED"]);
  await page.mouse.move(700, 10);
  await preview(page).locator("#unpin").focus();
  await page.keyboard.press("Escape");
  await expect.poll(() => row("State")).toEqual(["SYN-SENT", "SYN-RECEIVED"]);
});

test("keys step forward and back; the states light up, and the way that was gone is marked", async () => {
  const { page } = workbench;
  await preview(page).locator("#ladder").focus();
  await page.keyboard.press("Home");
  await expect.poll(() => preview(page).locator("#where").innerText()).toBe("0 / 21");
  expect(await preview(page).locator(".segment.future").count()).toBe(10);
  for (const [step, client, server] of [
    ["1 / 21", "SYN-SENT", "LISTEN"],
    ["2 / 21", "SYN-SENT", "SYN-RECEIVED"],
    ["3 / 21", "SYN-SENT", "SYN-RECEIVED"],
    ["4 / 21", "ESTABLISHED", "SYN-RECEIVED"],
  ] as const) {
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => preview(page).locator("#where").innerText()).toBe(step);
    expect(await preview(page).locator("#diagrams .current").allTextContents()).toEqual([client, server]);
  }
  const client = preview(page).locator("#diagrams figure").first();
  expect(
    await client.locator(".way.taken").evaluateAll((ways) => ways.map((way) => way.getAttribute("data-to"))),
  ).toEqual(["SYN-SENT", "ESTABLISHED"]);
  await workbench.screenshot("stepping-light");
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => preview(page).locator("#where").innerText()).toBe("3 / 21");
});

test("space plays to the end, and the slider goes anywhere", async () => {
  const { page } = workbench;
  await preview(page).locator("#slider").fill("18");
  await expect.poll(() => preview(page).locator("#happening").innerText()).toMatch(/Step 18 of 21/);
  await preview(page).locator("#ladder").focus();
  await page.keyboard.press("Space");
  await preview(page).locator("#play.playing").waitFor();
  await preview(page).locator(".ball").waitFor();
  await expect.poll(() => preview(page).locator("#where").innerText(), { timeout: 20_000 }).toBe("21 / 21");
  await preview(page).locator("#play:not(.playing)").waitFor();
  await page.keyboard.press("Escape");
});

test("the switches draw the flow anew, and stay over a reload with the pinned step", async () => {
  const { page } = workbench;
  await preview(page).locator("#options summary").click();
  await preview(page).getByLabel("Relative").check();
  await preview(page).getByLabel("As in netstat").check();
  await preview(page).getByLabel("Kinds of segments").uncheck();
  await expect.poll(() => arrows(page, 3).textContent()).toContain("ack=1");
  await workbench.screenshot("stepping-options");
  expect(await preview(page).locator("#picture svg").textContent()).toContain("SYN_RECV");
  await page.keyboard.press("Escape");
  await arrows(page, 6).click();
  await expect.poll(() => row("Out of order")).toEqual(["–", "101:301"]);

  await Promise.all([page.waitForEvent("load"), runCommand(page, "Developer: Reload Window")]);
  await arrows(page).nth(9).waitFor();
  await expect.poll(() => row("Out of order")).toEqual(["–", "101:301"]);
  expect(await arrows(page, 3).textContent()).toContain("ack=1");
  await preview(page).locator("#unpin").click();
});

test("a locked preview stays while another follows", async () => {
  const { page } = workbench;
  await preview(page).locator("#ladder").focus();
  await page.getByRole("button", { name: "Lock Preview" }).click();
  await page.locator(".tab", { hasText: "[Preview loss.tcpflow]" }).waitFor();
  await focusText(page);
  await openFile(page, "other.tcpflow");
  await page.locator(".tab", { hasText: "[Preview loss.tcpflow]" }).waitFor();
  expect(await arrows(page).count()).toBe(10);
  await pressFor(page, "Control+k v", page.locator(".tab", { hasText: /^Preview other.tcpflow/ }));
  await workbench.screenshot("stepping-locked");
});

test("it looks well in every theme", async () => {
  const { page } = workbench;
  await page.locator(".tab", { hasText: "[Preview loss.tcpflow]" }).click();
  await arrows(page, 8).click();
  for (const theme of ["Dark Modern", "Dark High Contrast", "Light High Contrast"]) {
    await chooseTheme(page, theme);
    await preview(page).locator(".now").waitFor({ state: "attached" });
    await workbench.screenshot(`stepping-${theme.toLowerCase().replaceAll(" ", "-")}`);
  }
});

test("nothing came from the network, and nothing was against the page's policy", () => {
  expect(workbench.strangers()).toEqual([]);
  expect(workbench.complaints()).toEqual([]);
});

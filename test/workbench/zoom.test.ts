/** Moving about in a long picture. */
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { arrows, openFile, pressFor, preview } from "./actions.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

const LONG = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
${"client -> server: PSH+ACK len=100\nserver -> client: ACK\n".repeat(250)}`;

let workbench: Workbench;
beforeAll(async () => {
  workbench = await openWorkbench({ vsix: inject("vsix"), files: { "long.tcpflow": LONG } });
  const { page } = workbench;
  await openFile(page, "long.tcpflow");
  await pressFor(page, "Control+k v", arrows(page).nth(2));
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await workbench.screenshot(`failed: ${task.name}`);
});
afterAll(async () => {
  await workbench?.close();
});

const box = () => preview(workbench.page).locator("#ladder");
const place = () => box().evaluate(({ scrollLeft, scrollTop }) => ({ left: scrollLeft, top: scrollTop }));

/** The middle of the ladder in the window. */
async function middle(): Promise<{ x: number; y: number }> {
  const { x = 0, y = 0, width = 0, height = 0 } = (await box().boundingBox()) ?? {};
  return { x: x + width / 2, y: y + height / 2 };
}

test("the wheel with Ctrl zooms around the pointer, and the text of the picture is not laid out anew", async () => {
  const { page } = workbench;
  const { x, y } = await middle();
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, 3000);
  await expect.poll(async () => (await place()).top).toBeGreaterThan(1000);
  const line = await arrows(page).evaluateAll(
    (all) => all.find((one) => one.getBoundingClientRect().top > 300)?.getAttribute("data-line") ?? "",
  );
  const arrow = arrows(page, Number(line) + 1).locator(".hit");
  const before = await arrow.boundingBox();
  const size = await preview(page)
    .locator("#picture svg")
    .evaluate((svg) => svg.getAttribute("height"));

  await page.keyboard.down("Control");
  await page.mouse.move(x, before?.y ?? 0);
  await page.mouse.wheel(0, -200);
  await page.keyboard.up("Control");
  await expect.poll(async () => (await arrow.boundingBox())?.width).toBeGreaterThan((before?.width ?? 0) * 1.4);
  // What was under the pointer still is, and the picture has its own size: only its ground is scaled.
  expect(Math.abs(((await arrow.boundingBox())?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(3);
  expect(
    await preview(page)
      .locator("#picture svg")
      .evaluate((svg) => svg.getAttribute("height")),
  ).toBe(size);
  await workbench.screenshot("zoomed");
});

test("the picture is dragged with the middle button, and with the space bar held", async () => {
  const { page } = workbench;
  const { x, y } = await middle();
  const drag = async (button: "left" | "middle") => {
    const { top } = await place();
    await page.mouse.move(x, y);
    await page.mouse.down({ button });
    await page.mouse.move(x, y - 50);
    await page.mouse.move(x, y - 100);
    await page.mouse.up({ button });
    await expect.poll(async () => Math.round((await place()).top - top)).toBe(100);
  };
  await drag("middle");
  await box().focus();
  await page.keyboard.down(" ");
  await drag("left");
  await page.keyboard.up(" ");
  // The space bar that dragged has not begun to play.
  expect(await preview(page).locator("#play.playing").count()).toBe(0);
});

test("the buttons and keys zoom, and the picture fits the width again", async () => {
  const { page } = workbench;
  const width = async () => Math.round((await preview(page).locator("#picture svg").boundingBox())?.width ?? 0);
  await preview(page).locator("#zoom-fit").click();
  const fitted = await width();
  await preview(page).locator("#zoom-in").click();
  await expect.poll(width).toBeGreaterThan(fitted * 1.15);
  await box().focus();
  await page.keyboard.press("0");
  await expect.poll(width).toBe(fitted);
  await page.keyboard.press("-");
  await expect.poll(width).toBeLessThan(fitted * 0.87);
});

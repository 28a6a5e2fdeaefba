/** A site of VitePress with the package as it would be published, in Chromium. */
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copySite, keepScreenshot, look, SIZES, serve, startBrowser } from "./site.ts";

describe("the site", () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    const { folder, run } = await copySite("vitepress", "right");
    await run("npm", ["run", "build"]);
    site = await serve(join(folder, ".vitepress/dist"));
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    site.close();
  });

  test.each(["opening", "data", "closing", "zh/index"])(
    "%s shows its pictures on wide and narrow screens",
    async (path) => {
      for (const size of ["wide", "narrow"] as const) {
        const page = await browser.newPage({ viewport: SIZES[size] });
        await page.goto(`${site.url}/${path}.html`);
        expect(await look(page)).toEqual({
          papers: ["rgb(255, 255, 255)"],
          scrollsSideways: false,
          picturesInReach: true,
        });
        await keepScreenshot(page, `vitepress-${path.replace("/", "-")}-${size}`);
        await page.close();
      }
    },
  );

  test("pictures follow the switch of the site, whatever the system has, also after a click on a link", async () => {
    const page = await browser.newPage({ viewport: SIZES.wide, colorScheme: "dark" });
    await page.goto(`${site.url}/opening.html`);
    expect((await look(page)).papers).toEqual(["rgb(27, 27, 31)"]);
    await keepScreenshot(page, "vitepress-opening-dark");
    await page.getByRole("switch").first().click();
    expect((await look(page)).papers).toEqual(["rgb(255, 255, 255)"]);
    await page.getByRole("link", { name: "Closing" }).first().click();
    await page.getByRole("heading", { name: "Closing" }).waitFor();
    expect((await look(page)).papers).toEqual(["rgb(255, 255, 255)"]);
    await page.close();
  });
});

test("a wrong flow ends the build, with its file and line", async () => {
  const { run, change, folder } = await copySite("vitepress", "wrong");
  await change("opening.md", "SYN+ACK seq=y ack=x+1", "SYN+ACK seq=y ack=x");
  await expect(run("npm", ["run", "build"])).rejects.toThrow(`${join(folder, "opening.md")}:16: ack should be x+1`);
});

test("or is drawn, with what is wrong below, where that is wanted", async () => {
  const { run, change, folder } = await copySite("vitepress", "drawn");
  await change("opening.md", "SYN+ACK seq=y ack=x+1", "SYN+ACK seq=y ack=x");
  await change(".vitepress/config.mjs", "md.use(tcpflow)", 'md.use(tcpflow, { errors: "draw" })');
  await run("npm", ["run", "build"]);
  const browser = await startBrowser();
  const site = await serve(join(folder, ".vitepress/dist"));
  const page = await browser.newPage({ viewport: SIZES.wide });
  await page.goto(`${site.url}/opening.html`);
  expect(await page.locator(".tcpflow-findings").innerText()).toContain("line 16: ack should be x+1");
  await keepScreenshot(page, "vitepress-wrong");
  await browser.close();
  site.close();
});

/** A site of Astro, by its own Markdown, with the package as it would be published, in Chromium. */
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copySite, keepScreenshot, look, SIZES, serve, startBrowser } from "./site.ts";

describe("the site", () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    const { folder, run } = await copySite("astro", "right");
    await run("npm", ["run", "build"]);
    site = await serve(join(folder, "dist"));
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    site.close();
  });

  test.each(["", "resets", "zh"])(
    "/%s shows its pictures, light and dark, on wide and narrow screens",
    async (path) => {
      for (const size of ["wide", "narrow"] as const) {
        const page = await browser.newPage({ viewport: SIZES[size], colorScheme: "light" });
        await page.goto(`${site.url}/${path}`);
        const name = `astro-${path === "" ? "index" : path}-${size}`;
        const inReach = { scrollsSideways: false, picturesInReach: true };
        expect(await look(page)).toEqual({ papers: ["rgb(255, 255, 255)"], ...inReach });
        await keepScreenshot(page, name);
        await page.getByRole("button", { name: "Light or dark" }).click();
        expect(await look(page)).toEqual({ papers: ["rgb(22, 24, 29)"], ...inReach });
        await keepScreenshot(page, `${name}-dark`);
        await page.close();
      }
    },
  );

  test("pictures follow the system where nobody switched", async () => {
    const page = await browser.newPage({ colorScheme: "dark" });
    await page.goto(site.url);
    expect((await look(page)).papers).toEqual(["rgb(22, 24, 29)"]);
    await page.close();
  });
});

test("a wrong flow ends the build, with its file and line", async () => {
  const { run, change, folder } = await copySite("astro", "wrong");
  await change("src/pages/resets.md", "RST+ACK seq=0 ack=x+1", "RST+ACK seq=0 ack=x");
  const place = `${join(folder, "src/pages/resets.md")}:13:33: ack should be x+1`;
  await expect(run("npm", ["run", "build"])).rejects.toThrow(place);
});

test("images need no style of their own in the page, and follow its switch too", async () => {
  const { run, change, folder } = await copySite("astro", "images");
  await change("astro.config.mjs", "satteriTcpflow()", 'satteriTcpflow({ strategy: "img-svg" })');
  await run("npm", ["run", "build"]);
  const browser = await startBrowser();
  const site = await serve(join(folder, "dist"));
  const page = await browser.newPage({ viewport: SIZES.wide, colorScheme: "light" });
  await page.goto(site.url);
  const [image] = await page.getByRole("img", { name: "sender sends PSH ACK" }).all();
  expect(await image?.evaluate((element) => element instanceof HTMLImageElement && element.naturalWidth > 300)).toBe(
    true,
  );
  await keepScreenshot(page, "astro-image");
  await page.getByRole("button", { name: "Light or dark" }).click();
  await keepScreenshot(page, "astro-image-dark");
  await browser.close();
  site.close();
});

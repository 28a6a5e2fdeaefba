/** A site of MkDocs, which draws by the command line. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { copySite, keepScreenshot, look, SIZES, serve, startBrowser } from "./site.ts";

test("pages show their pictures on wide and narrow screens", async () => {
  const { folder, run } = await copySite("mkdocs", "right");
  await run("mkdocs", ["build", "--strict"]);
  const browser = await startBrowser();
  const site = await serve(join(folder, "site"));
  for (const path of ["", "closing/", "zh/"]) {
    for (const size of ["wide", "narrow"] as const) {
      const page = await browser.newPage({ viewport: SIZES[size] });
      await page.goto(`${site.url}/${path}`);
      expect(await look(page)).toEqual({
        papers: ["rgb(255, 255, 255)"],
        scrollsSideways: false,
        picturesInReach: true,
      });
      await keepScreenshot(page, `mkdocs-${path.replace("/", "") || "index"}-${size}`);
      await page.close();
    }
  }
  await browser.close();
  site.close();
});

test("a wrong flow ends the build, with its file and line", async () => {
  const { run, change } = await copySite("mkdocs", "wrong");
  await change("docs/index.md", "SYN+ACK seq=y ack=x+1", "SYN+ACK seq=y ack=x");
  await expect(run("mkdocs", ["build"])).rejects.toThrow("docs/index.md:12:33: error: ack should be x+1");
});

test("a warning is a warning of the build", async () => {
  const { run, change } = await copySite("mkdocs", "warned");
  await change("docs/closing.md", "client -> server: FIN+ACK seq=u ack=v", "client -> server: FIN seq=u");
  expect(await run("mkdocs", ["build"])).toContain("docs/closing.md:7:19: warning: ");
  await expect(run("mkdocs", ["build", "--strict"])).rejects.toThrow("missing-ack-flag");
});

/** A site of Sphinx, in reStructuredText and in MyST, which draws by the command line. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { copySite, keepScreenshot, look, SIZES, serve, startBrowser } from "./site.ts";

const BUILD = ["-W", "-q", ".", "_build"];

test("pages show their pictures on wide and narrow screens", async () => {
  const { folder, run } = await copySite("sphinx", "right");
  await run("sphinx-build", BUILD);
  const browser = await startBrowser();
  const site = await serve(join(folder, "_build"));
  for (const path of ["index", "closing"]) {
    for (const size of ["wide", "narrow"] as const) {
      const page = await browser.newPage({ viewport: SIZES[size] });
      await page.goto(`${site.url}/${path}.html`);
      expect(await look(page)).toEqual({
        papers: ["rgb(255, 255, 255)"],
        scrollsSideways: false,
        picturesInReach: true,
      });
      await keepScreenshot(page, `sphinx-${path}-${size}`);
      await page.close();
    }
  }
  await browser.close();
  site.close();
});

test.each([
  { file: "index.rst", right: "SYN+ACK seq=y ack=x+1", wrong: "SYN+ACK seq=y ack=x", place: "index.rst:10:33" },
  { file: "closing.md", right: "seq=v ack=u+1", wrong: "seq=v ack=u", place: "closing.md:8:33" },
  { file: "closing.md", right: "ACK seq=v ack=u+1\n  ...", wrong: "ACK seq=v ack=u\n  ...", place: "closing.md:18:23" },
])("a wrong flow ends the build, with its file and line: $place", async ({ file, right, wrong, place }) => {
  const { run, change } = await copySite("sphinx", `wrong-${place.replaceAll(":", "-")}`);
  await change(file, right, wrong);
  await expect(run("sphinx-build", BUILD)).rejects.toThrow(`${place}: error: ack should be `);
});

/** The extension as VS Code for the Web has it: files at an address, which run in web workers of the browser. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";

const UNPACKED = join(import.meta.dirname, "../../out/vsix");
const PLACE = "/extension-under-test";

/** Makes the next page have the packed extension, from an address of the workbench. */
export async function provideWebExtension(page: Page): Promise<void> {
  await page.route(`**${PLACE}/**`, async (route) => {
    const path = join(UNPACKED, new URL(route.request().url()).pathname.slice(PLACE.length));
    await route.fulfill(existsSync(path) ? { path } : { status: 404 });
  });
  await page.addInitScript((path) => {
    document.addEventListener("readystatechange", () => {
      const configuration = document.getElementById("vscode-workbench-web-configuration");
      if (document.readyState !== "interactive" || configuration === null) return;
      const settings = JSON.parse(configuration.dataset.settings ?? "{}");
      const additionalBuiltinExtensions = [{ scheme: "http", authority: location.host, path }];
      configuration.dataset.settings = JSON.stringify({ ...settings, additionalBuiltinExtensions });
    });
  }, PLACE);
}

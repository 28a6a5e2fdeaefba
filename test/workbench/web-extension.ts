/**
 * Extensions as VS Code for the Web has them: files at an address, which run in web workers of the browser. With ours
 * comes one that stands for an assistant, which calls the tools of other extensions.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";

/** Folders by their address. */
const EXTENSIONS = new Map([
  ["/extension-under-test", join(import.meta.dirname, "../../out/vsix")],
  ["/assistant", join(import.meta.dirname, "assistant")],
]);

/** Makes the next page have the extensions, from addresses of the workbench. */
export async function provideWebExtensions(page: Page): Promise<void> {
  for (const [place, folder] of EXTENSIONS) {
    await page.route(`**${place}/**`, async (route) => {
      const path = join(folder, new URL(route.request().url()).pathname.slice(place.length));
      await route.fulfill(existsSync(path) ? { path } : { status: 404 });
    });
  }
  await page.addInitScript(
    (places) => {
      document.addEventListener("readystatechange", () => {
        const configuration = document.getElementById("vscode-workbench-web-configuration");
        if (document.readyState !== "interactive" || configuration === null) return;
        const settings = JSON.parse(configuration.dataset.settings ?? "{}");
        const additionalBuiltinExtensions = places.map((path) => ({ scheme: "http", authority: location.host, path }));
        configuration.dataset.settings = JSON.stringify({ ...settings, additionalBuiltinExtensions });
      });
    },
    [...EXTENSIONS.keys()],
  );
}

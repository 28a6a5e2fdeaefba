/** What a user does in the workbench, and where to look for what it shows. */
import type { FrameLocator, Locator, Page } from "playwright-core";
import { vi } from "vitest";

/** Opens a file of the folder in an editor of its own, with the keyboard in it. */
export async function openFile(page: Page, name: string, language = "TCPFlow"): Promise<void> {
  await page.getByRole("treeitem", { name }).first().dblclick();
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  await page.locator(FOCUSED_EDITOR).waitFor();
  await page.locator("#status\\.editor\\.mode", { hasText: language }).waitFor();
}

const FOCUSED_EDITOR = ".editor-instance .monaco-editor.focused";

/** Puts the keyboard into the text of the first column; asks again where a click into a preview was slower. */
export async function focusText(page: Page): Promise<void> {
  await vi.waitFor(
    async () => {
      await page.keyboard.press("Control+1");
      await page.locator(FOCUSED_EDITOR).waitFor({ timeout: 5_000 });
      await page.locator("#status\\.editor\\.selection").waitFor({ timeout: 5_000 });
    },
    { timeout: 60_000 },
  );
}

/**
 * Presses keys (as `Control+k v`) in the text until what they open is there; a key that comes while the window is busy
 * may be lost.
 */
export async function pressFor(page: Page, keys: string, opened: Locator): Promise<void> {
  await vi.waitFor(
    async () => {
      await focusText(page);
      for (const key of keys.split(" ")) await page.keyboard.press(key);
      await opened.waitFor({ timeout: 20_000 });
    },
    { timeout: 120_000 },
  );
}

/** Runs a command by its title in the command palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").fill(`>${title}`);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().click();
}

/** Chooses a colour theme from the list of all. */
export async function chooseTheme(page: Page, theme: string): Promise<void> {
  await runCommand(page, "Preferences: Color Theme");
  const row = page.locator(".quick-input-list .monaco-list-row", { hasText: theme }).first();
  await page.locator(".quick-input-widget input").fill(theme);
  await row.click();
  await row.waitFor({ state: "hidden" });
}

/** Puts the keyboard into the text of a file, at its end. */
export async function goToEnd(page: Page): Promise<void> {
  await focusText(page);
  await page.keyboard.press("Control+End");
}

/** Puts the cursor on a line (from 1). */
export async function goToLine(page: Page, line: number): Promise<void> {
  await focusText(page);
  await page.keyboard.press("Control+g");
  await page.locator(".quick-input-widget input").fill(`:${line}`);
  await page.keyboard.press("Enter");
  await cursorAt(page, line).waitFor();
}

/** The status bar, when the cursor stands on a line (from 1). */
export function cursorAt(page: Page, line: number): Locator {
  return page.locator("#status\\.editor\\.selection", { hasText: `Ln ${line},` });
}

/** The page inside the preview; the workbench puts it into a frame in a frame. */
export function preview(page: Page): FrameLocator {
  return page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
}

/** The arrows of the picture; that of one line (from 1), where given. */
export function arrows(page: Page, line?: number): Locator {
  return preview(page).locator(line === undefined ? ".segment" : `.segment[data-line="${line - 1}"]`);
}

/** Saves the file that is being edited. */
export async function save(page: Page): Promise<void> {
  await focusText(page);
  await page.keyboard.press("Control+s");
  await page.locator(".tab.active.dirty").waitFor({ state: "detached" });
}

/** The text of the editor in front, as far as it is shown. */
export function shownText(page: Page): Locator {
  return page.locator(".editor-instance .view-lines");
}

/** Chooses "Import a Capture…" in the menu of a file of the folder. */
export async function importFromExplorer(page: Page, name: string): Promise<void> {
  await chooseInExplorer(page, name, "Import a Capture…");
}

/** Chooses an entry in the menu of a file of the folder. */
export async function chooseInExplorer(page: Page, name: string, entry: string): Promise<void> {
  await page.getByRole("treeitem", { name }).first().click({ button: "right" });
  // A menu takes no clicks right after it opened.
  await page.getByRole("menuitem", { name: entry }).hover({ timeout: 10_000 });
  await page.keyboard.press("Enter");
}

/** Opens a file of the folder with an editor that is not its usual one; asks again until the window knows that editor. */
export async function openWith(page: Page, name: string, editor: string): Promise<void> {
  const row = page.locator(".quick-input-list .monaco-list-row", { hasText: editor });
  await vi.waitFor(
    async () => {
      await page.keyboard.press("Escape");
      await chooseInExplorer(page, name, "Open With...");
      await row.first().click({ timeout: 5_000 });
    },
    { timeout: 60_000 },
  );
}

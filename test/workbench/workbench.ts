/**
 * A real VS Code workbench in a real browser: code-server, Chromium, the packed extension, a fresh folder and a fresh
 * profile each time. Nothing here waits for a time to pass; Playwright waits for what is to be seen.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { provideWebExtensions } from "./web-extension.ts";

const root = join(import.meta.dirname, "../..");
const CODE_SERVER = join(import.meta.dirname, "node_modules/code-server/out/node/entry.js");
const SCREENSHOTS = join(root, "out/screenshots");

export interface WorkbenchOptions {
  /** Path of the packed extension. */
  readonly vsix: string;
  /** The files of the opened folder by name. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Whether the folder's author is trusted; without trust the window is in restricted mode. */
  readonly trusted?: boolean;
  /** The display language, e.g. `zh-cn`; of the workbench itself nothing is translated. */
  readonly locale?: string;
  /** Whether the extension runs in the browser, as in VS Code for the Web. */
  readonly web?: boolean;
}

export interface Workbench {
  readonly page: Page;
  /** The text of a file of the folder, as saved. */
  read(name: string): string;
  /** Writes a file of the folder, as another program would. */
  write(name: string, text: string): void;
  /** Addresses outside this machine that the window asked for. */
  strangers(): readonly string[];
  /** What the browser said about content security policies. */
  complaints(): readonly string[];
  /** Keeps a picture of the window among the test's output. */
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const home = mkdtempSync(join(tmpdir(), "tcpflow-workbench-"));
  const folder = join(home, "flows");
  mkdirSync(folder);
  for (const [name, text] of Object.entries(options.files)) writeFileSync(join(folder, name), text);
  const profile = join(home, "profile");
  mkdirSync(join(profile, "User"), { recursive: true });
  writeFileSync(join(profile, "User/settings.json"), JSON.stringify(settings(options)));
  const language = options.locale === undefined ? [] : ["--locale", options.locale];
  if (options.locale !== undefined) addLanguage(profile, options.locale);
  const places = ["--user-data-dir", profile, "--extensions-dir", join(home, "extensions")];

  if (!options.web) await finished(start(home, [...places, "--install-extension", options.vsix]));
  const server = start(home, [
    ...places,
    "--auth",
    "none",
    "--bind-addr",
    "127.0.0.1:0",
    ...language,
    ...QUIET,
    folder,
  ]);
  const orphaned = () => server.kill();
  process.once("exit", orphaned);
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    process.off("exit", orphaned);
    server.kill();
    if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const address = await said(server, /HTTP server listening on (http:\S+?)\/?\s/);
    browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(90_000);
    const watched = watch(page);
    if (options.web) await provideWebExtensions(page);
    await page.goto(`${address}/?folder=${encodeURIComponent(folder)}`);
    await page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 120_000 });
    return {
      page,
      ...watched,
      read: (name) => readFileSync(join(folder, name), "utf8"),
      write: (name, text) => writeFileSync(join(folder, name), text),
      screenshot: async (name) => {
        mkdirSync(SCREENSHOTS, { recursive: true });
        await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Makes a display language known, as an installed language pack does. Only with a pack the workbench takes a language
 * for its own; this one has no words, so that whatever shows in the language is the extension's.
 */
function addLanguage(profile: string, locale: string): void {
  const words = join(profile, "no-words.i18n.json");
  writeFileSync(words, JSON.stringify({ contents: {} }));
  const owner = { extensionIdentifier: { id: "test.no-words" }, version: "1.0.0" };
  const pack = { hash: "no-words", label: locale, extensions: [owner], translations: { vscode: words } };
  writeFileSync(join(profile, "languagepacks.json"), JSON.stringify({ [locale]: pack }));
}

/** Notes what the window asks for and what the browser forbids it. */
function watch(page: Page): Pick<Workbench, "strangers" | "complaints"> {
  const strangers: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    const isLocal = hostname === "127.0.0.1" || hostname.endsWith(WEBVIEW_FILES);
    if (/^(https?|wss?):$/.test(protocol) && !isLocal) strangers.push(request.url());
  });
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text());
  });
  return { strangers: () => strangers, complaints: () => complaints };
}

const QUIET = ["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"];

/** Never looked up: a service worker of the workbench answers with files of the extension. */
const WEBVIEW_FILES = ".vscode-resource.vscode-cdn.net";

function settings({ trusted = true }: WorkbenchOptions): object {
  return {
    "workbench.colorTheme": "Default Light Modern",
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": false,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "chat.disableAIFeatures": true,
    "extensions.autoCheckUpdates": false,
    "extensions.ignoreRecommendations": true,
    "telemetry.telemetryLevel": "off",
    "update.mode": "none",
    "window.menuBarVisibility": "compact",
    "editor.minimap.enabled": false,
    "editor.quickSuggestions": false,
    "editor.autoClosingBrackets": "never",
    "editor.autoClosingQuotes": "never",
    "editor.cursorBlinking": "solid",
    "files.autoSave": "off",
    "security.workspace.trust.enabled": !trusted,
    "security.workspace.trust.startupPrompt": "never",
    "security.workspace.trust.banner": "never",
  };
}

function start(home: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [CODE_SERVER, ...args], {
    env: { ...process.env, HOME: home, VSCODE_IPC_HOOK_CLI: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Waits for a program's end; if it fails, the error is what it printed. */
function finished(child: ChildProcess): Promise<void> {
  const output = collect(child);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`code-server: exit ${code}\n${output()}`)),
    );
  });
}

/** Waits for words that a program prints, and gives their first group; that it ends before is an error. */
function said(child: ChildProcess, words: RegExp): Promise<string> {
  const output = collect(child);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`code-server: exit ${code}\n${output()}`)));
    child.stdout?.on("data", () => {
      const found = words.exec(output())?.[1];
      if (found !== undefined) resolve(found);
    });
  });
}

function collect(child: ChildProcess): () => string {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (data) => {
      output += String(data);
    });
  }
  return () => output;
}

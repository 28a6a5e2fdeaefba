/** Makes the sites of `examples/sites`, and opens their pages as readers do. */
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import { type Browser, chromium, type Page } from "playwright-core";

const ROOT = join(import.meta.dirname, "../..");

/** A copy of a site, in which the packed package is found. */
export interface Site {
  readonly folder: string;
  /** Replaces a piece of one of its files. */
  readonly change: (file: string, piece: string, replacement: string) => Promise<void>;
  /** Runs a program in it; rejects with all that it said if it fails. */
  readonly run: (program: string, args: readonly string[]) => Promise<string>;
}

/** @param copy tells it from other copies of the same site */
export async function copySite(name: string, copy: string): Promise<Site> {
  const original = join(ROOT, "examples/sites", name);
  const folder = join(ROOT, "out/sites", `${name}-${copy}`);
  await rm(folder, { recursive: true, force: true });
  await cp(original, folder, {
    recursive: true,
    filter: (path) => !/[/\\](?:node_modules|dist|cache|\.astro|_build|site)$/u.test(path),
  });
  await symlink(join(original, "node_modules"), join(folder, "node_modules")).catch(() => undefined);
  return {
    folder,
    change: async (file, piece, replacement) => {
      const text = await readFile(join(folder, file), "utf8");
      if (!text.includes(piece)) throw new Error(`${file} has no "${piece}"`);
      await writeFile(join(folder, file), text.replace(piece, replacement));
    },
    run: (program, args) => run(program, args, folder),
  };
}

const TOOLS = join(ROOT, "node_modules/.bin");
/** The command line as it is built, where recipes call it by its name. */
const TCPFLOWC = `${process.execPath} ${join(ROOT, "dist/tcpflowc.mjs")}`;

async function run(program: string, args: readonly string[], cwd: string): Promise<string> {
  const env = {
    ...process.env,
    ASTRO_TELEMETRY_DISABLED: "1",
    NO_COLOR: "1",
    PATH: `${TOOLS}:${process.env.PATH}`,
    PYTHONDONTWRITEBYTECODE: "1",
    TCPFLOWC,
  };
  try {
    const { stdout, stderr } = await promisify(execFile)(program, [...args], { cwd, env });
    return stripVTControlCharacters(stdout + stderr);
  } catch (error) {
    if (!(error instanceof Error && "stdout" in error && "stderr" in error)) throw error;
    throw new Error(stripVTControlCharacters(`${error.message}\n${error.stdout}\n${error.stderr}`));
  }
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

/** The pages of a folder on a port of this machine. */
export async function serve(folder: string): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = join(folder, normalize(decodeURIComponent(pathname)));
    for (const candidate of extname(path) === "" ? [join(path, "index.html"), `${path}.html`] : [path]) {
      const content = await readFile(candidate).catch(() => undefined);
      if (content === undefined) continue;
      response.writeHead(200, { "content-type": TYPES[extname(candidate)] ?? "application/octet-stream" });
      response.end(content);
      return;
    }
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
}

/** The sizes at which pages are looked at. */
export const SIZES = {
  wide: { width: 1280, height: 900 },
  narrow: { width: 375, height: 800 },
} as const;

/** Keeps what a page looks like for people. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  await mkdir(join(ROOT, "out/screenshots"), { recursive: true });
  await page.screenshot({ path: join(ROOT, "out/screenshots", `site-${name}.png`), fullPage: true });
}

/** The colour of the paper of a page's pictures, and how wide page and pictures are. */
export function look(page: Page): Promise<{
  readonly papers: readonly string[];
  readonly scrollsSideways: boolean;
  readonly picturesInReach: boolean;
}> {
  return page.evaluate(() => {
    const figures = [...document.querySelectorAll(".tcpflow-figure")];
    const colour = (figure: Element) => {
      const paper = figure.querySelector("svg > rect.paper");
      return paper === null ? "none" : getComputedStyle(paper).fill;
    };
    return {
      papers: [...new Set(figures.map(colour))],
      scrollsSideways: document.documentElement.scrollWidth > document.documentElement.clientWidth,
      picturesInReach: figures.every((figure) => figure.getBoundingClientRect().right <= innerWidth),
    };
  });
}

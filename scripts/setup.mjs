/**
 * Brings a clone to the point where every other script runs: the packages of the lock file, and
 * with `--tests` what the end-to-end tests need besides, with `--bench` what is measured beside. Does nothing where
 * nothing is missing.
 * Runs before there is anything else, on whatever Node the machine has: plain JavaScript, no imports but Node's.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Debian packages: the browser of the end-to-end tests, the headers that code-server's native modules build with, a
 * second editor, what runs the hooks before a commit, Wireshark's second opinion on the captures that are written, and
 * makers of sites.
 */
const DEBIAN = [
  { name: "chromium", file: "/usr/bin/chromium" },
  { name: "libkrb5-dev", file: "/usr/include/gssapi/gssapi.h" },
  { name: "mkdocs", file: "/usr/bin/mkdocs" },
  { name: "neovim", file: "/usr/bin/nvim" },
  { name: "pre-commit", file: "/usr/bin/pre-commit" },
  { name: "python3-myst-parser", file: "/usr/lib/python3/dist-packages/myst_parser/__init__.py" },
  { name: "python3-sphinx", file: "/usr/bin/sphinx-build" },
  { name: "tshark", file: "/usr/bin/tshark" },
];

/** What tests need from npm and the project itself does not: sites with their makers, and another Mermaid. */
const FOLDERS = ["examples/sites/astro", "examples/sites/vitepress", "test/mermaid-11"];

/** Debian packages that are measured beside ours. */
const RIVALS = [{ name: "plantuml", file: "/usr/bin/plantuml" }];

/** Whether `folder/node_modules` holds what `folder/package-lock.json` asks for. */
function isInstalled(folder) {
  const hidden = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(hidden, "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, wants]) => !path.startsWith("node_modules/") || wants.optional || present[path]?.version === wants.version,
  );
}

/** Runs a program; rejects if it fails. */
function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], cwd: root, ...options });
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${[command, ...args].join(" ")} failed`));
    });
  });
}

async function installPackages(folder, env = process.env) {
  if (isInstalled(folder)) return;
  console.log(`Installing the packages of ${join(folder, "package-lock.json")} …`);
  await run("npm", ["ci", "--loglevel=error", "--no-audit", "--no-fund"], { cwd: folder, env });
}

async function installDebianPackages(wanted) {
  const missing = wanted.filter(({ file }) => !existsSync(file)).map(({ name }) => name);
  if (missing.length === 0) return;
  const byHand = `apt-get install ${missing.join(" ")}`;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    throw new Error(`Missing: ${missing.join(" and ")}. Install with: sudo ${byHand}`);
  }
  console.log(`Installing ${missing.join(" and ")} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-q"], { env });
  await run("apt-get", ["install", "-q", "-y", "--no-install-recommends", ...missing], { env });
}

async function installWorkbench() {
  await installDebianPackages(DEBIAN);
  // code-server's own install script insists on the Node that it is built for, which is ours, and reads its
  // version from what npm says of itself: not to be handed down from an npm on another Node.
  const { npm_config_user_agent: _, PATH, ...env } = process.env;
  const bin = join(root, "node_modules", "node", "bin");
  await installPackages(join(root, "test", "workbench"), { ...env, PATH: `${bin}:${PATH}` });
}

/** What the bench can do without: it says what is not there. */
async function tryTo(install) {
  try {
    await install();
  } catch (error) {
    console.error(error.message);
  }
}

const forTests = process.argv.includes("--tests");
try {
  await installPackages(root);
  if (forTests) {
    const folders = FOLDERS.map((folder) => installPackages(join(root, folder)));
    const done = await Promise.allSettled([installWorkbench(), ...folders]);
    for (const { status, reason } of done) if (status === "rejected") throw reason;
  }
  if (process.argv.includes("--bench")) {
    // mermaid-cli brings a browser of its own unless it is told not to.
    const env = { ...process.env, PUPPETEER_SKIP_DOWNLOAD: "1" };
    await tryTo(() => installPackages(join(root, "test", "bench", "tools"), env));
    await tryTo(() => installDebianPackages(RIVALS));
  }
} catch (error) {
  console.error(error.message);
  // What could not be set up could not be tested: the run ends in the line that it always ends in.
  if (forTests) console.log("0 passed, 1 failed");
  process.exitCode = 1;
}

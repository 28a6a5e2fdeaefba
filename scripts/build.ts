/** Bundles the programs into `dist/`. Run as a script, or called by the tests that start a program. */
import { chmod, rm } from "node:fs/promises";
import { type BuildOptions, build as bundle, type Plugin } from "esbuild";

const NODE: BuildOptions = { platform: "node", target: "node22.12" };

const BROWSER: BuildOptions = { platform: "browser", target: "es2023" };

/** Scripts of web pages. Their pictures and styles stand in them as text. */
const PAGE: BuildOptions = {
  ...BROWSER,
  format: "iife",
  loader: { ".svg": "text", ".css": "text" },
};

/** Of Mermaid's kinds of diagrams and layouts, which it loads as it needs them, only the one that the preview shows. */
function sequenceDiagramsOnly(): Plugin {
  return {
    name: "sequence diagrams only",
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^\.|^katex$|^elkjs/ }, ({ kind, path, importer }) => {
        const isPart = kind === "dynamic-import" && /[\\/]mermaid[\\/]dist[\\/]/.test(importer);
        return isPart && !path.includes("sequenceDiagram") ? { path, namespace: "left-out" } : undefined;
      });
      onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "export {};" }));
    },
  };
}

/** One entry a program. The names are what package.json, the client and the tests start. */
const PROGRAMS: readonly BuildOptions[] = [
  {
    ...NODE,
    entryPoints: ["client/src/extension.ts"],
    outfile: "dist/extension.cjs",
    format: "cjs",
    external: ["vscode"],
  },
  {
    ...NODE,
    entryPoints: ["client/src/node-client.ts"],
    outfile: "dist/client.cjs",
    format: "cjs",
    external: ["vscode"],
  },
  {
    ...NODE,
    entryPoints: ["server/src/adapters/markdown-it.ts"],
    outfile: "dist/markdown-it.cjs",
    format: "cjs",
  },
  { ...NODE, entryPoints: ["server/src/main.ts"], outfile: "dist/server.cjs", format: "cjs" },
  { ...NODE, entryPoints: ["server/src/cli/start.ts"], outfile: "dist/tcpflowc.mjs", format: "esm" },
  {
    ...NODE,
    entryPoints: ["server/src/cli/main.ts"],
    outfile: "dist/cli.cjs",
    format: "cjs",
    // What starts it gives it nothing but `require`.
    supported: { "dynamic-import": false },
    // Too large for the extension: what draws PNG comes with the npm package.
    external: ["@resvg/resvg-wasm"],
    // Of the protocol, reading and checking need what cancels and what fails: the rest is a sixth of the program.
    alias: { "vscode-languageserver-protocol": "vscode-jsonrpc" },
    define: { "import.meta.url": "programAddress" },
    // One expression: what runs the program, told where it is.
    banner: {
      js: '(function (require, __filename) { const programAddress = require("node:url").pathToFileURL(__filename).href;',
    },
    footer: { js: "})" },
  },
  { ...PAGE, entryPoints: ["client/src/preview/webview.ts"], outfile: "dist/preview.js" },
  { ...PAGE, entryPoints: ["client/src/preview/standalone.ts"], outfile: "dist/standalone.js" },
  { ...BROWSER, entryPoints: ["client/media/standalone.css"], outfile: "dist/standalone.css" },
  {
    ...PAGE,
    entryPoints: ["client/src/preview/mermaid-bundle.ts"],
    outfile: "dist/mermaid.js",
    plugins: [sequenceDiagramsOnly()],
  },
  {
    ...BROWSER,
    entryPoints: ["client/src/extension-browser.ts"],
    outfile: "dist/extension-browser.js",
    format: "cjs",
    external: ["vscode"],
  },
  {
    ...BROWSER,
    entryPoints: ["server/src/main-browser.ts"],
    outfile: "dist/server-browser.js",
    format: "iife",
    // Packages made for pages may need a document.
    conditions: ["worker"],
  },
  {
    ...BROWSER,
    entryPoints: ["client/src/markdown/notebook.ts"],
    outfile: "dist/notebook.js",
    format: "esm",
    // The styles stand in the program as text.
    loader: { ".css": "text" },
  },
];

const root = new URL("..", import.meta.url).pathname;

/** Builds everything into `dist/` of the repository; `release` leaves out source maps and white space. */
export async function build(options: { release: boolean }): Promise<void> {
  if (options.release) await rm(`${root}/dist`, { recursive: true, force: true });
  await bundleAll(PROGRAMS, options);
  await chmod(`${root}/dist/${CLI}`, 0o755);
}

const CLI = "tcpflowc.mjs";

/** The programs of the command line, and what it makes pages of. */
const CLI_PROGRAMS = [CLI, "cli.cjs", "server.cjs", "standalone.js", "standalone.css"];

/** Builds the command line, and the language server that it starts, into a folder. */
export async function buildCommandLine(folder: string): Promise<void> {
  const programs = CLI_PROGRAMS.flatMap((name) =>
    PROGRAMS.filter(({ outfile }) => outfile === `dist/${name}`).map((program) => ({
      ...program,
      outfile: `${folder}/${name}`,
    })),
  );
  await bundleAll(programs, { release: true });
  await chmod(`${folder}/${CLI}`, 0o755);
}

async function bundleAll(programs: readonly BuildOptions[], options: { release: boolean }): Promise<void> {
  await Promise.all(
    programs.map((program) =>
      bundle({
        ...program,
        absWorkingDir: root,
        bundle: true,
        minify: options.release,
        sourcemap: options.release ? false : "linked",
        // langium and the language server packages: take the ES modules where there are both.
        mainFields: ["module", "main"],
        legalComments: "none",
        logLevel: "warning",
      }),
    ),
  );
}

if (import.meta.main) await build({ release: process.argv.includes("--release") });

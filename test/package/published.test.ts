/** The package `tcpflow-lang` as it would be published: built, packed, and installed where there is nothing else. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importsOf } from "../support/imports.ts";

const root = join(import.meta.dirname, "../..");

/** A folder that lies nowhere near the repository: with the package, and what it depends on, in `node_modules`. */
let home: string;
let tarball: string;
let unpacked: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "tcpflow-package-"));
  const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", home], {
    cwd: join(root, "server"),
    encoding: "utf8",
  });
  tarball = join(home, packed.trim().split("\n").at(-1) ?? "");
  unpacked = join(home, "node_modules/tcpflow-lang");
  mkdirSync(unpacked, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "-C", unpacked, "--strip-components", "1"]);
  installDependencies(unpacked);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/** What `npm install` would bring: the dependencies and theirs, as the repository has them. */
function installDependencies(folder: string): void {
  for (const name of Object.keys(manifestOf(folder).dependencies ?? {})) {
    const into = join(home, "node_modules", name);
    if (existsSync(into) || existsSync(join(folder, "node_modules", name))) continue;
    cpSync(join(root, "node_modules", name), into, { recursive: true });
    installDependencies(into);
  }
}

/** What a program prints that is run beside the package. */
function run(name: string, program: string): string {
  writeFileSync(join(home, name), program);
  return execFileSync(process.execPath, [name], { cwd: home, encoding: "utf8" });
}

/** The packages that a shipped file imports, as far as they are no modules of Node's. */
function packagesIn(file: string): string[] {
  return importsOf(file, readFileSync(file, "utf8"))
    .filter((name) => !name.startsWith(".") && !isBuiltin(name))
    .map((name) =>
      name
        .split("/")
        .slice(0, name.startsWith("@") ? 2 : 1)
        .join("/"),
    );
}

function packagesOf(ending: RegExp): string[] {
  const files = readdirSync(unpacked, { recursive: true, encoding: "utf8" }).filter((path) => ending.test(path));
  return [...new Set(files.flatMap((path) => packagesIn(join(unpacked, path))))].sort();
}

test("has all that it imports, and nothing that it does not", () => {
  const { dependencies = {}, peerDependencies = {} } = manifestOf(unpacked);
  expect(packagesOf(/\.[cm]?js$/u)).toEqual(Object.keys(dependencies).sort());
  // Types of hosts come with the host.
  const types = packagesOf(/\.d\.ts$/u).map((name) => (existsSync(typesOf(name)) ? `@types/${name}` : name));
  const known = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
  expect(types.filter((name) => !known.includes(name))).toEqual([]);
});

function typesOf(name: string): string {
  return join(root, "node_modules/@types", name);
}

test("has a README, the licence and the schema, and no tests", () => {
  const files = readdirSync(unpacked, { recursive: true, encoding: "utf8" });
  expect(files).toEqual(expect.arrayContaining(["README.md", "LICENSE", "package.json", "tcpflow.config.schema.json"]));
  expect(files.filter((path) => /test|\.tsbuildinfo$|^out\/(?:cli|editor)/u.test(path))).toEqual([]);
});

test("its manifest names what is there", async () => {
  const { messages, pkg } = await publint({ pkgDir: unpacked, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([]);
});

test("its types are those of its modules, wherever they are looked for", async () => {
  const result = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
  if (!result.types) throw new Error("no types");
  const unexpected = result.problems.filter(
    (problem) =>
      // Node loads ES modules by `require` since 22.12, which `engines` asks for.
      problem.kind !== "CJSResolvesToESM" &&
      // The resolution of before `exports`, which needs no Node of today.
      !("resolutionKind" in problem && problem.resolutionKind === "node10"),
  );
  expect(unexpected).toEqual([]);
});

/** Entries with the names that they export; the command line has none. */
const ENTRIES = {
  "tcpflow-lang": [
    "check",
    "describeReplay",
    "format",
    "parse",
    "renderMermaid",
    "renderRfc",
    "renderSvg",
    "renderText",
    "replay",
  ],
  "tcpflow-lang/markdown-it": ["tcpflow"],
  "tcpflow-lang/mermaid": ["tcpflowDiagram"],
  "tcpflow-lang/rehype": ["rehypeTcpflow"],
  "tcpflow-lang/remark": ["remarkTcpflow"],
  "tcpflow-lang/satteri": ["satteriTcpflow"],
};

test("every entry is there", () => {
  const entries = Object.keys(manifestOf(unpacked).exports).filter((path) => !path.endsWith(".json"));
  expect(entries.map((path) => path.replace(/^\./u, "tcpflow-lang")).sort()).toEqual(Object.keys(ENTRIES).sort());
});

test.each(Object.entries(ENTRIES))("%s is imported, and required", (entry, names) => {
  const show = `console.log(Object.keys(m).filter((name) => !/^(?:default|module\\.exports|__esModule)$/u.test(name)).sort().join())`;
  const shown = `${names.join()}\n`;
  expect(run("a.mjs", `import * as m from "${entry}";\n${show}`)).toBe(shown);
  expect(run("a.cjs", `const m = require("${entry}");\n${show}`)).toBe(shown);
});

test("its command line draws, also what the extension is too small for", () => {
  const flow = "client -> server: SYN seq=x\n";
  for (const name of ["a.svg", "a.png", "a.html"]) {
    const program = join(unpacked, "dist/tcpflowc.mjs");
    execFileSync(process.execPath, [program, "render", "-", "-o", name], { cwd: home, input: flow });
    expect(readFileSync(join(home, name)).length).toBeGreaterThan(1000);
  }
});

test("it checks", () => {
  const use = `const { findings } = check("client -> server: SYN seq=x\\nserver -> client: SYN+ACK seq=y ack=x\\n");
console.log(findings.map(({ rule }) => rule).join());
`;
  expect(run("b.mjs", `import { check } from "tcpflow-lang";\n${use}`)).toContain("syn-not-counted");
});

test.each(["mts", "cts"])("its types are found from .%s", (ending) => {
  const program = join(home, `a.${ending}`);
  writeFileSync(
    program,
    `import { check, type Finding, renderSvg } from "tcpflow-lang";
const findings: readonly Finding[] = check("").findings;
export const svg: string = renderSvg(check(""), { theme: "dark" }) + findings.length;
// @ts-expect-error: no such theme
renderSvg(check(""), { theme: "purple" });
`,
  );
  const options = ["--ignoreConfig", "--noEmit", "--strict", "--module", "nodenext", "--target", "es2023"];
  const { status, stdout } = spawnSync("tsc", [...options, program], { cwd: home, encoding: "utf8" });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
});

test("the command line and the language server come with it", () => {
  const program = join(unpacked, "dist/tcpflowc.mjs");
  const { status, stdout, stderr } = spawnSync(program, ["check", "-"], {
    cwd: home,
    input: "client -> server: SYN seq=x\nserver -> client: SYN+ACK seq=y ack=x\n",
    env: { ...process.env, LANG: "C" },
    encoding: "utf8",
  });
  expect({ status, stdout, stderr }).toMatchObject({ status: 1, stdout: expect.stringContaining("[syn-not-counted]") });
  expect(existsSync(join(unpacked, "dist/server.cjs"))).toBe(true);
});

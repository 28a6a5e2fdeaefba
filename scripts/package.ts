/** Makes `tcpflow-VERSION.vsix`: the bundles, the grammar and the pages, without node_modules. */
import { execFileSync } from "node:child_process";
import { cpSync, globSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { build } from "./build.ts";

const LIMIT = 2.5 * 1024 * 1024;

/** Builds and packs the extension; gives the path of the VSIX. */
export async function packageExtension(): Promise<string> {
  const root = new URL("..", import.meta.url).pathname;
  // VS Code for the Web takes the entry of a package of ES modules for one, and has no way to load it.
  const { type: _, ...manifest } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  const path = `${root}tcpflow-${manifest.version}.vsix`;
  const stage = `${root}out/vsix`;
  await build({ release: true });
  rmSync(stage, { recursive: true, force: true });
  for (const file of globSync(shipped(root), { cwd: root })) cpSync(root + file, `${stage}/${file}`);
  cpSync(`${root}client/README.md`, `${stage}/README.md`);
  writeFileSync(`${stage}/package.json`, JSON.stringify({ ...manifest, files: ["**"] }, undefined, 2));
  vsce(stage, ["package", "--no-dependencies", "--allow-missing-repository", "--out", path]);
  const { size } = statSync(path);
  if (size > LIMIT) throw new Error(`${path} has ${size} octets; more than ${LIMIT} is too many`);
  return path;
}

/** What `.vscodeignore` takes back from its first line, which ignores all; vsce itself would walk every `node_modules`. */
function shipped(root: string): string[] {
  const lines = readFileSync(`${root}.vscodeignore`, "utf8").split("\n");
  return lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
}

function vsce(cwd: string, args: readonly string[]): string {
  return execFileSync("vsce", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

if (import.meta.main) {
  const path = await packageExtension();
  console.log(`${path}: ${Math.ceil(statSync(path).size / 1024)} KiB`);
}

/** Makes `tcpflow-VERSION.vsix`: the bundles, the grammar and the pages, without node_modules. */
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { build } from "./build.ts";

const LIMIT = 2 * 1024 * 1024;

/** Builds and packs the extension; gives the path of the VSIX. */
export async function packageExtension(): Promise<string> {
  const root = new URL("..", import.meta.url).pathname;
  const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  const path = `${root}tcpflow-${version}.vsix`;
  await build({ release: true });
  execFileSync(
    "vsce",
    ["package", "--no-dependencies", "--allow-missing-repository", "--readme-path", "client/README.md", "--out", path],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const { size } = statSync(path);
  if (size > LIMIT) throw new Error(`${path} has ${size} octets; more than ${LIMIT} is too many`);
  return path;
}

if (import.meta.main) {
  const path = await packageExtension();
  console.log(`${path}: ${Math.ceil(statSync(path).size / 1024)} KiB`);
}

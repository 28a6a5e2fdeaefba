import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** Puts the package `tcpflow-lang`, as it would be published, where the sites that tests make find it. */
export function setup(): void {
  execFileSync("tsc", ["-b", "server"], { cwd: root });
  const folder = join(root, "out/sites");
  rmSync(folder, { recursive: true, force: true });
  const into = join(folder, "node_modules/tcpflow-lang");
  mkdirSync(into, { recursive: true });
  const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], {
    cwd: join(root, "server"),
    encoding: "utf8",
  });
  const tarball = join(folder, packed.trim().split("\n").at(-1) ?? "");
  execFileSync("tar", ["-xzf", tarball, "-C", into, "--strip-components", "1"]);
}

/** What `npm pack` in `server/` runs first: makes what the package `tcpflow-lang` ships beside its sources. */
import { execFileSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { buildCommandLine } from "./build.ts";

const root = new URL("..", import.meta.url).pathname;

execFileSync("tsc", ["-b", "server"], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
rmSync(`${root}server/dist`, { recursive: true, force: true });
await buildCommandLine(`${root}server/dist`);
copyFileSync(`${root}LICENSE`, `${root}server/LICENSE`);

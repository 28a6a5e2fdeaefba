/** What `npm start` does: builds, checks `examples/`, draws them, and says where the pictures are. */
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { build } from "./build.ts";

const root = new URL("..", import.meta.url).pathname;
const pictures = "out/pictures";

function tcpflowc(...args: string[]): number {
  return spawnSync(process.execPath, ["dist/tcpflowc.mjs", ...args], { cwd: root, stdio: "inherit" }).status ?? 2;
}

const isPicture = (name: string) => name.endsWith(".svg");

await build({ release: false });
console.log("tcpflowc check examples");
const checked = tcpflowc("check", "examples");
rmSync(`${root}${pictures}`, { recursive: true, force: true });
const drawn = tcpflowc("render", "examples", "-o", pictures);
process.exitCode = Math.max(checked, drawn);
if (drawn === 0) {
  const drawings = readdirSync(`${root}${pictures}`, { recursive: true, encoding: "utf8" }).filter(isPicture);
  console.log(`\n${drawings.length} pictures of the flows in examples/: ${root}${pictures}`);
  console.log("Check and draw your own:  node dist/tcpflowc.mjs check FILE  |  … render FILE -o FILE.svg");
}

/** Neovim's own client, with the settings of docs/editors.md, on the server that `tcpflowc lsp` starts. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { RIGHT, WRONG } from "../cli/run.ts";

const ROOT = join(import.meta.dirname, "../..");
const SETTINGS = /```lua\n(.*?)```/su.exec(readFileSync(join(ROOT, "docs/editors.md"), "utf8"))?.[1] ?? "";

/** What neovim.lua saw. */
function edit(text: string): Record<string, unknown> {
  const home = mkdtempSync(join(tmpdir(), "tcpflow-neovim-"));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const place = (name: string) => join(home, name);
  writeFileSync(place("init.lua"), SETTINGS);
  writeFileSync(place("flow.tcpflow"), text);
  writeFileSync(place("tcpflowc"), `#!/bin/sh\nexec '${process.execPath}' '${ROOT}/dist/tcpflowc.mjs' "$@"\n`);
  chmodSync(place("tcpflowc"), 0o755);
  const work = `luafile ${join(import.meta.dirname, "neovim.lua")}`;
  execFileSync("nvim", ["--headless", "-n", "-i", "NONE", "-u", "init.lua", "flow.tcpflow", "-c", work], {
    cwd: home,
    env: {
      ...process.env,
      HOME: home,
      XDG_STATE_HOME: home,
      PATH: `${home}:${process.env.PATH}`,
      TCPFLOW_SEEN: place("seen.json"),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return JSON.parse(readFileSync(place("seen.json"), "utf8"));
}

test("a flow is opened, read, mended, gone on with and renamed", () => {
  const seen = edit(WRONG);
  expect(seen.problem).toBeUndefined();
  expect(seen.filetype).toBe("tcpflow");
  expect(seen.findings).toEqual([
    {
      line: 1,
      column: 32,
      code: "syn-not-counted",
      message: expect.stringContaining("ack should be x+1: the SYN at line 1"),
    },
  ]);
  expect(seen.hover).toContain("SYN-RECEIVED");
  expect(seen.mended).toBe(RIGHT);
  expect(seen.completion).toContain("client -> server: ACK seq=x+1 ack=y+1");
  expect(seen.completed).toBe(RIGHT);
  expect(seen.renamed).toBe(RIGHT.replaceAll("client", "browser"));
});

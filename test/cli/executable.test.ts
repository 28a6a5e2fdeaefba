/** The built program as a process of its own. */
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { folder, notes, RIGHT, WRONG } from "./run.ts";

const PROGRAM = fileURLToPath(new URL("../../dist/tcpflowc.mjs", import.meta.url));

/** @param locale what the environment says of the language */
function tcpflowc(args: readonly string[], input = "", locale = "C") {
  const { LC_ALL, LC_MESSAGES, LANG, ...others } = process.env;
  const env = { ...others, LANG: locale };
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { input, env, encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("dist/tcpflowc.mjs", () => {
  test("ends with 0, 1 or 2", () => {
    expect(tcpflowc(["check", "-"], RIGHT)).toEqual({
      status: 0,
      stdout: "",
      stderr: "No findings in 1 flow of 1 file\n",
    });
    expect(tcpflowc(["check", "-"], WRONG)).toMatchObject({ status: 1, stderr: "1 error in 1 flow of 1 file\n" });
    expect(tcpflowc(["check", "no-such-file"])).toEqual({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/^tcpflowc: no-such-file: .*\n/u),
    });
  });

  test("speaks the language of the environment, or the one it is told to", () => {
    const found = { status: 1, stderr: "1 个文件中的 1 个交互：1 个错误\n" };
    expect(tcpflowc(["check", "-"], WRONG, "zh_CN.UTF-8")).toMatchObject(found);
    expect(tcpflowc(["--locale", "zh-cn", "check", "-"], WRONG)).toMatchObject(found);
    expect(tcpflowc(["check", "-"], WRONG, "tlh_KX.UTF-8").stderr).toBe("1 error in 1 flow of 1 file\n");
  });

  test("says what it lacks where it is alone, as in the extension", () => {
    const alone = mkdtempSync(join(tmpdir(), "tcpflowc-alone-"));
    onTestFinished(() => rmSync(alone, { recursive: true }));
    for (const name of ["tcpflowc.mjs", "cli.cjs"]) copyFileSync(join(dirname(PROGRAM), name), join(alone, name));
    const render = (name: string) =>
      spawnSync(process.execPath, ["tcpflowc.mjs", "--locale", "en", "render", "-", "-o", name], {
        cwd: alone,
        input: RIGHT,
        encoding: "utf8",
      }).stderr;
    expect(render("a.png")).toMatch(/^tcpflowc: PNG needs the npm package tcpflow-lang .*\n$/u);
    expect(render("a.html")).toBe("tcpflowc: the script of the page is missing; build it with npm run build\n");
    expect(render("a.svg")).toBe("");
  });

  test("keeps the code of its last run, and does without what is broken", async () => {
    const { path } = await folder({ "a.tcpflow": RIGHT });
    const run = (places: NodeJS.ProcessEnv) =>
      spawnSync(process.execPath, [PROGRAM, "check", "a.tcpflow"], {
        cwd: path,
        env: { ...process.env, LANG: "C", ...places },
        encoding: "utf8",
      });
    const right = { status: 0, stderr: "No findings in 1 flow of 1 file\n" };
    const places = { NODE_COMPILE_CACHE: join(path, "kept") };
    expect(run(places)).toMatchObject(right);
    const [name = ""] = (await readdir(path, { recursive: true })).filter((file) => file.endsWith("-check"));
    const whole = await readFile(join(path, name));
    expect(whole.length).toBeGreaterThan(100_000);
    expect(run(places)).toMatchObject(right);
    expect(await readFile(join(path, name))).toEqual(whole);
    const changed = (from: number, to: number) => Buffer.from(whole).fill(7, from, to);
    // Empty; cut off; changed within, which V8 does not see; of another program.
    const all = [Buffer.of(), whole.subarray(0, 5000), changed(5000, 6000), changed(50_000, 50_001), changed(0, 4)];
    for (const broken of all) {
      await writeFile(join(path, name), broken);
      expect(run(places)).toMatchObject(right);
      const made = await readFile(join(path, name));
      expect(made).not.toEqual(broken);
      expect(made.length).toBeGreaterThan(100_000);
    }
    expect(run({ NODE_COMPILE_CACHE: join(path, "a.tcpflow") })).toMatchObject(right);
    expect(run({ NODE_DISABLE_COMPILE_CACHE: "1" })).toMatchObject(right);
  });

  test("runs as a command", () => {
    expect(spawnSync(PROGRAM, ["--version"], { encoding: "utf8" }).stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
  });

  test("writes no colours into a pipe", () => {
    expect(tcpflowc(["check", "-"], WRONG).stdout).not.toContain("\u001b");
  });

  test("shows on a terminal how far it is, and leaves nothing of it behind", async () => {
    const { path } = await folder(notes(150));
    // A terminal of its own, whose typescript is what it shows.
    const command = `"${process.execPath}" "${PROGRAM}" check --quiet --rule syn-not-counted=off notes 2>&1 >/dev/null`;
    const { stdout } = spawnSync("script", ["-qec", command, "/dev/null"], {
      cwd: path,
      env: { ...process.env, LANG: "C", TERM: "xterm" },
      encoding: "utf8",
    });
    // Each line begins at the first column and wipes out what stands behind it; the last one is empty.
    expect(stdout.replaceAll("\u001b[K", "|")).toMatch(/^(?:\r\d+ of 151 files\|)+\r\|tcpflowc: /u);
    expect(tcpflowc(["check", "--quiet", join(path, "notes")]).stderr).not.toContain("of 151");
  });

  test("ends quietly when its reader has seen enough", async () => {
    const child = spawn(process.execPath, [PROGRAM, "check", "--format", "json", "-"]);
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.stdout.destroy();
    child.stdin.end(WRONG.repeat(5000));
    await new Promise((resolve) => child.once("close", resolve));
    expect(stderr).not.toContain("EPIPE");
  });

  test("starts the language server", async () => {
    const child = spawn(process.execPath, [PROGRAM, "lsp", "--stdio"]);
    const body = JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { processId: null, rootUri: null, capabilities: {} },
    });
    const answer = new Promise<string>((resolve) => child.stdout.once("data", (chunk) => resolve(String(chunk))));
    child.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
    expect(await answer).toContain("Content-Length: ");
    child.kill();
  });
});

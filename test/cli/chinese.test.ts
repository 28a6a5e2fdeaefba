/** The command line in Simplified Chinese: by `--locale`, or as the environment says. */
import { describe, expect, test } from "vitest";
import { localeOfEnvironment } from "../../server/src/cli/locale.ts";
import { foreignWords, hasChinese } from "../support/chinese.ts";
import { folder, RIGHT, WRONG } from "./run.ts";

const COMMANDS = ["check", "trace", "render", "convert", "format", "explain", "lsp"];

describe("the language", () => {
  test.each([
    [{ LANG: "zh_CN.UTF-8" }, "zh-cn"],
    [{ LANG: "zh_SG.UTF-8" }, "zh-cn"],
    [{ LANG: "zh" }, "zh-cn"],
    [{ LANG: "en_US.UTF-8", LC_MESSAGES: "zh_CN.UTF-8" }, "zh-cn"],
    [{ LANG: "zh_CN.UTF-8", LC_ALL: "C" }, "en"],
    [{ LANG: "zh_CN.UTF-8", LC_ALL: "", LC_MESSAGES: "" }, "zh-cn"],
    [{ LC_ALL: "zh_CN", LC_MESSAGES: "en_US", LANG: "en_US" }, "zh-cn"],
    [{ LANG: "tlh_KX.UTF-8" }, "en"],
    [{ LANG: "zh_TW.UTF-8" }, "en"],
    [{}, "en"],
  ])("of the environment %j is %s", (variables, locale) => {
    expect(localeOfEnvironment(variables)).toBe(locale);
  });

  test.each([
    ["--locale", "zh-cn", "check", "a.tcpflow"],
    ["--locale=zh_CN.UTF-8", "check", "a.tcpflow"],
    ["check", "--locale", "zh-Hans", "a.tcpflow"],
    ["check", "a.tcpflow", "--locale=zh"],
    ["--locale", "en", "check", "a.tcpflow", "--locale", "zh-cn"],
  ])("tcpflowc %s %s %s %s", async (...args) => {
    const { run } = await folder({ "a.tcpflow": WRONG });
    const { code, stderr } = await run(args);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "1 个文件中的 1 个交互：1 个错误\n" });
  });

  test("is said to be unknown where the option names none that is there", async () => {
    const { run } = await folder({ "a.tcpflow": WRONG });
    expect(await run(["--locale", "xx", "check", "a.tcpflow"])).toEqual({
      code: 2,
      stdout: "",
      stderr: 'tcpflowc: unknown language "xx"; known: en, zh-cn\n',
    });
    expect(await run(["check", "--locale", "xx", "a.tcpflow"], { locale: "zh-cn" })).toMatchObject({
      code: 2,
      stderr: "tcpflowc: 没有语言“xx”；可用：en、zh-cn\n",
    });
    expect(await run(["check", "a.tcpflow", "--locale"])).toMatchObject({
      code: 2,
      stderr: "tcpflowc: Option '--locale <value>' argument missing\n",
    });
  });

  test("of paths behind -- is no option", async () => {
    const { run } = await folder({ "--locale": "", "a.tcpflow": RIGHT });
    expect((await run(["check", "--", "--locale", "a.tcpflow"])).stderr).toContain("--locale: not a kind of file");
  });
});

/** Names of programs, files and fields in the help of the commands. */
const LEVELS = ["error", "warning", "info", "hint", "off"];
const NAMES = "GitHub Actions GitLab stream notes check render trace convert format explain".split(" ");

describe("in Chinese", () => {
  const zh = { locale: "zh-cn" } as const;

  test("check prints the place, the line and the fix", async () => {
    const { run } = await folder({ "握手.tcpflow": WRONG });
    expect(await run(["check", "握手.tcpflow"], zh)).toEqual({
      code: 1,
      stdout: `握手.tcpflow:2:33: 错误：ack 应为 x+1：第 1 行的 SYN 要占用一个序号 [syn-not-counted]
 1 | client -> server: SYN seq=x
   | --------------------------- 第 1 行的 SYN
 2 | server -> client: SYN+ACK seq=y ack=x
   |                                 ^^^^^
   = RFC 9293 §3.4
   = 改法：把 ack 改为 x+1

`,
      stderr: "1 个文件中的 1 个交互：1 个错误\n",
    });
  });

  test("marks stand below wide characters", async () => {
    const flow = WRONG.replaceAll("client", "客户端").replaceAll("server", "服务器");
    const { run } = await folder({ "a.tcpflow": flow });
    const [, , , line = "", mark = ""] = (await run(["check", "a.tcpflow"], zh)).stdout.split("\n");
    const columns = (text: string) => [...text].reduce((sum, one) => sum + (/\p{Script=Han}/u.test(one) ? 2 : 1), 0);
    expect(line).toContain("服务器 -> 客户端");
    expect(columns(mark.slice(0, mark.indexOf("^")))).toBe(columns(line.slice(0, line.indexOf("ack=x"))));
  });

  test("nothing found, and hints", async () => {
    const { run } = await folder({ "a.tcpflow": RIGHT, "b.tcpflow": "client -> server: SYN seq=x\n" });
    expect((await run(["check", "a.tcpflow"], zh)).stderr).toBe("1 个文件中的 1 个交互：未发现问题\n");
    expect((await run(["check", "b.tcpflow"], zh)).stderr).toContain("（用 --hints 显示提示）");
  });

  test("programs read the same report but for the words", async () => {
    const { run } = await folder({ "a.tcpflow": WRONG });
    const english = JSON.parse((await run(["check", "--format", "json", "a.tcpflow"])).stdout);
    const chinese = JSON.parse((await run(["check", "--format", "json", "a.tcpflow"], zh)).stdout);
    const [finding] = chinese.files[0].flows[0].findings;
    expect(finding).toMatchObject({ rule: "syn-not-counted", severity: "error" });
    expect(finding.message).toSatisfy(hasChinese);
    const words = new Set(["message", "title"]);
    const bare = (report: unknown) => JSON.stringify(report, (key, value) => (words.has(key) ? "" : value));
    expect(bare(chinese)).toBe(bare(english));
  });

  test.each(["sarif", "github", "junit", "codequality"])("%s has the same findings in Chinese", async (format) => {
    const { run } = await folder({ "a.tcpflow": WRONG });
    const { code, stdout } = await run(["check", "--format", format, "a.tcpflow"], zh);
    expect(code).toBe(1);
    expect(stdout).toContain("ack 应为 x+1：第 1 行的 SYN 要占用一个序号");
    expect(stdout).toContain("syn-not-counted");
  });

  test("the trace is a table with even columns; for programs it is the same", async () => {
    const { run } = await folder({ "a.tcpflow": RIGHT });
    const [head = ""] = (await run(["trace", "a.tcpflow"], zh)).stdout.split("\n");
    expect(head).toMatch(/^行 {2}事件 +client +server$/u);
    const json = ["trace", "--format", "json", "a.tcpflow"];
    expect(await run(json, zh)).toEqual(await run(json));
  });

  test.each(COMMANDS)("the help of %s is Chinese and names the same options", async (command) => {
    const { run } = await folder({});
    const english = (await run([command, "--help"])).stdout;
    const { code, stdout } = await run(["help", command], zh);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^用法：tcpflowc /u);
    const heads = /^ {2}(-\S+(?: \S+)*)(?= {2}|$)/gmu;
    const options = english.match(heads) ?? [];
    expect(stdout.match(heads) ?? []).toEqual(options);
    const known = new Set([...NAMES, ...LEVELS, ...options.flatMap((option) => option.match(/[A-Za-z]+/gu) ?? [])]);
    expect(foreignWords(stdout.replaceAll(heads, " ")).filter((word) => !known.has(word))).toEqual([]);
  });

  test("the list of commands, and usage errors", async () => {
    const { run } = await folder({ "a.txt": "" });
    const { stdout } = await run(["--help"], zh);
    for (const command of COMMANDS)
      expect(stdout).toMatch(new RegExp(String.raw`^ {2}${command} +\p{Script=Han}`, "mu"));
    for (const args of [
      ["chekc"],
      ["check"],
      ["check", "--hint"],
      ["check", "--format", "yaml", "a.txt"],
      ["check", "--format"],
      ["check", "--quiet=yes", "a.txt"],
      ["check", "--rule", "unfinished", "a.txt"],
      ["check", "--max-warnings", "few", "a.txt"],
      ["check", "a.txt"],
      ["check", "nowhere"],
      ["check", "--filter", "a:b:c", "x.pcap"],
      ["trace", "a.tcpflow", "b.tcpflow"],
      ["render", "a.txt", "-o", "a.gif"],
      ["convert", "a.txt"],
      ["explain", "wrong-akc"],
    ]) {
      const { code, stdout: out, stderr } = await run(args, zh);
      expect({ args, code, out }).toEqual({ args, code: 2, out: "" });
      expect(stderr).toSatisfy(hasChinese);
      expect(stderr).toMatch(/^tcpflowc: [^\n]+\n/u);
    }
  });

  test("explain shows the page, in lines that fit", async () => {
    const { run } = await folder({});
    const { stdout } = await run(["explain", "fin-not-counted"], zh);
    expect(stdout).toContain("fin-not-counted（错误，RFC 9293 §3.4）");
    expect(stdout).toContain("错误示例");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(88);
    const list = (await run(["explain"], zh)).stdout.trimEnd().split("\n");
    for (const row of list) expect(row).toMatch(/^[a-z-]+ +(?:错误|警告|信息|提示) {2}.*\p{Script=Han}/u);
  });
});

/** trace, render, format, explain and the program itself. */
import { readFileSync } from "node:fs";
import { stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folder, RIGHT, WRONG } from "./run.ts";

const fenced = (text: string) => `\`\`\`tcpflow\n${text}\`\`\`\n`;

describe("trace", () => {
  const CLOSE = `title "Close"
client -> server: FIN+ACK seq=u ack=v
server -> client: ACK seq=v ack=u+1
`;

  test("--format json has both ends after every event", async () => {
    const { run } = await folder({ "a.tcpflow": CLOSE });
    const { code, stdout } = await run(["trace", "--format", "json", "a.tcpflow"]);
    expect(code).toBe(0);
    const trace = JSON.parse(stdout);
    expect(trace).toMatchObject({ version: 1, title: "Close", endpoints: ["client", "server"] });
    expect(trace.steps[0]).toEqual({
      line: 1,
      kind: "send",
      segment: 0,
      at: 0,
      from: "client",
      to: "server",
      flags: ["FIN", "ACK"],
      seq: "u",
      ack: "v",
      len: 0,
      states: { client: "FIN-WAIT-1", server: "ESTABLISHED" },
      variables: { client: { "snd.una": "u", "snd.nxt": "u+1", "rcv.nxt": "v" }, server: expect.any(Object) },
      classes: [],
      findings: [],
    });
    expect(
      trace.steps.map((step: { kind: string; line: number; states: object }) => [step.line, step.kind, step.states]),
    ).toEqual([
      [1, "send", { client: "FIN-WAIT-1", server: "ESTABLISHED" }],
      [1, "deliver", { client: "FIN-WAIT-1", server: "CLOSE-WAIT" }],
      [2, "send", { client: "FIN-WAIT-1", server: "CLOSE-WAIT" }],
      [2, "deliver", { client: "FIN-WAIT-2", server: "CLOSE-WAIT" }],
    ]);
  });

  test("--format json tells what else happens, and findings with places of the file", async () => {
    const { run } = await folder({
      "a.md": `# A\n\n${fenced(`endpoint client:1, server
client:1 calls connect
client:1 -x server: SYN seq=100
wait 1s
client:1 timeout
client:1 -> server: SYN seq=200
client:1 is SYN-SENT
...
`)}`,
    });
    const { stdout } = await run(["trace", "--format", "json", "a.md"]);
    const { steps } = JSON.parse(stdout);
    expect(steps.map((step: { kind: string }) => step.kind)).toContain("lose");
    expect(steps[0]).toMatchObject({ line: 4, kind: "call", call: "connect", states: { "client:1": "SYN-SENT" } });
  });

  test("of several flows is a list", async () => {
    const { run } = await folder({ "a.md": fenced(RIGHT) + fenced(CLOSE) });
    const { stdout } = await run(["trace", "--format", "json", "a.md"]);
    expect(JSON.parse(stdout).map((trace: { steps: unknown[] }) => trace.steps.length)).toEqual([6, 4]);
  });

  test("--format table has a row an event and only what changed", async () => {
    const { run } = await folder({ "a.tcpflow": RIGHT });
    expect((await run(["trace", "a.tcpflow"])).stdout).toMatchInlineSnapshot(`
      "line  event                                    client                               server
                                                     CLOSED                               LISTEN
      1     client -> server: SYN seq=x              SYN-SENT snd.una=x snd.nxt=x+1
      1       server receives SYN seq=x                                                   SYN-RECEIVED rcv.nxt=x+1
      2     server -> client: SYN+ACK seq=y ack=x+1                                       snd.una=y snd.nxt=y+1
      2       client receives SYN+ACK seq=y ack=x+1  ESTABLISHED snd.una=x+1 rcv.nxt=y+1
      3     client -> server: ACK seq=x+1 ack=y+1
      3       server receives ACK seq=x+1 ack=y+1                                         ESTABLISHED snd.una=y+1
      "
    `);
  });

  test("takes one file with a flow", async () => {
    const { run } = await folder({ "a.tcpflow": RIGHT, "b.tcpflow": RIGHT, "none.md": "# Nothing\n" });
    expect(await run(["trace", "a.tcpflow", "b.tcpflow"])).toMatchObject({
      code: 2,
      stderr: "tcpflowc: trace takes one file at a time\n",
    });
    expect(await run(["trace", "none.md"])).toMatchObject({
      code: 2,
      stderr: "tcpflowc: none.md: no flow in this file\n",
    });
  });
});

describe("render", () => {
  const files = { "docs/a.tcpflow": RIGHT, "docs/deep/notes.md": fenced(RIGHT) + fenced(WRONG) };

  test("draws numbers, states, time and kinds of segments as it is told", async () => {
    const { run } = await folder({ "a.tcpflow": RIGHT });
    const drawn = async (...options: string[]) =>
      (await run(["render", "--format", "text", ...options, "a.tcpflow"])).stdout;
    expect(await drawn("--label-numbers", "relative")).toContain("SYN+ACK seq=0 ack=1");
    expect(await drawn("--label-numbers", "absolute")).toContain("SYN seq=10000000");
    expect(await drawn("--states", "netstat")).toContain("SYN_RECV");
    expect(await drawn("--format", "svg", "--theme", "dark")).toContain(".paper{fill:#0d1117}");
    const { code, stderr } = await run(["render", "--time", "never", "a.tcpflow"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('unknown spacing "never"')]);
  });

  test("one flow goes to standard output", async () => {
    const { run } = await folder(files);
    expect((await run(["render", "docs/a.tcpflow"])).stdout).toMatch(/^<svg /u);
    expect((await run(["render", "--format", "text", "docs/a.tcpflow"])).stdout).toContain("SYN");
  });

  test("or to a file, whose ending says the format", async () => {
    const { run, read } = await folder(files);
    expect(await run(["render", "docs/a.tcpflow", "-o", "out/a.svg"])).toEqual({ code: 0, stdout: "", stderr: "" });
    await run(["render", "docs/a.tcpflow", "-o", "a.txt"]);
    await run(["render", "docs/a.tcpflow", "-o", "a.mmd"]);
    expect(await read("out/a.svg")).toMatch(/^<svg /u);
    expect(await read("a.txt")).toBe((await run(["render", "--format", "text", "docs/a.tcpflow"])).stdout);
    expect(await read("a.mmd")).toMatch(/^sequenceDiagram\n/u);
    await run(["render", "docs/a.tcpflow", "-o", "a.rfc"]);
    expect(await read("a.rfc")).toContain("--> <SEQ=x><CTL=SYN>");
  });

  test("a folder goes to a folder", async () => {
    const { run, read } = await folder(files);
    expect(await run(["render", "docs", "-o", "out"])).toEqual({
      code: 0,
      stdout: "",
      stderr: "3 pictures in out\ndocs/deep/notes.md: 1 error; tcpflowc check says which\n",
    });
    for (const name of ["out/a.svg", "out/deep/notes-1.svg", "out/deep/notes-2.svg"])
      expect(await read(name)).toMatch(/^<svg /u);
  });

  test("a picture that is as it was is not written again", async () => {
    const { run, path } = await folder(files);
    await run(["render", "docs", "-o", "out"]);
    const long = new Date("2020-02-02");
    for (const name of ["a.svg", "deep/notes-1.svg"]) await utimes(join(path, "out", name), long, long);
    await writeFile(join(path, "docs/a.tcpflow"), WRONG);
    await run(["render", "docs", "-o", "out"]);
    expect((await stat(join(path, "out/deep/notes-1.svg"))).mtime).toEqual(long);
    expect((await stat(join(path, "out/a.svg"))).mtime).not.toEqual(long);
  });

  test.each([
    [["docs"], "3 flows do not go into one file; name a folder with -o"],
    [["docs", "-o", "a.svg"], "3 flows do not go into one file; name a folder with -o"],
    [["docs/a.tcpflow", "-o", "a.gif"], 'cannot draw ".gif"; .svg, .png, .txt, .rfc, .mmd, .html are known'],
    [["docs/a.tcpflow", "--format", "gif"], 'unknown format "gif"; known: svg, png, text, rfc, mermaid, html'],
    [["docs/a.tcpflow", "-o", "docs/a.tcpflow/x"], "docs/a.tcpflow/x: "],
    [["other/a.tcpflow", "docs/a.tcpflow", "-o", "out"], "two flows would be drawn to a.svg"],
  ])("%j says why not", async (args, complaint) => {
    const { run } = await folder({ ...files, "other/a.tcpflow": RIGHT });
    const { code, stdout, stderr } = await run(["render", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(complaint);
    expect(stderr.split("\n")).toHaveLength(2);
  });
});

describe("format", () => {
  const UNTIDY = RIGHT.replaceAll("client -> server", "client  ->server");

  test("rewrites files and fences in place", async () => {
    const { run, read } = await folder({
      "a.tcpflow": UNTIDY,
      "a.md": `> ${fenced(UNTIDY).trimEnd().replaceAll("\n", "\n> ")}\n`,
      "b.tcpflow": RIGHT,
    });
    expect(await run(["format", "."])).toEqual({
      code: 0,
      stdout: "",
      stderr: "formatted a.md\nformatted a.tcpflow\n",
    });
    expect(await read("a.tcpflow")).toBe(RIGHT);
    expect(await read("a.md")).toBe(`> ${fenced(RIGHT).trimEnd().replaceAll("\n", "\n> ")}\n`);
  });

  test("--check changes nothing and names what would change", async () => {
    const { run, read } = await folder({ "a.tcpflow": UNTIDY, "b.tcpflow": RIGHT });
    expect(await run(["format", "--check", "a.tcpflow", "b.tcpflow"])).toEqual({
      code: 1,
      stdout: "a.tcpflow\n",
      stderr: "",
    });
    expect(await run(["format", "--check", "b.tcpflow"])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await read("a.tcpflow")).toBe(UNTIDY);
  });

  test("- goes from standard input to standard output", async () => {
    const { run } = await folder({});
    expect(await run(["format", "-"], { stdin: UNTIDY })).toEqual({ code: 0, stdout: RIGHT, stderr: "" });
  });
});

describe("explain", () => {
  test("shows the page of a rule, and what the check says of its wrong example", async () => {
    const { run } = await folder({});
    const { code, stdout } = await run(["explain", "syn-not-counted"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^syn-not-counted \(error, RFC 9293 §3\.4\)\n/u);
    expect(stdout).toContain("wrong.tcpflow:2:");
    expect(stdout).toContain("\nRight\n");
  });

  test("without a rule lists them all", async () => {
    const { run } = await folder({});
    const { stdout } = await run(["explain"]);
    expect(stdout.split("\n").length).toBeGreaterThan(25);
    expect(stdout).toContain("fin-not-counted");
  });

  test("proposes the nearest rule", async () => {
    const { run } = await folder({});
    expect(await run(["explain", "fin-not-countd"])).toMatchObject({
      code: 2,
      stderr: 'tcpflowc: unknown rule "fin-not-countd"; did you mean fin-not-counted?\n',
    });
  });
});

describe("the program", () => {
  test("prints its commands, and of each its options", async () => {
    const { run } = await folder({});
    const { stdout } = await run(["--help"]);
    for (const command of ["check", "trace", "render", "format", "explain", "lsp"]) {
      expect(stdout).toContain(`\n  ${command} `);
      expect(await run([command, "--help"])).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`Usage: tcpflowc ${command}`),
      });
      expect(await run(["help", command])).toEqual(await run([command, "--help"]));
    }
  });

  test("has the version of the package", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    const { run } = await folder({});
    expect(await run(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("without a command says how to use it", async () => {
    const { run } = await folder({});
    expect(await run([])).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("Usage: tcpflowc COMMAND"),
    });
  });
});

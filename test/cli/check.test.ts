import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folder, RIGHT, WRONG } from "./run.ts";

/** The same flows inside a list and a quote of a Markdown file. */
const NOTES = `# Notes

- A handshake:

  \`\`\`tcpflow
${RIGHT.replaceAll(/^(?=.)/gmu, "  ")}  \`\`\`

> \`\`\`tcpflow
${WRONG.replaceAll(/^(?=.)/gmu, "> ")}> \`\`\`
`;

describe("exit codes", () => {
  test("0 without errors", async () => {
    const { run } = await folder({ "a.tcpflow": RIGHT });
    expect(await run(["check", "a.tcpflow"])).toEqual({
      code: 0,
      stdout: "",
      stderr: "No findings in 1 flow of 1 file\n",
    });
  });

  test("1 with errors", async () => {
    const { run } = await folder({ "a.tcpflow": WRONG });
    expect(await run(["check", "a.tcpflow"])).toMatchObject({ code: 1, stderr: "1 error in 1 flow of 1 file\n" });
  });

  test("1 with more warnings than allowed", async () => {
    const { run } = await folder({ "a.tcpflow": WRONG });
    const args = ["check", "--rule", "syn-not-counted=warning", "a.tcpflow"];
    expect(await run(args)).toMatchObject({ code: 0 });
    expect(await run([...args, "--max-warnings", "1"])).toMatchObject({ code: 0 });
    const { code, stderr } = await run([...args, "--max-warnings=0"]);
    expect(code).toBe(1);
    expect(stderr).toContain("1 warning, more than --max-warnings 0");
  });

  test("2 when a file cannot be read, and the others are checked all the same", async () => {
    const { run } = await folder({ "a.tcpflow": WRONG });
    const { code, stdout, stderr } = await run(["check", "b.tcpflow", "a.tcpflow"]);
    expect(code).toBe(2);
    expect(stderr).toContain("tcpflowc: b.tcpflow: no such file or folder\n");
    expect(stdout).toContain("a.tcpflow:2:");
  });
});

describe("one clear line for", () => {
  test.each([
    [["check"], "no path given; name files, folders or patterns, or - for standard input"],
    [["check", "--fromat", "json", "a.tcpflow"], "unknown option --fromat; did you mean --format?"],
    [["check", "--format", "jsno", "a.tcpflow"], 'unknown format "jsno"; did you mean json?'],
    [["check", "--max-warnings", "-1", "a.tcpflow"], "Option '--max-warnings' argument is ambiguous"],
    [["check", "--max-warnings", "some", "a.tcpflow"], '--max-warnings: "some" is not a number from 0 on'],
    [["check", "--rule", "wrong-ak=off", "a.tcpflow"], 'unknown rule "wrong-ak"; did you mean wrong-ack?'],
    [["check", "--rule", "wrong-ack", "a.tcpflow"], "--rule wrong-ack: write it as RULE=SEVERITY, e.g. unfinished=off"],
    [["check", "--rule", "wrong-ack=errror", "a.tcpflow"], 'unknown severity "errror"; did you mean error?'],
    [["check", "--fix", "-"], "--fix changes files; standard input is none"],
    [
      ["check", "a.txt"],
      "a.txt: not a kind of file that is read here (.tcpflow, .md, .mdx, .markdown, .mmd, .mermaid, .pcap, .pcapng, .cap, .pkt)",
    ],
    [
      ["check", "empty"],
      "empty: no .tcpflow, .md, .mdx, .markdown, .mmd, .mermaid, .pcap, .pcapng, .cap, .pkt file in this folder",
    ],
    [
      ["check", "*.tcp"],
      "*.tcp: no .tcpflow, .md, .mdx, .markdown, .mmd, .mermaid, .pcap, .pcapng, .cap, .pkt file matches this pattern",
    ],
    [["check", "binary.tcpflow"], "binary.tcpflow: not a text file"],
    [["check", "latin1.tcpflow"], "latin1.tcpflow: not UTF-8 text"],
    [["check", "big.tcpflow"], "big.tcpflow: too big: 9 MiB, more than 8 MiB"],
    [["check", "circle.tcpflow"], "circle.tcpflow: no such file or folder"],
    [["chekc", "a.tcpflow"], 'unknown command "chekc"; did you mean check?'],
  ])("tcpflowc %j", async (args, complaint) => {
    const { path, run } = await folder({
      "a.tcpflow": RIGHT,
      "a.txt": RIGHT,
      "binary.tcpflow": "client\0",
      "latin1.tcpflow": Uint8Array.of(0x63, 0xe4, 0x0a),
      "big.tcpflow": " ".repeat(8 * 1024 * 1024 + 1),
    });
    await mkdir(join(path, "empty"));
    await symlink("circle.tcpflow", join(path, "circle.tcpflow"));
    const { code, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr.split("\n").filter((line) => line.startsWith("tcpflowc: "))).toEqual([
      expect.stringContaining(`tcpflowc: ${complaint}`),
    ]);
    expect(stderr).not.toMatch(/^\s+at /mu);
  });
});

describe("paths", () => {
  const files = {
    "docs/b.tcpflow": RIGHT,
    "docs/a.tcpflow": RIGHT,
    "docs/deep/notes.md": NOTES,
    "docs/deep/page.MDX": NOTES,
    "docs/deep/other.txt": WRONG,
    "docs/node_modules/c/c.tcpflow": WRONG,
    "docs/.cache/d.tcpflow": WRONG,
    "top[1].tcpflow": RIGHT,
  };

  test.each([
    [["docs"], ["docs/a.tcpflow", "docs/b.tcpflow", "docs/deep/notes.md", "docs/deep/page.MDX"]],
    [["docs/**/*.tcpflow"], ["docs/a.tcpflow", "docs/b.tcpflow"]],
    [
      ["docs/a.tcpflow", "./docs/a.tcpflow", "docs/*.tcpflow"],
      ["docs/a.tcpflow", "docs/b.tcpflow"],
    ],
    [["top[1].tcpflow"], ["top[1].tcpflow"]],
    [["docs/node_modules/c/c.tcpflow"], ["docs/node_modules/c/c.tcpflow"]],
  ])("%j", async (paths, expected) => {
    const { run } = await folder(files);
    const { stdout } = await run(["check", "--format", "json", ...paths]);
    expect(JSON.parse(stdout).files.map((file: { path: string }) => file.path)).toEqual(expected);
  });

  test("- is standard input, named as --stdin-filename says", async () => {
    const { run } = await folder({});
    expect((await run(["check", "-"], { stdin: WRONG })).stdout).toContain("stdin.tcpflow:2:");
    const { stdout } = await run(["check", "-", "--stdin-filename", "notes.md"], { stdin: NOTES });
    expect(stdout).toContain("notes.md:13:");
  });
});

describe("--format json", () => {
  test("has lines and characters of the file, also inside Markdown", async () => {
    const { run } = await folder({ "notes.md": NOTES });
    const { stdout } = await run(["check", "--format", "json", "notes.md"]);
    const report = JSON.parse(stdout);
    expect(report).toEqual({
      version: 1,
      files: [
        {
          path: "notes.md",
          flows: [
            { line: 5, segments: 3, connections: 1, findings: [] },
            {
              line: 11,
              segments: 3,
              connections: 1,
              findings: [
                {
                  rule: "syn-not-counted",
                  severity: "error",
                  message: expect.stringContaining("line 12"),
                  rfc: expect.stringMatching(/^RFC 9293 §3/u),
                  segment: 1,
                  expected: false,
                  range: { start: { line: 12, character: 34 }, end: { line: 12, character: 39 } },
                  related: expect.any(Array),
                  fixes: expect.any(Array),
                },
              ],
            },
          ],
        },
      ],
      summary: { files: 1, flows: 2, error: 1, warning: 0, info: 0, hint: 0 },
    });
    expect(report.files[0].flows[1].findings[0].fixes[0]).toEqual({
      title: expect.stringContaining("x+1"),
      edits: [{ range: expect.any(Object), newText: expect.stringContaining("x+1") }],
    });
  });

  test("shows expected findings and counts them nowhere", async () => {
    const { run } = await folder({ "a.tcpflow": WRONG.replace("server ->", "@expect(syn-not-counted) server ->") });
    const { code, stdout } = await run(["check", "--format", "json", "a.tcpflow"]);
    const report = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(report.files[0].flows[0].findings).toMatchObject([{ rule: "syn-not-counted", expected: true }]);
    expect(report.summary.error).toBe(0);
  });
});

describe("--format pretty", () => {
  test("shows the line, the place, the reason, the section and the fix", async () => {
    const { run } = await folder({ "notes.md": NOTES });
    expect((await run(["check", "notes.md"])).stdout).toMatchInlineSnapshot(`
      "notes.md:13:35: error: ack should be x+1: the SYN at line 12 consumes one sequence number [syn-not-counted]
       12 | > client -> server: SYN seq=x
          |   --------------------------- the SYN at line 12
       13 | > server -> client: SYN+ACK seq=y ack=x
          |                                   ^^^^^
          = RFC 9293 §3.4
          = fix: Change ack to x+1

      "
    `);
  });

  test("marks the place under wide letters and tabs", async () => {
    const { run } = await folder({
      "a.tcpflow": WRONG.replaceAll("client", "客户端").replaceAll("server", "服务器").replace("SYN+ACK", "SYN+ACK\t"),
    });
    const lines = (await run(["check", "a.tcpflow"])).stdout.split("\n");
    const marked = lines.findIndex((line) => line.includes("^"));
    expect(lines.slice(marked - 1, marked + 1)).toMatchInlineSnapshot(`
      [
        " 2 | 服务器 -> 客户端: SYN+ACK     seq=y ack=x",
        "   |                                     ^^^^^",
      ]
    `);
  });

  test("has colours on a terminal only", async () => {
    const { run } = await folder({ "a.tcpflow": WRONG });
    const plain = await run(["check", "a.tcpflow"]);
    const coloured = await run(["check", "a.tcpflow"], { colour: true });
    expect(plain.stdout).not.toContain("\u001b");
    expect(coloured.stdout).toContain("\u001b[31m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours
    expect(coloured.stdout.replaceAll(/\u001b\[\d+m/gu, "")).toBe(plain.stdout);
  });

  test("lets no text steer the terminal", async () => {
    const { run } = await folder({ "a.tcpflow": WRONG.replace("ack=x\n", "ack=x \u001b[2J\u202e\n") });
    const { stdout } = await run(["check", "a.tcpflow"]);
    expect(stdout).toContain("ack=x");
    expect(stdout).not.toContain("\u001b");
    expect(stdout).not.toContain("\u202e");
  });

  test("says nothing of expected findings, and --quiet nothing but errors", async () => {
    const expected = WRONG.replace("server ->", "@expect(syn-not-counted) server ->");
    const { run } = await folder({ "expected.tcpflow": expected, "wrong.tcpflow": WRONG });
    expect((await run(["check", "expected.tcpflow"])).stdout).toBe("");
    const warning = ["check", "--rule", "syn-not-counted=warning", "wrong.tcpflow"];
    expect((await run(warning)).stdout).toContain("warning:");
    expect(await run([...warning, "--quiet"])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect((await run(["check", "--quiet", "wrong.tcpflow"])).stdout).toContain("error:");
  });

  test("a rule that is off is not shown", async () => {
    const { run } = await folder({ "a.tcpflow": WRONG });
    expect(await run(["check", "--rule=syn-not-counted=off", "a.tcpflow"])).toMatchObject({ code: 0, stdout: "" });
  });
});

describe("--fix", () => {
  test("mends flows in files and in Markdown, and says what it did", async () => {
    const { run, read } = await folder({ "a.tcpflow": `\uFEFF${WRONG}`, "notes.md": NOTES, "right.tcpflow": RIGHT });
    const { code, stdout, stderr } = await run(["check", "--fix", "a.tcpflow", "notes.md", "right.tcpflow"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toContain("a.tcpflow:2:33: fixed: ");
    expect(stderr).toContain("notes.md:13:35: fixed: ");
    expect(stderr).not.toContain("right.tcpflow");
    expect(await read("a.tcpflow")).toBe(`\uFEFF${RIGHT}`);
    expect(await read("notes.md")).toBe(
      NOTES.replace("> server -> client: SYN+ACK seq=y ack=x\n", "> server -> client: SYN+ACK seq=y ack=x+1\n"),
    );
  });

  test("leaves expected findings alone", async () => {
    const expected = WRONG.replace("server ->", "@expect(syn-not-counted) server ->");
    const { run, read } = await folder({ "a.tcpflow": expected });
    await run(["check", "--fix", "a.tcpflow"]);
    expect(await read("a.tcpflow")).toBe(expected);
  });
});

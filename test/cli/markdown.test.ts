/** Markdown in, Markdown with figures out. */
import { describe, expect, test } from "vitest";
import { folder, RIGHT, WRONG } from "./run.ts";

const page = (flow: string) =>
  `---\ntitle: Opening\n---\n\n- As drawn:\n\n  \`\`\`tcpflow\n${flow.replaceAll(/^(?=.)/gmu, "  ")}  \`\`\`\n\nThen data.\n`;

describe("a page", () => {
  test("comes out with a figure in place of the flow, all else as it was", async () => {
    const { run } = await folder({ "notes.md": page(RIGHT) });
    const { code, stdout, stderr } = await run(["markdown", "notes.md"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^---\ntitle: Opening\n---\n\n- As drawn:\n\n {2}<figure .*<\/figure>\n\n\nThen data\.\n$/su,
    );
    expect(stdout).toContain("light-dark(");
  });

  test("may come from standard input", async () => {
    const { run } = await folder({});
    const wrong = await run(["markdown", "-", "--stdin-filename", "notes.rst"], { stdin: page(WRONG) });
    expect(wrong).toMatchObject({ code: 1, stdout: "" });
    expect(wrong.stderr).toMatch(/^notes\.rst:9:35: error: ack should be x\+1.* \[syn-not-counted\]\n$/u);
  });
});

test("an error ends with its file and line and without output, unless told otherwise", async () => {
  const { run } = await folder({ "notes.md": page(WRONG) });
  const wrong = await run(["markdown", "notes.md"]);
  expect(wrong).toMatchObject({ code: 1, stdout: "" });
  expect(wrong.stderr).toMatch(/^notes\.md:9:35: error: ack should be x\+1/u);
  const drawn = await run(["markdown", "notes.md", "--keep-going"]);
  expect(drawn).toMatchObject({ code: 0, stderr: wrong.stderr });
  expect(drawn.stdout).toContain("line 9: ack should be x+1");
  const quiet = await run(["markdown", "notes.md", "--keep-going", "--no-findings"]);
  expect(quiet.stdout).not.toContain("tcpflow-findings");
});

test.each([
  [["--theme", "dark"], "#0d1117"],
  [["--strategy", "img-svg"], '<img src="data:image/svg+xml,'],
  [["--strategy", "img-svg", "--dark"], "<picture><source media="],
  [["--states", "netstat"], "SYN_RECV"],
])("%j", async (options, expected) => {
  const { run } = await folder({ "notes.md": page(RIGHT) });
  expect((await run(["markdown", "notes.md", ...options])).stdout).toContain(expected);
});

test.each([
  [["notes.mdx"], "tcpflowc: notes.mdx: not a kind of file that is read here (.md, .markdown)\n"],
  [["notes.md", "more.md"], "tcpflowc: markdown takes one file at a time\n"],
  [["none.md"], "tcpflowc: none.md: no such file or folder\n"],
  [["notes.md", "--theme", "drak"], 'tcpflowc: unknown theme "drak"; did you mean dark?\n'],
])("%j cannot be done", async (args, stderr) => {
  const { run } = await folder({ "notes.md": page(RIGHT), "more.md": page(RIGHT), "notes.mdx": page(RIGHT) });
  expect(await run(["markdown", ...args])).toEqual({ code: 2, stdout: "", stderr });
});

/** Mermaid diagrams on the command line: checked where they stand, and turned into flows. */
import { describe, expect, test } from "vitest";
import { folder, RIGHT } from "./run.ts";

const NOTES = `# Notes

- The opening:

  \`\`\`mermaid
  sequenceDiagram
    participant C as Client
    participant S as Web server
    Note over S: LISTEN
    C->>S: SYN (seq=100)
    Note over C: SYN_SENT
    S->>C: SYN-ACK (seq=300, ack=100)
    C->>S: ACK (seq=101, ack=301), hello
    loop later
      C->>S: GET /
    end
  \`\`\`

\`\`\`mermaid
sequenceDiagram
  A->>B: hello
\`\`\`

\`\`\`tcpflow
${RIGHT}\`\`\`
`;

describe("check", () => {
  test("finds a mistake in its line of the Markdown file", async () => {
    const { run } = await folder({ "docs/notes.md": NOTES });
    const { code, stdout, stderr } = await run(["check", "docs"]);
    expect(code).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "docs/notes.md:12:30: error: ack should be 101: the SYN at line 10 consumes one sequence number [syn-not-counted]
       10 |     C->>S: SYN (seq=100)
          |     -------------------- the SYN at line 10
       12 |     S->>C: SYN-ACK (seq=300, ack=100)
          |                              ^^^^^^^
          = RFC 9293 §3.4
          = fix: Change ack to 101

      "
    `);
    expect(stderr).toBe("1 error in 2 flows of 1 file\n");
  });

  test("mends a number", async () => {
    const { run, read } = await folder({ "notes.md": NOTES });
    expect(await run(["check", "--fix", "notes.md"])).toMatchObject({ code: 0 });
    expect(await read("notes.md")).toBe(NOTES.replace("ack=100", "ack=101"));
  });

  test("reads .mmd files, and counts those that show TCP", async () => {
    const { run } = await folder({
      "close.mmd": "sequenceDiagram\nC->>S: FIN (seq=u)\nS->>C: ACK (ack=u)\n",
      "pay.mmd": "sequenceDiagram\nU->>B: pay\n",
      "graph.mermaid": "graph LR\nA --> B\n",
    });
    const { stdout } = await run(["check", ".", "--format", "json"]);
    const { files, summary } = JSON.parse(stdout);
    expect(files).toMatchObject([
      { path: "close.mmd", flows: [{ line: 0, segments: 2, connections: 1 }] },
      { path: "graph.mermaid", flows: [] },
      { path: "pay.mmd", flows: [] },
    ]);
    expect(summary).toMatchObject({ files: 3, flows: 1, error: 1 });
  });
});

describe("convert --in-place", () => {
  test("shows the difference first", async () => {
    const { run, read } = await folder({ "notes.md": NOTES });
    const { code, stdout, stderr } = await run(["convert", "notes.md", "--in-place", "--dry-run"]);
    expect(code).toBe(0);
    expect(stderr).toBe("notes.md:14:5: the lines of this loop are drawn once\n");
    expect(stdout).toMatchInlineSnapshot(`
      "--- notes.md
      +++ notes.md
      @@ -2,18 +2,17 @@
       
       - The opening:
       
      -  \`\`\`mermaid
      -  sequenceDiagram
      -    participant C as Client
      -    participant S as Web server
      -    Note over S: LISTEN
      -    C->>S: SYN (seq=100)
      -    Note over C: SYN_SENT
      -    S->>C: SYN-ACK (seq=300, ack=100)
      -    C->>S: ACK (seq=101, ack=301), hello
      -    loop later
      -      C->>S: GET /
      -    end
      +  \`\`\`tcpflow
      +  endpoint Client
      +  endpoint S as "Web server"
      +
      +  S is LISTEN
      +  Client -> S: SYN seq=100
      +  Client is SYN-SENT
      +  S -> Client: SYN+ACK seq=300 ack=100
      +  Client -> S: ACK seq=101 ack=301 "hello"
      +  note Client, S: "loop: later"
      +  ... "GET /"
         \`\`\`
       
       \`\`\`mermaid
      "
    `);
    expect(await read("notes.md")).toBe(NOTES);
  });

  test("turns the diagrams of TCP into flows and nothing else", async () => {
    const { run, read } = await folder({ "notes.md": NOTES });
    expect(await run(["convert", "notes.md", "--in-place"])).toEqual({
      code: 0,
      stdout: "",
      stderr: "notes.md:14:5: the lines of this loop are drawn once\nnotes.md: 1 diagram converted\n",
    });
    const converted = await read("notes.md");
    expect(converted).toContain("  ```tcpflow\n  endpoint Client\n");
    expect(converted).toContain("  A->>B: hello\n");
    expect(await run(["check", "notes.md"])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("[syn-not-counted]"),
    });
    expect(await run(["convert", "notes.md", "--in-place"])).toEqual({
      code: 0,
      stdout: "",
      stderr: "no Mermaid diagram that shows TCP in these files\n",
    });
  });

  test("a block of colons becomes a fence", async () => {
    const drawing =
      "> :::mermaid\r\n> sequenceDiagram\r\n> A->>B: SYN\r\n> B->>A: SYN-ACK\r\n> A->>B: ACK\r\n> :::\r\n";
    const { run, read } = await folder({ "a.md": drawing });
    await run(["convert", "a.md", "--in-place"]);
    expect(await read("a.md")).toBe(
      "> ```tcpflow\r\n> endpoint A, B\r\n>\r\n> A -> B: SYN\r\n> B -> A: SYN+ACK\r\n> A -> B: ACK\r\n> ```\r\n",
    );
  });

  test.each([
    [["-", "--in-place"], "--in-place changes files; standard input is none"],
    [["a.md", "--in-place", "-o", "b"], "convert: --in-place writes no other file; leave out -o"],
    [["a.md", "--dry-run"], "convert: --dry-run goes with --in-place"],
  ])("%j makes no sense", async (args, complaint) => {
    const { run } = await folder({ "a.md": NOTES });
    expect(await run(["convert", ...args])).toMatchObject({ code: 2, stderr: `tcpflowc: ${complaint}\n` });
  });
});

describe("convert", () => {
  test("a .mmd file, or standard input, to a flow", async () => {
    const drawing = "sequenceDiagram\nC->>S: FIN\nS->>C: ACK\n";
    const { run } = await folder({ "close.mmd": drawing });
    const flow = "endpoint C, S\n\nC -> S: FIN+ACK\nS -> C: ACK\n";
    expect(await run(["convert", "close.mmd", "-o", "-", "--to", "tcpflow"])).toMatchObject({ code: 0, stdout: flow });
    const args = ["convert", "-", "--from", "mmd", "-o", "-", "--to", "tcpflow"];
    expect(await run(args, { stdin: drawing })).toMatchObject({ code: 0, stdout: flow });
  });

  test("a diagram of something else is no flow", async () => {
    const { run } = await folder({ "pay.mmd": "sequenceDiagram\nU->>B: pay\n" });
    const { code, stderr } = await run(["convert", "pay.mmd", "-o", "-", "--to", "tcpflow"]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: "tcpflowc: pay.mmd: no flow in this file\n" });
  });
});

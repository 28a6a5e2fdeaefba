/** convert: from one kind of file to another. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { packetsOf, readCapture } from "../support/captures.ts";
import { capturedAt } from "../support/traces.ts";
import { folder, RIGHT } from "./run.ts";

describe("to a capture", () => {
  test("by the ending of the output", async () => {
    const { path, run } = await folder({ "a.tcpflow": RIGHT });
    expect(await run(["convert", "a.tcpflow", "-o", "a.pcap"])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(packetsOf(await readFile(join(path, "a.pcap")))).toHaveLength(3);
  });

  test("at one end, what is lost on the way there is not seen", async () => {
    const { path, run } = await folder({
      "a.tcpflow": RIGHT.replace("client -> server: ACK", "client -x server: ACK"),
    });
    const packetsSeen = async (vantage: string) => {
      await run(["convert", "a.tcpflow", "-o", "a.pcap", "--vantage", vantage]);
      return packetsOf(await readFile(join(path, "a.pcap"))).length;
    };
    expect(await packetsSeen("client")).toBe(3);
    expect(await packetsSeen("server")).toBe(2);
    expect(await packetsSeen("middle")).toBe(3);
  });

  test("from the one flow of a Markdown file, or from standard input", async () => {
    const { run } = await folder({ "a.md": `# A\n\n\`\`\`tcpflow\n${RIGHT}\`\`\`\n` });
    expect(await run(["convert", "a.md", "-o", "a.pcap"])).toMatchObject({ code: 0 });
    expect(await run(["convert", "-", "-o", "b.pcap"], { stdin: RIGHT })).toMatchObject({ code: 0 });
  });
});

test("to a Mermaid sequence diagram", async () => {
  const { run, read } = await folder({ "a.tcpflow": RIGHT });
  expect(await run(["convert", "a.tcpflow", "-o", "a.mmd"])).toMatchObject({ code: 0 });
  expect(await read("a.mmd")).toBe((await run(["render", "--format", "mermaid", "a.tcpflow"])).stdout);
});

describe("from a capture", () => {
  test("a text that is right, with the ends, the times and the states", async () => {
    const { run } = await folder({ "close.pcap": capturedAt("client_closes", "A") });
    const { code, stdout } = await run(["convert", "close.pcap", "-o", "-", "--to", "tcpflow"]);
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "// close.pcap, connection 0: 10.77.0.1:42492 - 10.77.0.2:80, captured at the client
      title "close.pcap"
      endpoint client is CLOSED
      endpoint server is LISTEN
      set latency = 25ms

      @0ms client -> server: SYN seq=0 <mss 1460, sackOK, wscale 10>
      client is SYN-SENT, server is SYN-RECEIVED
      @28ms server -> client: SYN+ACK seq=0 ack=1 <mss 1460, sackOK, wscale 10>
      client is ESTABLISHED
      @64ms client -> server: ACK seq=1 ack=1
      server is ESTABLISHED
      @205ms client -> server: PSH+ACK seq=1 ack=1 len=100
      @231ms server -> client: ACK seq=1 ack=101
      @241ms server -> client: PSH+ACK seq=1 ack=101 len=300
      @276ms client -> server: ACK seq=101 ack=301
      @416ms client -> server: FIN+ACK seq=101 ack=301
      client is FIN-WAIT-1, server is CLOSE-WAIT
      @472ms server -> client: ACK seq=301 ack=102
      client is FIN-WAIT-2
      @561ms server -> client: FIN+ACK seq=301 ack=102
      client is TIME-WAIT, server is LAST-ACK
      @598ms client -> server: ACK seq=102 ack=302
      server is CLOSED
      "
    `);
    expect(await run(["check", "-"], { stdin: stdout })).toMatchObject({ code: 0, stdout: "" });
  });

  test("what came late was overtaken or sent again: the clock of its sender tells", async () => {
    const told = async (name: string) => {
      const { run } = await folder({ "x.pcap": capturedAt(name, "B") });
      return (await run(["convert", "x.pcap", "-o", "-", "--to", "tcpflow"])).stdout.split("\n");
    };
    const reordered = await told("reordered");
    expect(reordered).toContain("@306ms client -> server: ACK seq=1 ack=1 len=1448 takes 89ms");
    expect(reordered.filter((line) => line.includes("client -x server"))).toEqual([]);
    const lost = await told("data_lost_sack");
    expect(lost).toContain("@316ms client -x server: ACK seq=1 ack=1 len=1448");
    expect(lost).toContain("@718ms client -> server: ACK seq=1 ack=1 len=1448");
  });

  test("--numbers symbolic", async () => {
    const { run } = await folder({ "close.pcap": capturedAt("client_closes", "A") });
    const { stdout } = await run(["convert", "close.pcap", "-o", "-", "--to", "tcpflow", "--numbers", "symbolic"]);
    expect(stdout).toContain("server -> client: SYN+ACK seq=y ack=x+1 ");
    expect(stdout).toContain("client -> server: FIN+ACK seq=x+101 ack=y+301\n");
  });

  test("several connections have ports; --connection or --filter picks one", async () => {
    const { run } = await folder({ "many.pcap": capturedAt("syn_flood_half_open", "B") });
    const told = async (...args: string[]) =>
      (await run(["convert", "many.pcap", "-o", "-", "--to", "tcpflow", ...args])).stdout;
    expect(await told()).toContain("client3:20002 -> server:80: SYN seq=0");
    const picked = await told("--connection", "2");
    expect(picked).toContain("client -> server: SYN seq=0");
    expect((await told("--filter", ":20002")).split("\n").slice(3)).toEqual(picked.split("\n").slice(3));
  });

  test("to a capture again", async () => {
    const file = capturedAt("client_closes", "A");
    const { path, run } = await folder({ "close.pcap": file });
    const args = ["convert", "close.pcap", "-o", "again.pcap", "--vantage", "client", "--numbers", "absolute"];
    expect(await run(args)).toMatchObject({ code: 0 });
    const seen = (octets: Uint8Array) => readCapture(octets).segments.map(({ seq, ack }) => [seq, ack]);
    expect(seen(await readFile(join(path, "again.pcap")))).toEqual(seen(file));
  });

  test.each([
    [["--connection", "4"], "no connection 4; there are connections 0 to 3"],
    [["--connection", "x"], '--connection: "x" is no number; connections count from 0'],
    [["--filter", ":1"], "no TCP segment goes to or from what --filter names"],
    [["--numbers", "symbolc"], 'unknown kind of numbers "symbolc"; did you mean symbolic?'],
  ])("%j: one line, exit code 2", async (args, message) => {
    const { run } = await folder({ "many.pcap": capturedAt("syn_flood_half_open", "B") });
    const { code, stdout, stderr } = await run(["convert", "many.pcap", "-o", "-", "--to", "tcpflow", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });

  test("a file that is cut short: one line, exit code 2", async () => {
    const { run } = await folder({ "cut.pcap": capturedAt("client_closes", "A").subarray(0, 150) });
    const { code, stderr } = await run(["convert", "cut.pcap", "-o", "-", "--to", "tcpflow"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^tcpflowc: cut\.pcap: .*octet \d+.*\n$/u);
  });
});

test("to the language: in the form of the formatter", async () => {
  const { run } = await folder({ "a.tcpflow": "client  -> server: SYN-ACK, seq=y\n" });
  const { code, stdout } = await run(["convert", "a.tcpflow", "-o", "-", "--to", "tcpflow"]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "client -> server: SYN+ACK seq=y\n" });
});

describe("says in one line why it cannot run:", () => {
  test.each([
    [["a.tcpflow"], "convert: name the file to write with -o, or - for standard output"],
    [["a.tcpflow", "-o", "a.xyz"], "-o a.xyz: say with --to what to write (tcpflow, pcap, mmd, pkt)"],
    [["a.tcpflow", "-o", "a.pcap", "--to", "pcp"], 'unknown format "pcp"; did you mean pcap?'],
    [["a.tcpflow", "-o", "-", "--to", "pcap"], "a capture is no text for standard output; name a file with -o"],
    [["a.tcpflow", "-o", "none/a.pcap"], /none\/a\.pcap: no such file or folder/u],
    [["a.tcpflow", "b.tcpflow", "-o", "a.pcap"], "convert takes one file at a time"],
    [["two.md", "-o", "a.pcap"], "two.md: 2 flows; convert takes one"],
    [["empty.md", "-o", "a.pcap"], "empty.md: no flow in this file"],
    [["none.tcpflow", "-o", "a.pcap"], /none\.tcpflow: no such file or folder/u],
    [["-o", "a.pcap"], /no path given/u],
  ])("%j", async (args, message) => {
    const fence = `\`\`\`tcpflow\n${RIGHT}\`\`\`\n`;
    const { run } = await folder({
      "a.tcpflow": RIGHT,
      "b.tcpflow": RIGHT,
      "two.md": fence + fence,
      "empty.md": "#\n",
    });
    const { code, stdout, stderr } = await run(["convert", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.replace(/^tcpflowc: /u, "").trimEnd()).toEqual(
      typeof message === "string" ? message : expect.stringMatching(message),
    );
  });
});

/** convert: from one kind of file to another. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { packetsOf } from "../support/captures.ts";
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

test("to the language: in the form of the formatter", async () => {
  const { run } = await folder({ "a.tcpflow": "client  -> server: SYN-ACK, seq=y\n" });
  const { code, stdout } = await run(["convert", "a.tcpflow", "-o", "-", "--to", "tcpflow"]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "client -> server: SYN+ACK seq=y\n" });
});

describe("says in one line why it cannot run:", () => {
  test.each([
    [["a.tcpflow"], "convert: name the file to write with -o, or - for standard output"],
    [["a.tcpflow", "-o", "a.xyz"], "-o a.xyz: say with --to what to write (tcpflow, pcap)"],
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

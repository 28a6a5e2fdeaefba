/** `tcpflowc check` on captures. */
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { main } from "../../server/src/cli/run.ts";
import { packetsOf, writePcap } from "../support/captures.ts";
import { pcapng } from "../support/packets.ts";
import { capturedAt } from "../support/traces.ts";
import { folder, RIGHT } from "./run.ts";

const RIGHT_CAPTURE = capturedAt("client_closes", "A");

/** The acknowledgment of the first data names one octet too many. */
const WRONG_CAPTURE = writePcap(
  packetsOf(RIGHT_CAPTURE).map((packet, i) => {
    if (i !== 4) return packet;
    const octets = packet.octets.slice();
    const view = new DataView(octets.buffer);
    view.setUint32(28, view.getUint32(28) + 1);
    return { ...packet, octets };
  }),
);

test("a right capture, as pcap and as pcapng", async () => {
  const { run } = await folder({ "a.pcap": RIGHT_CAPTURE, "b.pcapng": pcapng(packetsOf(RIGHT_CAPTURE)) });
  const { code, stdout, stderr } = await run(["check", "."]);
  expect([code, stdout]).toEqual([0, ""]);
  expect(stderr).toBe(
    "a.pcap: 11 segments of 1 connection\nb.pcapng: 11 segments of 1 connection\nNo findings in 2 captures\n",
  );
});

test("a wrong one names the packet, the rule and the connection", async () => {
  const { run } = await folder({ "a.pcap": WRONG_CAPTURE });
  const { code, stdout } = await run(["check", "a.pcap"]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^a\.pcap: packet 5: error: ack should be \d+: .* \[ack-of-unsent\]\n/u);
  expect(stdout).toMatch(/= 10\.77\.0\.1:\d+ - 10\.77\.0\.2:80\n/u);
});

test("as JSON: packets count from 0, and stand where other files have lines", async () => {
  const { run } = await folder({ "a.pcap": WRONG_CAPTURE, "b.tcpflow": RIGHT });
  const { files, summary } = JSON.parse((await run(["check", "--format", "json", "."])).stdout);
  const [flow, capture] = files;
  expect(flow.path).toBe("b.tcpflow");
  expect(capture).toMatchObject({ path: "a.pcap", flows: [{ line: 0, segments: 11, connections: 1 }] });
  expect(capture.flows[0].findings[0]).toMatchObject({
    rule: "ack-of-unsent",
    segment: 4,
    expected: false,
    range: { start: { line: 4, character: 0 } },
    fixes: [],
  });
  expect(summary).toEqual({ files: 2, flows: 2, error: 1, warning: 0, info: 0, hint: 0 });
});

test("severities can be changed, also of what captures show", async () => {
  const { run } = await folder({ "a.pcap": WRONG_CAPTURE });
  expect((await run(["check", "--rule", "ack-of-unsent=off", "a.pcap"])).code).toBe(0);
});

test("standard input is a capture if it is called one", async () => {
  const { run } = await folder({});
  const { code } = await run(["check", "--stdin-filename", "x.pcap", "-"], { stdin: WRONG_CAPTURE });
  expect(code).toBe(1);
});

test("standard input without end is not read to its end where it is no flow and no capture", async () => {
  const endless = Readable.from(zeros());
  const quiet = { stdout: () => undefined, stderr: () => undefined, colour: false, locale: "en" } as const;
  const io = {
    cwd: ".",
    threads: 1,
    program: import.meta.url,
    starter: import.meta.url,
    ...quiet,
    stdin: () => endless,
  };
  const runLanguageServer = () => Promise.reject(new Error("not part of this test"));
  expect(await main(["check", "-"], { ...io, runLanguageServer })).toBe(2);
  const more = { ...io, stdin: () => Readable.from(zeros()), runLanguageServer };
  expect(await main(["check", "--stdin-filename", "x.pcap", "-"], more)).toBe(2);
});

function* zeros(): Generator<Uint8Array> {
  for (;;) yield new Uint8Array(65_536);
}

describe("--filter takes what goes to or from", () => {
  test.each([
    ["10.77.0.2:80", 11],
    [":80", 11],
    ["10.77.0.1", 11],
    ["10.77.0.2:81", 0],
    ["10.77.0.3", 0],
    ["[fd00::1]:80", 0],
  ])("%s", async (filter, segments) => {
    const { run } = await folder({ "a.pcap": RIGHT_CAPTURE });
    const { stderr } = await run(["check", "--filter", filter, "a.pcap"]);
    expect(stderr).toContain(`a.pcap: ${segments} segments of`);
  });
});

describe("one clear line and exit code 2 for", () => {
  test.each([
    ["a file that is no capture", "title: nothing", "octet 0: neither a pcap nor a pcapng file"],
    ["an empty file", "", "octet 0: neither a pcap nor a pcapng file"],
    [
      "a file that was cut",
      RIGHT_CAPTURE.subarray(0, 300),
      "octet 244: the file ends in the middle of a packet that begins here",
    ],
  ])("%s", async (_name, content, complaint) => {
    const { run } = await folder({ "a.pcap": content });
    const { code, stdout, stderr } = await run(["check", "a.pcap"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.split("\n")[0]).toBe(`tcpflowc: a.pcap: ${complaint}`);
  });

  test.each([
    [["check", "--vantage", "above", "a.pcap"], 'unknown vantage "above"; known: client, server, middle, auto'],
    [["check", "--filter", "server:http", "a.pcap"], '--filter: "server:http" is not host:port, host or :port'],
    [["format", "a.pcap"], "a.pcap: not a kind of file that is read here (.tcpflow, .md, .mdx, .markdown)"],
  ])("tcpflowc %j", async (args, complaint) => {
    const { run } = await folder({ "a.pcap": RIGHT_CAPTURE });
    const { code, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr.split("\n")[0]).toBe(`tcpflowc: ${complaint}`);
  });
});

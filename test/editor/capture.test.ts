/** A capture that the author wants as a flow. The captures are of the Linux kernel, see test/data/traces. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { answerCapture } from "../../server/src/editor/capture/answer.ts";
import { overviewOf } from "../../server/src/editor/capture/overview.ts";
import { CAPTURE_REQUEST, type CaptureAnswer, OVERVIEW_REQUEST } from "../../server/src/editor/capture/request.ts";
import { folder } from "../cli/run.ts";
import { check } from "../support/flows.ts";
import { startServer } from "./client.ts";

const TRACES = join(import.meta.dirname, "../data/traces");

function trace(name: string): Buffer {
  return readFileSync(join(TRACES, name));
}

function read(octets: Buffer, connection?: number | "all"): CaptureAnswer {
  const params = { name: "traffic.pcap", octets: octets.toString("base64") };
  return answerCapture(connection === undefined ? params : { ...params, connection }, "en");
}

test("one connection becomes the text that convert writes, and is right", async () => {
  const octets = trace("data_lost_sack.a.pcap");
  const { run } = await folder({ "traffic.pcap": octets });
  const { stdout } = await run(["convert", "traffic.pcap", "--to", "tcpflow", "-o", "-"]);
  const answer = read(octets);
  expect(answer).toEqual({ kind: "flow", text: stdout });
  expect(check(stdout).findings.filter(({ severity }) => severity === "error")).toEqual([]);
});

test("the server reads captures too", async () => {
  const client = await startServer();
  const octets = trace("abort.a.pcap");
  const params = { name: "traffic.pcap", octets: octets.toString("base64") };
  expect(await client.connection.sendRequest(CAPTURE_REQUEST, params)).toEqual(read(octets));
  expect(await client.stop()).toBe(0);
});

/** Two captures in one: the records of the second behind those of the first. */
const two = Buffer.concat([trace("abort.a.pcap"), trace("half_close.a.pcap").subarray(24)]);

describe("of several connections", () => {
  test("one must be picked", () => {
    expect(read(two)).toMatchObject({
      kind: "connections",
      together: true,
      connections: [
        { number: 0, segments: expect.any(Number) },
        { number: 1, segments: expect.any(Number) },
      ],
    });
  });

  test("the one that was picked is told, or all", () => {
    const texts = [read(two, 1), read(two, "all")].map((answer) => (answer.kind === "flow" ? answer.text : ""));
    expect(texts[0]).toContain("connection 1");
    expect(texts[0]).not.toContain("connection 0");
    expect(texts[1]).toMatch(/connection 0.*connection 1/su);
  });
});

describe("what is no capture to read gets a reason", () => {
  test.each([
    ["an empty file", Buffer.alloc(0), "neither a pcap nor a pcapng file"],
    ["a text", Buffer.from("client -> server: SYN\n"), "neither a pcap nor a pcapng file"],
    ["a file that was cut", trace("abort.a.pcap").subarray(0, -3), "ends in the middle"],
    ["a capture of nothing", trace("abort.a.pcap").subarray(0, 24), "There is no TCP segment"],
  ])("%s", (_, octets, message) => {
    expect(read(octets)).toEqual({ kind: "problem", message: expect.stringContaining(message) });
  });

  test("no base64", () => {
    expect(answerCapture({ name: "a.pcap", octets: "?" }, "en")).toMatchObject({ kind: "problem" });
  });
});

describe("the overview of a capture", () => {
  const look = (octets: Buffer, rules = {}) =>
    overviewOf({ name: "traffic.pcap", octets: octets.toString("base64") }, rules, "en");

  /** The number acknowledged by the last packet is one higher: the frame is at 16, IP without options. */
  const wrong = Buffer.from(two);
  let last = 24;
  for (let at = last; at < wrong.length; at += 16 + wrong.readUInt32LE(at + 8)) last = at;
  wrong.writeUInt32BE(wrong.readUInt32BE(last + 44) + 1, last + 44);

  test("tells each connection and what is wrong in it, by packet", () => {
    expect(look(wrong)).toMatchObject({
      kind: "overview",
      more: 0,
      connections: [
        { number: 0, sockets: [expect.stringMatching(/^10\.77\.0\.1:/), "10.77.0.2:80"], found: "", findings: [] },
        {
          number: 1,
          segments: 15,
          found: "1 error",
          findings: [
            { severity: "error", message: expect.stringMatching(/^ack should be \d+: the server has not sent/) },
          ],
        },
      ],
    });
  });

  test("is as severe as the settings say", () => {
    const rules = { "ack-of-unsent": "warning" };
    expect(look(wrong, rules)).toMatchObject({ connections: [{ found: "" }, { found: "1 warning" }] });
    expect(look(wrong, { "ack-of-unsent": "off" })).toMatchObject({ connections: [{ found: "" }, { found: "" }] });
  });

  test("says why a capture cannot be read", () => {
    expect(look(two.subarray(0, -3))).toMatchObject({
      kind: "problem",
      message: expect.stringMatching(/^This capture cannot be read: /),
    });
  });

  test("comes from the server", async () => {
    const client = await startServer();
    const params = { name: "traffic.pcap", octets: wrong.toString("base64") };
    expect(await client.connection.sendRequest(OVERVIEW_REQUEST, params)).toEqual(look(wrong));
    expect(await client.stop()).toBe(0);
  });
});

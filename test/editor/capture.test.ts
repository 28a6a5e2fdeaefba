/** A capture that the author wants as a flow. The captures are of the Linux kernel, see test/data/traces. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { answerCapture } from "../../server/src/editor/capture/answer.ts";
import { CAPTURE_REQUEST, type CaptureAnswer } from "../../server/src/editor/capture/request.ts";
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

describe("of several connections", () => {
  // Two captures in one: the records of the second behind those of the first.
  const two = Buffer.concat([trace("abort.a.pcap"), trace("half_close.a.pcap").subarray(24)]);

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

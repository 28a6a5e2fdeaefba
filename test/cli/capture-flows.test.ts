/** trace and render take a capture as the flow that convert makes of it. */
import { expect, test } from "vitest";
import { capturedAt } from "../support/traces.ts";
import { folder } from "./run.ts";

test("trace tells the states after every packet", async () => {
  const { run } = await folder({ "close.pcap": capturedAt("client_closes", "A") });
  const { code, stdout } = await run(["trace", "--format", "json", "close.pcap"]);
  expect(code).toBe(0);
  const trace = JSON.parse(stdout);
  expect(trace).toMatchObject({ title: "close.pcap", endpoints: ["client", "server"] });
  expect(trace.steps.at(-1).states).toEqual({ client: "TIME-WAIT", server: "CLOSED" });
});

test("render draws it; its numbers may be symbols", async () => {
  const { read, run } = await folder({ "lost.pcap": capturedAt("syn_lost", "A") });
  expect(await run(["render", "lost.pcap", "-o", "lost.txt", "--numbers", "symbolic"])).toMatchObject({ code: 0 });
  const picture = await read("lost.txt");
  expect(picture).toContain("retransmission");
  expect(picture).toContain("seq=x");
});

test("render picks a connection", async () => {
  const { run } = await folder({ "many.pcap": capturedAt("syn_flood_half_open", "B") });
  const { stdout } = await run(["render", "many.pcap", "--format", "text", "--connection", "1"]);
  expect(stdout).not.toContain("client2");
});

test("what cannot be read is told in one line", async () => {
  const { run } = await folder({ "a.pcap": "no capture" });
  expect(await run(["trace", "a.pcap"])).toEqual({
    code: 2,
    stdout: "",
    stderr: "tcpflowc: a.pcap: neither a pcap nor a pcapng file (octet 0)\n",
  });
});

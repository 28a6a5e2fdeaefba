/** packetdrill scripts on the command line. */
import { describe, expect, test } from "vitest";
import { folder, RIGHT } from "./run.ts";

const SCRIPT = `\`sysctl -q net.ipv4.tcp_ecn=0\`
0   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0  listen(3, 1) = 0
+0  < S 0:0(0) win 32792 <mss 1000>
+0  > S. 0:0(0) ack 1 <mss 1460>
+.1 < . 1:1(0) ack 1 win 32792
`;

describe("check", () => {
  test("finds nothing in what a kernel sends", async () => {
    const { run } = await folder({ "a.pkt": SCRIPT });
    expect(await run(["check", "a.pkt"])).toMatchObject({ code: 0, stderr: "No findings in 1 flow of 1 file\n" });
  });

  test("finds what no kernel would send, in its place, and says what it cannot read", async () => {
    const { run } = await folder({ "a.pkt": `${SCRIPT.replace("ack 1 <mss 1460>", "ack 2 <mss 1460>")}nonsense\n` });
    const { code, stdout } = await run(["check", "a.pkt"]);
    expect(code).toBe(1);
    expect(stdout).toContain("a.pkt:5:17: error: ack should be x+1");
    expect(stdout).toContain("a.pkt:7:1: warning: this line of the script cannot be read: no time at its beginning");
  });

  test("a folder's scripts are checked with the rest", async () => {
    const { run } = await folder({ "a.pkt": SCRIPT, "b.tcpflow": RIGHT });
    expect((await run(["check", "."])).stderr).toBe("No findings in 2 flows of 2 files\n");
  });
});

describe("convert", () => {
  test("tells a script as a flow, and says what it leaves out", async () => {
    const { run, read } = await folder({ "a.pkt": SCRIPT });
    expect(await run(["convert", "a.pkt", "-o", "a.tcpflow"])).toEqual({
      code: 0,
      stdout: "",
      stderr: "a.pkt:1:1: a shell command, left out\n",
    });
    expect(await read("a.tcpflow")).toContain("server -> client: SYN+ACK seq=y ack=x+1 <mss 1460>");
    expect((await run(["check", "a.tcpflow"])).code).toBe(0);
    expect((await run(["render", "a.pkt", "--format", "text"])).stdout).toContain("SYN-RECEIVED");
  });

  test("writes the test of either end", async () => {
    const { run, read } = await folder({ "a.tcpflow": RIGHT });
    await run(["convert", "a.tcpflow", "-o", "server.pkt"]);
    expect(await read("server.pkt")).toContain("> S. 0:0(0) ack 1 <...>");
    await run(["convert", "a.tcpflow", "-o", "client.pkt", "--test", "client"]);
    expect(await read("client.pkt")).toContain("< S. 0:0(0) ack 1 win 65535 <mss 1460>");
    expect((await run(["check", "server.pkt", "client.pkt"])).code).toBe(0);
  });

  test("one clear line where there is no test", async () => {
    const { run } = await folder({ "a.tcpflow": `${RIGHT}server crashes\n` });
    expect(await run(["convert", "a.tcpflow", "-o", "a.pkt"])).toMatchObject({
      code: 2,
      stderr: "tcpflowc: no test of server: it crashes, which no script can ask of a kernel\n",
    });
    expect(await run(["convert", "a.tcpflow", "-o", "a.pkt", "--test", "B"])).toMatchObject({
      code: 2,
      stderr: 'tcpflowc: --test: no end is called "B"; known: client, server\n',
    });
  });
});

/** Captures as text: what tcpdump and tshark print. */
import { expect, test } from "vitest";
import { folder } from "../cli/run.ts";

/** A lossy exchange as `tcpdump -n` prints it: numbers count from the first of each end, pure ACKs have none. */
const TCPDUMP = `tcpdump: listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes
23:59:59.900000 IP 10.0.0.1.40001 > 10.0.0.2.80: Flags [S], seq 1000000, win 64240, options [mss 1460,sackOK,TS val 10 ecr 0,nop,wscale 7], length 0
23:59:59.920000 IP 10.0.0.2.80 > 10.0.0.1.40001: Flags [S.], seq 5000000, ack 1000001, win 65160, options [mss 1460,sackOK,TS val 20 ecr 10,nop,wscale 7], length 0
23:59:59.920100 IP 10.0.0.1.40001 > 10.0.0.2.80: Flags [.], ack 1, win 502, options [nop,nop,TS val 30 ecr 20], length 0
00:00:00.000000 IP 10.0.0.1.40001 > 10.0.0.2.80: Flags [P.], seq 1:101, ack 1, win 502, options [nop,nop,TS val 110 ecr 20], length 100: HTTP: GET / HTTP/1.1
00:00:00.020000 IP 10.0.0.2.80 > 10.0.0.1.40001: Flags [.], ack 101, win 509, options [nop,nop,TS val 130 ecr 110], length 0
00:00:00.030000 ARP, Request who-has 10.0.0.9 tell 10.0.0.1, length 28
00:00:00.040000 IP 10.0.0.1.40001 > 10.0.0.2.80: Flags [F.], seq 101, ack 1, win 502, options [nop,nop,TS val 150 ecr 130], length 0
00:00:00.060000 IP 10.0.0.2.80 > 10.0.0.1.40001: Flags [F.], seq 1, ack 102, win 509, options [nop,nop,TS val 170 ecr 150], length 0
00:00:00.060100 IP 10.0.0.1.40001 > 10.0.0.2.80: Flags [.], ack 2, win 502, options [nop,nop,TS val 171 ecr 170], length 0
7 packets captured
`;

/** The same with -S: numbers as on the wire. */
const ABSOLUTE = TCPDUMP.replace("[.], ack 1,", "[.], ack 5000001,")
  .replace("seq 1:101, ack 1,", "seq 1000001:1000101, ack 5000001,")
  .replace("[.], ack 101,", "[.], ack 1000101,")
  .replace("seq 101, ack 1,", "seq 1000101, ack 5000001,")
  .replace("seq 1, ack 102,", "seq 5000001, ack 1000102,")
  .replace("[.], ack 2,", "[.], ack 5000002,");

/** The same as tshark prints it: windows are scaled, other protocols stand between. */
const TSHARK = `    1   0.000000     10.0.0.1 → 10.0.0.2     TCP 74 40001 → 80 [SYN] Seq=0 Win=64240 Len=0 MSS=1460 SACK_PERM TSval=10 TSecr=0 WS=128
    2   0.020000     10.0.0.2 → 10.0.0.1     TCP 74 80 → 40001 [SYN, ACK] Seq=0 Ack=1 Win=65160 Len=0 MSS=1460 SACK_PERM TSval=20 TSecr=10 WS=128
    3   0.020100     10.0.0.1 → 10.0.0.2     TCP 66 40001 → 80 [ACK] Seq=1 Ack=1 Win=64256 Len=0 TSval=30 TSecr=20
    4   0.100000     10.0.0.1 → 10.0.0.2     TCP 166 40001 → 80 [PSH, ACK] Seq=1 Ack=1 Win=64256 Len=100 TSval=110 TSecr=20
    5   0.120000     10.0.0.2 → 10.0.0.1     TCP 66 80 → 40001 [ACK] Seq=1 Ack=101 Win=65152 Len=0 TSval=130 TSecr=110
    6   0.130000 02:00:00:00:00:01 → ff:ff:ff:ff:ff:ff ARP 42 Who has 10.0.0.9? Tell 10.0.0.1
    7   0.140000     10.0.0.1 → 10.0.0.2     TCP 66 40001 → 80 [FIN, ACK] Seq=101 Ack=1 Win=64256 Len=0 TSval=150 TSecr=130
    8   0.160000     10.0.0.2 → 10.0.0.1     TCP 66 80 → 40001 [FIN, ACK] Seq=1 Ack=102 Win=65152 Len=0 TSval=170 TSecr=150
    9   0.160100     10.0.0.1 → 10.0.0.2     TCP 66 40001 → 80 [ACK] Seq=102 Ack=2 Win=64256 Len=0 TSval=171 TSecr=170
`;

async function converted(text: string): Promise<string> {
  const { run } = await folder({ "a.txt": text });
  const { code, stdout, stderr } = await run(["convert", "a.txt", "-o", "-", "--to", "tcpflow", "--vantage", "client"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

test("tcpdump's lines become a flow", async () => {
  expect(await converted(TCPDUMP)).toMatchInlineSnapshot(`
    "// a.txt, connection 0: 10.0.0.1:40001 - 10.0.0.2:80, captured at the client
    title "a.txt"
    endpoint client is CLOSED
    endpoint server is LISTEN
    set latency = 10ms

    @0ms client -> server: SYN seq=0 <mss 1460, sackOK, wscale 7>
    client is SYN-SENT, server is SYN-RECEIVED
    @10ms server -> client: SYN+ACK seq=0 ack=1 <mss 1460, sackOK, wscale 7>
    client is ESTABLISHED
    @20ms client -> server: ACK seq=1 ack=1
    server is ESTABLISHED
    @100ms client -> server: PSH+ACK seq=1 ack=1 len=100
    @110ms server -> client: ACK seq=1 ack=101
    @140ms client -> server: FIN+ACK seq=101 ack=1
    client is FIN-WAIT-1, server is CLOSE-WAIT
    @150ms server -> client: FIN+ACK seq=1 ack=102
    client is TIME-WAIT, server is LAST-ACK
    @160ms client -> server: ACK seq=102 ack=2
    server is CLOSED
    "
  `);
});

test.each([
  ["numbers as on the wire", ABSOLUTE],
  ["tshark's lines", TSHARK],
  ["Windows line ends", TCPDUMP.replaceAll("\n", "\r\n")],
  ["an interface before the addresses", TCPDUMP.replaceAll(" IP ", " eth0  Out IP ")],
  ["the date before the time", TCPDUMP.replaceAll(/^23:/gmu, "2026-02-28 23:").replaceAll(/^00:/gmu, "2026-03-01 00:")],
])("%s tell the same", async (_, text) => {
  expect(await converted(text)).toBe(await converted(TCPDUMP));
});

test("IPv6, and an exchange that had begun before", async () => {
  const lines = [
    "10:00:00.000000 IP6 fd00::1.5000 > fd00::2.443: Flags [P.], seq 900:910, ack 77, win 500, length 10",
    "10:00:00.010000 IP6 fd00::2.443 > fd00::1.5000: Flags [.], ack 10, win 400, length 0",
    "10:00:00.020000 IP6 fd00::1.5000 > fd00::2.443: Flags [F.], seq 10, ack 1, win 500, length 0",
    "10:00:00.030000 IP6 fd00::2.443 > fd00::1.5000: Flags [.], ack 11, win 400, length 0",
  ];
  expect(await converted(lines.join("\n"))).toMatchInlineSnapshot(`
    "// a.txt, connection 0: [fd00::1]:5000 - [fd00::2]:443, captured at the client
    title "a.txt"
    endpoint client, server
    set latency = 5ms

    @0ms client -> server: PSH+ACK seq=1 ack=1 len=10
    @5ms server -> client: ACK seq=1 ack=11
    @20ms client -> server: FIN+ACK seq=11 ack=1
    client is FIN-WAIT-1, server is CLOSE-WAIT
    @25ms server -> client: ACK seq=1 ack=12
    client is FIN-WAIT-2
    "
  `);
});

test("a text without packets is none", async () => {
  const { run } = await folder({ "a.log": "GET / HTTP/1.1\n" });
  expect(await run(["convert", "a.log", "-o", "b.tcpflow"])).toMatchObject({
    code: 2,
    stderr: "tcpflowc: a.log: no TCP segment in this capture\n",
  });
});

test("standard input is read by --from txt", async () => {
  const { run } = await folder({});
  const args = ["convert", "-", "--from", "txt", "-o", "-", "--to", "tcpflow"];
  expect(await run(args, { stdin: TSHARK })).toMatchObject({ code: 0, stdout: expect.stringContaining("FIN+ACK") });
});

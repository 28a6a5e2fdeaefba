/** packetdrill scripts, written for these tests after the tool's own grammar, and what Linux answers. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { replay } from "../../server/src/flow/replay.ts";
import { packetdrillFlow } from "../../server/src/formats/packetdrill-flow.ts";
import { write } from "../../server/src/language/write.ts";

/** A server takes a connection, sends 2 000 octets of which the first half is lost, and closes. */
const SERVER = `--tolerance_usecs=10000
\`sysctl -q net.ipv4.tcp_ecn=0\`  // shell, not TCP

0    socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0   setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0
+0   bind(3, ..., ...) = 0
+0   listen(3, 1) = 0
+0   < S 0:0(0) win 32792 <mss 1000,sackOK,nop,nop>
+0   > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK>
+.1  < . 1:1(0) ack 1 win 32792
+0   accept(3, ..., ...) = 4
+0   write(4, ..., 2000) = 2000
+0   > . 1:1001(1000) ack 1
+0   > P. 1001:2001(1000) ack 1
+.1  < . 1:1(0) ack 1 win 32792 <sack 1001:2001,nop,nop>
+.2~+.3 > . 1:1001(1000) ack 1
+0 %{
assert tcpi_retransmits == 1
}%
+.1  < . 1:1(0) ack 2001 win 32792
+0   close(4) = 0
+0   > F. 2001:2001(0) ack 1
+.1  < F. 1:1(0) ack 2002 win 32792
*    > . 2002:2002(0) ack 2
`;

const CLIENT = `0   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0  fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0
+0  connect(3, {sa_family = AF_INET, sin_port = htons(8080),
        sin_addr = inet_addr("192.0.2.1")}, 16) = -1 EINPROGRESS (Operation now in progress)
+0  > S 0:0(0) <...>
+.1 < S. 5000:5000(0) ack 1 win 5792 <mss 1460>
+0  > . 1:1(0) ack 1
+0  setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0
+0  close(3) = 0
+0  > R. 1:1(0) ack 1
`;

const told = (script: string): string => write(packetdrillFlow(script).flow);

const found = (script: string): string[] =>
  replay(packetdrillFlow(script).flow)
    .findings.filter(({ severity }) => severity === "error" || severity === "warning")
    .map(({ rule, span }) => `${rule} @ ${script.slice(span.start, span.end)}`);

test("a server under test", () => {
  expect(found(SERVER)).toEqual([]);
  expect(told(SERVER)).toBe(`endpoint client unchecked
endpoint server as "kernel under test"
set msl = 30s

@0ms server calls listen
@0ms client -> server: SYN seq=x win=32792 <mss 1000, sackOK>
@0ms server -> client: SYN+ACK seq=y ack=x+1 <mss 1460, sackOK>
@100ms client -> server: ACK seq=x+1 ack=y+1 win=32792
@100ms server calls send 2000
@100ms server -> client: ACK seq=y+1 ack=x+1 len=1000
@100ms server -> client: PSH+ACK seq=y+1001 ack=x+1 len=1000
@200ms client -> server: ACK seq=x+1 ack=y+1 win=32792 <sack y+1001:y+2001>
@400ms server -> client: ACK seq=y+1 ack=x+1 len=1000
@500ms client -> server: ACK seq=x+1 ack=y+2001 win=32792
@500ms server calls close
@500ms server -> client: FIN+ACK seq=y+2001 ack=x+1
@600ms client -> server: FIN+ACK seq=x+1 ack=y+2002 win=32792
@1.6s server -> client: ACK seq=y+2002 ack=x+2
`);
});

test("a client under test, whose peer counts from another number, and which aborts", () => {
  expect(found(CLIENT)).toEqual([]);
  expect(told(CLIENT)).toBe(`endpoint client as "kernel under test"
endpoint server unchecked
set msl = 30s

@0ms client calls connect
@0ms client -> server: SYN seq=x
@100ms server -> client: SYN+ACK seq=y ack=x+1 win=5792 <mss 1460>
@100ms client -> server: ACK seq=x+1 ack=y+1
@100ms client calls abort
@100ms client -> server: RST+ACK seq=x+1 ack=y+1
`);
});

describe("what the kernel must send is judged, what is injected is not", () => {
  test.each([
    ["S. 0:0(0) ack 1 ", "S. 0:0(0) ack 2 ", "ack 2"],
    ["> F. 2001:2001(0)", "> F. 2002:2002(0)", "2002:2002(0)"],
    ["> . 2002:2002(0) ack 2", "> . 2002:2002(0) ack 1", "ack 1"],
  ])("%s → %s", (right, wrong, place) => {
    expect(found(SERVER.replace(right, wrong))).toEqual([
      expect.stringMatching(` @ ${place.replaceAll(/[()]/gu, "\\$&")}$`),
    ]);
  });

  test("a script may inject anything", () => {
    const odd = SERVER.replace(
      "+.1  < . 1:1(0) ack 2001",
      "+0 < SF. 77:87(10) ack 9999 win 0\n+.1  < . 1:1(0) ack 2001",
    );
    expect(found(odd).filter((finding) => finding.includes("9999"))).toEqual([]);
  });
});

test("answers stand behind all that was injected at once, though each left before the next injection", () => {
  const start = SERVER.slice(0, SERVER.indexOf("+0   write"));
  const data = `+.1  < . 1:1001(1000) ack 1 win 32792
+0   < . 1001:2001(1000) ack 1 win 32792
+0   > . 1:1(0) ack 1001
+0   > . 1:1(0) ack 2001
`;
  expect(found(start + data)).toEqual([]);
  expect(found(start + data.replace("ack 1001", "ack 1002"))).not.toEqual([]);
});

test("several connections, by their ports or one after the other", () => {
  const twice = `0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 listen(3, 1) = 0
+0 < 40001 > 8080 S 0:0(0) win 1000
+0 > 8080 > 40001 S. 0:0(0) ack 1
+0 < 40002 > 8080 S 7:7(0) win 1000
+0 > 8080 > 40002 S. 0:0(0) ack 8
`;
  expect(found(twice)).toEqual([]);
  expect(told(twice)).toContain("server:8080 -> client:40002: SYN+ACK seq=y2 ack=x2+1");
  const next = `${SERVER}+1 < S 100:100(0) win 1000\n+0 > S. 0:0(0) ack 101\n`;
  expect(found(next)).toEqual([]);
  expect(told(next)).toContain("server:80 -> client:40001: SYN+ACK seq=y2 ack=x2+1");
});

describe("bad input", () => {
  test("is said with its place, and the rest is read", () => {
    const { untold, flow } = packetdrillFlow(
      `nonsense\n${SERVER}+0 < icmp unreachable host_unreachable [0:0(0)]\n+0 > what\n`,
    );
    expect(untold.filter(({ what }) => what === "unreadable").map(({ span, why }) => [span.start, why])).toEqual([
      [0, "no time at its beginning"],
      [expect.any(Number), "no TCP packet"],
    ]);
    expect(untold.map(({ what }) => what)).toContain("other packet");
    expect(flow.segments).toHaveLength(11);
  });

  test("never throws", () => {
    fc.assert(
      fc.property(fc.nat(SERVER.length), fc.nat(SERVER.length), fc.string({ maxLength: 12 }), (a, b, inserted) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const broken = SERVER.slice(0, start) + inserted + SERVER.slice(Math.min(end, start + 20));
        expect(replay(packetdrillFlow(broken).flow).flow.text).toBe(broken);
      }),
    );
  });

  test("is read in time that grows with its length", () => {
    const long = `${"(".repeat(50_000)}\n+0 f(${"[".repeat(50_000)}\n${"+0 < . 1:1(0) ack 1 win 1\n".repeat(20_000)}`;
    expect(packetdrillFlow(long).flow.segments.length).toBe(20_000);
  });
});

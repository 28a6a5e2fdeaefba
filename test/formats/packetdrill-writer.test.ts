/** Scripts that test one end of a flow. Those of the clean examples were all seen to pass on Linux 6.18, packetdrill of May 2026. */
import { describe, expect, test } from "vitest";
import { replay } from "../../server/src/flow/replay.ts";
import { packetdrillFlow } from "../../server/src/formats/packetdrill-flow.ts";
import { writePacketdrill } from "../../server/src/formats/packetdrill-writer.ts";
import { examples } from "../support/examples.ts";
import { check } from "../support/flows.ts";

const written = (flow: string, end: number) => writePacketdrill(check(flow), end);

const CLOSE = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
client -> server: PSH+ACK seq=x+1 ack=y+1 len=200
server -> client: ACK seq=y+1 ack=x+201
client -> server: FIN+ACK seq=x+201 ack=y+1
server -> client: ACK seq=y+1 ack=x+202
server -x client: FIN+ACK seq=y+1 ack=x+202
server timeout
server -> client: FIN+ACK seq=y+1 ack=x+202
client -> server: ACK seq=x+202 ack=y+2
`;

test("the server of a flow: what arrives is injected, what it sends is expected, also where it is lost", () => {
  expect(written(CLOSE, 1)).toEqual({
    text: `0     socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0    setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0
+0    bind(3, ..., ...) = 0
+0    listen(3, 1) = 0
+.01  < S 0:0(0) win 65535 <mss 1460>
+0    > S. 0:0(0) ack 1 <...>
+.01  < . 1:1(0) ack 1 win 65535
+0    accept(3, ..., ...) = 4
+0    setsockopt(4, SOL_TCP, TCP_NODELAY, [1], 4) = 0
+.01  < P. 1:201(200) ack 1 win 65535
+0~+.2 > . 1:1(0) ack 201 <...>
+.01  < F. 201:201(0) ack 1 win 65535
+0~+.2 > . 1:1(0) ack 202 <...>
+0    read(4, ..., 200) = 200
+0    close(4) = 0
+0    > F. 1:1(0) ack 202 <...>
*     > F. 1:1(0) ack 202 <...>
+.01  < . 202:202(0) ack 2 win 65535
`,
  });
});

test("the client of a flow that begins in the middle: a handshake comes before", () => {
  const text = `client -> server: FIN+ACK seq=u ack=v
server -> client: ACK seq=v ack=u+1
server -> client: PSH+ACK seq=v ack=u+1 len=10
client -> server: ACK seq=u+1 ack=v+10
server -> client: RST seq=v+10
`;
  const script = written(text, 0);
  expect("text" in script ? script.text.split("\n").slice(4) : script).toEqual([
    "+.01  < S 0:0(0) win 65535 <mss 1460>",
    "+0    > S. 0:0(0) ack 1 <...>",
    "+.01  < . 1:1(0) ack 1 win 65535",
    "+0    accept(3, ..., ...) = 4",
    "+0    setsockopt(4, SOL_TCP, TCP_NODELAY, [1], 4) = 0",
    "+0    shutdown(4, SHUT_WR) = 0",
    "+0    > F. 1:1(0) ack 1 <...>",
    "+.01  < . 1:1(0) ack 2 win 65535",
    "+.01  < P. 1:11(10) ack 2 win 65535",
    "+0~+.2 > . 2:2(0) ack 11 <...>",
    "+.01  < R 11:11(0) win 0",
    "",
  ]);
});

test("an old duplicate, from whose number packetdrill counts, and the SYN that Linux repeats behind its reset", () => {
  const text = `endpoint client is CLOSED
client ~> server: SYN seq=100 as opening
client -> server: SYN seq=90 old
server -> client: SYN+ACK seq=300 ack=91
client -> server: RST seq=91
opening arrives
server -> client: SYN+ACK seq=400 ack=101
client -> server: ACK seq=101 ack=401
`;
  const script = written(text, 0);
  expect("text" in script ? script.text.split("\n").slice(3) : script).toEqual([
    "+0    > S 0:0(0) <...>",
    "+.01  < S. 0:0(0) ack 4294967287 win 65535 <mss 1460>",
    "+0    > R 4294967287:4294967287(0)",
    "*     > S 0:0(0) <...>",
    "+.01  < S. 100:100(0) ack 1 win 65535 <mss 1460>",
    "+0    setsockopt(3, SOL_TCP, TCP_NODELAY, [1], 4) = 0",
    "+0~+.2 > . 1:1(0) ack 101 <...>",
    "",
  ]);
});

test.each([
  ["client -> server: SYN seq=x\nserver crashes\n", 1, "crashes"],
  ["endpoint a is FIN-WAIT-1, b is ESTABLISHED\nb -> a: ACK\n", 0, "begins in the middle of the opening or closing"],
  ["client -> server: SYN seq=x\nserver -> client: RST+ACK seq=0 ack=x+1\n", 1, "neither opens nor listens"],
  ["client -> server: SYN seq=x\n", 7, "never takes part"],
  [examples().find(({ name }) => name.includes("stale-syn"))?.text ?? "", 1, "opens more than once"],
])("no script, but the reason", (flow, end, problem) => {
  expect(written(flow, end)).toEqual({ problem });
});

describe("what is written is read back as a right exchange", () => {
  const clean = examples().filter(({ text }) =>
    check(text).findings.every(({ severity, expected }) => severity !== "error" && !expected),
  );

  test.each(clean)("$name", ({ text }) => {
    const told = check(text);
    const scripts = told.ends.flatMap((_, end) => {
      const script = writePacketdrill(told, end);
      return "text" in script ? [script.text] : [];
    });
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      const { flow, untold } = packetdrillFlow(script);
      expect(untold).toEqual([]);
      const { findings } = replay(flow);
      expect(findings.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
    }
  });
});

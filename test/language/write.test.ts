/** Flow -> text: the text tells the same flow, in the form of the formatter. */
import { describe, expect, test } from "vitest";
import { format } from "../../server/src/language/format.ts";
import { parse } from "../../server/src/language/parse.ts";
import { write } from "../../server/src/language/write.ts";
import { examples, fences, MARKDOWN } from "../support/examples.ts";
import { again, told } from "./again.ts";

const ALL = [...examples(), ...MARKDOWN.flatMap(fences)].filter(({ text }) =>
  parse(text).problems.every(({ rule }) => rule !== "syntax" && rule !== "unknown-name"),
);

test.each(ALL)("$name tells the same when it is written anew", ({ text }) => {
  const written = again(text);
  expect(told(written)).toEqual(told(text));
  expect(format(written)).toBe(written);
});

describe("a text is as plain as it can be:", () => {
  test("what the formatter would write stays", () => {
    const text = `title "Open"
endpoint client is CLOSED
endpoint server as "Web server" is LISTEN

client calls connect
client -> server: SYN seq=x <mss 1460, sackOK> "hello"
client is SYN-SENT, server is SYN-RECEIVED with rcv.nxt=x+1
server -x client: SYN+ACK seq=y ack=x+1 win=100
server timeout retransmission
server ~> client: SYN+ACK seq=y ack=x+1 win=100 as late

section "Later"
note client, server: "a \\"note\\""
late arrives
repeat 3 {
  client -> server: PSH+ACK seq=x+1 ack=y+1 data="Hi"
  wait 10ms
}
crossing {
  client -> server: ACK
  server -> client: ACK ack=?
}
wait 2MSL
`;
    expect(again(text)).toBe(text);
  });

  test("times only where they change something", () => {
    const text = "set latency = 20ms\n\nA -> B: SYN seq=1\n@20ms B -> A: SYN+ACK seq=2 ack=2\n@40ms A -> B: ACK\n";
    expect(again(text)).toBe(`endpoint A, B\n${text.replaceAll(/@\d+ms /gu, "")}`);
  });

  test("else every line at its time", () => {
    const text = `endpoint A, B
set latency = 20ms

@0ms A -> B: PSH+ACK seq=1 ack=1 len=10
@5ms A -> B: PSH+ACK seq=11 ack=1 len=10 takes 30ms
@20ms B -> A: ACK seq=1 ack=11
`;
    expect(again(text)).toBe(text);
  });

  test("what crosses arrives at the end of its block, though all else arrives on lines of its own", () => {
    const text = `endpoint A, B
set latency = 20ms

@0ms crossing {
  A -> B: PSH+ACK seq=1 ack=1 len=10
  @5ms B -> A: PSH+ACK seq=1 ack=1 len=10
}
@30ms A ~> B: ACK seq=11 ack=11 as s3
@30ms B ~> A: ACK seq=11 ack=11 as s4
@40ms s4 arrives
@40ms s3 arrives
`;
    const flow = parse(text);
    const events = flow.events.map((event) => (event.kind === "send" ? { ...event, fate: "arrives" as const } : event));
    expect(write({ ...flow, events })).toBe(text);
  });

  test("which connection is meant is said where an endpoint has several", () => {
    const text = `endpoint A, B

A:1 -> B:80: SYN seq=x
A:2 -> B:80: SYN seq=y
B:80 is SYN-RECEIVED towards A:1
A:1 is SYN-SENT
`;
    expect(again(text)).toBe(text);
  });

  test("annotations stay with their lines", () => {
    const text = "endpoint A, B\n\n@expect(wrong-ack) A -> B: SYN+ACK seq=x ack=y\n";
    expect(again(text)).toBe(text);
  });
});

test("remarks become comments at the top", () => {
  expect(write(parse("A -> B: SYN\n"), ["one", "two"])).toBe("// one\n// two\nendpoint A, B\n\nA -> B: SYN\n");
});

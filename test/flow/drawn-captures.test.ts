/** What a drawing of a capture makes of what a flow did: text -> capture -> text. */
import { describe, expect, test } from "vitest";
import { type CapturePoint, writePcap } from "../../server/src/formats/pcap-writer.ts";
import { packetsOf } from "../support/captures.ts";
import { check, findings } from "../support/flows.ts";
import { textOf } from "../support/told-captures.ts";

/** The lines below the head of the text, for a capture at one point; `without` are packets that it lacks. */
function drawn(text: string, point: CapturePoint, without: readonly number[] = []): string {
  expect(findings(text)).toEqual([]);
  const packets = packetsOf(writePcap(check(text), point)).filter((_, i) => !without.includes(i));
  const told = textOf(packets, "relative");
  expect(findings(told)).toEqual([]);
  return told.slice(told.indexOf("\n\n") + 2);
}

/** The line with this text. */
const lineOf = (text: string, part: string): string => text.split("\n").find((line) => line.includes(part)) ?? "";

const OPEN = `set latency = 20ms
client -> server: SYN seq=1000 <mss 1460, sackOK>
@21ms server -> client: SYN+ACK seq=5000 ack=1001 <mss 1460, sackOK>
@42ms client -> server: ACK
`;

test.each<CapturePoint>(["client", "server"])("the handshake, as the %s sees it: the same times", (point) => {
  expect(drawn(OPEN, point)).toBe(`@0ms client -> server: SYN seq=0 <mss 1460, sackOK>
client is SYN-SENT, server is SYN-RECEIVED
@21ms server -> client: SYN+ACK seq=0 ack=1 <mss 1460, sackOK>
client is ESTABLISHED
@42ms client -> server: ACK seq=1 ack=1
server is ESTABLISHED
`);
});

describe("a lost segment", () => {
  const text = `${OPEN}@100ms client -x server: ACK seq=1001 ack=5001 len=1000
@101ms client -> server: PSH+ACK seq=2001 ack=5001 len=500
@122ms server -> client: ACK ack=1001 <sack 2001:2501>
@400ms client -> server: ACK seq=1001 ack=5001 len=1000
@421ms server -> client: ACK ack=2501
`;

  test("is lost where its sender is seen", () => {
    const told = drawn(text, "client");
    expect(lineOf(told, "@100ms")).toBe("@100ms client -x server: ACK seq=1 ack=1 len=1000");
    expect(lineOf(told, "@400ms")).toBe("@400ms client -> server: ACK seq=1 ack=1 len=1000");
  });

  test("is drawn at its receiver too, where nobody saw it", () => {
    expect(lineOf(drawn(text, "server"), "-x")).toBe("@101ms client -x server: ACK seq=1 ack=1 len=1000");
  });
});

test("segments that offloading has merged are drawn as the wire carries them", () => {
  const text = `${OPEN}@allow(mss-exceeded)
@100ms client -> server: PSH+ACK len=3000
@121ms server -> client: ACK ack=4001
`;
  expect(drawn(text, "client")).toContain(`@100ms client -> server: ACK seq=1 ack=1 len=1460
@100ms client -> server: ACK seq=1461 ack=1 len=1460
@100ms client -> server: PSH+ACK seq=2921 ack=1 len=80
`);
});

test("what was lost had no FIN yet, though its repetition has one", () => {
  const text = `${OPEN}@100ms client -x server: PSH+ACK seq=1001 ack=5001 len=10
@150ms server -> client: PSH+ACK seq=5001 ack=1001 len=7
@175ms client -> server: ACK seq=1011 ack=5008
@200ms client -> server: FIN+ACK seq=1011 ack=5008
@221ms server -> client: ACK ack=1001
@400ms client -> server: FIN+PSH+ACK seq=1001 ack=5008 len=10
@421ms server -> client: ACK ack=1012
`;
  expect(lineOf(drawn(text, "server"), "-x")).toMatch(/client -x server: ACK seq=1 ack=8 len=10$/u);
});

test("segments that cross", () => {
  const text = `${OPEN}@100ms client -> server: FIN+ACK
@105ms server -> client: FIN+ACK seq=5001 ack=1001
@130ms client -> server: ACK
@131ms server -> client: ACK
`;
  expect(drawn(text, "client")).toContain(`@100ms crossing {
  client -> server: FIN+ACK seq=1 ack=1
  client is FIN-WAIT-1
  @105ms server -> client: FIN+ACK seq=1 ack=1
}
client is CLOSING, server is CLOSING
`);
});

test("a copy that only the answer to it tells of", () => {
  const text = `${OPEN}@100ms client -> server: PSH+ACK len=10 as data
@125ms server -> client: ACK
@130ms data arrives again
@130ms server -> client: ACK ack=1011 <sack 1001:1011>
`;
  expect(drawn(text, "client")).toContain(`@100ms client -> server: PSH+ACK seq=1 ack=1 len=10 as s4
@125ms server -> client: ACK seq=1 ack=11
@130ms s4 arrives again
@130ms server -> client: ACK seq=1 ack=11 <sack 1:11>
`);
});

test("acknowledgments that the network has turned round leave in the order in which they were due", () => {
  const text = `${OPEN}@100ms client ~> server: ACK seq=1001 len=1000 as first
client ~> server: ACK len=1000 as second
client ~> server: PSH+ACK len=1000 as third
@120ms second arrives
server ~> client: ACK ack=1001 <sack 2001:3001> as one
third arrives
server ~> client: ACK ack=1001 <sack 2001:4001> as two
first arrives
server ~> client: ACK ack=4001 as all
@140ms all arrives
two arrives
one arrives
`;
  const told = drawn(text, "client").split("\n");
  const [one, two, all] = ["<sack 1001:2001>", "<sack 1001:3001>", "server -> client: ACK seq=1 ack=3001"].map((part) =>
    told.findIndex((line) => line.includes(part)),
  );
  expect([one, two, all]).not.toContain(-1);
  expect([all, two, one].toSorted((a = 0, b = 0) => a - b)).toEqual([one, two, all]);
});

test("a segment that the capture lacks", () => {
  const text = `${OPEN}@100ms client -> server: PSH+ACK len=10
@125ms server -> client: ACK
@150ms client -> server: PSH+ACK len=7
@175ms server -> client: ACK
`;
  expect(lineOf(drawn(text, "client", [5]), "not captured")).toMatch(
    /client -> server: ACK seq=11 ack=1 len=7 "not captured"$/u,
  );
});

test("keep-alives and probes come of timers", () => {
  const text = `${OPEN}wait 2h
client timeout keepalive
client -> server: ACK seq=1000
server -> client: ACK
`;
  expect(drawn(text, "client")).toContain("client timeout keepalive\n");
});

test("ports that are used again, and one that refuses", () => {
  const text = `set latency = 10ms
A:4000 -> B:80: SYN seq=1000
B:80 -> A:4000: SYN+ACK seq=5000 ack=1001
A:4000 -> B:80: ACK
A:4000 -> B:80: RST+ACK
A:4000 -> B:80: SYN seq=90000
B:80 -> A:4000: SYN+ACK seq=70000 ack=90001
A:4000 -> B:80: ACK
A:4001 -> B:81: SYN seq=7
B:81 -> A:4001: RST+ACK seq=0 ack=8
`;
  const told = drawn(text, "client");
  expect(told.match(/client:4000 -> server:80: SYN seq=0/gu)).toHaveLength(2);
  expect(told).toContain("server:81 -> client:4001: RST+ACK seq=0 ack=1\n");
});

test("a pair of ports that is used again while the old connection answers: one count of numbers", () => {
  const text = `${OPEN}@100ms server -> client: FIN+ACK seq=5001 ack=1001
@121ms client -> server: ACK
@130ms client -> server: FIN+ACK
@151ms server -> client: ACK
@300ms client -> server: SYN seq=900
@321ms server -> client: ACK seq=5002 ack=1002
@342ms client -> server: RST seq=1002
`;
  const told = drawn(text, "client");
  expect(lineOf(told, "@300ms")).toContain(`SYN seq=${2 ** 32 - 100}`);
  expect(lineOf(told, "RST")).toContain("RST seq=2");
});

test("keep-alives of both ends that cross", () => {
  const text = `${OPEN}wait 3h
crossing {
  client timeout keepalive
  server timeout keepalive
  client -> server: ACK seq=1000
  server -> client: ACK seq=5000
}
crossing {
  server -> client: ACK
  client -> server: ACK
}
`;
  expect(drawn(text, "client").match(/timeout keepalive/gu)).toHaveLength(2);
});

test("a refusal tells that the reset before it has arrived", () => {
  const text = `${OPEN}@100ms client ~> server: PSH+ACK len=10 as data
@120ms data arrives
@120ms server -> client: ACK
@150ms client -> server: RST+ACK seq=1011 ack=5001
@175ms data arrives again
@175ms server -> client: RST seq=5001
`;
  expect(drawn(text, "client")).toContain("arrives again\n");
});

/** The lines drawn of segments that left like this, whatever a correct TCP would say of their order. */
function mended(text: string): string {
  const told = textOf(packetsOf(writePcap(check(text))), "relative");
  expect(findings(told)).toEqual([]);
  return told;
}

describe("where no plain story is right", () => {
  test("a SYN that its own SYN,ACK has overtaken left first", () => {
    const told = mended(`client -> server: SYN seq=1000
@40ms server -> client: SYN+ACK seq=5000 ack=1001
@41ms client -> server: ACK seq=1001 ack=5001
@43ms server -> client: SYN seq=5000
@44ms client -> server: ACK seq=1001 ack=5001
`);
    expect(told.indexOf("server -> client: SYN seq=0")).toBeLessThan(told.indexOf("SYN+ACK"));
  });

  test("what was sent once more, and acknowledged late, had not arrived before", () => {
    const told = mended(`client -> server: SYN seq=1000
@20ms server -> client: SYN+ACK seq=5000 ack=1001
@40ms client -> server: ACK seq=1001 ack=5001
@50ms client -> server: ACK seq=1001 ack=5001 len=100
@51ms client -> server: ACK seq=1101 ack=5001 len=100
@52ms client -> server: ACK seq=1201 ack=5001 len=100
@72ms server -> client: ACK seq=5001 ack=1001
@300ms client -> server: ACK seq=1001 ack=5001 len=100
@320ms server -> client: ACK seq=5001 ack=1101
@600ms client -> server: ACK seq=1101 ack=5001 len=100
@620ms server -> client: ACK seq=5001 ack=1301
`);
    expect(told).toContain("client -x server: ACK seq=101 ack=1 len=100");
  });
});

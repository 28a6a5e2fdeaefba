/**
 * tshark reads the captures that flows become: sound packets, and the names that we give to segments. It knows what
 * passed one point, we know what each end had received: where the two differ, the test says why.
 */
import { describe, expect, test } from "vitest";
import type { CapturePoint } from "../../server/src/formats/pcap-writer.ts";
import { writePcap } from "../../server/src/formats/pcap-writer.ts";
import { examples } from "../support/examples.ts";
import { check } from "../support/flows.ts";
import { type TsharkPacket, tshark } from "../support/tshark.ts";

/** What no capture in the middle can show: the order of arrival, and what an end knew. */
const UNSEEN = new Set(["out of order", "simultaneous open", "simultaneous close", "challenge ACK"]);

/** What we say of the segments of a flow, in the order in which they leave, without what tshark has no name for. */
function ours(text: string): string[][] {
  const { flow, readings } = check(text);
  return flow.events.flatMap((event) =>
    event.kind === "send" ? [(readings[event.segment]?.classes ?? []).filter((name) => !UNSEEN.has(name)).sort()] : [],
  );
}

const theirs = (packets: readonly TsharkPacket[]): string[][] => packets.map(({ classes }) => [...classes].sort());

/** By example: the packets that tshark names otherwise, and its words. */
const OTHERWISE: Readonly<Record<string, Readonly<Record<number, readonly string[]>>>> = {
  // A second SYN of one end is a retransmission to it, also when it answers a SYN that has crossed.
  "simultaneous-open.tcpflow": { 2: ["retransmission"], 3: ["retransmission"] },
  "rfc9293-figure-07.tcpflow": { 2: ["retransmission"], 3: ["retransmission"] },
  // A SYN from before the flow begins a connection of its own there, which the real one then seems to break.
  "rfc9293-figure-08.tcpflow": {
    1: ["port numbers reused"],
    4: ["acked unseen segment", "port numbers reused", "previous segment not captured"],
    5: ["acked unseen segment", "previous segment not captured"],
  },
  "stale-syn.tcpflow": { 7: ["port numbers reused", "previous segment not captured"] },
};

const isClean = (text: string): boolean =>
  check(text).findings.every(({ severity }) => severity !== "error" && severity !== "warning");

describe.each(examples().filter(({ text }) => isClean(text)))("$name", ({ name, text }) => {
  test("is a sound capture, and tshark says of each segment what we say", { timeout: 30_000 }, async () => {
    const packets = await tshark(writePcap(check(text)));
    const expected = ours(text).map((classes, i) => OTHERWISE[name]?.[i] ?? classes);
    expect(theirs(packets)).toEqual(expected);
    expect(packets.filter(({ sound }) => !sound)).toEqual([]);
  });
});

const OPEN = `A -> B: SYN seq=1000 win=4000 <mss 1460, nop, nop, sackOK, wscale 0>
B -> A: SYN+ACK seq=5000 ack=1001 win=4000 <mss 1460, sackOK, wscale 0>
A -> B: ACK seq=1001 ack=5001 win=4000
`;

/** The classes of the packets behind the handshake, as tshark sees them at one point. */
async function seenAt(point: CapturePoint, text: string): Promise<string[]> {
  const packets = await tshark(writePcap(check(OPEN + text), point));
  expect(packets.every(({ sound }) => sound)).toBe(true);
  return theirs(packets.slice(3)).map((classes) => classes.join(", "));
}

/** What we say of the segments behind the handshake. */
const said = (text: string): string[] =>
  ours(OPEN + text)
    .slice(3)
    .map((classes) => classes.join(", "));

describe("tshark and we agree on", { timeout: 30_000 }, () => {
  test.each<[string, CapturePoint, string]>([
    [
      "a retransmission",
      "client",
      `A -x B: PSH+ACK seq=1001 ack=5001 len=100
A timeout
A -> B: PSH+ACK seq=1001 ack=5001 len=100
B -> A: ACK seq=5001 ack=1101
`,
    ],
    [
      "a spurious retransmission, and the duplicate ACK it draws",
      "client",
      `A -> B: PSH+ACK seq=1001 ack=5001 len=100
B -> A: ACK seq=5001 ack=1101
A -> B: PSH+ACK seq=1001 ack=5001 len=100
B -> A: ACK seq=5001 ack=1101
`,
    ],
    [
      "duplicate ACKs and a fast retransmission",
      "client",
      `A -x B: ACK seq=1001 ack=5001 len=100
A -> B: ACK seq=1101 ack=5001 len=100
B -> A: ACK seq=5001 ack=1001 <sack 1101:1201>
A -> B: ACK seq=1201 ack=5001 len=100
B -> A: ACK seq=5001 ack=1001 <sack 1101:1301>
A -> B: ACK seq=1301 ack=5001 len=100
B -> A: ACK seq=5001 ack=1001 <sack 1101:1401>
A -> B: ACK seq=1001 ack=5001 len=100
B -> A: ACK seq=5001 ack=1401
`,
    ],
    [
      "keep-alives and their answers",
      "client",
      `wait 2h
A timeout keepalive
A -> B: ACK seq=1000 ack=5001
B -> A: ACK seq=5001 ack=1001
`,
    ],
    [
      "a full window, a zero window, its probe and the answer, and the update",
      "client",
      `A -> B: ACK seq=1001 ack=5001 len=4000
B -> A: ACK seq=5001 ack=5001 win=0
A calls send 100
A timeout persist
A -> B: ACK seq=5001 ack=5001 len=1
B -> A: ACK seq=5001 ack=5001 win=0
B -> A: ACK seq=5001 ack=5001 win=4000
`,
    ],
    [
      "port numbers that are used again",
      "client",
      `A -> B: RST seq=1001
A -> B: SYN seq=9000
B -> A: SYN+ACK seq=7000 ack=9001
A -> B: ACK seq=9001 ack=7001
`,
    ],
  ])("%s", async (_, point, text) => {
    const expected = said(text);
    expect(expected.join("")).not.toBe("");
    expect(await seenAt(point, text)).toEqual(expected);
  });
});

describe("tshark cannot know", { timeout: 30_000 }, () => {
  test("at the sender, in which order segments arrive; at the receiver it says so in two segments", async () => {
    const text = `A ~> B: ACK seq=1001 ack=5001 len=100 as late
A -> B: ACK seq=1101 ack=5001 len=100
late arrives
B -> A: ACK seq=5001 ack=1201
`;
    expect(check(OPEN + text).readings[4]?.classes).toEqual(["out of order"]);
    expect(await seenAt("client", text)).toEqual(["", "", ""]);
    expect(await seenAt("server", text)).toEqual(["previous segment not captured", "out of order", ""]);
  });

  test("at the receiver, that what it sees was sent before", async () => {
    const text = `A -x B: PSH+ACK seq=1001 ack=5001 len=100
A timeout
A -> B: PSH+ACK seq=1001 ack=5001 len=100
`;
    expect(said(text)).toEqual(["", "retransmission"]);
    expect(await seenAt("server", text)).toEqual([""]);
  });

  test("that an acknowledgment was lost behind it: who repeats then is not at fault", async () => {
    const text = `A -> B: PSH+ACK seq=1001 ack=5001 len=100
B -x A: ACK seq=5001 ack=1101
A timeout
A -> B: PSH+ACK seq=1001 ack=5001 len=100
B -> A: ACK seq=5001 ack=1101
`;
    expect(said(text)).toEqual(["", "", "retransmission", "duplicate ACK"]);
    expect(await seenAt("middle", text)).toEqual(["", "", "spurious retransmission", "duplicate ACK"]);
  });

  test("that a probe without data asks for the window", async () => {
    const text = `A -> B: ACK seq=1001 ack=5001 len=4000
B -> A: ACK seq=5001 ack=5001 win=0
A calls send 100
A timeout persist
A -> B: ACK seq=5000 ack=5001
`;
    expect(said(text)).toEqual(["window full", "zero window", "zero window probe"]);
    expect(await seenAt("client", text)).toEqual(["window full", "zero window", "keep-alive"]);
  });
});

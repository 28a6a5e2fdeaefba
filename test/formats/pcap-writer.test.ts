/** Replay -> capture: what a packet holds. tshark.test.ts has another program's opinion. */
import { expect, test } from "vitest";
import { type CapturePoint, writePcap } from "../../server/src/formats/pcap-writer.ts";
import { readCapture } from "../support/captures.ts";
import { check } from "../support/flows.ts";

const seen = (text: string, point?: CapturePoint) => readCapture(writePcap(check(text), point)).segments;

const OPEN = `client -> server: SYN seq=x <mss 1460, sackOK, wscale 7>
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;

test("symbols get numbers, far from each other, the same in every run", () => {
  const [syn, answer, ack] = seen(OPEN);
  expect([syn?.seq, syn?.ack]).toEqual([10_000_000, 0]);
  expect([answer?.seq, answer?.ack]).toEqual([20_000_000, 10_000_001]);
  expect([ack?.seq, ack?.ack]).toEqual([10_000_001, 20_000_001]);
});

test("numbers that are written stay as they are", () => {
  const [data] = seen("A -> B: PSH+ACK seq=4294967290 ack=7 len=100 win=512\n");
  expect(data).toMatchObject({ seq: 4294967290, ack: 7, length: 100, window: 512 });
});

test("lengths that nobody tells are small, and what is left out holds nothing", () => {
  const [data, ack, , fin] = seen(`A -> B: PSH+ACK seq=u ack=v len=n
B -> A: ACK seq=v ack=u+n
...
A -> B: PSH+ACK seq=w ack=z len=5
`);
  expect(data?.length).toBe(10);
  expect(ack?.ack).toBe((data?.seq ?? 0) + 10);
  expect(fin).toBeUndefined();
});

test("ports as written, else those of a client and a web server; addresses in the order of the endpoints", () => {
  const [syn, answer] = seen(OPEN);
  expect([syn?.sourcePort, syn?.destinationPort]).toEqual([49_152, 80]);
  expect([answer?.sourcePort, answer?.destinationPort]).toEqual([80, 49_152]);
  expect([syn?.addresses[3], syn?.addresses[7]]).toEqual([0x0a000001, 0x0a000002]);
  expect(seen("A:4000 -> B:22: SYN seq=1\n")[0]).toMatchObject({ sourcePort: 4000, destinationPort: 22 });
});

test("options as written, filled up to whole words", () => {
  const [syn] = seen("A -> B: SYN seq=1 <mss 1460, wscale 7, sackOK, TS val 5 ecr 0, FO abcd>\n");
  expect(syn?.options).toMatchObject({
    octets: 24,
    malformed: false,
    mss: 1460,
    windowScale: 7,
    sackPermitted: true,
    timestamp: 5,
    echo: 0,
    fastOpen: 2,
  });
  const [ack] = seen("A -> B: ACK seq=u ack=100 <sack 200:300 400:500>\n");
  expect([...(ack?.options.sackEdges ?? [])].slice(0, 4)).toEqual([200, 300, 400, 500]);
});

test("a window that nobody writes is open; one that is written lasts", () => {
  const windows = seen(`A -> B: ACK seq=1 ack=1
B -> A: PSH+ACK seq=1 ack=1 len=1 win=500
B -> A: PSH+ACK seq=2 ack=1 len=1
B -> A: PSH+ACK seq=3 ack=1 len=1 win=0
B -> A: PSH+ACK seq=4 ack=1 len=1
`).map(({ window }) => window);
  expect(windows).toEqual([65_535, 500, 500, 0, 65_535]);
});

test("data is in the packet as UTF-8", () => {
  const file = writePcap(check('A -> B: PSH+ACK seq=1 ack=1 data="Grüße"\n'));
  expect(new TextDecoder().decode(file.subarray(-7))).toBe("Grüße");
});

test("times are those of the clock; without one, packets follow each other, and a timeout takes its time", () => {
  const times = (text: string, point?: CapturePoint) => {
    const [first, ...more] = seen(text, point).map(({ time }) => time);
    return more.map((time) => time - (first ?? 0));
  };
  expect(times(`set latency = 20ms\n${OPEN}`)).toEqual([20_000, 40_000]);
  expect(times(`set latency = 20ms\n${OPEN}`, "server")).toEqual([1, 40_000]);
  expect(times(OPEN)).toEqual([1000, 2000]);
  expect(times("A -x B: SYN seq=1\nA -> B: SYN seq=1\n")).toEqual([1_000_000]);
});

test("an end sees what arrives there when it arrives, each copy, and nothing of what is lost or forged", () => {
  const text = `endpoint client, server
endpoint attacker unchecked
attacker -> server: SYN seq=z spoofing client
client -> server: ACK seq=1 ack=2 len=10 as data
data arrives again
client -x server: ACK seq=11 ack=2 len=10
client ~> server: ACK seq=21 ack=2 len=10
`;
  expect(seen(text, "client").map(({ seq }) => seq)).toEqual([1, 11, 21]);
  expect(seen(text, "server").map(({ seq }) => seq)).toEqual([10_000_000, 1, 1]);
});

/** What the reader of a picture may choose. */
import { expect, test } from "vitest";
import { arrowOf, labelOf, ladderOf } from "./ladder.ts";

const FLOW = `client -> server: SYN seq=1000
server -> client: SYN+ACK seq=y ack=1001
client -> server: ACK seq=1001 ack=y+1
client -x server: PSH+ACK len=n
client timeout
client -> server: PSH+ACK seq=1001 len=n
server -> client: ACK ack=1001+n
`;

test.each([
  ["written", "ACK seq=1001 ack=y+1", "ACK seq=y+1 ack=1001+n"],
  ["relative", "ACK seq=1 ack=1", "ACK seq=1 ack=n+1"],
  ["absolute", "ACK seq=1001 ack=10000001", "ACK seq=10000001 ack=1011"],
] as const)("numbers are %s", (numbers, third, last) => {
  const ladder = ladderOf(FLOW, { numbers });
  expect(labelOf(arrowOf(ladder, 2))).toBe(third);
  expect(labelOf(arrowOf(ladder, 5))).toBe(last);
});

test("a flow that begins in the middle counts from its first numbers, as Wireshark does", () => {
  const ladder = ladderOf("a -> b: PSH+ACK seq=u ack=v len=10\nb -> a: ACK seq=v ack=u+10\n", { numbers: "relative" });
  expect(labelOf(arrowOf(ladder, 0))).toBe("PSH ACK seq=1 ack=1 len=10");
  expect(labelOf(arrowOf(ladder, 1))).toBe("ACK seq=1 ack=11");
});

test("numbers that nobody wrote are drawn only where they do not depend on how the streams begin", () => {
  const answer = (numbers: "written" | "relative" | "absolute") =>
    labelOf(arrowOf(ladderOf("a -> b: SYN\nb -> a: SYN+ACK\n", { numbers }), 1));
  expect(answer("written")).toBe("SYN ACK");
  expect(answer("absolute")).toBe("SYN ACK");
  expect(answer("relative")).toBe("SYN ACK seq=0 ack=1");
});

test("a wrong number that would look right stays as it is written", () => {
  const ladder = ladderOf("a -> b: SYN seq=x\nb -> a: SYN+ACK seq=y ack=z\n", { numbers: "relative" });
  expect(labelOf(arrowOf(ladder, 1))).toBe("SYN ACK seq=0 ack=z");
});

test("states have the names of netstat", () => {
  const { stateNames } = ladderOf(FLOW, { states: "netstat" });
  expect(stateNames.map(({ text }) => text)).toEqual([
    "CLOSE",
    "LISTEN",
    "SYN_SENT",
    "SYN_RECV",
    "ESTABLISHED",
    "ESTABLISHED",
  ]);
});

test("kinds of segments can be left out", () => {
  const remarks = (classes: boolean) =>
    arrowOf(ladderOf(FLOW, { classes }), 4).labels[0]?.remarks.map(({ text }) => text);
  expect(remarks(true)).toEqual(["retransmission"]);
  expect(remarks(false)).toEqual([]);
});

const TIMED = `set latency = 10ms
a -> b: SYN seq=x
b -> a: SYN+ACK seq=y ack=x+1
@100ms a -> b: ACK seq=x+1 ack=y+1
`;

test("time to scale: twice as long is twice as far", () => {
  const ladder = ladderOf(TIMED, { time: "scale" });
  const [sent, arrived] = [0, 1, 2].reduce<[number[], number[]]>(
    ([starts, ends], segment) => {
      const points = arrowOf(ladder, segment).strokes.flatMap((stroke) => stroke.points);
      return [
        [...starts, points[0]?.y ?? 0],
        [...ends, points.at(-1)?.y ?? 0],
      ];
    },
    [[], []],
  );
  const flight = (arrived[0] ?? 0) - (sent[0] ?? 0);
  // 80 ms pass from the second arrival to the third departure.
  expect(((sent[2] ?? 0) - (arrived[1] ?? 0)) / flight).toBeCloseTo(8, 0);
});

test("without a clock there is no scale, and a long wait does not make a picture without end", () => {
  expect(ladderOf(FLOW, { time: "scale" }).height).toBe(ladderOf(FLOW).height);
  const long = ladderOf(`${TIMED}wait 24h\na -> b: ACK\n`, { time: "scale" });
  expect(long.height).toBeLessThan(2500);
});

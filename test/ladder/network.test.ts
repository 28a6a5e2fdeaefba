/** What happens to segments on their way can be seen. */
import { describe, expect, test } from "vitest";
import { example } from "../support/examples.ts";
import { arrowOf, cross, endsOf, labelOf, ladderOf } from "./ladder.ts";

const OPEN = "endpoint client is ESTABLISHED, server is ESTABLISHED\n";

function solid(ladder: ReturnType<typeof ladderOf>, segment: number) {
  const [stroke] = arrowOf(ladder, segment).strokes;
  if (stroke === undefined) throw new Error("no line");
  return stroke;
}

test("a segment slants from its sender down to its receiver", () => {
  const ladder = ladderOf("client -> server: SYN seq=x\nserver -> client: SYN+ACK seq=y ack=x+1");
  const [left, right] = ladder.lifelines;
  const there = endsOf(solid(ladder, 0));
  const back = endsOf(solid(ladder, 1));
  expect(there.start.x).toBeCloseTo((left?.x ?? 0) + 8);
  expect(there.end.x).toBeCloseTo((right?.x ?? 0) - 8);
  expect(there.end.y).toBeGreaterThan(there.start.y);
  expect(back.start.x).toBeGreaterThan(back.end.x);
  expect(back.start.y).toBeGreaterThan(there.end.y);
});

test("segments in a crossing cross", () => {
  const ladder = ladderOf(example("simultaneous-close.tcpflow"));
  expect(cross(solid(ladder, 0), solid(ladder, 1))).toBe(true);
  expect(cross(solid(ladder, 2), solid(ladder, 3))).toBe(true);
  expect(cross(solid(ladder, 0), solid(ladder, 3))).toBe(false);
});

test("a lost segment ends in a cross before its receiver", () => {
  const ladder = ladderOf(`${OPEN}client -x server: FIN+ACK seq=u ack=v`);
  const { crosses, tips } = arrowOf(ladder, 0);
  const { end } = endsOf(solid(ladder, 0));
  expect(tips).toEqual([]);
  expect(crosses).toEqual([end]);
  expect(end.x).toBeLessThan((ladder.lifelines[1]?.x ?? 0) - 60);
});

describe("a late segment", () => {
  const LATE = `${OPEN}
client ~> server: ACK seq=u ack=v len=10 as late
client -> server: ACK seq=u+10 ack=v len=10
server -> client: ACK ack=u
client -> server: ACK seq=u+20 ack=v len=10
late arrives
late arrives again`;

  test("waits in the network and arrives below what came before it", () => {
    const ladder = ladderOf(LATE);
    const { tips, strokes, turns } = arrowOf(ladder, 0);
    const before = arrowOf(ladder, 3).tips[0]?.y ?? 0;
    expect(strokes.map(({ style }) => style)).toEqual(["solid", "network", "solid", "network", "solid"]);
    expect(turns).toHaveLength(3);
    expect(tips[0]?.y).toBeGreaterThan(before);
  });

  test("arrives twice when it is duplicated, with its numbers at each arrival", () => {
    const { tips, labels } = arrowOf(ladderOf(LATE), 0);
    expect(tips).toHaveLength(2);
    expect(tips[1]?.y).toBeGreaterThan(tips[0]?.y ?? 0);
    expect(labels.map(({ repeated }) => repeated)).toEqual([false, true, true]);
  });

  test("is a straight line across the one segment it meets", () => {
    const ladder = ladderOf(example("rfc9293-figure-07.tcpflow"));
    expect(arrowOf(ladder, 0).strokes).toHaveLength(1);
    expect(cross(solid(ladder, 0), solid(ladder, 1))).toBe(true);
  });

  test("can be lost at last", () => {
    const text = `${OPEN}client ~> server: ACK seq=u len=5 as late\nserver -> client: ACK\nlate gets lost`;
    const { crosses, tips } = arrowOf(ladderOf(text), 0);
    expect([crosses.length, tips.length]).toEqual([1, 0]);
  });

  test("fades out if it never arrives", () => {
    const { strokes, tips } = arrowOf(ladderOf(`${OPEN}client ~> server: FIN+ACK seq=u ack=v`), 0);
    expect(strokes.map(({ style }) => style)).toEqual(["solid", "fading"]);
    expect(tips).toEqual([]);
  });
});

test("an old duplicate comes out of the network, not from its sender", () => {
  const ladder = ladderOf(example("rfc9293-figure-11.tcpflow"));
  const { strokes, tips, labels } = arrowOf(ladder, 0);
  const start = Math.min(...strokes.flatMap(({ points }) => points.map(({ x }) => x)));
  expect(start).toBeGreaterThan((ladder.lifelines[0]?.x ?? 0) + 80);
  expect(tips).toHaveLength(1);
  expect(labels[0]?.remarks.map(({ text }) => text)).toEqual(["old duplicate"]);
});

test("a forged segment is drawn from who sent it and names the source", () => {
  const ladder = ladderOf(
    "endpoint attacker unchecked, client, server is LISTEN\nattacker -> server: SYN seq=x spoofing client",
  );
  const { labels } = arrowOf(ladder, 0);
  expect(endsOf(solid(ladder, 0)).start.x).toBeCloseTo((ladder.lifelines[0]?.x ?? 0) + 8);
  expect(labels[0]?.remarks.map(({ text }) => text)).toEqual(["source forged: client"]);
});

describe("with a latency", () => {
  const WINDOW = `set latency = 40ms
${OPEN}@0ms client -> server: ACK seq=u ack=v len=100
@1ms client -> server: ACK seq=u+100 ack=v len=100
@2ms client -x server: ACK seq=u+200 ack=v len=100
@3ms client -> server: ACK seq=u+300 ack=v len=100
@41ms server -> client: ACK ack=u+100`;

  test("segments under way together are parallel", () => {
    const ladder = ladderOf(WINDOW);
    const slopes = [0, 1, 2, 3].map((segment) => {
      const { start, end } = endsOf(solid(ladder, segment));
      return (end.y - start.y) / (end.x - start.x);
    });
    for (const slope of slopes) expect(slope).toBeCloseTo(slopes[0] ?? 0, 1);
  });

  test("what leaves before the first arrival leaves above it", () => {
    const ladder = ladderOf(WINDOW);
    const arrival = arrowOf(ladder, 0).tips[0]?.y ?? 0;
    expect(endsOf(solid(ladder, 3)).start.y).toBeLessThanOrEqual(arrival + 0.5);
    expect(endsOf(solid(ladder, 4)).start.y).toBeGreaterThan(arrival);
  });

  test("a clock at the edge tells the times", () => {
    expect(ladderOf(WINDOW).times.map(({ text }) => text)).toEqual([
      "0",
      "1 ms",
      "2 ms",
      "3 ms",
      "41 ms",
      "43 ms",
      "81 ms",
    ]);
    expect(ladderOf(`${OPEN}client -> server: ACK seq=u len=1\nwait 1s\nserver -> client: ACK`).times).toEqual([]);
  });

  test("what takes longer slants more", () => {
    const ladder = ladderOf(
      `set latency = 10ms\n${OPEN}client -> server: ACK seq=u len=1\nclient -> server: ACK len=1 takes 90ms`,
    );
    const [short, long] = [0, 1].map((segment) => {
      const { start, end } = endsOf(solid(ladder, segment));
      return end.y - start.y;
    });
    expect(long).toBeCloseTo(3 * (short ?? 0), 0);
  });
});

test("of a repeat only the first round is drawn, in a frame with its count", () => {
  const ladder = ladderOf(`${OPEN}repeat 10 {
  client -> server: PSH+ACK len=100
  server -> client: ACK
}
client -> server: FIN+ACK`);
  expect(ladder.arrows.map((arrow) => labelOf(arrow).split(" ").slice(0, 2).join(" "))).toHaveLength(3);
  expect(ladder.repeats.map(({ count }) => count)).toEqual([10]);
  const [frame] = ladder.repeats;
  const inside = [0, 1].flatMap((segment) => arrowOf(ladder, segment).tips.map(({ y }) => y));
  for (const y of inside) expect(y > (frame?.y ?? 0) && y < (frame?.y ?? 0) + (frame?.height ?? 0)).toBe(true);
  const after = ladder.arrows[2]?.strokes[0]?.points[0]?.y ?? 0;
  expect(after).toBeGreaterThan((frame?.y ?? 0) + (frame?.height ?? 0));
});

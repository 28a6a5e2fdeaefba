/** The bands tell the states that the replay found, where they begin, and nothing that the reader is to say. */
import { describe, expect, test } from "vitest";
import type { Replay } from "../../server/src/flow/replay-types.ts";
import { layout } from "../../server/src/ladder/layout.ts";
import { example, examples, fences, MARKDOWN } from "../support/examples.ts";
import { check } from "../support/flows.ts";
import { arrowOf, ladderOf, statesOf } from "./ladder.ts";

/** The states of an end in the replay, from its start on. */
function statesInReplay(replay: Replay, end: number): string[] {
  const states: string[] = [replay.ends[end]?.start.state ?? ""];
  for (const { changes } of replay.steps)
    for (const change of changes) if (change.end === end) states.push(change.after.state);
  return states.filter((state, i) => state !== states[i - 1]);
}

describe("bands are the states of the replay", () => {
  test.each([...examples(), ...MARKDOWN.flatMap(fences)])("$name", ({ text }) => {
    const replay = check(text);
    const ladder = layout(replay, { answers: true });
    for (const [index, { self }] of replay.ends.entries()) {
      if (replay.flow.endpoints[self.endpoint]?.unchecked === true) continue;
      const states = statesInReplay(replay, index);
      // Beside others on its lane, an end comes into sight with its first change.
      expect([states.join(" "), states.slice(1).join(" ")]).toContain(statesOf(ladder, index));
    }
  });
});

test("a state begins where the segment leaves or arrives that leads to it", () => {
  const ladder = ladderOf(example("four-way-close.tcpflow"));
  const band = (state: string) => ladder.bands.find((each) => each.state === state)?.y;
  const fin = arrowOf(ladder, 0);
  expect(band("FIN-WAIT-1")).toBe(fin.strokes[0]?.points[0]?.y);
  expect(band("CLOSE-WAIT")).toBe(fin.tips[0]?.y);
  expect(band("FIN-WAIT-2")).toBe(arrowOf(ladder, 1).tips[0]?.y);
});

test("names stand left of the first lane and right of the others", () => {
  const ladder = ladderOf(example("three-way-handshake.tcpflow"));
  const [left, right] = ladder.lifelines.map(({ x }) => x);
  const edges = ladder.stateNames.map(({ x, anchor }) => (anchor === "end" ? x < (left ?? 0) : x > (right ?? 0)));
  expect(edges.every((outside) => outside)).toBe(true);
  expect(ladder.stateNames.map(({ text }) => text)).toContain("SYN-RECEIVED");
});

test("the connections of one endpoint stand side by side, with their ports", () => {
  const ladder = ladderOf(example("syn-flood.tcpflow"));
  const halfOpen = ladder.stateNames.filter(({ state }) => state === "SYN-RECEIVED");
  expect(halfOpen.map(({ port }) => port)).toEqual([":1025", ":1026", ":1027", ":50000"]);
  const columns = new Set(ladder.bands.filter(({ state }) => state === "SYN-RECEIVED").map(({ x }) => x));
  expect(columns.size).toBe(3);
});

test("an endpoint that is not judged has no states", () => {
  const ladder = ladderOf("endpoint attacker unchecked, server is LISTEN\nattacker -> server: SYN seq=x");
  expect(ladder.lifelines.map(({ unchecked }) => unchecked)).toEqual([true, false]);
  expect(ladder.stateNames.map(({ text }) => text)).toEqual(["LISTEN", "SYN-RECEIVED"]);
});

describe("a state to be named by the reader", () => {
  const EXERCISE = "client -> server: SYN seq=x\nclient is ?\nserver -> client: SYN+ACK seq=y\nserver is ?";

  test("is an empty box beside a band without colour", () => {
    const ladder = ladderOf(EXERCISE);
    expect([statesOf(ladder, 0), statesOf(ladder, 1)]).toEqual(["CLOSED ? ESTABLISHED", "LISTEN ?"]);
    expect(ladder.stateNames.filter(({ blank }) => blank).map(({ text }) => text)).toEqual(["", ""]);
  });

  test("is not told by the description", () => {
    expect(ladderOf(EXERCISE).words).not.toContain("SYN-SENT");
    expect(ladderOf(EXERCISE).words).not.toContain("SYN-RECEIVED");
  });

  test("is named in the answer key", () => {
    expect(statesOf(ladderOf(EXERCISE, { answers: true }), 0)).toBe("CLOSED SYN-SENT ESTABLISHED");
  });
});

test("a crash ends the band at the mark", () => {
  const ladder = ladderOf(example("keep-alive.tcpflow"));
  const crash = ladder.remarked.find(({ kind }) => kind === "crash");
  const closed = ladder.bands.find(({ state, x }) => state === "CLOSED" && x > 0);
  expect(Math.abs((closed?.y ?? 0) - (crash?.y ?? 0))).toBeLessThan(5);
});

describe("waits", () => {
  test("2 MSL stand beside the lane in TIME-WAIT, from its last segment on", () => {
    const ladder = ladderOf(example("four-way-close.tcpflow"));
    const [bracket] = ladder.brackets;
    expect(bracket?.text.map(({ text }) => text)).toEqual(["2 MSL"]);
    expect(bracket?.x).toBeLessThan(0);
    expect(bracket?.y).toBeCloseTo(ladder.arrows.at(-1)?.strokes[0]?.points[0]?.y ?? 0);
  });

  test("an RTO runs from the segment that is sent again", () => {
    const ladder = ladderOf(example("last-ack-lost.tcpflow"));
    const rto = ladder.brackets.find(({ text }) => text[0]?.text === "RTO");
    expect(rto?.x).toBeGreaterThan(ladder.lifelines[1]?.x ?? 0);
    expect(rto?.y).toBeCloseTo(arrowOf(ladder, 2).strokes[0]?.points[0]?.y ?? 0);
  });
});

/** Where one can stop in a flow, and what is known there. */
import { expect, test } from "vitest";
import {
  endsAt,
  momentsOf,
  pathOf,
  positionOfLine,
  positionOfSegment,
  stepAt,
  underWay,
  viewsAt,
} from "../../client/src/preview/webview/moments.ts";
import { renderSteps } from "../../server/src/ladder/svg.ts";
import { check } from "../support/flows.ts";

const momentsOfText = (text: string) => momentsOf(renderSteps(check(text)).steps);

const FLOW = momentsOfText(`section "Opening"
client -> server: SYN seq=x
note client: "nothing happens here"
server ~> client: SYN+ACK seq=y ack=x+1 as answer
wait RTO
answer arrives
client -> server: ACK seq=x+1 ack=y+1
`);

test("notes and sections are no stops", () => {
  expect(FLOW.acts.map((_, position) => stepAt(FLOW, position)?.kind)).toEqual([
    "send",
    "arrive",
    "send",
    "wait",
    "arrive",
    "send",
    "arrive",
  ]);
});

test("a line means its last stop, or the last one above it", () => {
  expect([0, 1, 2, 3, 4, 5, 6, 99].map((line) => positionOfLine(FLOW, line))).toEqual([-1, 1, 1, 2, 3, 4, 6, 6]);
});

test("an arrow means the stop at which it arrives", () => {
  expect([0, 1, 2].map((segment) => positionOfSegment(FLOW, segment))).toEqual([1, 4, 6]);
  expect(positionOfSegment(FLOW, 9)).toBeUndefined();
});

test("a late segment is in the network from its departure to its arrival", () => {
  const flying = (position: number) => [...underWay(FLOW, position).keys()];
  expect([-1, 0, 1, 2, 3, 4].map(flying)).toEqual([[], [0], [], [1], [1], []]);
});

test("a segment that nobody ever delivers stays in the network", () => {
  const moments = momentsOfText("a ~> b: SYN seq=x\na -> b: SYN seq=x\n");
  expect([...underWay(moments, moments.acts.length - 1).keys()]).toEqual([0]);
});

test("views are those after a stop, beside those before it", () => {
  const states = (position: number) => {
    const { now, before } = viewsAt(FLOW, position);
    return [before, now].map((views) => views.map(({ state }) => state).join(" "));
  };
  expect(states(-1)).toEqual(["CLOSED LISTEN", "CLOSED LISTEN"]);
  expect(states(0)).toEqual(["CLOSED LISTEN", "SYN-SENT LISTEN"]);
  expect(states(4)).toEqual(["SYN-SENT SYN-RECEIVED", "ESTABLISHED SYN-RECEIVED"]);
});

test("the way of an end goes through each state once", () => {
  expect(pathOf(FLOW, 0, 6).map(({ state }) => state)).toEqual(["CLOSED", "SYN-SENT", "ESTABLISHED"]);
  expect(pathOf(FLOW, 1, 0).map(({ state }) => state)).toEqual(["LISTEN"]);
});

test("of several connections, the one that something happens to is shown", () => {
  const moments = momentsOfText("a:1 -> b:80: SYN seq=x\na:2 -> b:80: SYN seq=y\n");
  const shown = (position: number) => endsAt(moments, position).map((end) => moments.steps.ends[end]?.key);
  expect(shown(0)).toEqual(["a:1", "b:80>a:1"]);
  expect(shown(2)).toEqual(["a:2", "b:80>a:2"]);
});

/** The steps of a picture: what happens at each, and what both ends know after it. */
import { describe, expect, test } from "vitest";
import type { LayoutOptions } from "../../server/src/ladder/layout.ts";
import type { EndView, Steps } from "../../server/src/ladder/steps.ts";
import { renderSteps } from "../../server/src/ladder/svg.ts";
import { check } from "../support/flows.ts";

function stepsOf(text: string, options: LayoutOptions = {}): Steps {
  return renderSteps(check(text), options).steps;
}

/** What each end knows after the first so many steps. */
function known({ ends, views, steps }: Steps, count: number): Readonly<Record<string, EndView>> {
  const places = ends.map(({ view }) => view);
  for (const { changes } of steps.slice(0, count)) for (const [end, view] of changes) places[end] = view;
  return Object.fromEntries(
    ends.flatMap(({ key }, end) => {
      const view = views[places[end] ?? -1];
      return view === undefined ? [] : [[key, view]];
    }),
  );
}

const OPENING = `client -> server: SYN seq=x win=1000
server -> client: SYN+ACK seq=y ack=x+1 win=500
client -> server: ACK seq=x+1 ack=y+1 win=1000
`;

test("a segment that arrives is two steps, each in its line and at its place", () => {
  const { steps, segments } = stepsOf(OPENING);
  expect(steps.map(({ kind, line, segment }) => `${kind} ${segment} ${line}`)).toEqual([
    "send 0 0",
    "arrive 0 0",
    "send 1 1",
    "arrive 1 1",
    "send 2 2",
    "arrive 2 2",
  ]);
  expect(steps.map(({ y }) => y)).toEqual(steps.map(({ y }) => y).toSorted((a, b) => a - b));
  expect(steps[3]?.words).toBe("SYN ACK seq=y ack=x+1 win=500 arrives at client");
  expect(segments[1]).toMatchObject({ label: "SYN ACK seq=y ack=x+1 win=500", from: "server", to: "client", ends: 1 });
});

test("both ends have their state and variables after each step", () => {
  const steps = stepsOf(OPENING);
  expect(steps.variables).toEqual(["SND.UNA", "SND.NXT", "SND.WND", "RCV.NXT", "RCV.WND"]);
  expect(known(steps, 0)).toMatchObject({ client: { state: "CLOSED" }, server: { state: "LISTEN" } });
  expect(known(steps, 1)).toMatchObject({
    client: { state: "SYN-SENT", variables: ["x", "x+1", null, null, null] },
    server: { state: "LISTEN" },
  });
  expect(known(steps, 6)).toMatchObject({
    client: { state: "ESTABLISHED", variables: ["x+1", "x+1", "500", "y+1", "1000"] },
    server: { state: "ESTABLISHED", variables: ["y+1", "y+1", "1000", "x+1", "500"] },
  });
});

test("octets above a hole are told until it is closed", () => {
  const steps = stepsOf(`endpoint a, b is ESTABLISHED with snd.nxt=1 rcv.nxt=1
a ~> b: PSH+ACK seq=1 ack=1 len=100 as late
a -> b: PSH+ACK seq=101 ack=1 len=100
late arrives
`);
  expect(known(steps, 3).b?.held).toEqual(["101:201"]);
  expect(known(steps, 4).b?.held).toEqual([]);
  expect(steps.segments[0]).toMatchObject({ course: "parked", ends: 1 });
});

test("what follows a lost segment tells that it is lost", () => {
  const { steps } = stepsOf("client -x server: SYN seq=x\n");
  expect(steps.map(({ kind, words }) => `${kind}: ${words}`)).toEqual([
    "send: client sends SYN seq=x to server, lost",
    "lose: SYN seq=x is lost",
  ]);
});

test("of a repeat the last step has what all its rounds lead to", () => {
  const steps = stepsOf(`endpoint a, b is ESTABLISHED with snd.nxt=1 rcv.nxt=1
repeat 3 {
  a -> b: PSH+ACK len=100
  b -> a: ACK
}
`);
  expect(steps.steps.map(({ kind }) => kind)).toEqual(["open", "send", "arrive", "send", "arrive", "shut"]);
  expect(known(steps, 5).a?.variables[0]).toBe("101");
  expect(known(steps, 6).a?.variables[0]).toBe("301");
});

test("a state that the reader is to say is not told, unless the answers are shown", () => {
  const text = `${OPENING}client is ?\n`;
  expect(known(stepsOf(text), 6)).toMatchObject({ client: { name: "" }, server: { name: "ESTABLISHED" } });
  expect(known(stepsOf(text, { answers: true }), 6)).toMatchObject({ client: { name: "ESTABLISHED" } });
});

test("hostile names and labels are plain text, and an empty flow has no steps", () => {
  expect(stepsOf('a -> b: SYN seq=x "<b>"\n').steps[0]?.words).toContain("<b>");
  expect(stepsOf("")).toMatchObject({ ends: [], steps: [], segments: [] });
  expect(stepsOf("-> : (((").steps).toEqual([]);
});

describe("the choices of the picture hold in the steps too", () => {
  test.each([
    ["written", ["x+1", "y+1"]],
    ["relative", ["1", "1"]],
    ["absolute", ["10000001", "20000001"]],
  ] as const)("%s numbers", (numbers, [sent, received]) => {
    const { client } = known(stepsOf(OPENING, { numbers }), 6);
    expect(client?.variables).toEqual([sent, sent, "500", received, "1000"]);
  });

  test("names of states as netstat has them", () => {
    const steps = stepsOf(OPENING, { states: "netstat" });
    expect(known(steps, 2)).toMatchObject({
      client: { state: "SYN-SENT", name: "SYN_SENT" },
      server: { state: "SYN-RECEIVED", name: "SYN_RECV" },
    });
    expect(steps.names["FIN-WAIT-2"]).toBe("FIN_WAIT2");
  });
});

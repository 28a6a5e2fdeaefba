import { describe, expect, test } from "vitest";
import { problemsOf, timeline } from "./flows.ts";

const SYN = "client -> server: SYN";
const SYNACK = "server -> client: SYN+ACK";

describe("a line without a time waits until everything sent has arrived", () => {
  test("at once without latency", () => {
    expect(timeline(SYN, SYNACK)).toEqual(["0 send 0", "0 deliver 0", "0 send 1", "0 deliver 1"]);
  });
  test("after the latency", () => {
    expect(timeline("set latency = 40ms", SYN, SYNACK)).toEqual([
      "0 send 0",
      "40 deliver 0",
      "40 send 1",
      "80 deliver 1",
    ]);
  });
  test("after its own time under way", () => {
    expect(timeline("set latency = 40ms", `${SYN} takes 5ms`, SYNACK)).toEqual([
      "0 send 0",
      "5 deliver 0",
      "5 send 1",
      "45 deliver 1",
    ]);
  });
});

describe("a line with a time", () => {
  test("finds arrived only what is due", () => {
    expect(timeline("set latency = 40ms", `@0ms ${SYN}`, `@39ms ${SYN}`, `@40ms ${SYNACK}`)).toEqual([
      "0 send 0",
      "39 send 1",
      "40 deliver 0",
      "40 send 2",
      "79 deliver 1",
      "80 deliver 2",
    ]);
  });
  test("may count from the line before", () => {
    expect(timeline("set latency = 40ms", SYN, `@+1ms ${SYN}`, `@+1ms ${SYN}`)).toEqual([
      "0 send 0",
      "1 send 1",
      "2 send 2",
      "40 deliver 0",
      "41 deliver 1",
      "42 deliver 2",
    ]);
  });
  test("a faster segment overtakes", () => {
    expect(timeline("set latency = 40ms", SYN, `@+1ms ${SYN} takes 1ms`)).toEqual([
      "0 send 0",
      "1 send 1",
      "2 deliver 1",
      "40 deliver 0",
    ]);
  });
  test("in the past: a finding, and as if it had no time", () => {
    expect(problemsOf(`@10ms ${SYN}`, `@5ms ${SYN}`)).toEqual(["time-goes-back @ @5ms"]);
    expect(timeline(`@10ms ${SYN}`, `@5ms ${SYN}`)).toEqual(["10 send 0", "10 deliver 0", "10 send 1", "10 deliver 1"]);
  });
});

describe("wait", () => {
  test("moves the clock; the next line finds arrived what is due by then", () => {
    expect(timeline("set latency = 40ms", SYN, "wait 10ms", SYN, "wait 35ms", SYNACK)).toEqual([
      "0 send 0",
      "10 wait",
      "10 send 1",
      "40 deliver 0",
      "45 wait",
      "45 send 2",
      "50 deliver 1",
      "85 deliver 2",
    ]);
  });
  test("is the line before for a relative time", () => {
    expect(timeline(SYN, "wait 10ms", `@+5ms ${SYN}`).slice(2)).toEqual(["10 wait", "15 send 1", "15 deliver 1"]);
  });
});

describe("what takes no time moves no other line", () => {
  const lines = ["set latency = 40ms", `@0ms ${SYN}`, `@+10ms ${SYN}`, "wait 5ms", SYNACK, SYN];
  const segments = (events: string[]) => events.filter((event) => /send|deliver/u.test(event));
  test.each(['note client: "x"', "client is SYN-SENT", 'section "x"'])("%s", (remark) => {
    const remarked = lines.flatMap((line) => [line, remark]);
    expect(segments(timeline(...remarked))).toEqual(segments(timeline(...lines)));
  });
  test("an assertion holds behind what arrives before the next line", () => {
    expect(timeline("set latency = 40ms", SYN, "server is SYN-RECEIVED", SYNACK).slice(0, 4)).toEqual([
      "0 send 0",
      "40 deliver 0",
      "40 assert",
      "40 send 1",
    ]);
  });
  test("but not behind what the next line's time leaves under way", () => {
    expect(timeline("set latency = 40ms", `@0ms ${SYN}`, "client is SYN-SENT", `@20ms ${SYNACK}`)).toEqual([
      "0 send 0",
      "0 assert",
      "20 send 1",
      "40 deliver 0",
      "60 deliver 1",
    ]);
  });
  test("behind a wait it holds when that is over", () => {
    expect(timeline("set latency = 40ms", SYN, "wait 10ms", "server is LISTEN")).toEqual([
      "0 send 0",
      "10 wait",
      "10 assert",
      "40 deliver 0",
    ]);
  });
  test("with a time of its own it is a line like any other", () => {
    const claims = "client is SYN-SENT, server is LISTEN";
    expect(timeline("set latency = 40ms", SYN, `@39ms ${claims}`, `@+1ms ${claims}`, `@+5ms ${SYN}`)).toEqual([
      "0 send 0",
      "39 assert",
      "39 assert",
      "40 deliver 0",
      "40 assert",
      "40 assert",
      "45 send 1",
      "85 deliver 1",
    ]);
  });
});

describe("lost and late segments ignore the clock", () => {
  test("a lost one never arrives", () => {
    expect(timeline("set latency = 40ms", "client -x server: SYN", SYN)).toEqual([
      "0 send 0",
      "0 lose 0",
      "0 send 1",
      "40 deliver 1",
    ]);
  });
  test("a late one arrives when the text says so, and again", () => {
    expect(
      timeline("client ~> server: SYN as late", SYN, "late arrives", "late arrives again", "late arrives again"),
    ).toEqual(["0 send 0", "0 send 1", "0 deliver 1", "0 deliver 0", "0 deliver 0 again", "0 deliver 0 again"]);
  });
  test("or gets lost", () => {
    expect(timeline("client ~> server: SYN as late", "late gets lost")).toEqual(["0 send 0", "0 lose 0"]);
  });
  test("any segment may be named: a second copy, one lost under way", () => {
    expect(timeline(`${SYN} as first`, "first arrives again")).toEqual([
      "0 send 0",
      "0 deliver 0",
      "0 deliver 0 again",
    ]);
    expect(timeline("set latency = 9ms", `${SYN} as first`, "@1ms first gets lost")).toEqual(["0 send 0", "1 lose 0"]);
  });
  test.each([
    ["first arrives", `${SYN} as first`],
    ["first gets lost", `${SYN} as first`],
    ["first arrives", "client -x server: SYN as first"],
    ["first arrives again", "client ~> server: SYN as first"],
  ])("%s behind %s cannot be", (line, before) => expect(problemsOf(before, line)).toEqual(["syntax @ first"]));
  test("nor can one arrive that is sent further down", () => {
    expect(problemsOf("first arrives", "client ~> server: SYN as first")).toEqual(["syntax @ first"]);
  });
});

describe("crossing", () => {
  test("all is sent before anything arrives, then all arrives in order", () => {
    expect(timeline("crossing {", SYN, "client is SYN-SENT", "server -> client: SYN", "}", SYNACK)).toEqual([
      "0 open crossing",
      "0 send 0",
      "0 assert",
      "0 send 1",
      "0 deliver 0",
      "0 deliver 1",
      "0 shut crossing",
      "0 send 2",
      "0 deliver 2",
    ]);
  });
  test("in order even if one is faster", () => {
    expect(timeline("set latency = 40ms", "crossing {", SYN, "server -> client: SYN takes 1ms", "}")).toEqual([
      "0 open crossing",
      "0 send 0",
      "0 send 1",
      "40 deliver 0",
      "40 deliver 1",
      "40 shut crossing",
    ]);
  });
  test("late segments take their place in the order", () => {
    const events = timeline("client ~> server: SYN as late", "crossing {", SYN, "late arrives", "}");
    expect(events.filter((event) => event.includes("deliver"))).toEqual(["0 deliver 1", "0 deliver 0"]);
  });
});

describe("repeat", () => {
  test("one frame for each round, shut behind its arrivals", () => {
    expect(timeline("set latency = 40ms", "repeat 2 {", SYN, "}", SYNACK)).toEqual([
      "0 open 1/2",
      "0 send 0",
      "40 deliver 0",
      "40 shut 1/2",
      "40 open 2/2",
      "40 send 1",
      "80 deliver 1",
      "80 shut 2/2",
      "80 send 2",
      "120 deliver 2",
    ]);
  });
  test("a name means the segment of the same round", () => {
    const events = timeline("repeat 2 {", "client ~> server: SYN as late", "late arrives", "}");
    expect(events.filter((event) => event.includes("deliver"))).toEqual(["0 deliver 0", "0 deliver 1"]);
  });
  test.each(["0", "1001", "-3", "x"])("repeat %s is none", (count) => {
    expect(problemsOf(`repeat ${count} {`, SYN, "}")).toHaveLength(1);
  });
  test("what repetitions make of repetitions is bounded", () => {
    const lines = [..."repeat 1000 {,repeat 1000 {,repeat 1000 {".split(","), SYN, "}", "}", "}"];
    expect(problemsOf(...lines)).toEqual(["syntax @ 1000"]);
    expect(timeline(...lines).length).toBeLessThan(100_000);
  });
});

describe("retransmission timeouts", () => {
  const waits = (...lines: string[]) => timeline(...lines).filter((event) => event.includes("wait"));
  test("double with each that fires, for that endpoint alone", () => {
    const round = ["client -x server: SYN", "wait RTO", "client timeout"];
    expect(waits(...round, ...round, ...round, "wait RTO", "server timeout")).toEqual([
      "1000 wait",
      "3000 wait",
      "7000 wait",
      "8000 wait",
    ]);
  });
  test("begin anew when a segment arrives", () => {
    const round = ["client -x server: SYN", "wait RTO", "client timeout"];
    expect(waits(...round, SYN, SYNACK, ...round)).toEqual(["1000 wait", "2000 wait"]);
  });
  test("end at two minutes", () => {
    expect(waits("repeat 12 {", "client -x server: SYN", "wait RTO", "client timeout", "}").at(-1)).toBe("727000 wait");
  });
  test("are those of who sent last where no timer fires", () => {
    expect(waits("set rto = 3s", SYN, "wait 2RTO")).toEqual(["6000 wait"]);
  });
});

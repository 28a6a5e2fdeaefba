import { describe, expect, test } from "vitest";
import { parse } from "../../server/src/language/parse.ts";
import { problems, read, show, textAt } from "./flows.ts";

/** The only event of one line. */
function eventOf(line: string) {
  const { events } = read(line);
  expect(events).toHaveLength(1);
  const [event] = events;
  if (event === undefined) throw new Error(line);
  return event;
}

test("three lines are a flow", () => {
  const flow = parse(`client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1`);
  expect(flow.problems).toEqual([]);
  expect(flow.endpoints.map(({ name }) => name)).toEqual(["client", "server"]);
  expect(flow.segments).toHaveLength(3);
  expect(flow.events.map(({ kind }) => kind)).toEqual(["send", "deliver", "send", "deliver", "send", "deliver"]);
});

test("nothing is a flow, too", () => {
  expect(parse("")).toMatchObject({ endpoints: [], segments: [], events: [], problems: [], firstLine: 1 });
  expect(parse("\n\n// a comment\n/* and\nanother */\n").problems).toEqual([]);
  expect(parse("", { firstLine: 12 }).firstLine).toBe(12);
});

test("title, with its place", () => {
  const flow = read('title "Four-way \\"close\\" \\\\"');
  expect(flow.title).toBe('Four-way "close" \\');
  expect(flow.titleSpan && textAt(flow, flow.titleSpan)).toMatch(/^title/u);
});

describe("endpoints", () => {
  test("with label, state, variables, unchecked", () => {
    const { endpoints } = parse(
      'endpoint client, server as "Web server" is LISTEN\nendpoint a is ESTAB with snd.nxt=u rcv.nxt=v, mitm unchecked',
    );
    expect(endpoints.map(({ name, label, unchecked, start }) => [name, label, unchecked, start?.state])).toEqual([
      ["client", undefined, false, undefined],
      ["server", "Web server", false, "LISTEN"],
      ["a", undefined, false, "ESTABLISHED"],
      ["mitm", undefined, true, undefined],
    ]);
    expect(endpoints[2]?.start?.variables.map(({ name }) => name)).toEqual(["snd.nxt", "rcv.nxt"]);
  });
  test("variables may stand behind commas", () => {
    const [first, second] = parse("endpoint a is ESTABLISHED with snd.nxt=1, rcv.nxt=2, b").endpoints;
    expect(first?.start?.variables).toHaveLength(2);
    expect(second?.name).toBe("b");
  });
  test("one declared: the first segment names the other, and the sender stands left", () => {
    const { endpoints, problems } = parse("endpoint server is LISTEN\nclient -> server: SYN");
    expect(problems).toEqual([]);
    expect(endpoints.map(({ name }) => name)).toEqual(["client", "server"]);
  });
  test("without a segment, those that something is said about", () => {
    expect(problems('server calls listen\nclient calls connect\nnote client: "x"')).toEqual([]);
  });
  test("names of any script, with inner hyphens", () => {
    const { endpoints, problems } = parse("客户端 -> load-balancer_2: SYN seq=数");
    expect(problems).toEqual([]);
    expect(endpoints.map(({ name }) => name)).toEqual(["客户端", "load-balancer_2"]);
  });
  test("no word is reserved", () => {
    const words = ["title", "note", "data", "late", "as", "old", "with", "wait", "set", "takes", "seq"];
    for (const word of words) {
      const text = `endpoint ${word}, b, c\n${word} -> b: ACK\nb:1 -> ${word}:2: ACK ack=${word}x as ${word}\n${word} is ESTABLISHED, b is ESTABLISHED towards ${word}\n${word} crashes`;
      expect([word, problems(text)]).toEqual([word, []]);
    }
  });
});

describe("calls", () => {
  test.each(["listen", "connect", "send", "receive", "shutdown", "close", "abort"])("%s", (call) => {
    expect(eventOf(`client calls ${call}`)).toMatchObject({ kind: "call", call, side: { self: { endpoint: 0 } } });
  });
  test("send N", () => expect(eventOf("client calls send 100")).toMatchObject({ call: "send", octets: 100 }));
});

describe("timers", () => {
  test("retransmission if left out", () =>
    expect(eventOf("client timeout")).toMatchObject({ timer: "retransmission" }));
  test.each(["retransmission", "persist", "keepalive", "user", "time-wait"])("%s", (timer) => {
    const flow = read(`client timeout ${timer}`);
    const [event] = flow.events;
    expect(event).toMatchObject({ kind: "timeout", timer });
    expect(event?.kind === "timeout" && textAt(flow, event.place)).toBe(timer);
  });
});

test("crash", () => expect(eventOf("server crashes")).toMatchObject({ kind: "crash", endpoint: 1 }));

describe("assertions", () => {
  test("of several endpoints, with variables", () => {
    const { events } = read("client is FIN-WAIT-1 with snd.nxt=u+1, rcv.nxt=v snd.una=?, server is CLOSE-WAIT");
    expect(events.map((event) => event.kind === "assert" && event.claim.state)).toMatchObject([
      { kind: "state", state: "FIN-WAIT-1" },
      { kind: "state", state: "CLOSE-WAIT" },
    ]);
    const [first] = events;
    const variables = first?.kind === "assert" ? first.claim.variables : [];
    expect(variables.map(({ name, value }) => [name, value.kind === "number" ? show(value.value) : "?"])).toEqual([
      ["snd.nxt", "u+1"],
      ["rcv.nxt", "v"],
      ["snd.una", "?"],
    ]);
  });
  test("a blank for the reader", () => {
    expect(eventOf("client is ?")).toMatchObject({ claim: { state: { kind: "blank" } } });
  });
  test.each([
    ["SYN_RCVD", "SYN-RECEIVED"],
    ["SYN_RECV", "SYN-RECEIVED"],
    ["FIN_WAIT1", "FIN-WAIT-1"],
    ["FIN-WAIT-2", "FIN-WAIT-2"],
    ["fin wait 2", "FIN-WAIT-2"],
    ["TIME_WAIT", "TIME-WAIT"],
    ["ESTAB", "ESTABLISHED"],
    ["SYN SENT", "SYN-SENT"],
  ])("%s is %s", (written, state) => {
    expect(eventOf(`client is ${written}`)).toMatchObject({ claim: { state: { state } } });
  });
});

describe("which connection", () => {
  const peers = (text: string) =>
    parse(text).events.flatMap((event) =>
      event.kind === "assert" || event.kind === "call" ? [JSON.stringify(event.side.peer)] : [],
    );
  test("that of the nearest earlier segment", () => {
    expect(peers("endpoint a, b, c\na -> b: SYN\na is SYN-SENT\na -> c: SYN\na is SYN-SENT")).toEqual([
      '{"endpoint":1}',
      '{"endpoint":2}',
    ]);
  });
  test("else that of the nearest later one", () => {
    expect(peers("endpoint a, b, c\na calls connect\na -> c: SYN\na -> b: SYN")).toEqual(['{"endpoint":2}']);
  });
  test("unless it says which", () => {
    const text =
      "endpoint a, b\na:1 -> b:80: SYN\na:2 -> b:80: SYN\nb is LISTEN towards a:1\na:1 is SYN-SENT\nb is LISTEN";
    expect(peers(text)).toEqual(['{"endpoint":0,"port":1}', '{"endpoint":1,"port":80}', '{"endpoint":0,"port":2}']);
  });
  test("a forged segment is none of the endpoint whose name it bears", () => {
    const text = "endpoint a, b, c\na -> c: SYN\nb -> c: RST spoofing a\na is SYN-SENT\nb -> a: SYN\na is SYN-SENT";
    expect(peers(text)).toEqual(['{"endpoint":2}', '{"endpoint":1}']);
  });
  test("none where no segment tells", () => expect(peers("endpoint a, b\na calls listen")).toEqual([undefined]));
});

describe("time", () => {
  test.each([
    ["150us", 150],
    ["2 ms", 2_000],
    ["1.5s", 1_500_000],
    ["2 min", 120_000_000],
    ["1h", 3_600_000_000],
    ["2MSL", 60_000_000],
    ["2*MSL", 60_000_000],
    ["MSL", 30_000_000],
    ["RTT", 80_000],
    ["RTO", 3_000_000],
  ])("wait %s", (written, duration) => {
    const [wait] = read("set latency = 40ms", "set msl = 30s", "set rto = 3s", `wait ${written}`).events;
    expect(wait).toMatchObject({ kind: "wait", duration, at: duration });
  });
  test("settings", () => {
    const { settings } = read("set latency = 40 ms", "set mss = 1460", "set window=65535", "set rto = 300ms");
    expect(settings).toEqual({ latency: 40_000, msl: 120_000_000, rto: 300_000, mss: 1460, window: 65535 });
  });
});

test("elision, sections, notes", () => {
  const { events } = read('... "the rest"', "…", 'section "Closing"', 'note client: "a"', 'note client, server: "b"');
  expect(events.map(({ at: _, span: __, statement: ___, ...event }) => event)).toEqual([
    { kind: "elide", text: "the rest" },
    { kind: "elide" },
    { kind: "section", text: "Closing" },
    { kind: "note", endpoints: [0], text: "a" },
    { kind: "note", endpoints: [0, 1], text: "b" },
  ]);
});

test("symbols with numbers", () => {
  const { definitions } = read("let x = 1000", "let y = x + 0x10");
  expect(definitions.map(({ symbol, value }) => `${symbol}=${show(value)}`)).toEqual(["x=1000", "y=1016"]);
});

test("a segment may say hello in full-width quotes", () => {
  expect(read("client -> server: ACK “你好”").segments[0]?.label).toBe("你好");
});

describe("annotations", () => {
  const annotations = (...lines: string[]) =>
    read(...lines).annotations.map(({ kind, rule, statement }) => `${kind} ${rule} ${statement}`);
  test("on the line of a statement or above it, one or more", () => {
    expect(annotations("@expect(wrong-ack) @allow(stale-ack) client -> server: ACK")).toEqual([
      "expect wrong-ack 1",
      "allow stale-ack 1",
    ]);
    expect(annotations("@expect(wrong-ack, wrong-seq)", "@allow(unneeded-ack)", "", "client -> server: ACK")).toEqual([
      "expect wrong-ack 1",
      "expect wrong-seq 1",
      "allow unneeded-ack 1",
    ]);
  });
  test("inside blocks and behind them, each on its own statement", () => {
    const lines = ["repeat 2 {", "@allow(wrong-ack)", "client -> server: ACK", "client timeout", "}"];
    expect(annotations(...lines, "@allow(wrong-seq)", "client -> server: ACK")).toEqual([
      "allow wrong-ack 2",
      "allow wrong-seq 4",
    ]);
  });
});

test("every event knows the statement it comes from", () => {
  const flow = read("repeat 2 {", "  client -> server: ACK", "}", "server is ESTABLISHED");
  expect(flow.events.map(({ kind, statement }) => `${kind} ${statement}`)).toEqual([
    "open 1",
    "send 2",
    "deliver 2",
    "shut 1",
    "open 1",
    "send 2",
    "deliver 2",
    "shut 1",
    "assert 3",
  ]);
  expect(flow.segments[0]).not.toBe(flow.segments[1]);
  expect(flow.segments[0]?.places).toBe(flow.segments[1]?.places);
});

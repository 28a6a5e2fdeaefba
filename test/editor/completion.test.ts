/** What is proposed at the cursor `|`. */
import { describe, expect, test } from "vitest";
import { replay } from "../../server/src/flow/replay.ts";
import { parse } from "../../server/src/language/parse.ts";
import { accept, completions } from "./services.ts";

const labels = async (text: string) => (await completions(text)).map(({ label }) => label);

const SYN = "client -> server: SYN seq=x\n";
const OPEN = `${SYN}server -> client: SYN+ACK seq=y ack=x+1\nclient -> server: ACK seq=x+1 ack=y+1\n`;

describe("after a newline", () => {
  test("the likeliest segment is first, with its numbers and the reason", async () => {
    const [first] = await completions(`${SYN}|`);
    expect(first).toMatchObject({
      label: "server -> client: SYN+ACK seq=y ack=x+1",
      preselect: true,
      detail: expect.stringContaining("answers the SYN of client"),
    });
    expect(first?.documentation).toMatchObject({
      kind: "markdown",
      value: expect.stringContaining("SYN-SENT → ESTABLISHED"),
    });
    expect(first?.documentation).toMatchObject({ value: expect.stringContaining("RFC 9293 §3.10.7.2") });
  });

  test("segments, calls, timers and blocks say what they do to the states, or the section that allows them", async () => {
    const items = await completions(`${OPEN}client -x server: PSH+ACK len=100\n|`);
    const reasons = Object.fromEntries(
      items.map(({ label, documentation }) => [label, typeof documentation === "object" ? documentation.value : ""]),
    );
    const passage = "- client: ESTABLISHED → FIN-WAIT-1\n- server: stays ESTABLISHED\n\nRFC 9293 §3.10.4";
    expect(reasons["client -> server: FIN+ACK seq=x+101 ack=y+1"]).toContain(passage);
    expect(reasons["client -x server: PSH+ACK seq=x+1 ack=y+1 len=100"]).toContain("server: stays ESTABLISHED");
    expect(reasons["client calls close"]).toContain("- client: ESTABLISHED → FIN-WAIT-1");
    expect(reasons["client timeout"]).toContain("RFC 6298 §5");
    expect(reasons.crossing).toContain("RFC 9293 §3.5");
    const close = (await completions(`${OPEN}|`)).find(({ label }) => label === "close");
    expect(close?.documentation).toMatchObject({
      value: expect.stringMatching(
        /- client: ESTABLISHED → TIME-WAIT\n- server: ESTABLISHED → CLOSED\n\nRFC 9293 §3.6$/,
      ),
    });
  });

  test("accepting what comes first opens a connection", async () => {
    let text = "|";
    for (let line = 0; line < 3; line++) text = (await accept(text)).replace("|", "\n|");
    expect(text).toBe(`${OPEN}|`);
  });

  test("the whole handshake and the whole close are proposals too", async () => {
    const open = await accept("endpoint client, server\n|", "handshake");
    expect(open).toBe(`endpoint client, server\n${OPEN.trimEnd()}|`);
    const closed = await accept(open.replace("|", "\n|"), "close");
    expect(closed).toContain(`client -> server: FIN+ACK seq=x+1 ack=y+1
server -> client: ACK seq=y+1 ack=x+2
server -> client: FIN+ACK seq=y+1 ack=x+2
client -> server: ACK seq=x+2 ack=y+2|`);
    expect(replay(parse(closed.replace("|", ""))).findings).toEqual([]);
  });

  test("who leaves numbers out is proposed none", async () => {
    expect((await labels("a -> b: SYN\nb -> a: SYN+ACK\n|"))[0]).toBe("a -> b: ACK");
  });

  test("but a repetition of data is told by its number", async () => {
    const text = "a -> b: SYN seq=x\nb -> a: SYN+ACK seq=y\na -> b: ACK\na -x b: PSH+ACK len=5\na timeout\n|";
    expect((await labels(text))[0]).toBe("a -> b: PSH+ACK seq=x+1 len=5");
  });

  test("who writes numbers is proposed numbers", async () => {
    expect((await labels("a -> b: SYN seq=100\n|"))[0]).toBe("b -> a: SYN+ACK seq=5000 ack=101");
    expect((await labels("let x = 7\na -> b: SYN seq=x\n|"))[0]).toBe("b -> a: SYN+ACK seq=y ack=x+1");
  });

  test("data has the length that data had before", async () => {
    expect(await labels(`${OPEN}client -> server: PSH+ACK seq=x+1 ack=y+1 len=5\n|`)).toContain(
      "server -> client: PSH+ACK seq=y+1 ack=x+6 len=5",
    );
  });

  test("a lost segment, its repetition and two that cross", async () => {
    expect(await labels("endpoint client, server\n|")).toContain("client -x server: SYN seq=x");
    expect((await labels("client -x server: SYN seq=x\nclient timeout\n|"))[0]).toBe("client -> server: SYN seq=x");
    const crossing = await accept("endpoint a is CLOSED\nendpoint b is CLOSED\n|", "crossing");
    expect(crossing).toContain("crossing {\n  a -> b: SYN seq=x\n  b -> a: SYN seq=y\n}|");
  });

  test("a segment in the network may arrive, and the states may be asserted", async () => {
    const proposed = await labels("client ~> server: SYN seq=x as late\n|");
    expect(proposed).toContain("late arrives");
    expect(proposed).toContain("client is SYN-SENT, server is LISTEN");
  });
});

describe("inside a segment line", () => {
  test("behind the arrow: the receiver and what it may be sent", async () => {
    expect((await labels(`${SYN}server -> |`)).slice(0, 1)).toEqual(["client: SYN+ACK seq=y ack=x+1"]);
    expect(await labels("endpoint a, b, c\na -> |")).toContain("c");
  });

  test("behind the colon: the flags that are legal now", async () => {
    expect((await labels(`${SYN}server -> client:|`)).slice(0, 2)).toEqual(["SYN+ACK seq=y ack=x+1", "SYN+ACK"]);
    expect(await accept(`${SYN}server -> client:|`)).toBe(`${SYN}server -> client: SYN+ACK seq=y ack=x+1|`);
    expect(await accept(`${SYN}server -> client: S|`)).toBe(`${SYN}server -> client: SYN+ACK seq=y ack=x+1|`);
  });

  test("behind the flags: the numbers, then the other fields", async () => {
    const proposed = await labels(`${SYN}server -> client: SYN+ACK |`);
    expect(proposed[0]).toBe("seq=y ack=x+1");
    expect(proposed).toContain("win=");
    expect(proposed).toContain("as");
    expect(await labels(`${SYN}server -> client: SYN+ACK seq=y |`)).not.toContain("seq=");
  });

  test("behind `seq=` and `ack=`: the right number", async () => {
    expect((await labels(`${SYN}server -> client: SYN+ACK seq=y ack=|`))[0]).toBe("x+1");
    expect((await labels(`${OPEN}client -> server: FIN+PSH+ACK seq=|`))[0]).toBe("x+1");
    expect((await labels(`${OPEN}client -> server: PSH+ACK len=|`))[0]).toBe("100");
  });

  test("in angle brackets: options", async () => {
    expect(await labels("a -> b: SYN seq=x <mss 1460, |")).toEqual([
      "nop",
      "eol",
      "sackOK",
      "sack",
      "TS",
      "wscale",
      "FO",
    ]);
    expect(await accept("a -> b: SYN seq=x <m|")).toBe("a -> b: SYN seq=x <mss 1460|");
  });
});

const HOLE = `a -> b: SYN seq=0 <sackOK>
b -> a: SYN+ACK seq=0 ack=1 <sackOK>
a -> b: ACK seq=1 ack=1
a -x b: PSH+ACK seq=1 ack=1 len=100
a -> b: PSH+ACK seq=101 ack=1 len=100
`;

describe("in other lines", () => {
  const CASES: readonly (readonly [what: string, text: string, first: string])[] = [
    ["the rest of the likeliest line", `${OPEN}client |`, "-> server: PSH+ACK seq=x+1 ack=y+1 len=100"],
    ["calls that succeed", `${OPEN}client calls |`, "close"],
    ["timers", `${OPEN}client timeout |`, "retransmission"],
    ["the state as it is", `${SYN}client is |`, "SYN-SENT"],
    ["the state of the second", `${SYN}client is SYN-SENT, server is |`, "SYN-RECEIVED"],
    ["variables", `${SYN}client is SYN-SENT with |`, "snd.una"],
    ["the number of a variable", `${SYN}client is SYN-SENT with snd.nxt=|`, "x+1"],
    ["marks", `${SYN}@|`, "expect"],
    ["rules", `${SYN}@expect(|`, "illegal-segment"],
    ["the endpoints of a note", `${SYN}note client, |`, "server"],
    ["settings", "set |", "latency"],
    ["durations", "wait |", "2MSL"],
    ["states at the start", "endpoint client is |", "CLOSED"],
    ["what a declaration may say", "endpoint client |", "is"],
    ["a second copy", "a ~> b: SYN seq=x as late\nlate arrives |", "again"],
    ["what a late segment gets", "a ~> b: SYN seq=x as late\nlate gets |", "lost"],
    ["a forged source", `${OPEN}client -> server: RST spoofing |`, "server"],
    ["the time under way", `${OPEN}client -> server: ACK takes |`, "2MSL"],
    ["variables at the start", "endpoint a is ESTABLISHED with |", "snd.una"],
    ["the same of an end with a port", "a:1 -> b: SYN seq=x\na:1 |", "-> b: SYN seq=x"],
    ["the other end in an assertion", `${SYN}client is SYN-SENT, |`, "server is SYN-RECEIVED"],
    ["the rule that the next line breaks", `${SYN}@expect(|\nserver -> client: SYN+ACK seq=y ack=x`, "syn-not-counted"],
    ["the value of a setting", "set latency = |", "20ms"],
    ["a number for a letter", `${SYN}let |`, "x = 1000"],
    ["how often", "repeat |", "2"],
    ["what is held above a hole", `${HOLE}b -> a: ACK seq=1 ack=1 <sack |`, "101:201"],
    ["what becomes of a late segment", "a ~> b: SYN seq=x as late\nlate |", "arrives"],
  ];
  for (const [what, text, first] of CASES) test(what, async () => expect((await labels(text))[0]).toBe(first));

  test("nothing in comments and texts", async () => {
    for (const text of ["// |", 'title "|', "/* a\n|", 'note client: "|', `${SYN}client -> server: ACK "|`])
      expect([text, await labels(text)]).toEqual([text, []]);
  });
});

describe("beside segments", () => {
  test("the timer of what is not acknowledged, and the calls that come next", async () => {
    const lost = await labels(`${OPEN}client -x server: PSH+ACK len=5\n|`);
    expect(lost).toEqual(expect.arrayContaining(["client timeout", "client calls close", "server calls close"]));
    expect(await labels(OPEN.concat("|"))).not.toContain("client timeout");
    expect(await labels("endpoint client, server\n|")).toContain("client calls connect");
  });

  test("how often comes with its block, unless there is one", async () => {
    expect(await labels("repeat | {\n}")).toEqual([]);
  });

  test("in a crossing block nothing is answered", async () => {
    const proposed = await labels(`${OPEN}crossing {\n  client -> server: FIN+ACK seq=x+1 ack=y+1\n  |\n}`);
    expect(proposed).toContain("server -> client: FIN+ACK seq=y+1 ack=x+1");
    for (const label of ["close", "crossing", "client timeout", "wait"]) expect(proposed).not.toContain(label);
  });
});

test("no more data than the window and the segments hold", async () => {
  const told = (options: string) =>
    `client -> server: SYN seq=x\nserver -> client: SYN+ACK seq=y ack=x+1 ${options}\nclient -> server: ACK seq=x+1 ack=y+1\n|`;
  expect(await labels(told("win=60"))).toContain("client -> server: PSH+ACK seq=x+1 ack=y+1 len=60");
  expect(await labels(told("<mss 64>"))).toContain("client -> server: PSH+ACK seq=x+1 ack=y+1 len=64");
  expect((await labels(told("win=0"))).filter((label) => label.startsWith("client -> server: PSH"))).toEqual([]);
});

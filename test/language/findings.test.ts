import { describe, expect, test } from "vitest";
import { parse } from "../../server/src/language/parse.ts";
import { flagNames } from "../../server/src/tcp/flags.ts";
import { fixed, problems, problemsOf } from "./flows.ts";

const PAIR = "endpoint client, server\n";

/** The line with its only finding mended. */
function mended(line: string): string {
  return fixed(PAIR + line).slice(PAIR.length);
}

function messageOf(line: string): string {
  return parse(PAIR + line).problems[0]?.message ?? "";
}

describe("did you mean", () => {
  test.each([
    ["cleint -> server: SYN", "client -> server: SYN"],
    ["client -> Server: SYN", "client -> server: SYN"],
    ["client -> server: SIN seq=x", "client -> server: SYN seq=x"],
    ["client -> server: syn seq=x", "client -> server: SYN seq=x"],
    ["client -> server: SYN sqe=x", "client -> server: SYN seq=x"],
    ["client -> server: SYN <msss 1460>", "client -> server: SYN <mss 1460>"],
    ["client calls conect", "client calls connect"],
    ["client call connect", "client calls connect"],
    ["client connect", "client calls connect"],
    ["client timeout retransmision", "client timeout retransmission"],
    ["client crashs", "client crashes"],
    ["client becomes ESTABLISHED", "client is ESTABLISHED"],
    ["client -> server: SYNACK seq=y", "client -> server: SYN+ACK seq=y"],
    ["client timeout RTO", "client timeout retransmission"],
    ["loop 3 {\nclient -x server: ACK\n}", "repeat 3 {\nclient -x server: ACK\n}"],
    ["participant mallory", "endpoint mallory"],
    ["client is ESTABLISED", "client is ESTABLISHED"],
    ["client is SYN-RECIEVED", "client is SYN-RECEIVED"],
    ["client is ESTABLISHED with snd.next=5", "client is ESTABLISHED with snd.nxt=5"],
    ["set latenci = 40ms", "set latency = 40ms"],
    ["set latency = 40", "set latency = 40ms"],
    ["set latency = 40 sec", "set latency = 40s"],
    ["wait 2 minutes", "wait 2min"],
    ['tittle "x"', 'title "x"'],
    ["@expct(wrong-ack) client -> server: ACK", "@expect(wrong-ack) client -> server: ACK"],
    ["@expect(wrong-akc) client -> server: ACK", "@expect(wrong-ack) client -> server: ACK"],
    ["client ~> server: SYN as late\nlat arrives", "client ~> server: SYN as late\nlate arrives"],
  ])("%s -> %s", (line, right) => {
    expect(mended(line)).toBe(right);
    expect(problemsOf(line)[0]).toMatch(/^unknown-name|^syntax @ connect/u);
    expect(problemsOf(right)).toEqual([]);
  });
  test("and what was meant is what happens", () => {
    const flow = parse(`${PAIR}cleint -> server: SIN sqe=x\nclient is ESTABLISED`);
    expect(flow.endpoints).toHaveLength(2);
    expect(flow.segments[0]).toMatchObject({ from: { endpoint: 0 }, flags: 2, seq: { kind: "number" } });
    expect(flow.events.at(-1)).toMatchObject({ claim: { state: { state: "ESTABLISHED" } } });
  });
  test("a misspelt rule is guessed, so that the finding it was meant for stays expected", () => {
    const { annotations } = parse(`${PAIR}@expect(wrong-akc) client -> server: ACK`);
    expect(annotations).toMatchObject([{ rule: "wrong-ack", guessed: true }]);
  });
  test("nothing that is far away", () => {
    expect(messageOf("client calls dance")).toMatch(/is no user call: write listen, connect/u);
    expect(messageOf("client -> server: SYN colour=5")).toMatch(/is no field: write seq, ack/u);
  });
});

describe("endpoints", () => {
  test("a third one is declared by the fix, with those of the first segment", () => {
    expect(fixed("client -> server: SYN\nmallory -> server: RST")).toBe(
      "endpoint client, server, mallory\nclient -> server: SYN\nmallory -> server: RST",
    );
    expect(fixed("endpoint server is LISTEN\nclient -> server: SYN\nmallory -> server: RST")).toBe(
      "endpoint server is LISTEN, client, mallory\nclient -> server: SYN\nmallory -> server: RST",
    );
    expect(fixed(`${PAIR}mallory -> server: RST`)).toBe("endpoint client, server, mallory\nmallory -> server: RST");
  });
  test("and found once, however often it is named", () => {
    expect(problemsOf("mallory -> server: RST", "mallory -> client: RST", "mallory crashes")).toEqual([
      "unknown-name @ mallory",
    ]);
  });
  test("a slip in the first segment is not taken for the second endpoint", () => {
    expect(problems("endpoint client\ncleint -> server: SYN")).toEqual(["unknown-name @ cleint"]);
  });
  test("twice declared", () => expect(problemsOf("endpoint server is LISTEN")).toEqual(["duplicate-name @ server"]));
  test("none talks to itself", () => expect(problemsOf("client -> client: SYN")).toEqual(["syntax @ client"]));
});

describe("nothing stands twice", () => {
  test.each([
    ["client -> server: ACK ack=1 ack=2", "ack=2"],
    ["client -> server: ACK len=1 length=2", "length=2"],
    ['client -> server: ACK "a" "b"', '"b"'],
    ["client -> server: ACK <nop> <nop>", "<nop>"],
    ["client is ESTABLISHED with iss=1 iss=2", "iss"],
    ["let x = 1\nlet x = 2", "x"],
    ["set mss = 1\nset mss = 2", "mss"],
    ['title "a"\ntitle "b"', 'title "b"'],
    ["client -> server: ACK as a\nclient -> server: ACK as a", "a"],
  ])("%s", (text, place) => expect(problemsOf(text)).toEqual([`duplicate-name @ ${place}`]));
  test("the fix removes the second", () => {
    expect(mended("client -> server: ACK ack=1 ack=2 len=3")).toBe("client -> server: ACK ack=1 len=3");
  });
});

describe("numbers that cannot be", () => {
  test.each([
    ["client -> server: ACK seq=4294967296", "4294967296"],
    ["client -> server: ACK seq=99999999999999999999999", "99999999999999999999999"],
    ["client -> server: ACK seq=12ab", "12ab"],
    ["client -> server: ACK seq=1e5", "1e5"],
    ["client -> server: ACK seq=x+", "+"],
    ["client -> server: ACK seq=snd.nxt", "snd.nxt"],
    ['client -> server: ACK seq="x"', 'seq="x"'],
    ["client -> server: ACK seq=", "seq="],
    ["client -> server: ACK seq= ack=5", "seq="],
    ["client -> server: ACK len=-1", "len=-1"],
    ["client -> server: ACK len=5-10", "len=5-10"],
    ["client -> server: ACK win=65536", "win=65536"],
    ["client -> server: ACK win=x", "win=x"],
    ["client -> server: ACK urg=-1", "urg=-1"],
    ["client -> server: ACK data=5", "data=5"],
    ["client -> server:65536: ACK", ":65536"],
    ["client:0 -> server: ACK", ":0"],
    ["client calls send n", "client calls send n"],
    ["let x = y", "y"],
    ["let x = x + 1", "x + 1"],
    ["wait 99999999999h", "99999999999h"],
    ["set mss = 70000", "70000"],
  ])("%s", (line, place) => expect(problemsOf(line)).toEqual([`syntax @ ${place}`]));
});

describe("what is missing is told in words", () => {
  test.each([
    ["client -> server:", ":", /a segment needs flags: SYN, ACK/u],
    ["client -> server", "server", /a segment needs flags/u],
    ["client ->", "->", /who receives it\?/u],
    ["client", "client", /behind a name comes an arrow/u],
    ["client calls", "calls", /listen, connect/u],
    ["client is", "is", /a state is missing/u],
    ["client is ESTABLISHED with", "with", /which variables\?/u],
    ["client is ESTABLISHED towards", "towards", /towards whom\?/u],
    ["client -> server: ACK as", "as", /as NAME/u],
    ["client -> server: ACK takes", "takes", /a time is missing/u],
    ["client -> server: ACK spoofing", "spoofing", /whose address/u],
    ["client -> server: ACK seq", "seq", /needs a value/u],
    ['client -> server: ACK "abc', '"abc', /closing quote/u],
    ["client -> server: SYN <mss 1460", "<", /no closing `>`/u],
    ["title", "title", /in quotes/u],
    ["note client", "note client", /in quotes/u],
    ["note", "note", /beside which endpoint/u],
    ["wait", "wait", /a time is missing/u],
    ["let x", "let x", /let x = 1000/u],
    ["set latency", "set latency", /set latency = 40ms/u],
    ["repeat 3", "repeat", /needs a block/u],
    ["repeat 3 {", "{", /no closing \}/u],
    ["repeat {\n}", "repeat", /how often\?/u],
    ["crossing", "crossing", /needs a block/u],
    ["}", "}", /closes no block/u],
    ["@", "@", /no statement/u],
    ["@150ms", "@150ms", /no statement/u],
    ["@5ms\nclient -> server: ACK", "@5ms", /on the line of its statement/u],
    ["@expect\nclient -> server: ACK", "@expect", /names a rule/u],
    ["/* client", "/*", /no closing \*\//u],
    ["client -> server: ACK $ seq=5", "$", /means nothing here/u],
    ["client -> server: ACK ) seq=5", ")", /does not belong here/u],
    ["client -> server: SYN+", "+", /a flag is missing/u],
    ["client -> server: +ACK seq=5", "+", /a flag is missing/u],
    ["client -> server: ACK ack=x + seq=5", "+", /a number is missing/u],
    ["10.0.0.1 -> server: SYN", "10.0.0.1", /names begin with a letter/u],
    ["endpoint", "endpoint", /which endpoints\?/u],
    ["endpoint a is LISTEN unchecked", "unchecked", /instead of a state/u],
  ])("%s", (line, place, message) => {
    expect(problemsOf(line)).toEqual([`syntax @ ${place}`]);
    expect(messageOf(line)).toMatch(message);
  });
  test.each([
    ['title "a', 'title "a"'],
    ["title Four-way close", 'title "Four-way close"'],
    ["... the rest", '... "the rest"'],
    ['note left of client: "x"', 'note client: "x"'],
    ["# a comment", "// a comment"],
    ["set latency: 40ms", "set latency = 40ms"],
    ["client is CLOSED and server is CLOSED", "client is CLOSED, server is CLOSED"],
    ["web.example crashes", "web-example crashes"],
    ["title Four-way close // why", 'title "Four-way close" // why'],
    ["note client: hello there", 'note client: "hello there"'],
    ['note client "x"', 'note client: "x"'],
    ["client -> server SYN", "client -> server: SYN"],
    ["client --> server: SYN", "client -> server: SYN"],
    ["client -X server: SYN", "client -x server: SYN"],
    ["client <- server: SYN", "server -> client: SYN"],
    ["client → server: SYN", "client -> server: SYN"],
    ["client -> server: SYN <mss 1460", "client -> server: SYN <mss 1460>"],
    ["repeat 3 {\nclient -> server: ACK", "repeat 3 {\nclient -> server: ACK\n}"],
    ['client -> server: ACK len=6 data="Hello"', 'client -> server: ACK len=5 data="Hello"'],
    ["endpoint mallory as Eve", 'endpoint mallory as "Eve"'],
    ["client -> server: SYN MSS=1460", "client -> server: SYN <mss 1460>"],
    ["client -> server: SYN SACK_PERM", "client -> server: SYN <sackOK>"],
    ["}", ""],
  ])("the fix of %s is %s", (line, right) => expect(mended(line)).toBe(right));
});

describe("a segment with a mistake among its flags still happens", () => {
  const flagsOf = (line: string) => parse(PAIR + line).segments.map(({ flags }) => flagNames(flags).join("+"));
  test.each([
    ["client -> server: DATA len=50", "PSH+ACK"],
    ["client -> server: HTTP", "PSH+ACK"],
    ["client -> server: FOO seq=5", "ACK"],
    ["client -> server: FOO len=5", "PSH+ACK"],
  ])("%s as %s", (line, flags) => {
    expect(flagsOf(line)).toEqual([flags]);
    expect(problemsOf(line)).toHaveLength(1);
  });
  test("but nothing at all is none", () => expect(flagsOf("client -> server:\nclient -> server: S")).toEqual([]));
});

test("a segment without any flag is left to TCP", () => {
  const flow = parse(`${PAIR}client -> server: seq=5`);
  expect(flow.problems).toEqual([]);
  expect(flow.segments[0]).toMatchObject({ flags: 0, places: { flags: { start: 41, end: 41 } } });
});

test("a long word is not quoted whole", () => {
  expect(messageOf(`client calls ${"x".repeat(10_000)}`).length).toBeLessThan(200);
});

import { describe, expect, test } from "vitest";
import { headerOf, problemsOf, read, segmentOf, show, textAt } from "./flows.ts";

describe("a segment line", () => {
  test("gives sender, receiver, flags and numbers", () => {
    const segment = segmentOf("client -> server: SYN+ACK seq=y ack=x+1 win=0 len=n urg=7");
    expect(segment.from).toEqual({ endpoint: 0 });
    expect(segment.to).toEqual({ endpoint: 1 });
    expect(headerOf(segment)).toBe("SYN+ACK seq=y ack=x+1 len=n win=0 urg=7");
  });
  test.each([
    ["->", "arrives"],
    ["-x", "lost"],
    ["~>", "waits"],
  ])("with %s it %s", (arrow, fate) => {
    const [sent] = read(`client ${arrow} server: SYN`).events;
    expect(sent).toMatchObject({ kind: "send", fate });
  });
  test("ports", () => {
    expect(segmentOf("client:40001 -> server:80: SYN")).toMatchObject({
      from: { endpoint: 0, port: 40001 },
      to: { endpoint: 1, port: 80 },
    });
  });
  test("name, label, time under way, old", () => {
    const flow = read('client ~> server: SYN as late "once more" old', "late arrives");
    expect(flow.segments[0]).toMatchObject({ name: "late", label: "once more", old: true });
  });
  test("a forged source keeps the real sender", () => {
    const flow = read("endpoint attacker unchecked", "attacker:9 -> server:80: RST spoofing client");
    expect(flow.segments[0]).toMatchObject({ from: { endpoint: 0, port: 9 }, to: { port: 80 }, forgedBy: 2 });
  });
  test("data is its length in UTF-8", () => {
    const segment = segmentOf('client -> server: ACK data="Grüße \\"🖥\\""');
    expect(segment.data).toBe('Grüße "🖥"');
    expect(headerOf(segment)).toBe("ACK len=14");
  });
  test("data and the length written agree", () => {
    expect(headerOf(segmentOf('client -> server: ACK len=5 data="Hello"'))).toBe("ACK len=5");
    expect(problemsOf('client -> server: ACK len=6 data="Hello"')).toEqual(["syntax @ len=6"]);
  });
  test("a blank for the reader", () => {
    expect(headerOf(segmentOf("client -> server: ACK seq=? ack=？"))).toBe("ACK seq=? ack=?");
  });
});

describe("numbers", () => {
  test.each([
    ["0", "0"],
    ["0xffffffff", "4294967295"],
    ["x", "x"],
    ["x+1", "x+1"],
    ["u - 1", "u-1"],
    ["v+n+20", "n+v+20"],
    ["x + n - x", "n"],
    ["4294967295+2", "1"],
    ["-1", "4294967295"],
    ["y-x", "y-x"],
  ])("seq=%s is %s", (written, value) => {
    const { seq } = segmentOf(`client -> server: ACK seq=${written}`);
    expect(seq?.kind === "number" && show(seq.value)).toBe(value);
  });
  test("y-x is one name, y - x a difference", () => {
    const terms = (line: string) => {
      const { seq } = segmentOf(line);
      return seq?.kind === "number" ? seq.value.terms.length : 0;
    };
    expect(terms("client -> server: ACK seq=y-x")).toBe(1);
    expect(terms("client -> server: ACK seq=y - x")).toBe(2);
  });
});

describe("options", () => {
  const options = (text: string) =>
    segmentOf(`client -> server: SYN <${text}>`).options.map(({ span: _, ...option }) => option);
  test("as tcpdump and packetdrill write them", () => {
    expect(options("mss 1460, nop, sackOK, eol, TS val 100 ecr 0, wscale 7, FO 2a1b3c4d")).toEqual([
      { kind: "mss", value: 1460 },
      { kind: "nop" },
      { kind: "sackOK" },
      { kind: "eol" },
      { kind: "TS", value: 100, echo: 0 },
      { kind: "wscale", value: 7 },
      { kind: "FO", cookie: "2a1b3c4d" },
    ]);
  });
  test("blocks of SACK, in numbers and symbols", () => {
    const [sack] = segmentOf("client -> server: ACK <sack 101:201 x+1:x+n 5 : 9>").options;
    expect(sack?.kind === "sack" && sack.blocks.map(({ left, right }) => `${show(left)}:${show(right)}`)).toEqual([
      "101:201",
      "x+1:n+x",
      "5:9",
    ]);
  });
  test.each(["mss", "mss x", "mss 70000", "TS 5", "sack 1", "sack", "nop 3"])("<%s> is none", (text) => {
    expect(problemsOf(`client -> server: SYN <${text}>`)).toEqual([`syntax @ ${text}`]);
  });
});

describe("spellings of other tools are read as the same", () => {
  test.each([
    "client -> server: SYN-ACK seq=0 ack=1",
    "client -> server: SYN,ACK seq=0 ack=1",
    "client -> server: SYN/ACK seq=0, ack=1",
    "client -> server: SYN + ACK seq=0 ack=1",
    "client -> server: SYN ACK seq=0 ack=1",
    "client -> server: [SYN, ACK] Seq=0 Ack=1",
    "client -> server: SYN, ACK, Seq=0, Ack=1",
    "client -> server： SYN，ACK　seq＝0　ack＝1",
    "client->server:SYN+ACK seq = 0 ack = 1",
    "client -> server: sequence=0 SYN+ACK ack=1",
    "client -> server: SYN=1, ACK=1, seq=0, ack=1",
    "client -> server：SYN＝1，ACK＝1，seq＝0，ack＝1",
    "client -> server: SYN = 1 ACK = 1 FIN = 0 seq = 0 ack = 1",
  ])("%s", (line) => expect(headerOf(segmentOf(line))).toBe("SYN+ACK seq=0 ack=1"));
});

test("ACK=1 is the flag, ack=1 the number", () => {
  expect(headerOf(segmentOf("client -> server: ACK=1, seq=x+1, ack=y+1"))).toBe("ACK seq=x+1 ack=y+1");
  expect(headerOf(segmentOf("client -> server: Ack=1 ACK"))).toBe("ACK ack=1");
});

describe("spans are exact", () => {
  test("the parts of a segment line", () => {
    const flow = read("  @5ms client:1 -> server:2 : SYN + ACK  seq = y-1 ack=x+1 <mss 5> // end");
    const [segment] = flow.segments;
    const { fieldsEnd, ...places } = segment?.places ?? { fieldsEnd: 0 };
    expect(Object.fromEntries(Object.entries(places).map(([name, span]) => [name, textAt(flow, span)]))).toEqual({
      line: "client:1 -> server:2 : SYN + ACK  seq = y-1 ack=x+1 <mss 5>",
      from: "client:1",
      arrow: "->",
      to: "server:2",
      flags: "SYN + ACK",
      seq: "seq = y-1",
      ack: "ack=x+1",
      options: "<mss 5>",
    });
    expect(flow.text.slice(0, fieldsEnd)).toMatch(/ack=x\+1$/u);
    expect(segment?.seq && textAt(flow, segment.seq.span)).toBe("y-1");
  });
  test("of a segment without fields end behind its flags", () => {
    const flow = read('client -> server: FIN+ACK "bye"');
    expect(flow.text.slice(0, flow.segments[0]?.places.fieldsEnd)).toMatch(/FIN\+ACK$/u);
  });
  test("of data is its field", () => {
    const flow = read('client -> server: ACK data="a"');
    const [segment] = flow.segments;
    expect(segment?.len && textAt(flow, segment.len.span)).toBe('data="a"');
    expect(segment?.places.len && textAt(flow, segment.places.len)).toBe('data="a"');
  });
  test("of blocks of SACK", () => {
    const flow = read("client -> server: ACK <nop, sack 1:5 x:y>");
    const sack = flow.segments[0]?.options[1];
    expect(sack?.kind === "sack" && sack.blocks.map(({ span }) => textAt(flow, span))).toEqual(["1:5", "x:y"]);
  });
});

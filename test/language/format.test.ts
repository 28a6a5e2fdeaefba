import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { format } from "../../server/src/language/format.ts";
import { parse } from "../../server/src/language/parse.ts";

const EXAMPLES = new URL("../../examples/", import.meta.url);

describe("one line", () => {
  test.each([
    ["client->server:SYN-ACK,Seq=0 ,Ack=x + 1", "client -> server: SYN+ACK seq=0 ack=x+1"],
    ["client -> server： [SYN, ACK]　win＝0", "client -> server: SYN+ACK win=0"],
    ["client:1->server :2 :sequence=u - 1 ACK", "client:1 -> server:2: ACK seq=u-1"],
    ["a -> b: ACK seq=x - y  window=5", "a -> b: ACK seq=x - y win=5"],
    [
      'a -> b: SYN <MSS 1460,nop , sackPerm,sack 1 : 5  x:y,ws 7>as  x takes 2 * ms old “a "b"”',
      'a -> b: SYN <mss 1460, nop, sackOK, sack 1:5 x:y, wscale 7> as x takes 2ms old "a \\"b\\""',
    ],
    ["a -> b: SYN=1,ACK = 1,FIN=0,seq=y", "a -> b: SYN+ACK seq=y"],
    ["@ 150 ms   a -> b: ACK", "@150ms a -> b: ACK"],
    ["@+ 1ms @expect( wrong-ack,stale-ack )a -> b: ACK", "@+1ms @expect(wrong-ack, stale-ack) a -> b: ACK"],
    [
      "a is syn_rcvd ,b is FIN WAIT 1 with SND_NXT = u + 1,iss=5",
      "a is SYN-RECEIVED, b is FIN-WAIT-1 with snd.nxt=u+1, iss=5",
    ],
    ["a   calls  Send   100 towards   b:80", "a calls send 100 towards b:80"],
    ["a timeout   TIME-WAIT", "a timeout time-wait"],
    ["set Latency=40  ms", "set latency = 40ms"],
    ["let X=1+y", "let X = 1+y"],
    ["wait  2 * MSL", "wait 2MSL"],
    ['……"x"', '... "x"'],
    ['note a ,b :"x"', 'note a, b: "x"'],
    ["a -> b: ACK//why", "a -> b: ACK //why"],
    ["/* x */a -> b: ACK   /* y */   // z  ", "/* x */ a -> b: ACK /* y */ // z"],
    ["repeat  3{a -> b:ACK}", "repeat 3 { a -> b: ACK }"],
  ])("%s", (line, formatted) => {
    const text = `endpoint a, b, client, server\nlet y = 3\n${line}\n`;
    expect(format(text).split("\n").slice(2)).toEqual([formatted, ""]);
  });
});

test("lines: two blanks for each block, one blank line at most, one line break at the end", () => {
  expect(
    format(`

client -> server: SYN
   // about the block


repeat 3 {

crossing {
client -> server: ACK


      server -> client: ACK
  }

}


server crashes`),
  ).toBe(`client -> server: SYN
// about the block

repeat 3 {
  crossing {
    client -> server: ACK

    server -> client: ACK
  }
}

server crashes
`);
});

test("a comment of several lines keeps them", () => {
  const text = "crossing {\n  /* one\n     two */\n  client -> server: SYN\n}\n";
  expect(format(text)).toBe(text);
});

test("line breaks stay as they are in the file", () => {
  expect(format("client  -> server: SYN\r\nserver crashes")).toBe("client -> server: SYN\r\nserver crashes\r\n");
});

describe("what cannot be read stays as it is", () => {
  test.each([
    "  client  ->   server:",
    " client -> servr:  SYN   seq=1",
    "client -> server: SYN  seq=1  seq=2",
    "client  -> server: ACK  $ x",
    "client  calls  dance",
    'title  "open',
    "client -> server:  ACK  /* inside */  seq=5",
    " )  (",
  ])("%s", (line) => {
    const text = `endpoint client, server\n${line}\n  server crashes\n`;
    expect(format(text)).toBe(`endpoint client, server\n${line}\nserver crashes\n`);
  });
});

test("the examples are in this form", () => {
  for (const file of readdirSync(EXAMPLES).filter((name) => name.endsWith(".tcpflow"))) {
    const text = readFileSync(new URL(file, EXAMPLES), "utf8");
    expect([file, format(text)]).toEqual([file, text]);
  }
});

/** All of a flow that does not depend on where it stands in the text. */
function meaning(text: string): string {
  const places = new Set(["text", "span", "place", "places", "titleSpan", "related", "fixes"]);
  return JSON.stringify(parse(text), (key, value) => (places.has(key) ? undefined : value));
}

const blank = fc.constantFrom("", "", " ", "  ", "\t", "　");
const gap = fc.constantFrom(" ", "  ", "\t");
const number = fc.constantFrom("x", "x+1", "u - 1", "0x1F", "100", "v + n+20", "x - y", "?", "-5");
const key = fc.constantFrom("seq", "Ack", "len", "WIN", "length", "sequence", "urg");
const field = fc.tuple(key, blank, blank, number).map(([name, a, b, value]) => `${name}${a}=${b}${value}`);
const flags = fc.constantFrom("SYN", "SYN+ACK", "SYN-ACK", "FIN,ACK", "[PSH, ACK]", "SYN + ACK", "RST/ACK");
const clause = fc.constantFrom(
  "<mss 1460,nop>",
  "< TS val 1 ecr 2 >",
  "as late",
  "takes 2 ms",
  "old",
  '"a \\" b"',
  "“c”",
);
const segment = fc
  .tuple(
    fc.constantFrom("->", "-x", "~>"),
    blank,
    flags,
    gap,
    fc.array(fc.tuple(fc.oneof(field, clause), fc.constantFrom(" ", ", ", " , "))),
  )
  .map(([arrow, a, names, b, parts]) => `client ${arrow} server${a}:${a}${names}${b}${parts.flat().join("")}`);
const statement = fc.oneof(
  { weight: 4, arbitrary: segment },
  fc.constantFrom(
    "client is syn_rcvd,server is ?  with iss=5",
    "wait 2 * MSL",
    "@5 ms client calls CLOSE",
    "@expect( wrong-ack ) server  crashes",
    "repeat 2{",
    "crossing   {",
    "  }",
    "// comment",
    "/* a\n b */",
    "",
    "late arrives",
    "broken line (",
    'note client,server:"x"',
    "set latency=4 ms",
  ),
);
const lines = fc
  .array(fc.tuple(blank, statement, fc.constantFrom("", " ", " // why", "/* y */")), { maxLength: 12 })
  .map((parts) => parts.map(([indent, line, end]) => `${indent}${line}${end}`).join("\n"));

test("formatting never changes the meaning, and twice is once", () => {
  fc.assert(
    fc.property(lines, (text) => {
      const formatted = format(text);
      expect(meaning(formatted)).toBe(meaning(text));
      expect(format(formatted)).toBe(formatted);
    }),
    { numRuns: 300, seed: 793 },
  );
});

test("of any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
      const formatted = format(text);
      expect(meaning(formatted)).toBe(meaning(text));
      expect(format(formatted)).toBe(formatted);
    }),
    { numRuns: 300, seed: 9293 },
  );
});

/** The text form, as a terminal or a mail shows it. */
import { describe, expect, test } from "vitest";
import { cells } from "../../server/src/ladder/measure.ts";
import { renderText, type TextOptions } from "../../server/src/ladder/text.ts";
import { example, examples } from "../support/examples.ts";
import { check } from "../support/flows.ts";

function draw(text: string, options: TextOptions = {}): string {
  return `\n${renderText(check(text), options)}`;
}

test("states at the sides, segments between them", () => {
  expect(draw("client -> server: SYN seq=x\nserver -> client: SYN+ACK seq=y\nclient -> server: ACK")).toBe(`
          client                            server
      CLOSED │                                 │ LISTEN
    SYN-SENT │────────── SYN seq=x ───────────>│ SYN-RECEIVED
 ESTABLISHED │<───── SYN+ACK seq=y ack=x+1 ────│
             │───── ACK seq=x+1 ack=y+1 ──────>│ ESTABLISHED
`);
});

test("only ASCII where it is wanted", () => {
  const text = example("rfc9293-figure-12.tcpflow");
  expect(draw(text, { ascii: true })).toMatch(/^[\n\x20-\x7e]+$/u);
  expect(draw(text, { ascii: true })).toContain("FIN+ACK seq=100 ack=300 ----->| CLOSE-WAIT");
});

test("a loss, calls, a wait, an elision, a heading", () => {
  expect(
    draw(`section "Closing"
endpoint client is ESTABLISHED, server is ESTABLISHED
... "data"
client calls close
client -x server: FIN+ACK seq=u ack=v
wait RTO
client -> server: FIN+ACK seq=u ack=v`),
  ).toBe(`
          client                          server
 ESTABLISHED │                               │ ESTABLISHED
══ Closing ═══════════════════════════════════
             ⋮             data              ⋮
  FIN-WAIT-1 │ close()                       │
             │──── FIN+ACK seq=u ack=v ──x   │
             │ (RTO)                         │
             │──── FIN+ACK seq=u ack=v ─────>│ CLOSE-WAIT
             │       (retransmission)        │
`);
});

test("a mistake below its number, with the reason", () => {
  expect(draw("client -> server: SYN seq=x\nserver -> client: SYN+ACK seq=y ack=x")).toBe(`
          client                                       server
      CLOSED │                                            │ LISTEN
    SYN-SENT │──────────── SYN seq=x ────────────────────>│ SYN-RECEIVED
 ESTABLISHED │<──────────── SYN+ACK seq=y ack=x ──────────│
             │                                ^           │
             │ error syn-not-counted: ack should be x+1:  │
             │ the SYN at line 1 consumes one sequence    │
             │ number                                     │
`);
});

test("crossing and late segments leave in one row and arrive in another", () => {
  const rows = draw(example("simultaneous-close.tcpflow")).split("\n");
  const leaves = rows.findIndex((row) => row.includes("FIN+ACK seq=u ack=v ~"));
  const arrives = rows.findIndex((row) => /~ FIN\+ACK seq=u ack=v ─+>/u.test(row));
  expect([leaves > 0, arrives > leaves + 1]).toEqual([true, true]);
});

test("wide characters take two columns: the lanes stay straight", () => {
  const text = draw(
    '客户端 -> 服务器: SYN seq=x "第一步"\nnote 客户端: "等一下，这里有一句很长的话，一行放不下，要折成两行"\n服务器 -> 客户端: SYN+ACK seq=y',
  );
  const lanes = text
    .split("\n")
    .filter((row) => row.includes("│"))
    .map((row) => cells(row.slice(0, row.lastIndexOf("│"))));
  expect(new Set(lanes).size).toBe(1);
});

describe("blanks", () => {
  const EXERCISE = "client -> server: SYN seq=x\nclient is ?\nserver -> client: SYN+ACK seq=y ack=?";

  test("are empty brackets", () => {
    expect(draw(EXERCISE)).toContain("[       ] │");
    expect(draw(EXERCISE)).toContain("ack=[  ]");
  });

  test("hold the answer in the answer key", () => {
    expect(draw(EXERCISE, { answers: true })).toContain("ack=[x+1]");
    expect(draw(EXERCISE, { answers: true })).toContain("SYN-SENT │");
  });
});

test("control characters of a label do not reach the terminal", () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(draw('a -> b: SYN "\u001b[31m\u0007red"')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/u);
});

test.each(examples())("the lanes of $name stay straight", ({ text }) => {
  const rows = draw(text).split("\n");
  const lanes = rows.map((row) => /^[^│⋮X═─]*[│⋮X]/u.exec(row)?.[0]).filter((head) => head !== undefined);
  expect(new Set(lanes.map(cells)).size).toBeLessThanOrEqual(1);
});

test.each(["", "// nothing", "endpoint a", "a -> a: SYN"])("little or broken text is no trouble: %j", (text) => {
  expect(draw(text)).toMatch(/\n$/u);
});

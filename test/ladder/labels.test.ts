/** What is written on an arrow, and where mistakes are marked. */
import { describe, expect, test } from "vitest";
import type { PlacedPart } from "../../server/src/ladder/geometry.ts";
import { example } from "../support/examples.ts";
import { arrowOf, labelOf, ladderOf } from "./ladder.ts";

const OPEN = "endpoint client is ESTABLISHED, server is ESTABLISHED\n";

function parts(text: string, segment: number, answers = false): readonly PlacedPart[] {
  return arrowOf(ladderOf(text, { answers }), segment).labels[0]?.parts ?? [];
}

describe("numbers", () => {
  test("as written, left-out ones filled in and marked as such", () => {
    const text = "client -> server: SYN seq=x\nserver -> client: SYN+ACK seq=y\nclient -> server: ACK ack=y+1";
    expect(ladderOf(text).arrows.map(labelOf)).toEqual(["SYN seq=x", "SYN ACK seq=y ack=x+1", "ACK seq=x+1 ack=y+1"]);
    expect(
      parts(text, 1)
        .filter(({ filled }) => filled)
        .map(({ text: part }) => part),
    ).toEqual(["ack=", "x+1"]);
  });

  test("in the author's own order", () => {
    const text = `${OPEN}client -> server: PSH+ACK seq=u ack=v len=n\nserver -> client: ACK seq=v ack=u + n`;
    expect(labelOf(arrowOf(ladderOf(text), 1))).toBe("ACK seq=v ack=u+n");
  });

  test("nothing where nothing was ever written", () => {
    const text = "client -> server: SYN\nserver -> client: SYN+ACK\nclient -> server: ACK";
    expect(ladderOf(text).arrows.map(labelOf)).toEqual(["SYN", "SYN ACK", "ACK"]);
  });

  test("a wrong one stays as the author wrote it", () => {
    expect(labelOf(arrowOf(ladderOf(example("handshake-mistake-new-symbol.tcpflow")), 2))).toBe("ACK seq=z ack=y+1");
  });

  test("a symbol that was given a value shows the value", () => {
    expect(labelOf(arrowOf(ladderOf("let x = 1000\nclient -> server: SYN seq=x+1"), 0))).toBe("SYN seq=1001");
  });

  test("a blank is an empty box, solved in the answer key", () => {
    const text = "client -> server: SYN seq=x\nserver -> client: SYN+ACK seq=y ack=?";
    expect(labelOf(arrowOf(ladderOf(text), 1))).toBe("SYN ACK seq=y ack=[]");
    expect(labelOf(arrowOf(ladderOf(text, { answers: true }), 1))).toBe("SYN ACK seq=y ack=[x+1]");
    expect(ladderOf(text).words).not.toContain("x+1");
  });

  test("window and urgent pointer as in the header", () => {
    const text = `${OPEN}client -> server: URG+ACK seq=u ack=v len=1 win=512 urg=1`;
    expect(labelOf(arrowOf(ladderOf(text), 0))).toBe("ACK URG seq=u ack=v len=1 win=512 urg=1");
  });
});

describe("below the arrow", () => {
  const remarks = (text: string, segment: number) =>
    arrowOf(ladderOf(text), segment).labels[0]?.remarks.map((remark) => remark.text);

  test("what kind of segment it is", () => {
    expect(remarks(example("last-ack-lost.tcpflow"), 4)).toEqual(["retransmission"]);
  });

  test("options, data and label", () => {
    expect(remarks('client -> server: SYN seq=x <mss 1460, sackOK> "hello"', 0)).toEqual(["mss 1460, sackOK", "hello"]);
    expect(remarks(`${OPEN}client -> server: PSH+ACK data="GET /"`, 0)).toEqual(["“GET /”"]);
  });

  test("a long label is broken into lines that fit", () => {
    const lines = remarks(`client -> server: SYN seq=x "${"word ".repeat(30).trim()}"`, 0) ?? [];
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join(" ")).toBe("word ".repeat(30).trim());
  });

  test("one without end is cut", () => {
    const lines = remarks(`client -> server: SYN seq=x "${"x".repeat(3000)}"`, 0) ?? [];
    expect([lines.length, lines.at(-1)?.endsWith("…")]).toEqual([4, true]);
  });
});

describe("mistakes", () => {
  const WRONG =
    "client -> server: SYN seq=x\nserver -> client: SYN+ACK seq=y ack=x\nclient -> server: ACK seq=x+1 ack=y+1";

  test("stand on the very number, in red, with a callout beside", () => {
    const ladder = ladderOf(WRONG);
    const marked = arrowOf(ladder, 1).labels[0]?.parts.filter(({ level }) => level !== undefined);
    expect(marked?.map(({ text, level, rule }) => [text, level, rule])).toEqual([["x", "error", "syn-not-counted"]]);
    expect(arrowOf(ladder, 1).level).toBe("error");
    expect(arrowOf(ladder, 0).level).toBeUndefined();
    const [callout] = ladder.callouts;
    expect(callout?.entries.map(({ rule }) => rule)).toEqual(["syn-not-counted"]);
    expect(callout?.leader[1].y).toBeCloseTo(arrowOf(ladder, 1).strokes[0]?.points[0]?.y ?? 0);
    expect(callout?.x).toBeGreaterThan(ladder.lifelines[1]?.x ?? 0);
  });

  test("stand on the flags where they are wrong", () => {
    const marked = parts(`${OPEN}client -> server: SYN+FIN seq=u`, 0).filter(({ level }) => level !== undefined);
    expect(marked.map(({ role }) => role)).toEqual(["flags"]);
  });

  test("are amber where they are warnings", () => {
    const ladder = ladderOf(`${OPEN}client -> server: FIN seq=u`);
    expect(arrowOf(ladder, 0).level).toBe("warning");
    expect(ladder.callouts.map(({ level }) => level)).toEqual(["warning"]);
  });

  test("shown on purpose are drawn all the same", () => {
    const expected = WRONG.replace("server -> client", "@expect(syn-not-counted)\nserver -> client");
    expect(ladderOf(expected).callouts).toHaveLength(1);
  });

  test("are not drawn for hints, nor where the reader does not want them", () => {
    expect(ladderOf("client -> server: SYN seq=x").callouts).toEqual([]);
    const without = ladderOf(WRONG, { findings: false });
    expect([without.callouts, arrowOf(without, 1).level]).toEqual([[], undefined]);
  });

  test("in an assertion stand where the name of the state would", () => {
    const ladder = ladderOf("client -> server: SYN seq=x\nclient is ESTABLISHED");
    expect(ladder.remarked.map(({ kind, text, level }) => [kind, text, level])).toEqual([
      ["claim", "ESTABLISHED", "error"],
    ]);
    expect(ladder.remarked[0]?.x).toBeLessThan(0);
  });

  test("that hold draw nothing", () => {
    expect(ladderOf("client -> server: SYN seq=x\nclient is SYN-SENT").remarked).toEqual([]);
  });

  test("of a call stand on the call", () => {
    const { remarked } = ladderOf(`${OPEN}client -> server: ACK seq=u ack=v len=1\nclient calls connect`);
    expect(remarked.map(({ text, level, rules }) => [text, level, rules])).toEqual([
      ["connect()", "error", ["illegal-call"]],
    ]);
  });

  test("in the text itself are told below the picture", () => {
    const { footer } = ladderOf("client -> server: SYN seq=x\nfoo bar");
    expect(footer.map(({ text }) => text).join(" ")).toMatch(/^line 2: .*\(syntax\)$/u);
  });

  test("of a later round of a repeat stand on the first", () => {
    const ladder = ladderOf(
      `${OPEN}repeat 3 {\n  client -> server: ACK seq=u ack=v len=100\n  server -> client: ACK ack=u+100\n}`,
    );
    expect(ladder.arrows).toHaveLength(2);
    for (const { segment } of ladder.arrows) expect(segment).toBeLessThan(2);
  });
});

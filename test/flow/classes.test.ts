/** What kind of segment it is, beside what is wrong: the words under the arrows. */
import { describe, expect, test } from "vitest";
import { example } from "../support/examples.ts";
import { classes, findings } from "../support/flows.ts";

describe("classes", () => {
  test("out of order, duplicate ACK, fast retransmission", () => {
    expect(classes(example("data-transfer-with-loss.tcpflow"))).toEqual([
      "",
      "",
      "",
      "out of order",
      "duplicate ACK",
      "out of order",
      "duplicate ACK",
      "out of order",
      "duplicate ACK",
      "fast retransmission",
      "",
    ]);
  });

  test("an answer that tells nothing but another window is a window update", () => {
    const text = `A -> B: ACK seq=1 ack=1 len=10 win=100
B -> A: ACK seq=1 ack=11 win=50
A ~> B: ACK seq=11 ack=1 len=10 win=100 as hole
A -> B: ACK seq=21 ack=1 len=10 win=100
B -> A: ACK seq=1 ack=11 win=60
hole arrives
B -> A: ACK seq=1 ack=31 win=60
`;
    expect(classes(text)[4]).toBe("window update");
  });

  test("a D-SACK that repeats the number is a duplicate ACK too", () => {
    const open = "A -> B: SYN seq=0 <sackOK>\nB -> A: SYN+ACK seq=0 ack=1 <sackOK>\nA -> B: ACK seq=1 ack=1\n";
    const text = `${open}A -> B: ACK seq=1 ack=1 len=10 as data
B -> A: ACK seq=1 ack=11
data arrives again
B -> A: ACK seq=1 ack=11 <sack 1:11>
`;
    expect(classes(text).at(-1)).toContain("D-SACK");
    expect(classes(text).at(-1)).toContain("duplicate ACK");
  });

  test("a SYN and a FIN are retransmitted too", () => {
    expect(classes("A -x B: SYN seq=x\nA -> B: SYN seq=x\n")).toEqual(["", "retransmission"]);
    expect(classes("A -x B: FIN+ACK seq=u ack=v\nA -> B: FIN+ACK seq=u ack=v\n")).toEqual(["", "retransmission"]);
  });

  test("keep-alive and its answer, each time", () => {
    const [, , probe, answer, ...unanswered] = classes(example("keep-alive.tcpflow"));
    expect([probe, answer]).toEqual(["keep-alive", "keep-alive ACK"]);
    expect(unanswered).toEqual(Array(9).fill("keep-alive"));
  });

  test("simultaneous open, in all four segments", () => {
    expect(classes(example("simultaneous-open.tcpflow"))).toEqual(Array(4).fill("simultaneous open"));
  });

  test("simultaneous close, in both FINs", () => {
    expect(classes(example("simultaneous-close.tcpflow"))).toEqual([
      "simultaneous close",
      "simultaneous close",
      "",
      "",
    ]);
  });

  test("challenge ACK, for a SYN on a connection", () => {
    expect(classes(example("rfc9293-figure-09.tcpflow"))[1]).toBe("challenge ACK");
  });

  test("a segment that came twice, and the answer to its second copy", () => {
    const text = `A -> B: PSH+ACK seq=100 ack=300 len=10 as data
B -> A: ACK seq=300 ack=110
data arrives again
B -> A: ACK seq=300 ack=110
`;
    expect(findings(text)).toEqual([]);
    expect(classes(text)).toEqual(["duplicate", "", "duplicate ACK"]);
  });

  test("nothing in an ordinary exchange", () => {
    expect(classes(example("three-way-handshake-numbers.tcpflow")).join("")).toBe("");
    expect(classes(example("four-way-close.tcpflow")).join("")).toBe("");
    expect(classes(example("half-close.tcpflow")).join("")).toBe("");
  });
});

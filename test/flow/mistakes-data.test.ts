/** What textbooks, web pages and slides get wrong about data. Mistakes of windows, options and timers are not here. */
import { describe, expect, test } from "vitest";
import { findings } from "../support/flows.ts";
import type { Mistake } from "../support/mistakes.ts";

const MISTAKES: readonly Mistake[] = [
  {
    name: "26: the acknowledgment names the last octet",
    wrong: `C -> S: ACK seq=1000 ack=1 len=100
S -> C: ACK seq=1 ack=1099
`,
    found: "length-not-counted @ ack=1099",
    right: `C -> S: ACK seq=1000 ack=1 len=100
S -> C: ACK seq=1 ack=1100
`,
  },
  {
    name: "27: the acknowledgment counts one for 100 octets",
    wrong: `C -> S: ACK seq=1000 ack=1 len=100
S -> C: ACK seq=1 ack=1001
`,
    found: "wrong-ack @ ack=1001",
    right: `C -> S: ACK seq=1000 ack=1 len=100
S -> C: ACK seq=1 ack=1100
`,
  },
  {
    name: "28: sequence numbers count segments",
    wrong: `C -> S: ACK seq=1 ack=1 len=100
C -> S: ACK seq=2 ack=1 len=100
`,
    found: "length-not-counted @ seq=2",
    right: `C -> S: ACK seq=1 ack=1 len=100
C -> S: ACK seq=101 ack=1 len=100
`,
  },
  {
    name: "29: a lost segment is acknowledged",
    wrong: `C -x S: ACK seq=100 ack=1 len=50
C -> S: ACK seq=150 ack=1 len=50
S -> C: ACK seq=1 ack=150
`,
    found: "ack-of-undelivered @ ack=150",
    right: `C -x S: ACK seq=100 ack=1 len=50
C -> S: ACK seq=150 ack=1 len=50
S -> C: ACK seq=1 ack=100
`,
  },
  {
    name: "30: the acknowledgment jumps over a hole",
    wrong: `C -x S: ACK seq=100 ack=1 len=50
C -> S: ACK seq=150 ack=1 len=50
S -> C: ACK seq=1 ack=200
`,
    found: "ack-of-undelivered @ ack=200",
    right: `C -x S: ACK seq=100 ack=1 len=50
C -> S: ACK seq=150 ack=1 len=50
S -> C: ACK seq=1 ack=100
`,
  },
  {
    name: "31: data that was never sent is acknowledged",
    wrong: `C -> S: ACK seq=100 ack=1 len=50
S -> C: ACK seq=1 ack=300
`,
    found: "ack-of-unsent @ ack=300",
    right: `C -> S: ACK seq=100 ack=1 len=50
S -> C: ACK seq=1 ack=150
`,
  },
  {
    name: "32: the acknowledgment goes backwards",
    wrong: `C -> S: ACK seq=100 ack=1 len=50
S -> C: ACK seq=1 ack=150
C -> S: ACK seq=150 ack=1 len=50
S -> C: ACK seq=1 ack=100
`,
    found: "stale-ack @ ack=100",
    right: `C -> S: ACK seq=100 ack=1 len=50
S -> C: ACK seq=1 ack=150
C -> S: ACK seq=150 ack=1 len=50
S -> C: ACK seq=1 ack=200
`,
  },
  {
    name: "33: a delayed acknowledgment drawn as an old number",
    wrong: `C -> S: ACK seq=100 ack=1 len=50
S -> C: ACK seq=1 ack=100 len=20
C -> S: ACK seq=150 ack=21
`,
    found: "stale-ack @ ack=100",
    right: `C -> S: ACK seq=100 ack=1 len=50
S -> C: ACK seq=1 ack=150 len=20
C -> S: ACK seq=150 ack=21
`,
  },
  {
    name: "34: an acknowledgment is acknowledged",
    wrong: `C -> S: ACK seq=100 ack=1 len=50
S -> C: ACK seq=1 ack=150
C -> S: ACK seq=150 ack=2
`,
    found: "ack-counted @ ack=2",
    right: `C -> S: ACK seq=100 ack=1 len=50
S -> C: ACK seq=1 ack=150
`,
  },
  {
    name: "34: an acknowledgment is answered",
    wrong: `C -> S: ACK seq=100 ack=1 len=50
S -> C: ACK seq=1 ack=150
C -> S: ACK seq=150 ack=1
`,
    found: "unneeded-ack @ ACK",
    right: `C -> S: ACK seq=100 ack=1 len=50
S -> C: ACK seq=1 ack=150
`,
  },
  {
    name: "35: data with PSH but without ACK",
    wrong: `C -> S: ACK seq=100 ack=1 len=50
S -> C: ACK seq=1 ack=150
C -> S: PSH seq=150 len=50
`,
    found: "missing-ack-flag @ PSH",
    right: `C -> S: ACK seq=100 ack=1 len=50
S -> C: ACK seq=1 ack=150
C -> S: PSH+ACK seq=150 ack=1 len=50
`,
  },
  {
    name: "45: data sent again under a new number",
    wrong: `C -x S: ACK seq=100 ack=1 len=50
S is ESTABLISHED with rcv.nxt=100
C timeout retransmission
C -> S: ACK seq=300 ack=1 len=50
`,
    found: "wrong-seq @ seq=300",
    right: `C -x S: ACK seq=100 ack=1 len=50
S is ESTABLISHED with rcv.nxt=100
C timeout retransmission
C -> S: ACK seq=100 ack=1 len=50
`,
  },
  {
    name: "47: the filled hole is acknowledged without what was held above it",
    wrong: `C -x S: ACK seq=100 ack=1 len=50
C -> S: ACK seq=150 ack=1 len=100
S -> C: ACK seq=1 ack=100
C -> S: ACK seq=100 ack=1 len=50
S -> C: ACK seq=1 ack=150
`,
    found: "stale-ack @ ack=150",
    right: `C -x S: ACK seq=100 ack=1 len=50
C -> S: ACK seq=150 ack=1 len=100
S -> C: ACK seq=1 ack=100
C -> S: ACK seq=100 ack=1 len=50
S -> C: ACK seq=1 ack=250
`,
  },
];

describe("mistakes in data", () => {
  test.each(MISTAKES)("$name", ({ wrong, found, right }) => {
    expect(findings(wrong)).toEqual([found]);
    expect(findings(right)).toEqual([]);
  });
});

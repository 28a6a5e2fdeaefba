/**
 * What textbooks, web pages and slides get wrong about timers and about answers that are due. The interval between
 * keep-alive probes (51) is not the RFCs' business, and that a crossing open makes one connection (22) is not drawn.
 */
import { describe, expect, test } from "vitest";
import { findings } from "../support/flows.ts";
import type { Mistake } from "../support/mistakes.ts";

const IDLE = `C -> S: ACK seq=100 ack=1 len=50
S -> C: ACK seq=1 ack=150
wait 2h
C timeout keepalive
`;

const PROBED = `${IDLE}C -> S: ACK seq=149 ack=1
S -> C: ACK seq=1 ack=150
`;

const MISTAKES: readonly Mistake[] = [
  {
    name: "37: a closed window that nobody probes",
    wrong: `C -> S: ACK seq=100 ack=300 len=50
S -> C: ACK seq=300 ack=150 win=0
C calls send 100
wait 60s
S -> C: ACK seq=300 ack=150 win=500
C -> S: ACK seq=150 ack=300 len=100
`,
    found: "missing-probe @ S -> C: ACK seq=300 ack=150 win=0",
    right: `C -> S: ACK seq=100 ack=300 len=50
S -> C: ACK seq=300 ack=150 win=0
C calls send 100
wait 1s
C timeout persist
C -> S: ACK seq=150 ack=300 len=1
S -> C: ACK seq=300 ack=150 win=0
wait 2s
C timeout persist
C -> S: ACK seq=150 ack=300 len=1
S -> C: ACK seq=300 ack=151 win=500
C -> S: ACK seq=151 ack=300 len=99
`,
  },
  {
    name: "44: a fast retransmission after three equal acknowledgments, which are two duplicates",
    wrong: `C -> S: ACK seq=1 ack=1 len=100
S -> C: ACK seq=1 ack=101
C -x S: ACK seq=101 ack=1 len=100
C -> S: ACK seq=201 ack=1 len=100
S -> C: ACK seq=1 ack=101
C -> S: ACK seq=301 ack=1 len=100
S -> C: ACK seq=1 ack=101
C -> S: ACK seq=101 ack=1 len=100
`,
    found: "unusual-timer @ ACK",
    right: `C -> S: ACK seq=1 ack=1 len=100
S -> C: ACK seq=1 ack=101
C -x S: ACK seq=101 ack=1 len=100
C -> S: ACK seq=201 ack=1 len=100
S -> C: ACK seq=1 ack=101
C -> S: ACK seq=301 ack=1 len=100
S -> C: ACK seq=1 ack=101
C -> S: ACK seq=401 ack=1 len=100
S -> C: ACK seq=1 ack=101
C -> S: ACK seq=101 ack=1 len=100
`,
  },
  {
    name: "46: a pure ACK is retransmitted by a timer",
    wrong: `C -> S: ACK seq=100 ack=1 len=50
S -x C: ACK seq=1 ack=150
S timeout retransmission
S -> C: ACK seq=1 ack=150
`,
    found: "unneeded-ack @ ACK",
    right: `C -> S: ACK seq=100 ack=1 len=50
S -x C: ACK seq=1 ack=150
C timeout retransmission
C -> S: ACK seq=100 ack=1 len=50
S -> C: ACK seq=1 ack=150
`,
  },
  {
    name: "50: a keep-alive at the next number",
    wrong: PROBED.replace("seq=149", "seq=150"),
    found: "wrong-seq @ seq=150",
    right: PROBED,
  },
  {
    name: "50: the octet of a keep-alive is counted",
    wrong: `${IDLE}C -> S: ACK seq=149 ack=1 len=1
S -> C: ACK seq=1 ack=151
`,
    found: "ack-of-unsent @ ack=151",
    right: `${IDLE}C -> S: ACK seq=149 ack=1 len=1
S -> C: ACK seq=1 ack=150
`,
  },
  {
    name: "52: a keep-alive after ten minutes",
    wrong: PROBED.replace("2h", "10min"),
    found: "unusual-timer @ keepalive",
    right: PROBED,
  },
  {
    name: "52: dead after one probe",
    wrong: `${IDLE}C -x S: ACK seq=149 ack=1
C is CLOSED
`,
    found: "wrong-state @ CLOSED",
    right: `${IDLE}C -x S: ACK seq=149 ack=1
repeat 8 {
  wait 75s
  C timeout keepalive
  C -x S: ACK seq=149 ack=1
}
C timeout user
C is CLOSED
`,
  },
  {
    name: "53: the retransmission timeout stays the same",
    wrong: `C -x S: ACK seq=100 ack=1 len=50
wait 1s
C timeout retransmission
C -x S: ACK seq=100 ack=1 len=50
wait 1s
C timeout retransmission
C -> S: ACK seq=100 ack=1 len=50
`,
    found: "unusual-timer @ retransmission",
    right: `C -x S: ACK seq=100 ack=1 len=50
wait 1s
C timeout retransmission
C -x S: ACK seq=100 ack=1 len=50
wait 2s
C timeout retransmission
C -> S: ACK seq=100 ack=1 len=50
`,
  },
  {
    name: "an acknowledgment is delayed by more than half a second",
    wrong: `@0ms C -> S: ACK seq=100 ack=1 len=50
@700ms S -> C: ACK seq=1 ack=150
`,
    found: "unusual-timer @ ACK",
    right: `@0ms C -> S: ACK seq=100 ack=1 len=50
@200ms S -> C: ACK seq=1 ack=150
`,
  },
  {
    name: "76: TIME-WAIT ignores a repeated FIN",
    wrong: `C -> S: FIN+ACK seq=u ack=v
S -> C: FIN+ACK seq=v ack=u+1
C -x S: ACK seq=u+1 ack=v+1
S timeout retransmission
S -> C: FIN+ACK seq=v ack=u+1
wait 2MSL
`,
    found: "missing-reply @ S -> C: FIN+ACK seq=v ack=u+1",
    right: `C -> S: FIN+ACK seq=u ack=v
S -> C: FIN+ACK seq=v ack=u+1
C -x S: ACK seq=u+1 ack=v+1
S timeout retransmission
S -> C: FIN+ACK seq=v ack=u+1
C -> S: ACK seq=u+1 ack=v+1
wait 2MSL
`,
  },
  {
    name: "85: LISTEN ignores an old SYN",
    wrong: `endpoint C is CLOSED
endpoint S is LISTEN
C -> S: SYN seq=90 old
wait 10s
`,
    found: "missing-reply @ C -> S: SYN seq=90 old",
    right: `endpoint C is CLOSED
endpoint S is LISTEN
C -> S: SYN seq=90 old
S -> C: SYN+ACK seq=300 ack=91
C -> S: RST seq=91
wait 10s
`,
  },
];

describe("mistakes of timers and answers", () => {
  test.each(MISTAKES)("$name", ({ wrong, found, right }) => {
    expect(findings(wrong)).toEqual([found]);
    expect(findings(right)).toEqual([]);
  });
});

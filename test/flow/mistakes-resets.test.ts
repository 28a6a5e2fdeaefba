/** What textbooks, web pages and slides get wrong about resets: the answer to a segment of no connection, what ends with it, and what never arrived. */
import { describe, expect, test } from "vitest";
import { findings } from "../support/flows.ts";
import type { Mistake } from "../support/mistakes.ts";

const REFUSED = `C -> S: SYN seq=x
S -> C: RST+ACK seq=0 ack=x+1
`;

const ESTABLISHED = `endpoint C is ESTABLISHED with snd.nxt=100 rcv.nxt=300
endpoint S is ESTABLISHED with snd.nxt=300 rcv.nxt=100
`;

const MISTAKES: readonly Mistake[] = [
  {
    name: "23: a closed port answers with a bare RST",
    wrong: REFUSED.replace("RST+ACK seq=0 ack=x+1", "RST seq=0"),
    found: "wrong-reset @ RST",
    right: REFUSED,
  },
  {
    name: "24: the refusal does not count the SYN",
    wrong: REFUSED.replace("ack=x+1", "ack=x"),
    found: "wrong-reset @ ack=x",
    right: REFUSED,
  },
  {
    name: "77: a reset is acknowledged",
    wrong: `C -> S: RST seq=100
S -> C: ACK seq=300 ack=101
`,
    found: "wrong-reset @ ACK",
    right: "C -> S: RST seq=100\n",
  },
  {
    name: "78: a reset is answered by a reset",
    wrong: `${REFUSED}C -> S: RST seq=x+1\n`,
    found: "wrong-reset @ RST",
    right: REFUSED,
  },
  {
    name: "79: the receiver of a reset waits",
    wrong: `C -> S: RST seq=100
S is TIME-WAIT
`,
    found: "wrong-state @ TIME-WAIT",
    right: `C -> S: RST seq=100
S is CLOSED
`,
  },
  {
    name: "80: a reset for data outside the window",
    wrong: `${ESTABLISHED}C -> S: ACK seq=50 ack=250 len=10 old
S -> C: RST seq=250
`,
    found: "wrong-reset @ seq=250",
    right: `${ESTABLISHED}C -> S: ACK seq=50 ack=250 len=10 old
S -> C: ACK seq=300 ack=100
`,
  },
  {
    name: "81: a reset at any number ends a connection",
    wrong: `${ESTABLISHED}C -> S: RST seq=9999
`,
    found: "wrong-reset @ seq=9999",
    right: `${ESTABLISHED}C -> S: RST seq=100
`,
  },
  {
    name: "82: data from the side that reset",
    wrong: `C -> S: RST seq=100
C -> S: PSH+ACK seq=100 ack=300 len=10
`,
    found: "illegal-segment @ PSH+ACK",
    right: "C -> S: RST seq=100\n",
  },
  {
    name: "83: a SYN ends a connection at once",
    wrong: `${ESTABLISHED}C crashes
C -> S: SYN seq=50
S is CLOSED
`,
    found: "wrong-state @ CLOSED",
    right: `${ESTABLISHED}C crashes
C -> S: SYN seq=50
S -> C: ACK seq=300 ack=100
C -> S: RST seq=100
S is CLOSED
`,
  },
  {
    name: "84: a host that has restarted acknowledges old data",
    wrong: `C -> S: PSH+ACK seq=100 ack=300 len=10
S -> C: ACK seq=300 ack=110
S crashes
C -> S: PSH+ACK seq=110 ack=300 len=10
S -> C: ACK seq=300 ack=120
`,
    found: "illegal-segment @ ACK",
    right: `C -> S: PSH+ACK seq=100 ack=300 len=10
S -> C: ACK seq=300 ack=110
S crashes
C -> S: PSH+ACK seq=110 ack=300 len=10
S -> C: RST seq=300
`,
  },
  {
    name: "86: the receiver acts on a lost segment",
    wrong: `C -x S: FIN+ACK seq=u ack=v
S is CLOSE-WAIT
`,
    found: "wrong-state @ CLOSE-WAIT",
    right: `C -x S: FIN+ACK seq=u ack=v
S is ESTABLISHED
`,
  },
  {
    name: "86: the receiver answers a lost segment",
    wrong: `C -x S: FIN+ACK seq=u ack=v
S -> C: ACK seq=v ack=u+1
`,
    found: "ack-of-undelivered @ ack=u+1",
    right: `C -> S: FIN+ACK seq=u ack=v
S -> C: ACK seq=v ack=u+1
`,
  },
  {
    name: "87: the answer stands above its cause",
    wrong: `endpoint C is CLOSED
endpoint S is LISTEN
S -> C: SYN+ACK seq=y ack=x+1
C -> S: SYN seq=x
C -> S: ACK seq=x+1 ack=y+1
`,
    found: "illegal-segment @ SYN+ACK",
    right: `endpoint C is CLOSED
endpoint S is LISTEN
C -> S: SYN seq=x
S -> C: SYN+ACK seq=y ack=x+1
C -> S: ACK seq=x+1 ack=y+1
`,
  },
];

describe("mistakes of resets", () => {
  test.each(MISTAKES)("$name", ({ wrong, found, right }) => {
    expect(findings(wrong)).toEqual([found]);
    expect(findings(right)).toEqual([]);
  });
});

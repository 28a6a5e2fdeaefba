/** What textbooks, web pages and slides get wrong about resets: the answer to a segment of no connection, and what ends with it. */
import { describe, expect, test } from "vitest";
import { findings } from "../support/flows.ts";
import type { Mistake } from "../support/mistakes.ts";

const REFUSED = `C -> S: SYN seq=x
S -> C: RST+ACK seq=0 ack=x+1
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
    name: "82: data from the side that reset",
    wrong: `C -> S: RST seq=100
C -> S: PSH+ACK seq=100 ack=300 len=10
`,
    found: "illegal-segment @ PSH+ACK",
    right: "C -> S: RST seq=100\n",
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
];

describe("mistakes of resets", () => {
  test.each(MISTAKES)("$name", ({ wrong, found, right }) => {
    expect(findings(wrong)).toEqual([found]);
    expect(findings(right)).toEqual([]);
  });
});

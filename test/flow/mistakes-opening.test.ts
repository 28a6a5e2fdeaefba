/** What textbooks, web pages and slides get wrong about the opening. `C` opens with x, `S` listens with y. Mistakes of resets are not here. */
import { describe, expect, test } from "vitest";
import { findings } from "../support/flows.ts";
import type { Mistake } from "../support/mistakes.ts";

const OPENING = `C -> S: SYN seq=x
S -> C: SYN+ACK seq=y ack=x+1
`;

const OPEN = `${OPENING}C -> S: ACK seq=x+1 ack=y+1
`;

const MISTAKES: readonly Mistake[] = [
  {
    name: "1: a letter of its own in the third segment",
    wrong: `${OPENING}C -> S: ACK seq=z ack=y+1\n`,
    found: "wrong-seq @ seq=z",
    right: OPEN,
  },
  {
    name: "2: the SYN is not counted in the third segment",
    wrong: `${OPENING}C -> S: ACK seq=x ack=y+1\n`,
    found: "syn-not-counted @ seq=x",
    right: OPEN,
  },
  {
    name: "3: the third segment counts itself",
    wrong: `${OPENING}C -> S: ACK seq=x+2 ack=y+1\n`,
    found: "wrong-seq @ seq=x+2",
    right: OPEN,
  },
  {
    name: "4: the answer acknowledges the SYN's own number",
    wrong: OPEN.replace("seq=y ack=x+1", "seq=y ack=x"),
    found: "syn-not-counted @ ack=x",
    right: OPEN,
  },
  {
    name: "5: the third segment acknowledges the SYN's own number",
    wrong: `${OPENING}C -> S: ACK seq=x+1 ack=y\n`,
    found: "syn-not-counted @ ack=y",
    right: OPEN,
  },
  {
    name: "6: the server goes on with the client's numbers",
    wrong: `C -> S: SYN seq=x
S -> C: SYN+ACK seq=x+1 ack=x+1
C -> S: ACK seq=x+1 ack=x+2
`,
    found: "borrowed-number @ seq=x+1",
    right: OPEN,
  },
  {
    name: "7: the first SYN carries ACK",
    wrong: `endpoint C is CLOSED
endpoint S is LISTEN
C -> S: SYN+ACK seq=100 ack=300
S -> C: SYN+ACK seq=300 ack=101
C -> S: ACK seq=101 ack=301
`,
    found: "illegal-segment @ SYN+ACK",
    right: `endpoint C is CLOSED
endpoint S is LISTEN
C -> S: SYN seq=100
S -> C: SYN+ACK seq=300 ack=101
C -> S: ACK seq=101 ack=301
`,
  },
  {
    name: "8: the first SYN has an acknowledgment number",
    wrong: `C -> S: SYN seq=100 ack=7
S -> C: SYN+ACK seq=300 ack=101
C -> S: ACK seq=101 ack=301
`,
    found: "ack-without-flag @ ack=7",
    right: `C -> S: SYN seq=100 ack=0
S -> C: SYN+ACK seq=300 ack=101
C -> S: ACK seq=101 ack=301
`,
  },
  {
    name: "9: an acknowledgment number but no ACK flag later on",
    wrong: `${OPEN}C -> S: PSH seq=x+1 ack=y+1 len=10\n`,
    found: "missing-ack-flag @ PSH",
    right: `${OPEN}C -> S: PSH+ACK seq=x+1 ack=y+1 len=10\n`,
  },
  {
    name: "10: the server answers with a SYN only",
    wrong: `C -> S: SYN seq=x
S -> C: SYN seq=y
C -> S: ACK seq=x+1 ack=y+1
`,
    found: "illegal-segment @ SYN",
    right: OPEN,
  },
  {
    name: "11: the server's ACK and SYN in two segments",
    wrong: `C -> S: SYN seq=x
S -> C: ACK ack=x+1
S -> C: SYN seq=y
C -> S: ACK seq=x+1 ack=y+1
`,
    found: "illegal-segment @ ACK",
    right: OPEN,
  },
  {
    name: "12: the server ESTABLISHED when it answers",
    wrong: `${OPENING}S is ESTABLISHED
C -> S: ACK seq=x+1 ack=y+1
`,
    found: "wrong-state @ ESTABLISHED",
    right: `${OPENING}S is SYN-RECEIVED
C -> S: ACK seq=x+1 ack=y+1
S is ESTABLISHED
`,
  },
  {
    name: "13: the client still SYN-SENT after the answer",
    wrong: `${OPENING}C is SYN-SENT
C -> S: ACK seq=x+1 ack=y+1
`,
    found: "wrong-state @ SYN-SENT",
    right: `${OPENING}C is ESTABLISHED
C -> S: ACK seq=x+1 ack=y+1
`,
  },
  {
    name: "14: LISTEN straight to ESTABLISHED",
    wrong: `endpoint C is CLOSED
endpoint S is LISTEN
C -> S: SYN seq=x
S is ESTABLISHED
S -> C: SYN+ACK seq=y ack=x+1
C -> S: ACK seq=x+1 ack=y+1
`,
    found: "wrong-state @ ESTABLISHED",
    right: `endpoint C is CLOSED
endpoint S is LISTEN
C -> S: SYN seq=x
S is SYN-RECEIVED
S -> C: SYN+ACK seq=y ack=x+1
C -> S: ACK seq=x+1 ack=y+1
`,
  },
  {
    name: "15: the pure ACK is counted",
    wrong: `${OPEN}C -> S: PSH+ACK seq=x+2 ack=y+1 len=10\n`,
    found: "ack-counted @ seq=x+2",
    right: `${OPEN}C -> S: PSH+ACK seq=x+1 ack=y+1 len=10\n`,
  },
  {
    name: "18: the server sends data before the third segment",
    wrong: `${OPENING}S -> C: PSH+ACK seq=y+1 ack=x+1 len=10\n`,
    found: "illegal-segment @ len=10",
    right: `${OPEN}S -> C: PSH+ACK seq=y+1 ack=x+1 len=10\n`,
  },
  {
    name: "20: the SYN is retransmitted under a new number",
    wrong: `C -x S: SYN seq=x
C -> S: SYN seq=z
S -> C: SYN+ACK seq=y ack=z+1
C -> S: ACK seq=z+1 ack=y+1
`,
    found: "wrong-seq @ seq=z",
    right: `C -x S: SYN seq=x
C -> S: SYN seq=x
S -> C: SYN+ACK seq=y ack=x+1
C -> S: ACK seq=x+1 ack=y+1
`,
  },
  {
    name: "21: the answer in a crossing open goes on at the next number",
    wrong: `crossing {
  C -> S: SYN seq=x
  S -> C: SYN seq=y
}
crossing {
  C -> S: SYN+ACK seq=x+1 ack=y+1
  S -> C: SYN+ACK seq=y ack=x+1
}
`,
    found: "wrong-seq @ seq=x+1",
    right: `crossing {
  C -> S: SYN seq=x
  S -> C: SYN seq=y
}
crossing {
  C -> S: SYN+ACK seq=x ack=y+1
  S -> C: SYN+ACK seq=y ack=x+1
}
`,
  },
  {
    name: "21: the answer in a crossing open is a plain ACK",
    wrong: `crossing {
  C -> S: SYN seq=x
  S -> C: SYN seq=y
}
crossing {
  C -> S: ACK seq=x+1 ack=y+1
  S -> C: SYN+ACK seq=y ack=x+1
}
`,
    found: "illegal-segment @ ACK",
    right: `crossing {
  C -> S: SYN seq=x
  S -> C: SYN seq=y
}
crossing {
  C -> S: SYN+ACK seq=x ack=y+1
  S -> C: SYN+ACK seq=y ack=x+1
}
`,
  },
  {
    name: "25: a FIN from SYN-SENT",
    wrong: `C -x S: SYN seq=x
C -> S: FIN+ACK seq=x+1
`,
    found: "illegal-segment @ FIN+ACK",
    right: `C -x S: SYN seq=x
C calls close
C is CLOSED
`,
  },
];

describe("mistakes in the opening", () => {
  test.each(MISTAKES)("$name", ({ wrong, found, right }) => {
    expect(findings(wrong)).toEqual([found]);
    expect(findings(right)).toEqual([]);
  });
});

/** Called mistakes here and there, but right. */
const RIGHT: readonly { readonly name: string; readonly text: string }[] = [
  { name: "17: the third segment carries data", text: `${OPENING}C -> S: ACK seq=x+1 ack=y+1 len=20\n` },
  {
    name: "17: the SYN+ACK carries data",
    text: `C -> S: SYN seq=x
S -> C: SYN+ACK seq=y ack=x+1 len=5
C -> S: ACK seq=x+1 ack=y+6
`,
  },
  {
    name: "19: the third segment is lost and data does its work",
    text: `${OPENING}C -x S: ACK seq=x+1 ack=y+1
C -> S: PSH+ACK seq=x+1 ack=y+1 len=20
S is ESTABLISHED
S -> C: ACK seq=y+1 ack=x+21
`,
  },
];

describe("no mistakes", () => {
  test.each(RIGHT)("$name", ({ text }) => {
    expect(findings(text)).toEqual([]);
  });
});

test.each([
  ["at once", "C -> S: SYN seq=x len=5\nS -> C: SYN+ACK seq=y ack=x+6\nC -> S: ACK seq=x+6 ack=y+1\n"],
  ["in part", "C -> S: SYN seq=x len=5\nS -> C: SYN+ACK seq=y ack=x+3\nC -> S: ACK seq=x+3 ack=y+1 len=3\n"],
])("16: data on a SYN, acknowledged %s, is only remarked on", (_, text) => {
  expect(findings(text)).toEqual(["syn-data @ len=5"]);
});

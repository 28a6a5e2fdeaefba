/** What textbooks, web pages and slides get wrong about the close. u is the number of the first FIN, w that of the second. */
import { describe, expect, test } from "vitest";
import { findings } from "../support/flows.ts";
import type { Mistake } from "../support/mistakes.ts";

const FOUR_WAY = `C -> S: FIN+ACK seq=u ack=v
S -> C: ACK seq=v ack=u+1
... "the server's last data"
S -> C: FIN+ACK seq=w ack=u+1
C -> S: ACK seq=u+1 ack=w+1
`;

const OPEN = `C -> S: SYN seq=x
S -> C: SYN+ACK seq=y ack=x+1
C -> S: ACK seq=x+1 ack=y+1
`;

const MISTAKES: readonly Mistake[] = [
  {
    name: "54: the first FIN without ACK",
    wrong: FOUR_WAY.replace("FIN+ACK seq=u ack=v", "FIN seq=u"),
    found: "missing-ack-flag @ FIN",
    right: FOUR_WAY,
  },
  {
    name: "55: the FIN is not counted by the peer",
    wrong: FOUR_WAY.replace("ACK seq=v ack=u+1", "ACK seq=v ack=u"),
    found: "fin-not-counted @ ack=u",
    right: FOUR_WAY,
  },
  {
    name: "56: the FIN is not counted by its sender",
    wrong: FOUR_WAY.replace("ACK seq=u+1 ack=w+1", "ACK seq=u ack=w+1"),
    found: "fin-not-counted @ seq=u",
    right: FOUR_WAY,
  },
  {
    name: "57: the second FIN is not counted",
    wrong: FOUR_WAY.replace("ACK seq=u+1 ack=w+1", "ACK seq=u+1 ack=w"),
    found: "fin-not-counted @ ack=w",
    right: FOUR_WAY,
  },
  {
    name: "58: the second FIN forgets the first",
    wrong: FOUR_WAY.replace("seq=w ack=u+1", "seq=w ack=u"),
    found: "fin-not-counted @ ack=u",
    right: FOUR_WAY,
  },
  {
    name: "58: the second FIN without ACK",
    wrong: FOUR_WAY.replace("FIN+ACK seq=w ack=u+1", "FIN seq=w"),
    found: "missing-ack-flag @ FIN",
    right: FOUR_WAY,
  },
  {
    name: "59: the pure ACK is counted before the second FIN",
    wrong: `C -> S: FIN+ACK seq=u ack=v
S -> C: ACK seq=v ack=u+1
S -> C: FIN+ACK seq=v+1 ack=u+1
C -> S: ACK seq=u+1 ack=v+2
`,
    found: "ack-counted @ seq=v+1",
    right: `C -> S: FIN+ACK seq=u ack=v
S -> C: ACK seq=v ack=u+1
S -> C: FIN+ACK seq=v ack=u+1
C -> S: ACK seq=u+1 ack=v+1
`,
  },
  {
    name: "60: data from the side that sent its FIN",
    wrong: `C -> S: FIN+ACK seq=100 ack=1
S -> C: ACK seq=1 ack=101
C -> S: PSH+ACK seq=101 ack=1 len=20
`,
    found: "data-after-fin @ len=20",
    right: `C -> S: FIN+ACK seq=100 ack=1
S -> C: ACK seq=1 ack=101
S -> C: PSH+ACK seq=1 ack=101 len=20
`,
  },
  {
    name: "62: TIME-WAIT on both sides of an ordinary close",
    wrong: `${FOUR_WAY}C is TIME-WAIT, S is TIME-WAIT\n`,
    found: "wrong-state @ TIME-WAIT",
    right: `${FOUR_WAY}C is TIME-WAIT, S is CLOSED\n`,
  },
  {
    name: "63: only one TIME-WAIT after crossing FINs",
    wrong: `crossing {
  C -> S: FIN+ACK seq=u ack=v
  S -> C: FIN+ACK seq=v ack=u
}
C is CLOSING, S is LAST-ACK
crossing {
  C -> S: ACK seq=u+1 ack=v+1
  S -> C: ACK seq=v+1 ack=u+1
}
`,
    found: "wrong-state @ LAST-ACK",
    right: `crossing {
  C -> S: FIN+ACK seq=u ack=v
  S -> C: FIN+ACK seq=v ack=u
}
C is CLOSING, S is CLOSING
crossing {
  C -> S: ACK seq=u+1 ack=v+1
  S -> C: ACK seq=v+1 ack=u+1
}
C is TIME-WAIT, S is TIME-WAIT
`,
  },
  {
    name: "64: LAST-ACK to TIME-WAIT",
    wrong: `${FOUR_WAY}S is TIME-WAIT\n`,
    found: "wrong-state @ TIME-WAIT",
    right: `${FOUR_WAY}S is CLOSED\n`,
  },
  {
    name: "65: CLOSE-WAIT to CLOSED",
    wrong: `C -> S: FIN+ACK seq=u ack=v
S -> C: ACK seq=v ack=u+1
S is CLOSED
`,
    found: "wrong-state @ CLOSED",
    right: `C -> S: FIN+ACK seq=u ack=v
S -> C: ACK seq=v ack=u+1
S is CLOSE-WAIT
`,
  },
  {
    name: "66: FIN-WAIT-2 to CLOSED on the FIN",
    wrong: `C -> S: FIN+ACK seq=u ack=v
S -> C: ACK seq=v ack=u+1
S -> C: FIN+ACK seq=v ack=u+1
C is CLOSED
C -> S: ACK seq=u+1 ack=v+1
`,
    found: "time-wait-too-short @ CLOSED",
    right: `C -> S: FIN+ACK seq=u ack=v
S -> C: ACK seq=v ack=u+1
S -> C: FIN+ACK seq=v ack=u+1
C is TIME-WAIT
C -> S: ACK seq=u+1 ack=v+1
`,
  },
  {
    name: "66: CLOSED at once after the last ACK",
    wrong: `${FOUR_WAY}C is CLOSED\n`,
    found: "time-wait-too-short @ CLOSED",
    right: `${FOUR_WAY}wait 2MSL\nC is CLOSED\n`,
  },
  {
    name: "67: TIME-WAIT for one MSL",
    wrong: `${FOUR_WAY}wait MSL\nC is CLOSED\n`,
    found: "time-wait-too-short @ CLOSED",
    right: `${FOUR_WAY}wait 2MSL\nC is CLOSED\n`,
  },
  {
    name: "68: TIME-WAIT although its own FIN is not acknowledged",
    wrong: `C ~> S: FIN+ACK seq=u ack=v as fin
S -> C: FIN+ACK seq=v ack=u
C is TIME-WAIT
`,
    found: "wrong-state @ TIME-WAIT",
    right: `C ~> S: FIN+ACK seq=u ack=v as fin
S -> C: FIN+ACK seq=v ack=u
C is CLOSING
`,
  },
  {
    name: "69: a crossing FIN acknowledges the other",
    wrong: `endpoint C is ESTABLISHED with snd.nxt=100 rcv.nxt=300
endpoint S is ESTABLISHED with snd.nxt=300 rcv.nxt=100
crossing {
  C -> S: FIN+ACK seq=100 ack=300
  S -> C: FIN+ACK seq=300 ack=101
}
`,
    found: "ack-of-undelivered @ ack=101",
    right: `endpoint C is ESTABLISHED with snd.nxt=100 rcv.nxt=300
endpoint S is ESTABLISHED with snd.nxt=300 rcv.nxt=100
crossing {
  C -> S: FIN+ACK seq=100 ack=300
  S -> C: FIN+ACK seq=300 ack=100
}
`,
  },
  {
    name: "72: the FIN is acknowledged although data below it is lost",
    wrong: `C -x S: ACK seq=100 ack=1 len=50
C -> S: FIN+ACK seq=150 ack=1
S -> C: ACK seq=1 ack=151
`,
    found: "ack-of-undelivered @ ack=151",
    right: `C -x S: ACK seq=100 ack=1 len=50
C -> S: FIN+ACK seq=150 ack=1
S -> C: ACK seq=1 ack=100
S is ESTABLISHED
C -> S: ACK seq=100 ack=1 len=50
S is CLOSE-WAIT
S -> C: ACK seq=1 ack=151
`,
  },
  {
    name: "73: a FIN from LISTEN",
    wrong: `endpoint C is LISTEN
endpoint S is LISTEN
C -> S: FIN+ACK seq=100 ack=300
`,
    found: "illegal-segment @ FIN+ACK",
    right: `endpoint C is LISTEN
endpoint S is LISTEN
C calls close
C is CLOSED
`,
  },
  {
    name: "73: a second FIN under the next number",
    wrong: `C -x S: FIN+ACK seq=100 ack=1
C timeout retransmission
C -> S: FIN+ACK seq=101 ack=1
`,
    found: "illegal-segment @ seq=101",
    right: `C -x S: FIN+ACK seq=100 ack=1
C timeout retransmission
C -> S: FIN+ACK seq=100 ack=1
`,
  },
  {
    name: "73: a FIN added to repeated data, with more data behind it",
    wrong: `C -x S: ACK seq=100 ack=1 len=10
C -> S: ACK seq=110 ack=1 len=10
C timeout retransmission
C -> S: FIN+ACK seq=100 ack=1 len=10
`,
    found: "illegal-segment @ FIN+ACK",
    right: `C -> S: ACK seq=100 ack=1 len=10
C -x S: ACK seq=110 ack=1 len=10
C timeout retransmission
C -> S: FIN+ACK seq=110 ack=1 len=10
`,
  },
  {
    name: "74: the acknowledgment after the FIN that already carried it",
    wrong: `C -> S: FIN+ACK seq=u ack=v
S -> C: FIN+ACK seq=v ack=u+1
S -> C: ACK seq=v+1 ack=u+1
C -> S: ACK seq=u+1 ack=v+1
`,
    found: "unneeded-ack @ ACK",
    right: `C -> S: FIN+ACK seq=u ack=v
S -> C: ACK seq=v ack=u+1
S -> C: FIN+ACK seq=v ack=u+1
C -> S: ACK seq=u+1 ack=v+1
`,
  },
];

describe("mistakes in the close", () => {
  test.each(MISTAKES)("$name", ({ wrong, found, right }) => {
    expect(findings(wrong)).toEqual([found]);
    expect(findings(right)).toEqual([]);
  });
});

/** Called mistakes here and there, but right. */
const RIGHT: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: "61: data after a FIN was received",
    text: `C -> S: FIN+ACK seq=u ack=v
S -> C: ACK seq=v ack=u+1
S -> C: PSH+ACK seq=v ack=u+1 len=20
C -> S: ACK seq=u+1 ack=v+20
`,
  },
  {
    name: "70: a close in three segments",
    text: `C -> S: FIN+ACK seq=u ack=v
S -> C: FIN+ACK seq=v ack=u+1
C -> S: ACK seq=u+1 ack=v+1
`,
  },
  {
    name: "71: a FIN carries data, and does not wait for the acknowledgment of what went before",
    text: `C -> S: PSH+ACK seq=100 ack=1 len=50
C -> S: FIN+PSH+ACK seq=150 ack=1 len=50
S -> C: ACK seq=1 ack=201
`,
  },
  {
    name: "75: the server closes first",
    text: `${OPEN}S -> C: FIN+ACK seq=y+1 ack=x+1
C -> S: FIN+ACK seq=x+1 ack=y+2
S -> C: ACK seq=y+2 ack=x+2
S is TIME-WAIT, C is CLOSED
`,
  },
  {
    name: "76: TIME-WAIT answers a repeated FIN",
    text: `C -> S: FIN+ACK seq=u ack=v
S -> C: FIN+ACK seq=v ack=u+1
C -x S: ACK seq=u+1 ack=v+1
S -> C: FIN+ACK seq=v ack=u+1
C -> S: ACK seq=u+1 ack=v+1
C is TIME-WAIT, S is CLOSED
`,
  },
];

describe("no mistakes", () => {
  test.each(RIGHT)("$name", ({ text }) => {
    expect(findings(text)).toEqual([]);
  });
});

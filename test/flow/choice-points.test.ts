/**
 * Where correct TCPs differ, every way is right: the standard leaves it open, two standards disagree, or every
 * common system does it. 20 (an ICMP error) cannot be drawn.
 */
import { expect, test } from "vitest";
import { findings } from "../support/flows.ts";

/** A is at 100, B at 300; each takes 1000 octets. */
const ESTABLISHED = `endpoint A is ESTABLISHED with snd.nxt=100 rcv.nxt=300
endpoint B is ESTABLISHED with snd.nxt=300 rcv.nxt=100
A -> B: PSH+ACK seq=100 ack=300 len=10 win=1000
B -> A: ACK seq=300 ack=110 win=1000
`;

const CLOSED = `A -> B: FIN+ACK seq=100 ack=300
B -> A: FIN+ACK seq=300 ack=101
A -> B: ACK seq=101 ack=301
`;

const OPENING = `A -> B: SYN seq=100
B -> A: SYN+ACK seq=300 ack=101
`;

const CROSSED = `endpoint A is CLOSED
endpoint B is CLOSED
crossing {
  A -> B: SYN seq=100
  B -> A: SYN seq=300
}
`;

test.each([
  ["1: the sender of a reset is CLOSED", `${ESTABLISHED}A -> B: RST seq=110\nA is CLOSED\n`],
  ["1: … or in TIME-WAIT", `${ESTABLISHED}A -> B: RST seq=110\nA is TIME-WAIT\n`],

  [
    "2: a reset in the window but not at its edge is challenged",
    `${ESTABLISHED}A -> B: RST seq=150 old\nB is ESTABLISHED\nB -> A: ACK seq=300 ack=110\n`,
  ],
  ["2: … or ends the connection", `${ESTABLISHED}A -> B: RST seq=150 old\nB is CLOSED\n`],

  [
    "3: a SYN on a connection is challenged",
    `${ESTABLISHED}A crashes\nA -> B: SYN seq=150\nB is ESTABLISHED\nB -> A: ACK seq=300 ack=110\n`,
  ],
  ["3: … or, in the window, reset", `${ESTABLISHED}A -> B: SYN seq=150 old\nB -> A: RST seq=300\nB is CLOSED\n`],

  ["4: a SYN in TIME-WAIT opens anew", `${CLOSED}B -> A: SYN seq=900\nA -> B: SYN+ACK seq=5000 ack=901\n`],
  ["4: … or draws an ACK", `${CLOSED}B -> A: SYN seq=900\nA -> B: ACK seq=101 ack=301\n`],
  ["4: … or nothing", `${CLOSED}B -> A: SYN seq=900\nA is TIME-WAIT\n`],

  ["5: a reset ends TIME-WAIT", `${CLOSED}B -> A: RST seq=301 old\nA is CLOSED\n`],
  ["5: … or is ignored", `${CLOSED}B -> A: RST seq=301 old\nA is TIME-WAIT\n`],

  ["6: a second SYN draws SYN+ACK again", `${OPENING}A -> B: SYN seq=100 old\nB -> A: SYN+ACK seq=300 ack=101\n`],
  ["6: … or an ACK", `${OPENING}A -> B: SYN seq=100 old\nB -> A: ACK seq=301 ack=101\n`],
  ["6: one with another number puts the listener back", `${OPENING}A -> B: SYN seq=150 old\nB is LISTEN\n`],
  ["6: … or is reset", `${OPENING}A -> B: SYN seq=150 old\nB -> A: RST seq=301\n`],

  [
    "7: the crossing SYN+ACK opens silently",
    `${CROSSED}crossing {
  A -> B: SYN+ACK seq=100 ack=301
  B -> A: SYN+ACK seq=300 ack=101
}
A is ESTABLISHED, B is ESTABLISHED
`,
  ],
  [
    "7: … or draws an ACK",
    `${CROSSED}crossing {
  A -> B: SYN+ACK seq=100 ack=301
  B -> A: SYN+ACK seq=300 ack=101
}
A is ESTABLISHED, B is ESTABLISHED
crossing {
  A -> B: ACK seq=101 ack=301
  B -> A: ACK seq=301 ack=101
}
`,
  ],
  [
    "7: … or draws an ACK that opens",
    `${CROSSED}crossing {
  A -> B: SYN+ACK seq=100 ack=301
  B -> A: SYN+ACK seq=300 ack=101
}
A is SYN-RECEIVED, B is SYN-RECEIVED
crossing {
  A -> B: ACK seq=101 ack=301
  B -> A: ACK seq=301 ack=101
}
A is ESTABLISHED, B is ESTABLISHED
`,
  ],

  [
    "9: data is acknowledged at once",
    `${ESTABLISHED}A -> B: ACK seq=110 ack=300 len=10\nB -> A: ACK seq=300 ack=120\n`,
  ],
  ["9: … or later", `${ESTABLISHED}@0ms A -> B: ACK seq=110 ack=300 len=10\n@400ms B -> A: ACK seq=300 ack=120\n`],
  [
    "9: … or with data",
    `${ESTABLISHED}A -> B: ACK seq=110 ack=300 len=10\nB -> A: ACK seq=300 ack=120 len=5\nA -> B: ACK seq=120 ack=305\n`,
  ],
  [
    "9: … or together with what comes next",
    `${ESTABLISHED}A -> B: ACK seq=110 ack=300 len=10
A -> B: ACK seq=120 ack=300 len=10
A -> B: ACK seq=130 ack=300 len=10
B -> A: ACK seq=300 ack=140
`,
  ],

  [
    "10: data out of order is acknowledged at once",
    `${ESTABLISHED}A -x B: ACK seq=110 ack=300 len=10
A -> B: ACK seq=120 ack=300 len=10
B -> A: ACK seq=300 ack=110
A -> B: ACK seq=110 ack=300 len=10
B -> A: ACK seq=300 ack=130
`,
  ],
  [
    "10: … or not",
    `${ESTABLISHED}A -x B: ACK seq=110 ack=300 len=10
A -> B: ACK seq=120 ack=300 len=10
A -> B: ACK seq=110 ack=300 len=10
B -> A: ACK seq=300 ack=130
`,
  ],

  [
    "11: an acknowledgment of what was never sent draws an ACK",
    `${ESTABLISHED}A -> B: ACK seq=110 ack=800 old\nB -> A: ACK seq=300 ack=110\n`,
  ],
  ["11: … or nothing", `${ESTABLISHED}A -> B: ACK seq=110 ack=800 old\nB is ESTABLISHED\n`],

  [
    "12: who closes with data unread resets",
    `${ESTABLISHED}B calls close\nB -> A: RST+ACK seq=300 ack=110\nB is CLOSED\n`,
  ],
  ["12: … or sends a FIN", `${ESTABLISHED}B calls close\nB -> A: FIN+ACK seq=300 ack=110\nB is FIN-WAIT-1\n`],

  ["13: an abort sends a bare RST", `${ESTABLISHED}A calls abort\nA -> B: RST seq=110\nB is CLOSED\n`],
  ["13: … or RST+ACK", `${ESTABLISHED}A calls abort\nA -> B: RST+ACK seq=110 ack=300\nB is CLOSED\n`],

  ["14: the third segment opens the connection", `${OPENING}A -> B: ACK seq=101 ack=301\nB is ESTABLISHED\n`],
  [
    "14: … or a full listener stays and repeats its SYN+ACK",
    `${OPENING}A -> B: ACK seq=101 ack=301
B is SYN-RECEIVED
B -> A: SYN+ACK seq=300 ack=101
A -> B: ACK seq=101 ack=301
B is ESTABLISHED
`,
  ],

  [
    "15: FIN-WAIT-2 waits for ever",
    "A -> B: FIN+ACK seq=u ack=v\nB -> A: ACK seq=v ack=u+1\nwait 24h\nA is FIN-WAIT-2\n",
  ],
  ["15: … or a timer ends it", "A -> B: FIN+ACK seq=u ack=v\nB -> A: ACK seq=v ack=u+1\nwait 60s\nA is CLOSED\n"],

  [
    "16: a keep-alive is empty",
    `${ESTABLISHED}wait 2h\nA -> B: ACK seq=109 ack=300 len=0\nB -> A: ACK seq=300 ack=110\n`,
  ],
  ["16: … or has one octet", `${ESTABLISHED}wait 2h\nA -> B: ACK seq=109 ack=300 len=1\nB -> A: ACK seq=300 ack=110\n`],

  [
    "18: acknowledgment and FIN of the second closer are two segments",
    "A -> B: FIN+ACK seq=u ack=v\nB -> A: ACK seq=v ack=u+1\nB -> A: FIN+ACK seq=v ack=u+1\nA -> B: ACK seq=u+1 ack=v+1\n",
  ],
  ["18: … or one", "A -> B: FIN+ACK seq=u ack=v\nB -> A: FIN+ACK seq=v ack=u+1\nA -> B: ACK seq=u+1 ack=v+1\n"],

  ["19: who is refused gives up", "A -> B: SYN seq=x\nB -> A: RST+ACK seq=0 ack=x+1\nA is CLOSED\n"],
  [
    "19: … or tries again",
    "A -> B: SYN seq=x\nB -> A: RST+ACK seq=0 ack=x+1\nA -> B: SYN seq=x\nB -> A: RST+ACK seq=0 ack=x+1\n",
  ],

  [
    "21: a close in CLOSE-WAIT with data to send stays there until the FIN leaves",
    `A -> B: FIN+ACK seq=100 ack=300
B -> A: ACK seq=300 ack=101
B calls send 10
B calls close
B is CLOSE-WAIT
B -> A: ACK seq=300 ack=101 len=10
B -> A: FIN+ACK seq=310 ack=101
B is LAST-ACK
A -> B: ACK seq=101 ack=311
`,
  ],
  [
    "21: … or shows LAST-ACK at once",
    `A -> B: FIN+ACK seq=100 ack=300
B -> A: ACK seq=300 ack=101
B calls send 10
B calls close
B is LAST-ACK
B -> A: ACK seq=300 ack=101 len=10
B -> A: FIN+ACK seq=310 ack=101
A -> B: ACK seq=101 ack=311
`,
  ],

  [
    "22: a reset at the number of the FIN before it is dropped",
    `A -> B: FIN+ACK seq=100 ack=300\nA -> B: RST seq=100 old\nB is CLOSE-WAIT\n`,
  ],
  ["22: … or taken", `A -> B: FIN+ACK seq=100 ack=300\nA -> B: RST seq=100 old\nB is CLOSED\n`],
])("%s", (_, text) => {
  expect(findings(text), text).toEqual([]);
});

test.each([1, 2, 3, 4, 5, 6])("8: of five octets on a SYN, some may be acknowledged: ack=x+%i", (n) => {
  const rest = 6 - n;
  const text = `A -> B: SYN seq=x len=5
B -> A: SYN+ACK seq=y ack=x+${n}
A -> B: ACK seq=x+${n} ack=y+1${rest > 0 ? ` len=${rest}` : ""}
`;
  expect(findings(text)).toEqual(["syn-data @ len=5"]);
});

/** A has filled B's window. */
const SHUT = `endpoint A is ESTABLISHED with snd.nxt=100 rcv.nxt=300
endpoint B is ESTABLISHED with snd.nxt=300 rcv.nxt=100
B -> A: ACK seq=300 ack=100 win=30
A -> B: ACK seq=100 ack=300 len=30
B -> A: ACK seq=300 ack=130 win=0
A calls send 100
A timeout persist
`;

test.each([
  [
    "17: a probe has one new octet, which is dropped",
    `${SHUT}A -> B: ACK seq=130 ack=300 len=1\nB -> A: ACK seq=300 ack=130 win=0\n`,
  ],
  ["17: … or taken", `${SHUT}A -> B: ACK seq=130 ack=300 len=1\nB -> A: ACK seq=300 ack=131 win=0\n`],
  ["17: … or is empty, one below", `${SHUT}A -> B: ACK seq=129 ack=300 len=0\nB -> A: ACK seq=300 ack=130 win=0\n`],
])("%s", (_, text) => {
  expect(findings(text)).toEqual([]);
});

const FULL = `endpoint A is ESTABLISHED with snd.nxt=100 rcv.nxt=300
endpoint B is ESTABLISHED with snd.nxt=300 rcv.nxt=100
B -> A: ACK seq=300 ack=100 win=50
`;

test.each([
  ["23: data past the window is cut", `${FULL}A -> B: ACK seq=100 ack=300 len=80\nB -> A: ACK seq=300 ack=150\n`],
  ["23: … or dropped", `${FULL}A -> B: ACK seq=100 ack=300 len=80\nB -> A: ACK seq=300 ack=100\n`],
  ["23: … or taken", `${FULL}A -> B: ACK seq=100 ack=300 len=80\nB -> A: ACK seq=300 ack=180\n`],
])("%s", (_, text) => {
  expect(findings(text)).toEqual(["window-exceeded @ len=80"]);
});

/** What Linux does where the letter of the RFC leaves a choice or says otherwise: right, and shown in the states. */
import { describe, expect, test } from "vitest";
import { findings, states, trace } from "../support/flows.ts";

const OPEN = `A calls connect
A -> B: SYN seq=99 win=1000 <mss 1000, sackOK>
B -> A: SYN+ACK seq=299 ack=100 win=1000 <mss 1000, sackOK>
A -> B: ACK seq=100 ack=300 win=1000
`;

const STAMPED = `A -> B: SYN seq=99 <TS val 10 ecr 0>
B -> A: SYN+ACK seq=299 ack=100 <TS val 70 ecr 10>
A -> B: ACK seq=100 ack=300 <TS val 11 ecr 70>
`;

interface Case {
  readonly name: string;
  readonly text: string;
  readonly states: string;
}

const RIGHT: readonly Case[] = [
  {
    name: "data for a stream that its user has closed are refused",
    text: `${OPEN}A calls close
A -> B: FIN+ACK seq=100 ack=300
B -> A: PSH+ACK seq=300 ack=101 len=10
A -> B: RST seq=101
`,
    states: "A CLOSED, B CLOSED",
  },
  {
    name: "the reset has the number that the data acknowledge, whatever has left since",
    text: `${OPEN}A -x B: PSH+ACK seq=100 ack=300 len=50
A calls close
A -x B: FIN+ACK seq=150 ack=300
B -> A: PSH+ACK seq=300 ack=100 len=10
A -> B: RST seq=100
`,
    states: "A CLOSED, B CLOSED",
  },
  {
    name: "a FIN beyond a hole is refused too",
    text: `${OPEN}A calls close
A -> B: FIN+ACK seq=100 ack=300
B -> A: ACK seq=300 ack=101
B -x A: PSH+ACK seq=300 ack=101 len=10
B -> A: FIN+ACK seq=310 ack=101
A -> B: RST seq=101
`,
    states: "A CLOSED, B CLOSED",
  },
  {
    name: "a reset at the end of what SACK reports counts as if nothing were missing",
    text: `${OPEN}A -x B: PSH+ACK seq=100 ack=300 len=10
A -> B: PSH+ACK seq=110 ack=300 len=10
B -> A: ACK seq=300 ack=100 win=1000 <sack 110:120>
A -> B: RST+ACK seq=120 ack=300
`,
    states: "A CLOSED, B CLOSED",
  },
  {
    name: "a reset with the number of the FIN before it ends the connection",
    text: `${OPEN}A -> B: FIN+ACK seq=100 ack=300
A -> B: RST seq=100 old
`,
    states: "A FIN-WAIT-1, B CLOSED",
  },
  {
    name: "the ACK of a repeated FIN counts",
    text: `${OPEN}crossing {
  A -> B: FIN+ACK seq=100 ack=300
  B -> A: FIN+ACK seq=300 ack=100
}
A -x B: ACK seq=101 ack=301
B -x A: ACK seq=301 ack=101
B -> A: FIN+ACK seq=300 ack=101
`,
    states: "A TIME-WAIT, B CLOSING",
  },
  {
    name: "a listener that waits for data repeats its SYN,ACK",
    text: `B calls listen
A -> B: SYN seq=99
B -> A: SYN+ACK seq=299 ack=100
A -> B: ACK seq=100 ack=300
B -x A: SYN+ACK seq=299 ack=100
`,
    states: "A ESTABLISHED, B SYN-RECEIVED",
  },
  {
    name: "a listener that is closed takes its half-open connections with it",
    text: `B calls listen
A -> B: SYN seq=99
B -> A: SYN+ACK seq=299 ack=100
B calls close
A -> B: ACK seq=100 ack=300
B -> A: RST seq=300
`,
    states: "A CLOSED, B CLOSED",
  },
  {
    name: "who has closed the listener refuses the next SYN",
    text: `B calls listen
B calls close
A -> B: SYN seq=99
B -> A: RST+ACK seq=0 ack=100
`,
    states: "A CLOSED, B CLOSED",
  },
  {
    name: "what is lost may be sent again before the segment that reports it is answered",
    text: `${OPEN}B -x A: PSH+ACK seq=300 ack=100 len=10
A -x B: PSH+ACK seq=100 ack=300 len=10
B -> A: PSH+ACK seq=310 ack=100 len=10
A -> B: PSH+ACK seq=110 ack=300 len=10 <sack 310:320>
B -> A: PSH+ACK seq=300 ack=100 len=10
B -> A: ACK seq=320 ack=100 <sack 110:120>
`,
    states: "A ESTABLISHED, B ESTABLISHED",
  },
  {
    name: "so it may with a report that leaves that segment out",
    text: `${OPEN}B -x A: PSH+ACK seq=300 ack=100 len=10
A -x B: PSH+ACK seq=100 ack=300 len=10
A -> B: PSH+ACK seq=110 ack=300 len=10
B -> A: PSH+ACK seq=310 ack=100 len=10 <sack 110:120>
A -> B: PSH+ACK seq=120 ack=300 len=10 <sack 310:320>
B -> A: PSH+ACK seq=300 ack=100 len=10 <sack 110:120>
B -> A: ACK seq=320 ack=100 <sack 110:130>
`,
    states: "A ESTABLISHED, B ESTABLISHED",
  },
  {
    name: "what is sent again may be cut anew, and again",
    text: `${OPEN}A -x B: PSH+ACK seq=100 ack=300 len=100
A -x B: PSH+ACK seq=200 ack=300 len=100
A -> B: PSH+ACK seq=100 ack=300 len=70
A -> B: PSH+ACK seq=170 ack=300 len=70
A -> B: PSH+ACK seq=240 ack=300 len=60
B -> A: ACK seq=300 ack=300
`,
    states: "A ESTABLISHED, B ESTABLISHED",
  },
  {
    name: "what an ACK sends again leaves before the data that came with that ACK are acknowledged",
    text: `${OPEN}A -x B: PSH+ACK seq=100 ack=300 len=50
A -> B: PSH+ACK seq=150 ack=300 len=50
B -> A: PSH+ACK seq=300 ack=100 len=20 <sack 150:200>
A -> B: PSH+ACK seq=100 ack=300 len=50
A -> B: ACK seq=200 ack=320
`,
    states: "A ESTABLISHED, B ESTABLISHED",
  },
  {
    name: "a timestamp one tick behind is not too old",
    text: `${STAMPED}A -x B: PSH+ACK seq=100 ack=300 len=10 <TS val 20 ecr 70>
A ~> B: PSH+ACK seq=110 ack=300 len=10 <TS val 20 ecr 70> as second
A -> B: PSH+ACK seq=100 ack=300 len=10 <TS val 21 ecr 70>
B -> A: ACK seq=300 ack=110 <TS val 80 ecr 21>
second arrives
B -> A: ACK seq=300 ack=120 <TS val 81 ecr 20>
`,
    states: "A ESTABLISHED, B ESTABLISHED",
  },
  {
    name: "of two windows with the same numbers the one that left later counts",
    text: `${OPEN}A -> B: PSH+ACK seq=100 ack=300 len=10 win=1000
B ~> A: ACK seq=300 ack=110 win=1000 as less
B -> A: ACK seq=300 ack=110 win=2000
less arrives
A -> B: PSH+ACK seq=110 ack=300 len=1000 win=1000
A -> B: PSH+ACK seq=1110 ack=300 len=1000 win=1000
`,
    states: "A ESTABLISHED, B ESTABLISHED",
  },
  {
    name: "without room for it, what came early is thrown away",
    text: `${OPEN}A -x B: PSH+ACK seq=100 ack=300 len=500
A -> B: PSH+ACK seq=600 ack=300 len=500
B -> A: ACK seq=300 ack=100 win=1000 <sack 600:1100>
A -> B: PSH+ACK seq=100 ack=300 len=500
B -> A: ACK seq=300 ack=600 win=500
`,
    states: "A ESTABLISHED, B ESTABLISHED",
  },
  {
    name: "who gives up after retransmissions refuses what still comes",
    text: `${OPEN}@1s A -x B: PSH+ACK seq=100 ack=300 len=10
@2s A -x B: PSH+ACK seq=100 ack=300 len=10
@4s A -x B: PSH+ACK seq=100 ack=300 len=10
@60s B -> A: PSH+ACK seq=300 ack=100 len=10
A -> B: RST seq=100
`,
    states: "A CLOSED, B CLOSED",
  },
  {
    name: "each stray segment draws a reset of its own, which may leave late",
    text: `${OPEN}B ~> A: PSH+ACK seq=300 ack=100 len=5 as one
A -> B: PSH+ACK seq=100 ack=300 len=10
B ~> A: ACK seq=305 ack=110 as two
A crashes
one arrives
two arrives
A -x B: RST seq=100
A -> B: RST seq=110
`,
    states: "A CLOSED, B CLOSED",
  },
  {
    name: "a pair of ports in TIME-WAIT opens again where timestamps go on",
    text: `${STAMPED}A -> B: FIN+ACK seq=100 ack=300 <TS val 12 ecr 70>
B -> A: FIN+ACK seq=300 ack=101 <TS val 72 ecr 12>
A -> B: ACK seq=101 ack=301 <TS val 13 ecr 72>
A -> B: SYN seq=9000 <TS val 2000 ecr 72>
`,
    states: "A SYN-SENT, B SYN-RECEIVED",
  },
  {
    name: "what the acknowledgment on refused data lets go leaves ahead of the reset",
    text: `${OPEN}A -x B: ACK seq=100 ack=300 len=50
A -x B: ACK seq=150 ack=300 len=50
A -x B: ACK seq=200 ack=300 len=50
A -> B: PSH+ACK seq=250 ack=300 len=50
A calls close
A -x B: FIN+ACK seq=300 ack=300
B -> A: PSH+ACK seq=300 ack=100 len=10 <sack 250:300>
A -x B: ACK seq=100 ack=300 len=50
A -> B: RST seq=100
`,
    states: "A CLOSED, B CLOSED",
  },
  {
    name: "what was given to an end before it aborts leaves ahead of its reset",
    text: `${OPEN}A calls send 10
A calls abort
A -> B: PSH+ACK seq=100 ack=300 len=10
A -> B: RST+ACK seq=110 ack=300
`,
    states: "A CLOSED, B CLOSED",
  },
  {
    name: "who closes before its SYN is acknowledged repeats the SYN too",
    text: `A -> B: SYN seq=99
B -x A: SYN+ACK seq=299 ack=100
B calls close
B -x A: FIN+ACK seq=300 ack=100
B -> A: SYN+ACK seq=299 ack=100
`,
    states: "A ESTABLISHED, B FIN-WAIT-1",
  },
  {
    name: "a listener without a place for the connection refuses its last ACK",
    text: `${OPEN}B -> A: RST seq=300
`,
    states: "A CLOSED, B CLOSED",
  },
  {
    name: "a half open connection that is gone with its listener refuses the next SYN",
    text: `A -> B: SYN seq=99
B -x A: SYN+ACK seq=299 ack=100
A -> B: SYN seq=99
B -x A: RST+ACK seq=0 ack=100
`,
    states: "A SYN-SENT, B CLOSED",
  },
  {
    name: "no room for what was promised room: the data are dropped, and the window closed",
    text: `${OPEN}A -> B: ACK seq=100 ack=300 len=500
B -> A: ACK seq=300 ack=100 win=0
A -> B: ACK seq=100 ack=300
`,
    states: "A ESTABLISHED, B ESTABLISHED",
  },
  {
    name: "after a window was taken back an ACK stands at its new edge",
    text: `${OPEN}A -x B: ACK seq=100 ack=300 len=500
A ~> B: ACK seq=600 ack=300 len=500 as last
B -> A: PSH+ACK seq=300 ack=100 len=10 win=1000
last arrives
B -> A: ACK seq=310 ack=100 win=0
A -> B: ACK seq=100 ack=310
`,
    states: "A ESTABLISHED, B ESTABLISHED",
  },
  {
    name: "of crossing SYNs only one offers scaling: its windows tell nothing",
    text: `crossing {
  A -> B: SYN seq=99 win=60000 <wscale 7>
  B -> A: SYN seq=299 win=60000
}
crossing {
  A -> B: SYN+ACK seq=99 ack=300 win=60000 <wscale 7>
  B -> A: SYN+ACK seq=299 ack=100 win=60000
}
A -> B: PSH+ACK seq=100 ack=300 len=10 win=500
B -> A: PSH+ACK seq=300 ack=110 len=1000 win=60000
`,
    states: "A ESTABLISHED, B ESTABLISHED",
  },
];

describe("right, with the states of the kernel", () => {
  test.each(RIGHT)("$name", ({ text, states: expected }) => {
    expect(findings(text)).toEqual([]);
    expect(states(text)).toBe(expected);
  });
});

const WRONG: readonly (readonly [name: string, text: string, found: string])[] = [
  [
    "a refusal with a number that nobody has acknowledged",
    `${OPEN}A -> B: PSH+ACK seq=100 ack=300 len=50
A calls close
A -> B: FIN+ACK seq=150 ack=300
B -> A: PSH+ACK seq=300 ack=151 len=10
A -> B: RST seq=149
`,
    "wrong-reset @ seq=149",
  ],
  [
    "a repeat that begins where nothing was cut",
    `${OPEN}A -x B: PSH+ACK seq=100 ack=300 len=100
A -> B: PSH+ACK seq=130 ack=300 len=20
`,
    "wrong-seq @ seq=130",
  ],
  [
    "with room left, what came early is kept",
    `${OPEN}A -x B: PSH+ACK seq=100 ack=300 len=50
A -> B: PSH+ACK seq=150 ack=300 len=50
B -> A: ACK seq=300 ack=100 win=1000 <sack 150:200>
A -> B: PSH+ACK seq=100 ack=300 len=50
B -> A: ACK seq=300 ack=150 win=1000
`,
    "stale-ack @ ack=150",
  ],
  [
    "new data that acknowledge less than has come",
    `${OPEN}B -> A: PSH+ACK seq=300 ack=100 len=20
A -> B: PSH+ACK seq=100 ack=300 len=50
`,
    "stale-ack @ ack=300",
  ],
  [
    "without timestamps the pair stays in TIME-WAIT",
    `${OPEN}A -> B: FIN+ACK seq=100 ack=300
B -> A: FIN+ACK seq=300 ack=101
A -> B: ACK seq=101 ack=301
A -> B: SYN seq=9000
`,
    "time-wait-too-short @ SYN",
  ],
  [
    "data after an abort that nobody gave to the end before",
    `${OPEN}A calls abort
A -> B: PSH+ACK seq=100 ack=300 len=10
A -> B: RST+ACK seq=110 ack=300
`,
    "illegal-segment @ PSH+ACK",
  ],
  [
    "a SYN again once it is acknowledged",
    `${OPEN}A calls close
A -> B: FIN+ACK seq=100 ack=300
A -> B: SYN+ACK seq=99 ack=300
`,
    "illegal-segment @ SYN+ACK",
  ],
  [
    "dropped data with the window still open",
    `${OPEN}A -> B: ACK seq=100 ack=300 len=500
B -> A: ACK seq=300 ack=100 win=500
`,
    "stale-ack @ ack=100",
  ],
  [
    "an ACK below the next number, where no window was taken back",
    `${OPEN}A -> B: ACK seq=100 ack=300 len=500
B -> A: PSH+ACK seq=300 ack=600 len=10 win=1000
A -> B: ACK seq=590 ack=310
`,
    "wrong-seq @ seq=590",
  ],
];

test("a connection that its user aborts was there until then", () => {
  const aborted = `${OPEN}B calls abort\nB -> A: RST seq=300\n`;
  expect(findings(aborted)).toEqual([]);
  expect(trace(aborted).at(-3)).toBe("A ESTABLISHED, B ESTABLISHED");
});

describe("still wrong", () => {
  test.each(WRONG)("%s", (_name, text, found) => {
    expect(findings(text)).toContain(found);
  });
});

describe("a reset that has no effect", () => {
  const LOST = `A -x B: PSH+ACK seq=100 ack=300 len=10\n`;

  test("is noted where the drawing takes it for an end", () => {
    expect(findings(`${LOST}A -> B: RST seq=110\n`)).toEqual(["reset-ignored @ RST"]);
  });

  test("is none where its receiver challenges it", () => {
    expect(findings(`${LOST}A -> B: RST seq=110\nB -> A: ACK seq=300 ack=100\n`)).toEqual([]);
  });

  test("is none where its arrival is drawn apart", () => {
    expect(findings(`${LOST}A ~> B: RST seq=110 as reset\nreset arrives\n`)).toEqual([]);
  });
});

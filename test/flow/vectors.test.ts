/**
 * Short exchanges and what must be found in them. `A` opens, `B` listens; numbers as in the figures of
 * RFC 9293 §3.5. 42 stands below.
 */
import { describe, expect, test } from "vitest";
import { parse } from "../../server/src/language/parse.ts";
import { add, noSymbols, showNumber } from "../../server/src/tcp/numbers.ts";
import { classes, findings, states } from "../support/flows.ts";

interface Vector {
  readonly name: string;
  readonly text: string;
  readonly found: readonly string[];
  readonly states?: string;
  readonly classes?: readonly string[];
}

const HANDSHAKE = `A -> B: SYN seq=100
B -> A: SYN+ACK seq=300 ack=101
A -> B: ACK seq=101 ack=301
`;

const CLOSE = `A -> B: FIN+ACK seq=100 ack=300
B -> A: ACK seq=300 ack=101
B -> A: FIN+ACK seq=300 ack=101
A -> B: ACK seq=101 ack=301
`;

const CROSSING_CLOSE = `crossing {
  A -> B: FIN+ACK seq=100 ack=300
  B -> A: FIN+ACK seq=300 ack=100
}
crossing {
  A -> B: ACK seq=101 ack=301
  B -> A: ACK seq=301 ack=101
}
`;

const CROSSING_OPEN = `crossing {
  A -> B: SYN seq=100
  B -> A: SYN seq=300
}
crossing {
  A -> B: SYN+ACK seq=100 ack=301
  B -> A: SYN+ACK seq=300 ack=101
}
`;

const CLOSE_WITH_W = `A -> B: FIN+ACK seq=u ack=v
B -> A: ACK seq=v ack=u+1
B -> A: FIN+ACK seq=w ack=u+1
A -> B: ACK seq=u+1 ack=w+1
`;

const VECTORS: readonly Vector[] = [
  {
    name: "1: a three-way handshake in symbols",
    text: `A -> B: SYN seq=x
B -> A: SYN+ACK seq=y ack=x+1
A -> B: ACK seq=x+1 ack=y+1
`,
    found: [],
    states: "A ESTABLISHED, B ESTABLISHED",
  },
  {
    name: "2: a new symbol in the third segment",
    text: `A -> B: SYN seq=x
B -> A: SYN+ACK seq=y ack=x+1
A -> B: ACK seq=z ack=y+1
`,
    found: ["wrong-seq @ seq=z"],
    states: "A ESTABLISHED, B ESTABLISHED",
  },
  {
    name: "3: the SYN is not acknowledged",
    text: `A -> B: SYN seq=100
B -> A: SYN+ACK seq=300 ack=100
`,
    found: ["syn-not-counted @ ack=100"],
  },
  {
    name: "4: the SYN is not counted by its sender",
    text: `A -> B: SYN seq=100
B -> A: SYN+ACK seq=300 ack=101
A -> B: ACK seq=100 ack=301
`,
    found: ["syn-not-counted @ seq=100"],
  },
  {
    name: "5: a pure ACK is counted",
    text: `${HANDSHAKE}A -> B: ACK seq=102 ack=301 len=10
`,
    found: ["ack-counted @ seq=102"],
  },
  {
    name: "6: a simultaneous open",
    text: CROSSING_OPEN,
    found: [],
    states: "A ESTABLISHED, B ESTABLISHED",
  },
  {
    name: "7: data on the SYN, accepted",
    text: `A -> B: SYN seq=100 len=5
B -> A: SYN+ACK seq=300 ack=106
A -> B: ACK seq=106 ack=301
`,
    found: ["syn-data @ len=5"],
    states: "A ESTABLISHED, B ESTABLISHED",
  },
  {
    name: "8: data on the SYN, not accepted and sent again",
    text: `A -> B: SYN seq=100 len=5
B -> A: SYN+ACK seq=300 ack=101
A -> B: ACK seq=101 ack=301 len=5
`,
    found: ["syn-data @ len=5"],
    states: "A ESTABLISHED, B ESTABLISHED",
  },
  {
    name: "9: a SYN refused",
    text: `A -> B: SYN seq=100
B -> A: RST+ACK seq=0 ack=101
`,
    found: [],
    states: "A CLOSED, B CLOSED",
  },
  {
    name: "10: a SYN refused in the wrong form",
    text: `A -> B: SYN seq=100
B -> A: RST seq=0
`,
    found: ["wrong-reset @ RST"],
  },
  { name: "11: a close in four segments", text: CLOSE, found: [], states: "A TIME-WAIT, B CLOSED" },
  {
    name: "12: a close in three segments",
    text: `A -> B: FIN+ACK seq=100 ack=300
B -> A: FIN+ACK seq=300 ack=101
A -> B: ACK seq=101 ack=301
`,
    found: [],
    states: "A TIME-WAIT, B CLOSED",
  },
  { name: "13: a simultaneous close", text: CROSSING_CLOSE, found: [], states: "A TIME-WAIT, B TIME-WAIT" },
  {
    name: "14: a simultaneous close without a word of crossing",
    text: `A -> B: FIN+ACK seq=100 ack=300
B -> A: FIN+ACK seq=300 ack=100
A -> B: ACK seq=101 ack=301
B -> A: ACK seq=301 ack=101
`,
    found: ["fin-not-counted @ ack=100"],
  },
  { name: "15: a FIN without ACK", text: "A -> B: FIN seq=100\n", found: ["missing-ack-flag @ FIN"] },
  {
    name: "16: the FIN is not acknowledged",
    text: `A -> B: FIN+ACK seq=100 ack=300
B -> A: ACK seq=300 ack=100
`,
    found: ["fin-not-counted @ ack=100"],
  },
  {
    name: "17: the second FIN has a symbol of its own",
    text: CLOSE_WITH_W,
    found: ["undrawn-data @ seq=w"],
    states: "A TIME-WAIT, B CLOSED",
  },
  {
    name: "18: the FIN is not counted by its sender",
    text: CLOSE_WITH_W.replace("seq=u+1 ack=w+1", "seq=u ack=w+1"),
    found: ["undrawn-data @ seq=w", "fin-not-counted @ seq=u"],
  },
  {
    name: "19: the second FIN does not count the first",
    text: CLOSE_WITH_W.replace("seq=w ack=u+1", "seq=w ack=u"),
    found: ["undrawn-data @ seq=w", "fin-not-counted @ ack=u"],
  },
  {
    name: "20: TIME-WAIT on the side that closed second",
    text: `${CLOSE}B is TIME-WAIT\n`,
    found: ["wrong-state @ TIME-WAIT"],
  },
  {
    name: "21: CLOSED right after the last ACK",
    text: `${CLOSE}A is CLOSED\n`,
    found: ["time-wait-too-short @ CLOSED"],
  },
  {
    name: "22: a lost segment is acknowledged",
    text: `A -x B: ACK seq=101 ack=301 len=100
B -> A: ACK seq=301 ack=201
`,
    found: ["ack-of-undelivered @ ack=201"],
  },
  {
    name: "23: loss, duplicate ACK, retransmission",
    text: `A -x B: ACK seq=101 ack=301 len=50
A -> B: ACK seq=151 ack=301 len=50
B -> A: ACK seq=301 ack=101
A -> B: ACK seq=101 ack=301 len=50
B -> A: ACK seq=301 ack=201
`,
    found: [],
    classes: ["", "out of order", "duplicate ACK", "retransmission", ""],
  },
  {
    name: "24: data beyond the window",
    text: `B -> A: ACK seq=301 ack=101 win=100
A -> B: ACK seq=101 ack=301 len=200
`,
    found: ["window-exceeded @ len=200"],
  },
  {
    name: "25: a keep-alive",
    text: `A -> B: ACK seq=100 ack=300 len=1
B -> A: ACK seq=300 ack=101
wait 2h
A -> B: ACK seq=100 ack=300 len=0
B -> A: ACK seq=300 ack=101
`,
    found: [],
    classes: ["", "", "keep-alive", "keep-alive ACK"],
  },
  {
    name: "26: data after the FIN",
    text: `A -> B: FIN+ACK seq=100 ack=300
A -> B: ACK seq=101 ack=300 len=10
`,
    found: ["data-after-fin @ len=10"],
  },
  {
    name: "27: data to a side in FIN-WAIT-2",
    text: `A -> B: FIN+ACK seq=100 ack=300
B -> A: ACK seq=300 ack=101
B -> A: ACK seq=300 ack=101 len=10
A -> B: ACK seq=101 ack=310
`,
    found: [],
    states: "A FIN-WAIT-2, B CLOSE-WAIT",
  },
  {
    name: "28: a reset is acknowledged",
    text: `A -> B: RST seq=100
B -> A: ACK seq=300 ack=101
`,
    found: ["wrong-reset @ ACK"],
  },
  {
    name: "29: numbers wrap",
    text: `A -> B: SYN seq=4294967295
B -> A: SYN+ACK seq=7 ack=0
A -> B: ACK seq=0 ack=8
`,
    found: [],
    states: "A ESTABLISHED, B ESTABLISHED",
  },
  {
    name: "30: the SYN is retransmitted",
    text: `A -x B: SYN seq=100
A -> B: SYN seq=100
B -> A: SYN+ACK seq=300 ack=101
A -> B: ACK seq=101 ack=301
`,
    found: [],
    classes: ["", "retransmission", "", ""],
  },
  {
    name: "31: the third segment is lost, data opens the connection",
    text: `A -> B: SYN seq=100
B -> A: SYN+ACK seq=300 ack=101
A -x B: ACK seq=101 ack=301
B is SYN-RECEIVED
A -> B: ACK seq=101 ack=301 len=5
B is ESTABLISHED
`,
    found: [],
  },
  {
    name: "32: data before the third segment",
    text: `A -> B: SYN seq=100
B -> A: SYN+ACK seq=300 ack=101
B -> A: ACK seq=301 ack=101 len=20
`,
    found: ["illegal-segment @ len=20"],
  },
  {
    name: "34: it starts in the middle",
    text: `A -> B: PSH+ACK seq=5000 ack=900 len=10
B -> A: ACK seq=900 ack=5010
`,
    found: [],
    states: "A ESTABLISHED, B ESTABLISHED",
  },
  {
    name: "35: it starts in the middle and acknowledges what nobody sent",
    text: `A -> B: PSH+ACK seq=5000 ack=900 len=10
B -> A: ACK seq=900 ack=6000
`,
    found: ["ack-of-unsent @ ack=6000"],
  },
  {
    name: "36: a SYN refused twice",
    text: `A -> B: SYN seq=100
B -> A: RST+ACK seq=0 ack=101
A -> B: SYN seq=100
B -> A: RST+ACK seq=0 ack=101
`,
    found: [],
  },
  {
    name: "37: a reset in the window, but not at its edge, is challenged",
    text: `${HANDSHAKE}B -> A: RST seq=350 old
A -> B: ACK seq=101 ack=301
`,
    found: [],
    states: "A ESTABLISHED, B ESTABLISHED",
    classes: ["", "", "", "", "challenge ACK"],
  },
  {
    name: "38: a FIN from LISTEN",
    text: `endpoint A is LISTEN
endpoint B is LISTEN
A -> B: FIN+ACK seq=100 ack=300
`,
    found: ["illegal-segment @ FIN+ACK"],
  },
  {
    name: "39: no flag at all",
    text: `${HANDSHAKE}A -> B: seq=101 ack=301
`,
    found: ["illegal-flags @ seq=101 ack=301"],
  },
  {
    name: "40: a SYN on a connection is challenged, not reset",
    text: `endpoint A is ESTABLISHED with snd.nxt=100 rcv.nxt=300
endpoint B is ESTABLISHED with snd.nxt=300 rcv.nxt=100
A crashes
A -> B: SYN seq=90
B -> A: RST seq=300
`,
    found: ["wrong-reset @ RST"],
  },
  {
    name: "41: a reset right behind a FIN, at the FIN's number",
    text: `A -> B: FIN+ACK seq=100 ack=300
A -> B: RST seq=100
`,
    found: ["reset-ignored @ RST"],
  },
];

describe("exchanges", () => {
  test.each(VECTORS)("$name", (vector) => {
    expect(findings(vector.text)).toEqual(vector.found);
    if (vector.states !== undefined) expect(states(vector.text)).toBe(vector.states);
    if (vector.classes !== undefined) expect(classes(vector.text)).toEqual(vector.classes);
  });
});

/** 42: every determined number of these, one off. Those of the first segment of a direction are free. */
const FREE = new Map([
  ["handshake", { text: HANDSHAKE, free: ["seq=100", "seq=300"] }],
  ["crossing open", { text: CROSSING_OPEN, free: ["seq=100", "seq=300"] }],
  ["close", { text: CLOSE, free: ["seq=100", "ack=300"] }],
  ["close in three", { text: CLOSE.replace("B -> A: ACK seq=300 ack=101\n", ""), free: ["seq=100", "ack=300"] }],
  ["crossing close", { text: CROSSING_CLOSE, free: ["seq=100", "ack=300"] }],
]);

describe("42: one determined number off by one is never clean", () => {
  test.each([...FREE])("%s", (_, { text, free }) => {
    const seen = new Set<string>();
    for (const segment of parse(text).segments) {
      for (const field of ["seq", "ack"] as const) {
        const written = segment[field];
        const place = segment.places[field];
        if (written?.kind !== "number" || place === undefined) continue;
        const name = text.slice(place.start, place.end);
        const first = free.includes(name) && !seen.has(name);
        seen.add(name);
        if (first) continue;
        for (const by of [1, -1]) {
          const off = `${field}=${showNumber(add(written.value, by), noSymbols())}`;
          const mutant = text.slice(0, place.start) + off + text.slice(place.end);
          expect(findings(mutant), mutant).not.toEqual([]);
        }
      }
    }
  });
});

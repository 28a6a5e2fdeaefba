/** What textbooks, web pages and slides get wrong about windows, options and segment sizes. */
import { describe, expect, test } from "vitest";
import { findings } from "../support/flows.ts";
import type { Mistake } from "../support/mistakes.ts";

const OPEN = `C -> S: SYN seq=100 win=1000
S -> C: SYN+ACK seq=300 ack=101 win=400
C -> S: ACK seq=101 ack=301 win=1000
`;

const SACK = `C -> S: SYN seq=99 <mss 1460, sackOK>
S -> C: SYN+ACK seq=300 ack=100 <mss 1460, sackOK>
C -> S: ACK seq=100 ack=301
C -x S: ACK seq=100 ack=301 len=50
C -> S: ACK seq=150 ack=301 len=50
S -> C: ACK seq=301 ack=100 <sack 150:200>
`;

const MISTAKES: readonly Mistake[] = [
  {
    name: "36: data beyond the window",
    wrong: `${OPEN}C -> S: ACK seq=101 ack=301 len=500\n`,
    found: "window-exceeded @ len=500",
    right: `${OPEN}C -> S: ACK seq=101 ack=301 len=400\n`,
  },
  {
    name: "36: a second segment beyond the window that the first has filled",
    wrong: `${OPEN}C -> S: ACK seq=101 ack=301 len=400
C -> S: ACK seq=501 ack=301 len=100
`,
    found: "window-exceeded @ len=100",
    right: `${OPEN}C -> S: ACK seq=101 ack=301 len=400
S -> C: ACK seq=301 ack=501 win=400
C -> S: ACK seq=501 ack=301 len=100
`,
  },
  {
    name: "39: a window update under another number",
    wrong: `${OPEN}C -> S: ACK seq=101 ack=301 len=400
S -> C: ACK seq=301 ack=501 win=0
S -> C: ACK seq=302 ack=501 win=400
`,
    found: "ack-counted @ seq=302",
    right: `${OPEN}C -> S: ACK seq=101 ack=301 len=400
S -> C: ACK seq=301 ack=501 win=0
S -> C: ACK seq=301 ack=501 win=400
`,
  },
  {
    name: "40: the window of a SYN is scaled",
    wrong: `C -> S: SYN seq=100 win=1000 <wscale 7>
S -> C: SYN+ACK seq=300 ack=101 win=1000 <wscale 7>
C -> S: ACK seq=101 ack=301 win=1000 len=1400
`,
    found: "window-exceeded @ len=1400",
    right: `C -> S: SYN seq=100 win=1000 <wscale 7>
S -> C: SYN+ACK seq=300 ack=101 win=1000 <wscale 7>
C -> S: ACK seq=101 ack=301 win=1000
S -> C: ACK seq=301 ack=101 win=1000 len=1400
`,
  },
  {
    name: "40: windows are scaled though only one side offered it",
    wrong: `C -> S: SYN seq=100 win=1000 <wscale 7>
S -> C: SYN+ACK seq=300 ack=101 win=1000
C -> S: ACK seq=101 ack=301 win=1000
S -> C: ACK seq=301 ack=101 win=1000 len=1400
`,
    found: "window-exceeded @ len=1400",
    right: `C -> S: SYN seq=100 win=1000 <wscale 7>
S -> C: SYN+ACK seq=300 ack=101 win=1000
C -> S: ACK seq=101 ack=301 win=1000
S -> C: ACK seq=301 ack=101 win=1000 len=1000
`,
  },
  {
    name: "41: MSS on a later segment",
    wrong: `${OPEN}C -> S: ACK seq=101 ack=301 len=10 <mss 1460>\n`,
    found: "option-not-allowed @ mss 1460",
    right: `C -> S: SYN seq=100 <mss 1460>
S -> C: SYN+ACK seq=300 ack=101 <mss 1460>
C -> S: ACK seq=101 ack=301
`,
  },
  {
    name: "42: window scale in the answer to a SYN without it",
    wrong: `C -> S: SYN seq=100 <mss 1460>
S -> C: SYN+ACK seq=300 ack=101 <mss 1460, wscale 7>
C -> S: ACK seq=101 ack=301
`,
    found: "option-not-allowed @ wscale 7",
    right: `C -> S: SYN seq=100 <mss 1460, wscale 7>
S -> C: SYN+ACK seq=300 ack=101 <mss 1460, wscale 7>
C -> S: ACK seq=101 ack=301
`,
  },
  {
    name: "43: more data than the peer's MSS",
    wrong: `C -> S: SYN seq=100 <mss 1460>
S -> C: SYN+ACK seq=300 ack=101 <mss 500>
C -> S: ACK seq=101 ack=301 len=600
`,
    found: "mss-exceeded @ len=600",
    right: `C -> S: SYN seq=100 <mss 1460>
S -> C: SYN+ACK seq=300 ack=101 <mss 500>
C -> S: ACK seq=101 ack=301 len=500
S -> C: ACK seq=301 ack=601 len=1460
`,
  },
  {
    name: "48: a SACK block names the last octet",
    wrong: SACK.replace("150:200", "150:199"),
    found: "wrong-sack @ 150:199",
    right: SACK,
  },
  {
    name: "48: a SACK without permission",
    wrong: SACK.replace(
      "S -> C: SYN+ACK seq=300 ack=100 <mss 1460, sackOK>",
      "S -> C: SYN+ACK seq=300 ack=100 <mss 1460>",
    ).replace("C -> S: SYN seq=99 <mss 1460, sackOK>", "C -> S: SYN seq=99 <mss 1460>"),
    found: "option-not-allowed @ sack 150:200",
    right: SACK,
  },
];

describe("mistakes of windows and options", () => {
  test.each(MISTAKES)("$name", ({ wrong, found, right }) => {
    expect(findings(wrong)).toEqual([found]);
    expect(findings(right)).toEqual([]);
  });
});

describe("no mistakes", () => {
  test("38: at window 0 a reset still counts", () => {
    const text = `${OPEN}C -> S: ACK seq=101 ack=301 len=400
S -> C: ACK seq=301 ack=501 win=0
C -> S: RST seq=501
S is CLOSED
`;
    expect(findings(text)).toEqual([]);
  });

  test("37: one octet may probe a closed window", () => {
    const text = `${OPEN}C -> S: ACK seq=101 ack=301 len=400
S -> C: ACK seq=301 ack=501 win=0
C timeout persist
C -> S: ACK seq=501 ack=301 len=1
S -> C: ACK seq=301 ack=501 win=0
`;
    expect(findings(text)).toEqual([]);
  });

  test("49: a first SACK block below the acknowledgment reports a duplicate", () => {
    const text = `C -> S: SYN seq=99 <sackOK>
S -> C: SYN+ACK seq=300 ack=100 <sackOK>
C -> S: ACK seq=100 ack=301
C -> S: ACK seq=100 ack=301 len=50
S -x C: ACK seq=301 ack=150
C timeout retransmission
C -> S: ACK seq=100 ack=301 len=50
S -> C: ACK seq=301 ack=150 <sack 100:150>
`;
    expect(findings(text)).toEqual([]);
  });
});

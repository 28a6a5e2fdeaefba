/** The figures of RFC 9293 §3.5 and §3.6 and of RFC 1337: the states of both ends after every line. */
import { describe, expect, test } from "vitest";
import { example } from "../support/examples.ts";
import { allFindings, trace } from "../support/flows.ts";

interface Figure {
  readonly name: string;
  readonly file: string;
  /** `A, B` before the first line, then after each. */
  readonly states: readonly string[];
  /** Only hints: the figure stops where something is still pending. */
  readonly findings?: readonly string[];
}

const FIGURES: readonly Figure[] = [
  {
    name: "RFC 9293, Figure 6",
    file: "rfc9293-figure-06.tcpflow",
    states: [
      "CLOSED, LISTEN",
      "SYN-SENT, SYN-RECEIVED",
      "ESTABLISHED, SYN-RECEIVED",
      "ESTABLISHED, ESTABLISHED",
      "ESTABLISHED, ESTABLISHED",
    ],
    // The figure does not show the acknowledgment of its data.
    findings: ["unfinished @ A is ESTABLISHED, B is ESTABLISHED"],
  },
  {
    name: "RFC 9293, Figure 7",
    file: "rfc9293-figure-07.tcpflow",
    states: [
      "CLOSED, CLOSED",
      "SYN-SENT, CLOSED",
      "SYN-RECEIVED, SYN-SENT",
      "SYN-RECEIVED, SYN-RECEIVED",
      "SYN-RECEIVED, SYN-RECEIVED",
      "ESTABLISHED, SYN-RECEIVED",
      "ESTABLISHED, ESTABLISHED",
    ],
  },
  {
    name: "RFC 9293, Figure 8",
    file: "rfc9293-figure-08.tcpflow",
    states: [
      "CLOSED, LISTEN",
      "SYN-SENT, LISTEN",
      "SYN-SENT, SYN-RECEIVED",
      "SYN-SENT, SYN-RECEIVED",
      "SYN-SENT, LISTEN",
      "SYN-SENT, SYN-RECEIVED",
      "ESTABLISHED, SYN-RECEIVED",
      "ESTABLISHED, ESTABLISHED",
    ],
  },
  {
    name: "RFC 9293, Figure 9",
    file: "rfc9293-figure-09.tcpflow",
    states: [
      "ESTABLISHED, ESTABLISHED",
      "CLOSED, ESTABLISHED",
      "SYN-SENT, ESTABLISHED",
      "SYN-SENT, ESTABLISHED",
      "SYN-SENT, CLOSED",
      "SYN-SENT, CLOSED",
      // Whether B listens again is not said, so what the last SYN meets is open.
      "SYN-SENT, CLOSED",
    ],
    // The figure ends with the new attempt under way.
    findings: ["unfinished @ A is SYN-SENT"],
  },
  {
    name: "RFC 9293, Figure 10",
    file: "rfc9293-figure-10.tcpflow",
    states: ["ESTABLISHED, ESTABLISHED", "CLOSED, ESTABLISHED", "CLOSED, ESTABLISHED", "CLOSED, CLOSED"],
  },
  {
    name: "RFC 9293, Figure 11",
    file: "rfc9293-figure-11.tcpflow",
    states: ["LISTEN, LISTEN", "LISTEN, SYN-RECEIVED", "LISTEN, SYN-RECEIVED", "LISTEN, LISTEN"],
  },
  {
    name: "RFC 9293, Figure 12",
    file: "rfc9293-figure-12.tcpflow",
    states: [
      "ESTABLISHED, ESTABLISHED",
      "FIN-WAIT-1, ESTABLISHED",
      "FIN-WAIT-1, CLOSE-WAIT",
      "FIN-WAIT-2, CLOSE-WAIT",
      // The call leaves CLOSE-WAIT: nothing is queued, so the FIN goes out with it.
      "FIN-WAIT-2, LAST-ACK",
      "TIME-WAIT, LAST-ACK",
      "TIME-WAIT, CLOSED",
      "CLOSED, CLOSED",
    ],
  },
  {
    name: "RFC 9293, Figure 13",
    file: "rfc9293-figure-13.tcpflow",
    states: [
      "ESTABLISHED, ESTABLISHED",
      "FIN-WAIT-1, ESTABLISHED",
      "FIN-WAIT-1, FIN-WAIT-1",
      "FIN-WAIT-1, FIN-WAIT-1",
      "CLOSING, FIN-WAIT-1",
      "CLOSING, CLOSING",
      "CLOSING, CLOSING",
      "TIME-WAIT, CLOSING",
      "TIME-WAIT, TIME-WAIT",
      "CLOSED, CLOSED",
    ],
  },
  {
    name: "RFC 1337, Figure 1",
    file: "rfc1337-figure-1.tcpflow",
    states: [
      "ESTABLISHED, ESTABLISHED",
      "FIN-WAIT-1, CLOSE-WAIT",
      "FIN-WAIT-2, CLOSE-WAIT",
      "TIME-WAIT, LAST-ACK",
      "TIME-WAIT, CLOSED",
      "TIME-WAIT, CLOSED",
      "TIME-WAIT, CLOSED",
      "CLOSED, CLOSED",
    ],
  },
];

describe.each(FIGURES)("$name", ({ file, states, findings }) => {
  const text = example(file);

  test("holds, with every state asserted", () => {
    expect(allFindings(text)).toEqual(findings ?? []);
  });

  test("goes through the states of the figure", () => {
    expect(trace(text)).toEqual(states.map((pair) => pair.replace(/^(\S+), (\S+)$/u, "A $1, B $2")));
  });
});

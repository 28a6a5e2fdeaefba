/** The form of RFC 9293's figures. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { cells } from "../../server/src/ladder/measure.ts";
import { type RfcOptions, renderRfc } from "../../server/src/ladder/rfc.ts";
import { example } from "../support/examples.ts";
import { check } from "../support/flows.ts";
import { flowTexts } from "./random-flows.ts";

function draw(text: string, options: RfcOptions = {}): string {
  return `\n${renderRfc(check(text), options)}`;
}

test("states at the sides, segments between them, under way as dots (RFC 9293, Figure 7)", () => {
  expect(draw(example("rfc9293-figure-07.tcpflow")).replaceAll("    (simultaneous open)\n", "")).toBe(`
RFC 9293, Figure 7: simultaneous connection synchronization

    TCP Peer A                                           TCP Peer B

1.  CLOSED                                               CLOSED

2.  SYN-SENT     --> <SEQ=100><CTL=SYN>              ...

3.  SYN-RECEIVED <-- <SEQ=300><CTL=SYN>              <-- SYN-SENT

4.               ... <SEQ=100><CTL=SYN>              --> SYN-RECEIVED

5.  SYN-RECEIVED --> <SEQ=100><ACK=301><CTL=SYN,ACK> ...

6.  ESTABLISHED  <-- <SEQ=300><ACK=101><CTL=SYN,ACK> <-- SYN-RECEIVED

7.               ... <SEQ=100><ACK=301><CTL=SYN,ACK> --> ESTABLISHED
`);
});

test("calls, the end of 2MSL, and what was lost", () => {
  expect(
    draw(`endpoint A is FIN-WAIT-2, B is CLOSE-WAIT
B calls close
B -x A: FIN+ACK seq=300 ack=101
B -> A: FIN+ACK seq=300 ack=101
A -> B: ACK
wait 2MSL
`),
  ).toBe(`
    A                                                     B

1.  FIN-WAIT-2                                            CLOSE-WAIT

2.                                                        (Close)
                                                          LAST-ACK

3.             (lost) <SEQ=300><ACK=101><CTL=FIN,ACK> <-- LAST-ACK

4.  TIME-WAIT  <--    <SEQ=300><ACK=101><CTL=FIN,ACK> <-- LAST-ACK
    (retransmission)

5.  TIME-WAIT  -->    <SEQ=101><ACK=301><CTL=ACK>     --> CLOSED

6.  (2 MSL)
    CLOSED
`);
});

test("a figure for each connection", () => {
  const text = `client:1 -> server:80: SYN seq=a
client:2 -> server:80: SYN seq=b
server:80 -> client:2: RST+ACK seq=0 ack=b+1
`;
  expect(draw(text)).toBe(`
    client:1                          server:80

1.  CLOSED                            LISTEN

2.  SYN-SENT --> <SEQ=a><CTL=SYN> --> SYN-RECEIVED

    client:2                                       server:80

1.  CLOSED                                         CLOSED

2.  SYN-SENT --> <SEQ=b><CTL=SYN>              --> CLOSED

3.  CLOSED   <-- <SEQ=0><ACK=b+1><CTL=RST,ACK> <-- CLOSED
`);
});

test("a mistake stands below its line", () => {
  expect(draw(example("handshake-mistake-syn-repeated.tcpflow"))).toContain(`
    error illegal-segment: no SYN in ESTABLISHED`);
});

test("blanks are drawn, or solved", () => {
  const text = "client -> server: SYN seq=x\nserver -> client: SYN+ACK seq=y ack=?\nserver is ?\n";
  expect(draw(text)).toContain("<SEQ=y><ACK=____><CTL=SYN,ACK>");
  expect(draw(text, { answers: true })).toContain("<SEQ=y><ACK=x+1><CTL=SYN,ACK>");
});

test("in any flow, what follows the arrows stands in one column", () => {
  fc.assert(
    fc.property(flowTexts(), (text) => {
      for (const figure of renderRfc(check(text)).split("\n1. ").slice(1)) {
        const into = figure
          .split("\n")
          .filter((line) => /^\d+\. .*<(?:SEQ|CTL)/u.test(line))
          .map((line) => cells(line.slice(0, line.search(/<(?:SEQ|ACK|CTL)/u))));
        expect(new Set(into).size).toBeLessThanOrEqual(1);
      }
    }),
  );
});

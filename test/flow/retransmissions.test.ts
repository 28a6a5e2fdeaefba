/** Where a retransmission may begin and end: octets that left before may be cut anew (RFC 9293 §3.8.6). */
import { describe, expect, test } from "vitest";
import { findings } from "../support/flows.ts";

const LOST = `S -x C: PSH+ACK seq=1 ack=1 len=5000
S timeout
S -x C: ACK seq=1 ack=1 len=1000
`;

describe("octets that left as one segment leave again in pieces", () => {
  test("from where the last piece ended", () => {
    expect(findings(`${LOST}S -> C: ACK seq=1001 ack=1 len=1000\n`)).toEqual([]);
  });

  test("but from nowhere else", () => {
    expect(findings(`${LOST}S -> C: ACK seq=1002 ack=1 len=1000\n`)).toEqual(["wrong-seq @ seq=1002"]);
  });

  test("from behind what SACK reported", () => {
    const reported = `endpoint C unchecked
S -> C: PSH+ACK seq=1 ack=1 len=5000
C -> S: ACK seq=1 ack=1001 <sack 2001:3001>
S -> C: ACK seq=3001 ack=1 len=1000
`;
    expect(findings(reported)).toEqual([]);
    expect(findings(reported.replace("2001:3001", "2001:3002"))).toEqual(["wrong-seq @ seq=3001"]);
  });
});

test("a segment that is dropped does not move TS.Recent (RFC 7323 §4.3)", () => {
  const forged = (ack: string) => `S -> C: ACK seq=1 ack=1 <TS val 10 ecr 5>
C -> S: ACK seq=1 ack=1 <TS val 6 ecr 10>
endpoint S, C, eve unchecked
eve -> S: ACK seq=1 ack=${ack} <TS val 200000 ecr 10> spoofing C
C -> S: PSH+ACK seq=1 ack=1 len=5 <TS val 7 ecr 10>
S -> C: ACK seq=1 ack=6 <TS val 11 ecr 7>
`;
  expect(findings(forged("9999"))).toEqual([]);
});

test("a server that took a Fast Open cookie may send at once, though the SYN had no data (RFC 7413 §4.2.2)", () => {
  const open = (option: string) => `C -> S: SYN seq=x <${option}>
S -> C: SYN+ACK seq=y ack=x+1
S -> C: PSH+ACK seq=y+1 ack=x+1 len=100
`;
  expect(findings(open("FO 0123456789abcdef"))).toEqual([]);
  expect(findings(open("mss 1460"))).toEqual(["illegal-segment @ len=100"]);
});

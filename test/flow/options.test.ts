/** Options: where each may stand and what it may say (RFC 9293 §3.2, RFC 7323, RFC 2018, RFC 2883, RFC 7413). */
import { describe, expect, test } from "vitest";
import { findings } from "../support/flows.ts";

const open = (syn = "", synAck = "", ack = "") => `C -> S: SYN seq=100 ${syn}
S -> C: SYN+ACK seq=300 ack=101 ${synAck}
C -> S: ACK seq=101 ack=301 ${ack}
`;

describe("on SYN segments only", () => {
  test.each(["<mss 1460>", "<wscale 7>", "<sackOK>", "<FO abcd>"])("%s", (option) => {
    expect(findings(open(option))).toEqual([]);
    expect(findings(open("", "", option))).toEqual([`option-not-allowed @ ${option.slice(1, -1)}`]);
  });

  test("a SYN,ACK has window scale and timestamps only where the SYN offered them", () => {
    expect(findings(open("<wscale 7>", "<wscale 2>"))).toEqual([]);
    expect(findings(open("", "<wscale 2>"))).toEqual(["option-not-allowed @ wscale 2"]);
    expect(findings(open("", "<TS val 9 ecr 0>"))).toEqual(["option-not-allowed @ TS val 9 ecr 0"]);
  });
});

describe("the size of segments", () => {
  const sized = open("<mss 1000>", "<mss 500>");

  test("is bounded by what the receiver said, in each direction for itself", () => {
    expect(findings(`${sized}S -> C: PSH+ACK seq=301 ack=101 len=1000\n`)).toEqual([]);
    expect(findings(`${sized}C -> S: PSH+ACK seq=101 ack=301 len=501\n`)).toEqual(["mss-exceeded @ len=501"]);
  });
});

describe("scaled windows", () => {
  const data = (len: number) => `S -> C: PSH+ACK seq=301 ack=101 len=${len}\n`;

  test("count in units of 2^shift where both ends scale", () => {
    const scaled = open("<wscale 7>", "<wscale 0>", "win=10");
    expect(findings(scaled + data(1280))).toEqual([]);
    expect(findings(scaled + data(1281))).toEqual(["window-exceeded @ len=1281"]);
  });

  test("count in octets where one end does not", () => {
    const plain = open("<wscale 7>", "", "win=10");
    expect(findings(plain + data(10))).toEqual([]);
    expect(findings(plain + data(11))).toEqual(["window-exceeded @ len=11"]);
  });

  test("judge nothing where nobody said how large they are", () => {
    expect(findings(open() + data(100000))).toEqual([]);
  });
});

describe("SACK", () => {
  const hole = (
    syn: string,
    synAck: string,
    sack: string,
  ) => `${open(syn, synAck)}C -x S: PSH+ACK seq=101 ack=301 len=10
C -> S: PSH+ACK seq=111 ack=301 len=10
S -> C: ACK seq=301 ack=101 ${sack}
`;

  test("goes to an end that permitted it", () => {
    expect(findings(hole("<sackOK>", "", "<sack 111:121>"))).toEqual([]);
    expect(findings(hole("", "<sackOK>", "<sack 111:121>"))).toEqual(["option-not-allowed @ sack 111:121"]);
  });

  test.each(["111:120", "112:121", "121:111", "101:121"])(
    "does not say %s of what is held from 111 to 121",
    (block) => {
      expect(findings(hole("<sackOK>", "", `<sack ${block}>`))).toEqual([`wrong-sack @ ${block}`]);
    },
  );

  test("reports a duplicate in its first block", () => {
    expect(
      findings(`${open("<sackOK>", "<sackOK>")}C -> S: PSH+ACK seq=101 ack=301 len=10
S -x C: ACK seq=301 ack=111
C timeout
C -> S: PSH+ACK seq=101 ack=301 len=10
S -> C: ACK seq=301 ack=111 <sack 101:111>
`),
    ).toEqual([]);
  });
});

describe("timestamps", () => {
  const stamped = (third: string) => open("<TS val 10 ecr 0>", "<TS val 70 ecr 10>", third);

  test("echo what arrived", () => {
    expect(findings(stamped("<TS val 11 ecr 70>"))).toEqual([]);
    expect(findings(stamped("<TS val 11 ecr 71>"))).toEqual(["wrong-timestamp @ TS val 11 ecr 71"]);
  });

  test("never run back", () => {
    expect(findings(stamped("<TS val 10 ecr 70>"))).toEqual([]);
    expect(findings(stamped("<TS val 9 ecr 70>"))).toEqual(["wrong-timestamp @ TS val 9 ecr 70"]);
  });

  test("of a SYN,ACK may hide a SYN cookie, ahead of the clock", () => {
    expect(findings(`${stamped("<TS val 11 ecr 70>")}S -> C: ACK seq=301 ack=101 len=5 <TS val 60 ecr 11>\n`)).toEqual(
      [],
    );
  });

  test("stand on every segment once a segment behind the SYNs has them; a drawing may leave them all out", () => {
    expect(findings(stamped(""))).toEqual([]);
    expect(findings(`${stamped("<TS val 11 ecr 70>")}C -> S: PSH+ACK seq=101 ack=301 len=5\n`)).toEqual([
      "wrong-timestamp @ PSH+ACK",
    ]);
  });

  test("before anything has arrived, there is nothing to echo", () => {
    expect(findings("C -> S: SYN seq=100 <TS val 10 ecr 7>\n")).toEqual(["wrong-timestamp @ TS val 10 ecr 7"]);
  });
});

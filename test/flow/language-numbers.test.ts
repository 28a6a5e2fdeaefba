/** Numbers: left-out ones, symbols, arithmetic. */
import { describe, expect, test } from "vitest";
import { allFindings, findings, numbers } from "../support/flows.ts";

const OPEN = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;

describe("what is left out is filled in", () => {
  test("a handshake, data and a close from one symbol on each side", () => {
    const text = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y
client -> server: ACK
client -> server: PSH+ACK len=100
server -> client: FIN+ACK
client -> server: FIN+ACK
server -> client: ACK
`;
    expect(allFindings(text)).toEqual([]);
    expect(numbers(text)).toEqual([
      "seq=x",
      "seq=y ack=x+1",
      "seq=x+1 ack=y+1",
      "seq=x+1 ack=y+1 len=100",
      "seq=y+1 ack=x+101",
      "seq=x+101 ack=y+2",
      "seq=y+2 ack=x+102",
    ]);
  });

  test("a left-out number takes the name that it is given later", () => {
    const text = `client -> server: SYN
server -> client: SYN+ACK ack=x+1
client -> server: ACK ack=y+1
`;
    expect(allFindings(text)).toEqual([]);
    expect(numbers(text)).toEqual(["seq=x", "seq=y ack=x+1", "seq=x+1 ack=y+1"]);
  });

  test("where nothing was written for a direction, nothing is invented", () => {
    const text = `client -> server: SYN
server -> client: SYN+ACK
client -> server: ACK
`;
    expect(allFindings(text)).toEqual([]);
    expect(numbers(text)).toEqual(["seq=…", "seq=… ack=…", "seq=… ack=…"]);
  });

  test("a left-out length is 0, and of unknown size with PSH", () => {
    const text = `client -> server: ACK seq=x ack=y
client -> server: PSH+ACK seq=x
server -> client: ACK ack=x+n
client -> server: ACK
`;
    expect(findings(text.replace("client -> server: ACK\n", ""))).toEqual([]);
    expect(numbers(text)).toEqual(["seq=x ack=y", "seq=x ack=y len=n", "seq=y ack=x+n", "seq=x+n ack=y"]);
  });

  test("an unknown size is at least 1", () => {
    const text = `client -> server: PSH+ACK seq=100 ack=1
server -> client: ACK seq=1 ack=100
`;
    expect(findings(text)).toEqual(["stale-ack @ ack=100"]);
    expect(findings(text.replace("ack=100", "ack=101"))).toEqual([]);
  });

  test("at a number already sent, the length is the one sent then", () => {
    const text = `client -x server: PSH+ACK seq=100 ack=300 len=50
client -> server: PSH+ACK seq=100
server -> client: ACK ack=150
`;
    expect(allFindings(text)).toEqual([]);
    expect(numbers(text)[1]).toBe("seq=100 ack=300 len=50");
  });

  test("data gives its length in octets of UTF-8", () => {
    const text = `client -> server: PSH+ACK seq=100 ack=300 data="héllo"
server -> client: ACK ack=106
`;
    expect(allFindings(text)).toEqual([]);
    expect(numbers(text)[0]).toBe("seq=100 ack=300 len=6");
  });

  test("a blank is filled in as if it were left out", () => {
    const text = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=?
client -> server: ACK seq=? ack=y+1
client is ?
`;
    expect(allFindings(text)).toEqual([]);
    expect(numbers(text)).toEqual(["seq=x", "seq=y ack=x+1", "seq=x+1 ack=y+1"]);
  });
});

describe("arithmetic", () => {
  test("counts modulo 2^32", () => {
    const text = `client -> server: SYN seq=0xffffffff
server -> client: SYN+ACK seq=y ack=0
client -> server: ACK seq=0 ack=y+1
`;
    expect(allFindings(text)).toEqual([]);
  });

  test("knows sums and differences", () => {
    const text = `client -> server: PSH+ACK seq=u-1 ack=v+n len=n
server -> client: ACK seq=v+n ack=u+n-1
`;
    expect(allFindings(text)).toEqual([]);
  });

  test("knows lengths that are symbols", () => {
    const text = `${OPEN}client -> server: PSH+ACK seq=x+1 ack=y+1 len=n
server -> client: ACK seq=y+1 ack=x+n+1
`;
    expect(allFindings(text)).toEqual([]);
    expect(findings(text.replace("ack=x+n+1", "ack=x+n"))).toEqual(["length-not-counted @ ack=x+n"]);
  });

  test("let gives a symbol its value", () => {
    const text = `let x = 1000
client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=1001
client -> server: ACK seq=1001 ack=y+1
`;
    expect(allFindings(text)).toEqual([]);
    expect(findings(text.replace("ack=1001", "ack=1002"))).toEqual(["ack-of-unsent @ ack=1002"]);
  });

  test("letters and figures in one direction do not meet", () => {
    const text = OPEN.replace("ack=x+1", "ack=101");
    expect(findings(text)).toEqual(["unrelated-number @ ack=101"]);
  });
});

describe("a symbol is bound where it first stands in a free place", () => {
  test("an initial sequence number", () => {
    expect(allFindings(OPEN)).toEqual([]);
  });

  test("the first number of a direction, be it of its sender or of its peer", () => {
    const text = `client -> server: PSH+ACK seq=u ack=v len=10
server -> client: ACK seq=v ack=u+10
`;
    expect(allFindings(text)).toEqual([]);
    expect(findings(text.replace("seq=v", "seq=v+1"))).toEqual(["wrong-seq @ seq=v+1"]);
  });

  test("not elsewhere while the handshake lasts", () => {
    expect(findings(OPEN.replace("ACK seq=x+1", "ACK seq=z"))).toEqual(["wrong-seq @ seq=z"]);
    expect(findings(OPEN.replace("ack=x+1", "ack=z"))).toEqual(["wrong-ack @ ack=z"]);
    expect(findings(OPEN.replace("ack=y+1", "ack=z"))).toEqual(["wrong-ack @ ack=z"]);
  });

  const CLOSE = `client -> server: FIN+ACK seq=u ack=v
server -> client: ACK seq=v ack=u+1
server -> client: FIN+ACK seq=w ack=u+1
client -> server: ACK seq=u+1 ack=w+1
`;

  test("later it may mean data that is not drawn", () => {
    expect(findings(CLOSE)).toEqual(["undrawn-data @ seq=w"]);
  });

  test("so the whole story of a textbook, in x, y, u, v and w, is right", () => {
    expect(findings(OPEN + CLOSE)).toEqual(["undrawn-data @ seq=u", "undrawn-data @ ack=v", "undrawn-data @ seq=w"]);
  });

  test("then it is bound like any other", () => {
    expect(findings(CLOSE.replace("ack=w+1", "ack=w"))).toEqual(["undrawn-data @ seq=w", "fin-not-counted @ ack=w"]);
    expect(findings(CLOSE.replace("ack=w+1", "ack=w+5"))).toEqual(["undrawn-data @ seq=w", "ack-of-unsent @ ack=w+5"]);
  });

  test("but not where the stream of its owner has ended", () => {
    const ended = `client -> server: FIN+ACK seq=u ack=v
server -> client: FIN+ACK seq=v ack=u+1
client -> server: ACK seq=u+1 ack=v+1
`;
    expect(findings(ended.replace("ACK seq=u+1", "ACK seq=z"))).toEqual(["wrong-seq @ seq=z"]);
    expect(findings(ended.replace("ack=v+1", "ack=z"))).toEqual(["wrong-ack @ ack=z"]);
  });
});

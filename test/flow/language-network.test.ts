/** What the network does to segments: lost, late, crossing, left out of the drawing, repeated, old, forged. */
import { describe, expect, test } from "vitest";
import { allFindings, check, classes, findings, states, trace } from "../support/flows.ts";

const OPEN = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;

/** A connection in which client is at 100 and server at 300. */
const ESTABLISHED = `endpoint client is ESTABLISHED with snd.nxt=100 rcv.nxt=300
endpoint server is ESTABLISHED with snd.nxt=300 rcv.nxt=100
`;

describe("a lost segment", () => {
  test("moves its sender and not its receiver", () => {
    const text = `client -x server: FIN+ACK seq=u ack=v
client is FIN-WAIT-1 with snd.nxt=u+1, server is ESTABLISHED with rcv.nxt=u
`;
    expect(findings(text)).toEqual([]);
  });

  test("may be sent again, at its own number", () => {
    const text = `client -x server: PSH+ACK seq=100 ack=300 len=50
client timeout
client -> server: PSH+ACK seq=100 ack=300 len=50
server -> client: ACK seq=300 ack=150
`;
    expect(allFindings(text)).toEqual([]);
    expect(classes(text)).toEqual(["", "retransmission", ""]);
  });
});

describe("a late segment", () => {
  test("waits in the network until it arrives", () => {
    const text = `client ~> server: FIN+ACK seq=u ack=v as fin
server is ESTABLISHED
fin arrives
server is CLOSE-WAIT
`;
    expect(findings(text)).toEqual([]);
  });

  test("may be overtaken: what overtook it is held, and both count when it arrives", () => {
    const text = `client ~> server: PSH+ACK seq=100 ack=300 len=50 as first
client -> server: PSH+ACK seq=150 ack=300 len=50
server is ESTABLISHED with rcv.nxt=100
server -> client: ACK seq=300 ack=100
first arrives
server is ESTABLISHED with rcv.nxt=200
server -> client: ACK seq=300 ack=200
`;
    expect(allFindings(text)).toEqual([]);
  });

  test("a FIN above a hole changes no state until the hole is filled", () => {
    const text = `client ~> server: PSH+ACK seq=100 ack=300 len=50 as first
client -> server: FIN+ACK seq=150 ack=300
server is ESTABLISHED
first arrives
server is CLOSE-WAIT with rcv.nxt=151
`;
    expect(findings(text)).toEqual([]);
  });

  test("may be lost", () => {
    const text = `client ~> server: SYN seq=x as opening
opening gets lost
client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;
    expect(allFindings(text)).toEqual([]);
  });

  test("may arrive twice, and the second copy is answered again", () => {
    const text = `client -> server: PSH+ACK seq=100 ack=300 len=50 as data
server -> client: ACK seq=300 ack=150
data arrives again
server is ESTABLISHED with rcv.nxt=150
server -> client: ACK seq=300 ack=150
`;
    expect(allFindings(text)).toEqual([]);
  });

  test("acknowledged before it arrives is a mistake", () => {
    const text = `client ~> server: PSH+ACK seq=100 ack=300 len=50 as data
server -> client: ACK seq=300 ack=150
data arrives
`;
    expect(findings(text)).toEqual(["ack-of-undelivered @ ack=150"]);
  });
});

describe("crossing", () => {
  test("everything in it is sent before anything in it arrives", () => {
    const text = `${ESTABLISHED}crossing {
  client -> server: PSH+ACK seq=100 ack=300 len=10
  server -> client: PSH+ACK seq=300 ack=100 len=20
}
crossing {
  client -> server: ACK seq=110 ack=320
  server -> client: ACK seq=320 ack=110
}
`;
    expect(allFindings(text)).toEqual([]);
  });

  test("so no segment in it can acknowledge another", () => {
    const text = `${ESTABLISHED}crossing {
  client -> server: PSH+ACK seq=100 ack=300 len=10
  server -> client: PSH+ACK seq=300 ack=110 len=20
}
`;
    expect(findings(text)).toEqual(["ack-of-undelivered @ ack=110"]);
  });

  test("an assertion in it speaks of the time before the arrivals", () => {
    const text = `endpoint client is CLOSED
endpoint server is CLOSED
crossing {
  client -> server: SYN seq=x
  server -> client: SYN seq=y
  client is SYN-SENT, server is SYN-SENT
}
client is SYN-RECEIVED, server is SYN-RECEIVED
`;
    expect(findings(text)).toEqual([]);
  });

  test("its segments arrive in the order in which they are written", () => {
    const text = `${ESTABLISHED}crossing {
  client -> server: PSH+ACK seq=100 ack=300 len=10
  client -> server: FIN+ACK seq=110 ack=300
}
server is CLOSE-WAIT with rcv.nxt=111
`;
    expect(findings(text)).toEqual([]);
    expect(classes(text)).toEqual(["", ""]);
  });

  test("without it, a stale number is offered to be told as a crossing", () => {
    const text = `${ESTABLISHED}client -> server: PSH+ACK seq=100 ack=300 len=10
server -> client: PSH+ACK seq=300 ack=100 len=20
`;
    expect(findings(text)).toEqual(["stale-ack @ ack=100"]);
    const fixes = check(text).findings.flatMap((finding) => finding.fixes.map((fix) => fix.title));
    expect(fixes[0]).toContain("ack to 110");
    expect(fixes.slice(1).join()).toContain("cross");
  });
});

describe("an elision", () => {
  test("moves numbers on and leaves states", () => {
    const text = `${OPEN}... "requests and answers"
client is ESTABLISHED, server is ESTABLISHED
client -> server: FIN+ACK seq=u ack=v
server -> client: FIN+ACK seq=v ack=u+1
client -> server: ACK seq=u+1 ack=v+1
`;
    expect(allFindings(text)).toEqual([]);
  });

  test("frees the first number of each direction, not the second", () => {
    const text = `${OPEN}...
client -> server: PSH+ACK seq=u ack=v len=10
server -> client: ACK seq=v ack=u+11
`;
    expect(findings(text)).toEqual(["ack-of-unsent @ ack=u+11"]);
  });

  test("moves no number of a side that has sent its FIN", () => {
    const text = `client -> server: FIN+ACK seq=100 ack=300
server -> client: ACK seq=300 ack=101
...
server -> client: FIN+ACK seq=900 ack=102
`;
    expect(findings(text)).toEqual(["ack-of-unsent @ ack=102"]);
  });

  test("never moves numbers back", () => {
    const text = `client -> server: PSH+ACK seq=100 ack=300 len=10
server -> client: ACK seq=300 ack=110
...
client -> server: PSH+ACK seq=110 ack=290 len=10
`;
    expect(findings(text)).toEqual(["stale-ack @ ack=290"]);
  });

  test("at the beginning starts in the middle of a connection", () => {
    const text = `... "much later"
client -> server: PSH+ACK seq=1 ack=1 len=10
`;
    expect(states(text)).toBe("client ESTABLISHED, server ESTABLISHED");
  });
});

describe("repeat", () => {
  test("happens as often as it says", () => {
    const text = `client -> server: ACK seq=x ack=y
repeat 10 {
  client -> server: PSH+ACK len=100
  server -> client: ACK
}
client is ESTABLISHED with snd.nxt=x+1000 snd.una=x+1000
`;
    expect(allFindings(text)).toEqual([]);
  });

  test("has a mistake in it found once", () => {
    const text = `client -> server: ACK seq=100 ack=1
repeat 5 {
  client -> server: PSH len=100
  server -> client: ACK
}
`;
    expect(allFindings(text)).toEqual(["missing-ack-flag @ PSH"]);
  });
});

describe("old, spoofed, unchecked", () => {
  test("an old duplicate does not ask its sender, but its receiver answers it", () => {
    const text = `endpoint client is CLOSED
endpoint server is LISTEN
client -> server: SYN seq=90 old
client is CLOSED, server is SYN-RECEIVED
server -> client: SYN+ACK seq=300 ack=91
client -> server: RST seq=91
server is LISTEN
`;
    expect(allFindings(text)).toEqual([]);
  });

  test("an old duplicate does not decide where a connection starts", () => {
    expect(trace(`client -> server: ACK seq=5 ack=5 old\n${OPEN}`)[0]).toBe("client CLOSED, server LISTEN");
  });

  test("a spoofed segment is not asked of the one it names, but judged by the one that gets it", () => {
    const text = `${ESTABLISHED}endpoint mallory unchecked
mallory -> server: RST seq=100 spoofing client
client is ESTABLISHED, server is CLOSED
`;
    expect(findings(text)).toEqual([]);
  });

  test("an unchecked endpoint may send what it likes; its peer is judged by what it gets", () => {
    const text = `endpoint attacker unchecked
endpoint server is LISTEN
attacker -> server: SYN seq=a
attacker -> server: URG seq=a+77 len=5
server -> attacker: SYN+ACK seq=s ack=a+9
`;
    expect(findings(text)).toEqual(["ack-of-unsent @ ack=a+9"]);
    expect(findings(text.replace("a+9", "a+1"))).toEqual([]);
  });
});

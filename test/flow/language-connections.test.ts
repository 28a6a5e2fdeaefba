/** Names, where connections start, user calls. */
import { describe, expect, test } from "vitest";
import { allFindings, check, findings, states, trace } from "../support/flows.ts";

const OPEN = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;

const CLOSE = `client -> server: FIN+ACK seq=u ack=v
server -> client: FIN+ACK seq=v ack=u+1
client -> server: ACK seq=u+1 ack=v+1
`;

describe("names", () => {
  test("the first segment declares its endpoints", () => {
    expect(allFindings(OPEN)).toEqual([]);
  });

  test("any other name is an error that proposes the nearest", () => {
    const text = OPEN.replace("server -> client", "sever -> client");
    expect(findings(text)).toEqual(["unknown-name @ sever"]);
    const fixes = check(text).findings.flatMap((finding) => finding.fixes);
    expect(fixes[0]?.edits.map((edit) => edit.newText)).toEqual(["server"]);
  });

  test("may be of any script, with hyphens", () => {
    expect(allFindings(OPEN.replaceAll("client", "客户端").replaceAll("server", "load-balancer"))).toEqual([]);
  });

  test("states have many spellings", () => {
    const text = `client -> server: SYN seq=x
client is SYN_SENT, server is SYN_RCVD
server is SYN_RECV
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
client is ESTAB
client -> server: FIN+ACK seq=x+1 ack=y+1
client is FIN_WAIT1
server -> client: ACK seq=y+1 ack=x+2
client is FIN_WAIT_2
server -> client: FIN+ACK seq=y+1 ack=x+2
client is TIME_WAIT
`;
    expect(findings(text)).toEqual([]);
  });

  test("segments have many spellings", () => {
    const text = `client -> server: SYN Seq=0, Len=0
server -> client：SYN-ACK Seq=0, Ack=1
client -> server: ACK Seq=1, Ack=1
client -> server: PSH,ACK Seq=1, Ack=1, Len=5
server -> client: FIN/ACK Seq=1, Ack=6
`;
    expect(findings(text)).toEqual([]);
  });
});

describe("where a connection starts", () => {
  const start = (text: string) => trace(text)[0];

  test("SYN: CLOSED and LISTEN", () => {
    expect(start(OPEN)).toBe("client CLOSED, server LISTEN");
  });

  test("a SYN refused: both CLOSED", () => {
    const text = `client -> server: SYN seq=x
server -> client: RST+ACK seq=0 ack=x+1
`;
    expect(start(text)).toBe("client CLOSED, server CLOSED");
  });

  test("crossing SYNs: both CLOSED", () => {
    const text = `crossing {
  client -> server: SYN seq=x
  server -> client: SYN seq=y
}
`;
    expect(start(text)).toBe("client CLOSED, server CLOSED");
  });

  test("SYN+ACK: SYN-RECEIVED and SYN-SENT", () => {
    const text = `server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;
    expect(start(text)).toBe("server SYN-RECEIVED, client SYN-SENT");
    expect(allFindings(text)).toEqual([]);
  });

  test("anything else: ESTABLISHED", () => {
    expect(start(CLOSE)).toBe("client ESTABLISHED, server ESTABLISHED");
  });

  test("a call of listen or connect: CLOSED before it", () => {
    const text = `server calls listen
client calls connect
client is SYN-SENT, server is LISTEN
${OPEN}`;
    expect(start(text)).toContain("client CLOSED");
    expect(start(text)).toContain("server CLOSED");
    expect(allFindings(text)).toEqual([]);
  });

  test("as declared, where it is declared", () => {
    const text = `endpoint client is FIN-WAIT-2 with snd.nxt=u+1 rcv.nxt=v
endpoint server is CLOSE-WAIT with snd.nxt=v rcv.nxt=u+1
server -> client: FIN+ACK seq=v ack=u+1
client is TIME-WAIT, server is LAST-ACK
client -> server: ACK seq=u+1 ack=v+1
`;
    expect(allFindings(text)).toEqual([]);
  });

  test("an endpoint that listens goes on listening", () => {
    const text = `endpoint client is CLOSED
endpoint server is LISTEN
${OPEN}client -> server: FIN+ACK seq=x+1 ack=y+1
server -> client: FIN+ACK seq=y+1 ack=x+2
client -> server: ACK seq=x+2 ack=y+2
wait 2MSL
client is CLOSED, server is CLOSED
client -> server: SYN seq=p
server -> client: SYN+ACK seq=q ack=p+1
client -> server: ACK seq=p+1 ack=q+1
client is ESTABLISHED, server is ESTABLISHED
`;
    expect(allFindings(text)).toEqual([]);
  });

  test("where it was never said whether it listens, SYN+ACK and RST are both right", () => {
    const again = `${CLOSE}wait 2MSL
client -> server: SYN seq=p
`;
    expect(findings(`${again}server -> client: SYN+ACK seq=q ack=p+1\n`)).toEqual([]);
    expect(findings(`${again}server -> client: RST+ACK seq=0 ack=p+1\n`)).toEqual([]);
  });

  test("a pair used again before 2MSL is too early", () => {
    expect(findings(`${CLOSE}client -> server: SYN seq=p\n`)).toEqual(["time-wait-too-short @ SYN"]);
    expect(findings(`${CLOSE}wait 2MSL\nclient -> server: SYN seq=p\n`)).toEqual([]);
  });

  test("ports make connections of their own", () => {
    const text = `client:40001 -> server:80: SYN seq=a
client:40002 -> server:80: SYN seq=b
server:80 -> client:40002: SYN+ACK seq=q ack=b+1
server:80 -> client:40001: SYN+ACK seq=p ack=a+1
client:40001 -> server:80: ACK seq=a+1 ack=p+1
client:40001 is ESTABLISHED
server:80 is ESTABLISHED towards client:40001
server:80 is SYN-RECEIVED towards client:40002
client:40002 -> server:80: ACK seq=b+1 ack=q+1
`;
    expect(allFindings(text)).toEqual([]);
    expect(states(text)).toContain("server:80>client:40001 ESTABLISHED");
    expect(states(text)).toContain("server:80>client:40002 ESTABLISHED");
  });

  test("a line about one endpoint means the connection of its nearest earlier segment", () => {
    const text = `client:40001 -> server:80: SYN seq=a
server:80 -> client:40001: SYN+ACK seq=p ack=a+1
client:40001 -> server:80: ACK seq=a+1 ack=p+1
server is ESTABLISHED
client:40002 -> server:80: SYN seq=b
server is SYN-RECEIVED
server is ESTABLISHED towards client:40001
`;
    expect(findings(text)).toEqual([]);
  });

  test("a crash forgets the connection without a segment", () => {
    const text = `${OPEN}server crashes
client is ESTABLISHED, server is CLOSED
`;
    expect(findings(text)).toEqual([]);
  });
});

describe("calls", () => {
  test.each(["close", "shutdown"])("%s changes the state at the call", (call) => {
    const text = `client calls ${call}
client is FIN-WAIT-1
client -> server: FIN+ACK seq=u ack=v
`;
    expect(findings(text)).toEqual([]);
  });

  test("data queued before close goes out before the FIN", () => {
    const text = `client calls send 50
client calls close
client is FIN-WAIT-1
client -> server: PSH+ACK seq=u ack=v len=50
client -> server: FIN+ACK seq=u+50 ack=v
server -> client: ACK seq=v ack=u+51
`;
    expect(findings(text)).toEqual([]);
  });

  test("a call that fails is found on the call", () => {
    expect(findings(`${OPEN}client calls connect\n`)).toEqual(["illegal-call @ connect"]);
    expect(findings(`${OPEN}client calls close\nclient calls send 10\n`)).toEqual(["illegal-call @ send"]);
  });

  test("abort resets and forgets", () => {
    const text = `${OPEN}client calls abort
client is CLOSED
client -> server: RST seq=x+1
server is CLOSED
`;
    expect(findings(text)).toEqual([]);
  });
});

/** Assertions, marks, and how often a mistake is found. */
import { describe, expect, test } from "vitest";
import { allFindings, check, findings } from "../support/flows.ts";

const OPEN = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;

describe("assertions", () => {
  test("speak of the moment after the line before them", () => {
    const text = `client -> server: FIN+ACK seq=u ack=v
client is FIN-WAIT-1, server is CLOSE-WAIT
server -> client: ACK seq=v ack=u+1
client is FIN-WAIT-2, server is CLOSE-WAIT
`;
    expect(findings(text)).toEqual([]);
    expect(findings(text.replace("FIN-WAIT-1", "FIN-WAIT-2"))).toEqual(["wrong-state @ FIN-WAIT-2"]);
  });

  test("may speak of variables", () => {
    expect(findings(`${OPEN}client is ESTABLISHED with snd.una=x+1 snd.nxt=x+1 rcv.nxt=y+1 iss=x irs=y\n`)).toEqual([]);
    expect(findings(`${OPEN}client is ESTABLISHED with snd.nxt=x rcv.nxt=y+1\n`)).toEqual(["wrong-state @ snd.nxt=x"]);
  });

  test("a listener's lane may still say LISTEN while its connection opens", () => {
    const text = `endpoint client is CLOSED
endpoint server is LISTEN
client -> server: SYN seq=x
server is LISTEN
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;
    expect(findings(text)).toEqual([]);
  });

  test("after a wrong one, later lines are judged by both states, and only what both refuse is found", () => {
    const text = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
server is ESTABLISHED
server -> client: PSH+ACK seq=y+1 ack=x+1 len=10
`;
    expect(findings(text)).toEqual(["wrong-state @ ESTABLISHED"]);
    expect(findings(text.replace("ack=x+1 len=10", "ack=x+7 len=10"))).toEqual([
      "wrong-state @ ESTABLISHED",
      "ack-of-unsent @ ack=x+7",
    ]);
  });
});

describe("one mistake, one finding", () => {
  test("what follows from a wrong number as if it were right is right", () => {
    const text = `client -> server: SYN seq=100
server -> client: SYN+ACK seq=300 ack=100
client -> server: ACK seq=101 ack=301
client -> server: PSH+ACK seq=101 ack=301 len=20
server -> client: ACK seq=301 ack=121
`;
    expect(allFindings(text)).toEqual(["syn-not-counted @ ack=100"]);
  });

  test("and so is what goes on with the wrong number", () => {
    const text = `client -> server: ACK seq=1 ack=1 len=100
client -> server: ACK seq=102 ack=1 len=100
client -> server: ACK seq=202 ack=1 len=100
server -> client: ACK seq=1 ack=302
`;
    expect(allFindings(text)).toEqual(["wrong-seq @ seq=102"]);
  });

  test("two mistakes give two", () => {
    const text = `client -> server: SYN seq=100
server -> client: SYN+ACK seq=300 ack=100
client -> server: ACK seq=101 ack=300
`;
    expect(allFindings(text)).toEqual(["syn-not-counted @ ack=100", "syn-not-counted @ ack=300"]);
  });
});

describe("marks", () => {
  const WRONG = OPEN.replace("ACK seq=x+1", "ACK seq=z");

  /** The third line with a mark before it. */
  const marked = (text: string, mark: string) => text.replace("client -> server: ACK", `${mark}client -> server: ACK`);

  test.each(["@expect(wrong-seq)\n", "@expect(wrong-seq) "])("%j shows a mistake on purpose", (mark) => {
    const text = marked(WRONG, mark);
    expect(check(text).findings.map((finding) => [finding.rule, finding.expected])).toEqual([["wrong-seq", true]]);
  });

  test("@expect without the finding is an error", () => {
    const text = marked(OPEN, "@expect(wrong-seq) ");
    expect(findings(text)).toEqual(["unmet-expectation @ @expect(wrong-seq)"]);
  });

  test("@expect of another rule silences nothing", () => {
    const text = marked(WRONG, "@expect(wrong-ack) ");
    expect(findings(text)).toEqual(["unmet-expectation @ @expect(wrong-ack)", "wrong-seq @ seq=z"]);
  });

  test("@allow silences", () => {
    expect(check(marked(WRONG, "@allow(wrong-seq) ")).findings).toEqual([]);
  });

  test("@allow without a finding is a warning", () => {
    const text = marked(OPEN, "@allow(wrong-seq) ");
    expect(findings(text)).toEqual(["unused-allow @ @allow(wrong-seq)"]);
    expect(check(text).findings.map((finding) => finding.severity)).toEqual(["warning"]);
  });

  test("a mark speaks of its own statement only", () => {
    const text = WRONG.replace("server -> client", "@expect(wrong-seq) server -> client");
    expect(findings(text)).toEqual(["unmet-expectation @ @expect(wrong-seq)", "wrong-seq @ seq=z"]);
  });

  test("an unknown rule is an unknown name", () => {
    expect(findings(marked(OPEN, "@expect(wrong-sek) "))).toEqual(["unknown-name @ wrong-sek"]);
  });
});

describe("unfinished", () => {
  test.each([
    ["half-open", "client -> server: SYN seq=x\nserver -> client: SYN+ACK seq=y ack=x+1\n"],
    ["half-closed", "client -> server: FIN+ACK seq=u ack=v\nserver -> client: ACK seq=v ack=u+1\n"],
    ["unacknowledged data", `${OPEN}client -> server: PSH+ACK seq=x+1 ack=y+1 len=10\n`],
    ["a segment in the network", `${OPEN}client ~> server: PSH+ACK seq=x+1 ack=y+1 len=10\n`],
  ])("%s, said on the last statement", (_, text) => {
    expect(allFindings(text)).toEqual([`unfinished @ ${text.trimEnd().split("\n").at(-1)}`]);
    expect(check(text).findings.map((finding) => finding.severity)).toEqual(["hint"]);
  });

  test("an open connection is not", () => {
    expect(allFindings(OPEN)).toEqual([]);
  });

  test("nor is TIME-WAIT", () => {
    const text = `client -> server: FIN+ACK seq=u ack=v
server -> client: FIN+ACK seq=v ack=u+1
client -> server: ACK seq=u+1 ack=v+1
`;
    expect(allFindings(text)).toEqual([]);
  });
});

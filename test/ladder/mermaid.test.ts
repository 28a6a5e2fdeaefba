/** The Mermaid form; `mermaid-page.test.ts` shows that Mermaid reads it. */
import { describe, expect, test } from "vitest";
import { type MermaidOptions, renderMermaid } from "../../server/src/ladder/mermaid.ts";
import { example } from "../support/examples.ts";
import { check } from "../support/flows.ts";

function draw(text: string, options: MermaidOptions = {}): string {
  return `\n${renderMermaid(check(text), options)}`;
}

test("segments with their numbers, and the states where they begin", () => {
  expect(
    draw('title "Open"\nclient -> server: SYN seq=x\nserver -> client: SYN+ACK seq=y\nclient -> server: ACK'),
  ).toBe(`
sequenceDiagram
  title Open
  participant A as client
  participant B as server
  Note left of A: CLOSED
  Note right of B: LISTEN
  A->>B: SYN seq=x
  Note left of A: SYN-SENT
  Note right of B: SYN-RECEIVED
  B->>A: SYN+ACK seq=y ack=x+1
  Note left of A: ESTABLISHED
  A->>B: ACK seq=x+1 ack=y+1
  Note right of B: ESTABLISHED
`);
});

test("a section, a loop, a call, a timer, a wait, an elision, a loss", () => {
  expect(
    draw(`endpoint client is ESTABLISHED, server as "Web server" is ESTABLISHED
section "Closing"
... "data"
client calls close
client -x server: FIN+ACK seq=u ack=v "first try"
wait RTO
repeat 2 {
  client timeout
  client -x server: FIN+ACK seq=u ack=v
}
note client, server: "no answer"`),
  ).toBe(`
sequenceDiagram
  participant A as client
  participant B as server<br/>Web server
  Note left of A: ESTABLISHED
  Note right of B: ESTABLISHED
  rect rgba(128, 128, 128, 0.12)
    Note over A,B: Closing
    Note over A,B: … data …
    Note left of A: close()<br/>FIN-WAIT-1
    A-xB: FIN+ACK seq=u ack=v<br/>lost<br/>first try
    Note left of A: wait RTO
    loop 2 times
      Note left of A: retransmission timeout
      A-xB: FIN+ACK seq=u ack=v<br/>lost<br/>retransmission
    end
    Note over A,B: no answer
  end
`);
});

test("what is under way for some time has a note where it leaves and an arrow where it arrives", () => {
  expect(
    draw(`client -> server: PSH+ACK seq=1 ack=1 len=10
client ~> server: PSH+ACK seq=11 ack=1 len=10 as late
client -> server: PSH+ACK seq=21 ack=1 len=10
server -> client: ACK seq=1 ack=11
late arrives
client ~> server: PSH+ACK seq=31 ack=1 len=10`),
  ).toContain(`
  Note left of A: sends PSH+ACK seq=11 ack=1<br/>len=10
  A->>B: PSH+ACK seq=21 ack=1 len=10<br/>out of order
  B->>A: ACK seq=1 ack=11<br/>duplicate ACK
  A->>B: PSH+ACK seq=11 ack=1 len=10
  Note left of A: sends PSH+ACK seq=31 ack=1<br/>len=10, still in the network
`);
});

test("the FINs of a simultaneous close leave before either arrives", () => {
  const lines = draw(example("simultaneous-close.tcpflow")).split("\n");
  const place = (words: string) => lines.findIndex((line) => line.includes(words));
  expect(place("sends FIN+ACK seq=v ack=u")).toBeLessThan(place("A->>B: FIN+ACK seq=u ack=v"));
});

test("times of a flow with a clock", () => {
  expect(draw("set latency = 20ms\nclient -> server: SYN seq=x\nserver -> client: SYN+ACK seq=y")).toContain(
    "A->>B: 0 – 20 ms · SYN seq=x\n",
  );
});

test("a mistake is marked and explained, unless findings are not wanted", () => {
  const wrong = "client -> server: SYN seq=x\nserver -> client: SYN+ACK seq=y ack=x";
  expect(draw(wrong)).toContain(
    "  B->>A: SYN+ACK seq=y ack=x ✗\n  Note left of A: ESTABLISHED\n  Note over A,B: error syn-not-counted:<br/>",
  );
  expect(draw(wrong, { findings: false })).not.toMatch(/✗|error/u);
});

describe("blanks", () => {
  const EXERCISE = "client -> server: SYN seq=x\nclient is ?\nserver -> client: SYN+ACK seq=y ack=?";

  test("are question marks", () => {
    expect(draw(EXERCISE)).toContain("ack=?");
    expect(draw(EXERCISE)).toContain("of A: ?");
  });

  test("hold the answer in the answer key", () => {
    expect(draw(EXERCISE, { answers: true })).toContain("ack=x+1");
    expect(draw(EXERCISE, { answers: true })).toContain("of A: SYN-SENT");
  });
});

describe("what means something to Mermaid becomes an entity", () => {
  test.each([
    ["a; b", "a#59; b"],
    ["#1 & <br>", "#35;1 #38; #60;br#62;"],
    ["wrap: $$x$$", "wrap#58; #36;#36;x#36;#36;"],
    ["a ->> b: end", "a -#62;#62; b: end"],
  ])("%s", (label, shown) => {
    expect(draw(`a -> b: SYN seq=x "${label}"`)).toContain(`SYN seq=x<br/>${shown}\n`);
  });
});

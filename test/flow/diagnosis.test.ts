/** One mistake that makes several lines wrong is one finding, and its first fix mends them all. */
import { expect, test } from "vitest";
import { applyEdits } from "../../server/src/flow/mend.ts";
import { check, describe as show } from "../support/flows.ts";

const OPEN = `client -> server: SYN seq=x
client is SYN-SENT, server is SYN-RECEIVED
server -> client: SYN+ACK seq=y ack=x+1
client is ESTABLISHED
client -> server: ACK seq=x+1 ack=y+1
client is ESTABLISHED, server is ESTABLISHED
`;

const CLOSE = `client -> server: FIN+ACK seq=u ack=v
client is FIN-WAIT-1, server is CLOSE-WAIT
server -> client: ACK seq=v ack=u+1
client is FIN-WAIT-2, server is CLOSE-WAIT
server -> client: FIN+ACK seq=v ack=u+1
client is TIME-WAIT, server is LAST-ACK
client -> server: ACK seq=u+1 ack=v+1
client is TIME-WAIT, server is CLOSED
`;

/** The lines of a text in another order, counted from 0. */
function order(text: string, ...lines: number[]): string {
  const all = text.trimEnd().split("\n");
  return `${lines.map((line) => all[line]).join("\n")}\n`;
}

test.each([
  ["a forgotten SYN+ACK", order(OPEN, 0, 1, 3, 4, 5), "wrong-state @ ESTABLISHED", "server -> client: SYN+ACK"],
  ["a forgotten second FIN", order(CLOSE, 0, 1, 2, 3, 5, 6, 7), "wrong-state @ TIME-WAIT", "server -> client: FIN+ACK"],
  ["two lines that changed places", order(OPEN, 2, 0, 4, 5), "illegal-segment @ SYN", "change places"],
  ["a FIN without its flag", CLOSE.replace("FIN+ACK seq=u", "ACK seq=u"), "ack-counted @ ACK", "FIN+ACK"],
  [
    "an arrow turned round",
    OPEN.replace("client -> server: SYN", "server -> client: SYN"),
    "illegal-segment @ server -> client",
    "Turn",
  ],
  [
    "FINs that crossed",
    `client -> server: FIN+ACK seq=100 ack=300
server -> client: FIN+ACK seq=300 ack=100
client -> server: ACK seq=101 ack=301
server -> client: ACK seq=301 ack=101
client is TIME-WAIT, server is TIME-WAIT
`,
    "fin-not-counted @ ack=100",
    "cross",
  ],
  [
    "a segment that was lost",
    `client -> server: PSH+ACK seq=1 ack=1 len=100
client -> server: PSH+ACK seq=101 ack=1 len=100
server -> client: ACK seq=1 ack=101
client -> server: PSH+ACK seq=101 ack=1 len=100
server -> client: ACK seq=1 ack=201
server is ESTABLISHED with rcv.nxt=201
`,
    "stale-ack @ ack=101",
    "",
  ],
])("%s", (_name, text, found, fix) => {
  const { findings } = check(text);
  const wrong = findings.filter(({ severity }) => severity !== "hint");
  expect(wrong.map((finding) => show(finding, text))).toEqual([found]);
  expect(wrong[0]?.fixes[0]?.title).toContain(fix);
  const mended = applyEdits(text, wrong[0]?.fixes[0]?.edits ?? []);
  expect(check(mended).findings.filter(({ severity }) => severity !== "hint")).toEqual([]);
});

test("two mistakes far apart stay two", () => {
  const text = `${OPEN.replace("ack=x+1", "ack=x")}${CLOSE.replaceAll("u+1", "u+2")}`;
  const rules = check(text)
    .findings.filter(({ severity }) => severity === "error")
    .map(({ rule }) => rule);
  expect(rules[0]).toBe("syn-not-counted");
  expect(rules.length).toBeGreaterThan(1);
});

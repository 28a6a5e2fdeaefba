/** A right exchange is written by accepting proposals and nothing else. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CompletionItemKind } from "vscode-languageserver";
import { check, states } from "../support/flows.ts";
import { accept, completions } from "./services.ts";

const START = "endpoint client, server\n";

/** The text after these proposals were accepted, each on a line of its own. */
async function written(start: string, labels: readonly string[]): Promise<string> {
  let text = `${start}|`;
  for (const label of labels) text = (await accept(text, label)).replace("|", "\n|");
  return text.replace("|", "");
}

describe("accepting line by line", () => {
  const HANDSHAKE = [
    "client -> server: SYN seq=x",
    "server -> client: SYN+ACK seq=y ack=x+1",
    "client -> server: ACK seq=x+1 ack=y+1",
  ];
  const CASES: readonly (readonly [what: string, lines: readonly string[], ends: string])[] = [
    [
      "a handshake, data, a close",
      [
        ...HANDSHAKE,
        "client -> server: PSH+ACK seq=x+1 ack=y+1 len=100",
        "server -> client: PSH+ACK seq=y+1 ack=x+101 len=100",
        "client -> server: ACK seq=x+101 ack=y+101",
        "client calls close",
        "client -> server: FIN+ACK seq=x+101 ack=y+101",
        "server -> client: ACK seq=y+101 ack=x+102",
        "server -> client: FIN+ACK seq=y+101 ack=x+102",
        "client -> server: ACK seq=x+102 ack=y+102",
        "client is TIME-WAIT, server is CLOSED",
        "wait 2MSL",
        "client is CLOSED, server is CLOSED",
      ],
      "client CLOSED, server CLOSED",
    ],
    [
      "a loss and its retransmission",
      [
        ...HANDSHAKE,
        "client -x server: PSH+ACK seq=x+1 ack=y+1 len=100",
        "client timeout",
        "client -> server: PSH+ACK seq=x+1 ack=y+1 len=100",
        "server -> client: ACK seq=y+1 ack=x+101",
        "close",
      ],
      "client TIME-WAIT, server CLOSED",
    ],
    [
      "a lost SYN",
      ["client -x server: SYN seq=x", "client timeout", ...HANDSHAKE, "close"],
      "client TIME-WAIT, server CLOSED",
    ],
    [
      "a simultaneous close",
      [
        ...HANDSHAKE,
        "client calls close",
        "server calls close",
        "crossing",
        "client is CLOSING, server is CLOSING",
        "client -> server: ACK seq=x+2 ack=y+2",
        "server -> client: ACK seq=y+2 ack=x+2",
        "wait 2MSL",
        "client is CLOSED, server is CLOSED",
      ],
      "client CLOSED, server CLOSED",
    ],
  ];
  for (const [what, lines, ends] of CASES) {
    test(what, async () => {
      const text = await written(START, lines);
      expect(check(text).findings).toEqual([]);
      expect(states(text)).toBe(ends);
    });
  }

  test("a crossing block, line by line inside of it", async () => {
    const open = await written(START, HANDSHAKE);
    let text = `${open}crossing {\n  |\n}\n`;
    for (const label of ["client -> server: FIN+ACK seq=x+1 ack=y+1", "server -> client: FIN+ACK seq=y+1 ack=x+1"])
      text = (await accept(text, label)).replace("|", "\n  |");
    text = text.replace("\n  |", "");
    expect(check(text).findings.map(({ rule }) => rule)).toEqual(["unfinished"]);
    expect(states(text)).toBe("client CLOSING, server CLOSING");
  });
});

const BEGINNINGS = [
  START,
  "client -> server: SYN\n",
  "client -> server: SYN seq=100\n",
  "let x = 7\nclient -> server: SYN seq=x\n",
  "set latency = 20ms\nendpoint client, server\n",
  "client:4001 -> server:80: SYN seq=x <mss 1460, sackOK>\n",
  "endpoint a, b, c\n",
  "client -> server: ACK seq=u ack=v\n",
  'endpoint client, server\n... "x"\n',
  "endpoint a is CLOSED\nendpoint b is CLOSED\n",
  "endpoint attacker unchecked\nendpoint server is LISTEN\n",
  "client -> server: ACK seq=1 ack=1\nserver -> client: ACK seq=1 ack=1 win=0\n",
  "set mss = 50\nendpoint client, server\n",
  "client ~> server: SYN seq=x as late\n",
];

/** The rules that a text breaks, but for what is only a hint. */
function complaints(text: string): string[] {
  const { findings } = check(text);
  return findings.filter(({ severity }) => severity === "error" || severity === "warning").map(({ rule }) => rule);
}

test("whatever has been accepted, every line proposed next is right", async () => {
  const isLine = (kind: CompletionItemKind | undefined) =>
    kind === CompletionItemKind.Event || kind === CompletionItemKind.Snippet;
  const walk = fc.asyncProperty(
    fc.constantFrom(...BEGINNINGS),
    fc.array(fc.nat(7), { minLength: 8, maxLength: 8 }),
    async (start, choices) => {
      let text = start;
      for (const choice of choices) {
        const lines = (await completions(`${text}|`)).filter(({ kind }) => isLine(kind));
        const known = complaints(text);
        const texts = lines.flatMap(({ textEdit }) => (textEdit ? [`${text}${textEdit.newText}\n`] : []));
        for (const one of texts) expect(complaints(one), one).toEqual(known);
        text = texts[choice % Math.max(1, texts.length)] ?? text;
      }
    },
  );
  await fc.assert(walk, { numRuns: 40 });
});

/** What is said of the word at the `|`. */
import { describe, expect, test } from "vitest";
import { hover } from "./services.ts";

const OPEN = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;

test("a segment shows both blocks, before and after", async () => {
  expect(await hover(OPEN.replace("server ->", "server -|>"))).toBe(`**server → client** \`SYN+ACK seq=y ack=x+1\`

| | server | client |
|---|---|---|
| state | SYN-RECEIVED | SYN-SENT → **ESTABLISHED** |
| SND.UNA | – → **y** | x → **x+1** |
| SND.NXT | – → **y+1** | x+1 |
| RCV.NXT | x+1 | – → **y+1** |

Acknowledges line 1 (SYN). Acknowledged by line 3 (ACK). RFC 9293 §3.10.7.2`);
});

test("a repeated, a lost and a late segment say so", async () => {
  const lost = "client -|x server: SYN seq=x\nclient timeout\nclient -> server: SYN seq=x\n";
  expect(await hover(lost)).toContain("It is lost.");
  expect(await hover(lost.replace("|", "").replace("client -> ", "client -|> "))).toMatch(
    /`SYN seq=x`: retransmission\n.*§3\.8\.1/s,
  );
  expect(await hover("client ~|> server: SYN seq=x as late\n")).toContain("It stays in the network.");
});

test("windows are counted in octets", async () => {
  const text = "client -> server: ACK seq=1 ack=1 win=500\nserver -> |client: PSH+ACK seq=1 ack=1 len=100 win=200\n";
  expect(await hover(text)).toContain("| SND.WND | 500 | – → **200** |");
});

describe("words", () => {
  const CASES: readonly (readonly [what: string, text: string, says: string])[] = [
    ["a flag", OPEN.replace("SYN+ACK", "SYN+A|CK"), "**ACK**: The acknowledgment number counts."],
    ["another flag, and its segment", OPEN.replace("SYN+ACK", "S|YN+ACK"), "**server → client**"],
    [
      "a field",
      OPEN.replace("ack=x", "a|ck=x"),
      "The next number that **server** expects of **client**. Acknowledges line 1 (SYN).",
    ],
    ["a symbol", OPEN.replace("ack=x", "ack=|x"), "**x**: a number in the stream of **client**, bound at line 1."],
    [
      "a symbol that `let` defines",
      `let x = 1000\n${OPEN.replace("ack=x", "ack=|x")}`,
      "defined with `let`, bound at line 1. It is `1000`.",
    ],
    ["a wrong number", OPEN.replace("ack=x+1", "ack=|x"), "Should be `x+1`."],
    ["a state", "client is FIN|-WAIT-1", "Entered from\n- `ESTABLISHED` or `SYN-RECEIVED` by `close`"],
    ["a state as netstat writes it", "client is TIME|_WAIT", "**TIME-WAIT**"],
    ["a call", "client calls clo|se", "gives the connection back"],
    ["a timer", "client timeout pers|ist", "A closed window is probed."],
    ["an option", "a -> b: SYN seq=x <m|ss 1460>", "Maximum segment size"],
    ["a setting", "set lat|ency = 40ms", "under way"],
    ["a variable", "client is SYN-SENT with snd|.nxt=x+1", "Next number to send."],
    ["a rule", "@expect(wrong|-ack)\na -> b: SYN", "**wrong-ack**"],
    ["a mark", "@exp|ect(wrong-ack)\na -> b: SYN", "on purpose"],
    ["a verb", "client call|s close", "A user call."],
    [
      "an endpoint, as it stands there",
      `${OPEN}note cl|ient: "x"\nclient -> server: FIN+ACK\n`,
      "**client**\n\n| | client |\n|---|---|\n| state | ESTABLISHED |\n| SND.UNA | x+1 |",
    ],
    ["an endpoint before anything has happened", `endpoint client as "C", ser|ver\n${OPEN}`, "| state | LISTEN |"],
    ["an endpoint that is not judged", "endpoint mid|dle unchecked\n", "**middle**: nothing is judged"],
    ["a word behind the fields", "a -> b: SYN seq=x ol|d\n", "**old**: A duplicate from before the flow"],
    ["a word of a declaration", "endpoint a unche|cked\n", "Nothing is judged"],
    ["a segment by its name", "a ~> b: SYN seq=x as late\nla|te arrives\n", "**a → b** `SYN seq=x`"],
    ["a word that begins a line", "cross|ing {\n}", "before anything in it arrives"],
  ];
  for (const [what, text, says] of CASES) test(what, async () => expect(await hover(text)).toContain(says));
});

test("a comment and an empty line say nothing", async () => {
  expect(await hover("// no| thing\n")).toBe("");
  expect(await hover(`${OPEN}|\n`)).toBe("");
});

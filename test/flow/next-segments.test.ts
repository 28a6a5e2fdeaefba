/** What may come next at a place in a flow: `|` marks the place, the likeliest segments come first. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeFlags } from "../../server/src/flow/fixes.ts";
import { flowBefore } from "../../server/src/flow/flow-before.ts";
import { follow } from "../../server/src/flow/follow.ts";
import { nextSegments } from "../../server/src/flow/next-segments.ts";
import { replay, runThrough } from "../../server/src/flow/replay.ts";
import { parse } from "../../server/src/language/parse.ts";
import { showNumber } from "../../server/src/tcp/numbers.ts";

/** The proposals as lines, `?` for numbers that are free. */
function next(marked: string): string[] {
  const offset = marked.indexOf("|");
  const flow = parse(marked.replace("|", ""));
  const run = runThrough(flowBefore(flow, offset));
  return nextSegments(run.flow, run).map(({ from, to, flags, seq, ack, len }) => {
    const [a, b] = [from, to].map(
      ({ endpoint, port }) => `${flow.endpoints[endpoint]?.name}${port === undefined ? "" : `:${port}`}`,
    );
    const show = (value: typeof seq) => showNumber(value, run.symbols) ?? "?";
    const numbers = `seq=${show(seq)}${ack ? ` ack=${show(ack)}` : ""}${len ? ` len=${show(len)}` : ""}`;
    return `${a} -> ${b}: ${writeFlags(flags)} ${numbers}`;
  });
}

const OPEN = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;

describe("the likeliest segment", () => {
  const CASES: readonly (readonly [what: string, text: string, likeliest: string])[] = [
    ["opens", "endpoint client, server\n|", "client -> server: SYN seq=?"],
    ["answers the SYN", OPEN.replace("server ->", "|server ->"), "server -> client: SYN+ACK seq=? ack=x+1"],
    [
      "ends the handshake",
      OPEN.replace("client -> server: ACK", "|client -> server: ACK"),
      "client -> server: ACK seq=x+1 ack=y+1",
    ],
    ["asks", `${OPEN}|`, "client -> server: PSH+ACK seq=x+1 ack=y+1"],
    ["acknowledges data", `${OPEN}client -> server: PSH+ACK len=5\n|`, "server -> client: ACK seq=y+1 ack=x+6"],
    ["closes when told to", `${OPEN}server calls close\n|`, "server -> client: FIN+ACK seq=y+1 ack=x+1"],
    ["acknowledges the FIN", `${OPEN}client -> server: FIN+ACK\n|`, "server -> client: ACK seq=y+1 ack=x+2"],
    [
      "is the second FIN",
      `${OPEN}client -> server: FIN+ACK\nserver -> client: ACK\n|`,
      "server -> client: FIN+ACK seq=y+1 ack=x+2",
    ],
    [
      "repeats what was lost",
      `${OPEN}client -x server: PSH+ACK len=5\nclient timeout\n|`,
      "client -> server: PSH+ACK seq=x+1 ack=y+1 len=5",
    ],
    [
      "repeats it before a timer is drawn",
      `${OPEN}client -x server: FIN+ACK\n|`,
      "client -> server: FIN+ACK seq=x+1 ack=y+1",
    ],
    ["probes a silent peer", `${OPEN}wait 2h\nclient timeout keepalive\n|`, "client -> server: ACK seq=x ack=y+1"],
    [
      "probes a closed window",
      `${OPEN}server -> client: ACK win=0\nclient calls send 5\nclient timeout persist\n|`,
      "client -> server: ACK seq=x+1 ack=y+1 len=1",
    ],
    ["refuses", "endpoint b is CLOSED\na -> b: SYN seq=x\n|", "b -> a: RST+ACK seq=0 ack=x+1"],
  ];
  for (const [what, text, likeliest] of CASES) test(what, () => expect(next(text)[0]).toBe(likeliest));
});

test("nothing that has been sent has arrived inside a crossing block", () => {
  const text = "endpoint a is CLOSED\nendpoint b is CLOSED\ncrossing {\n  a -> b: SYN seq=x\n|}\n";
  expect(next(text)).toContain("b -> a: SYN seq=?");
  expect(next(text.replace("|}\n", "  b -> a: SYN seq=y\n}\n|"))[0]).toBe("a -> b: SYN+ACK seq=x ack=y+1");
});

test("a run that is followed on stays as it is", () => {
  const run = runThrough(parse(OPEN));
  const before = structuredClone(run.ends);
  const [first, ...others] = nextSegments(run.flow, run);
  if (first === undefined) throw new Error("nothing comes next");
  const after = follow(run, first, { seq: undefined, fate: "arrives" });
  expect(nextSegments(after.flow, after)[0]?.purpose).toBe("acknowledge");
  expect(run.ends).toEqual(before);
  expect(nextSegments(run.flow, run)).toEqual([first, ...others]);
});

test("an end that is not judged is proposed nothing", () => {
  expect(next("endpoint attacker unchecked\nendpoint server is LISTEN\n|")).toEqual(["server -> attacker: SYN seq=?"]);
});

test("every proposal, at every line of every example, is right there", () => {
  const folder = join(import.meta.dirname, "../../examples");
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".tcpflow"))) {
    const text = readFileSync(join(folder, file), "utf8");
    let offset = 0;
    for (const line of text.split("\n")) {
      const before = text.slice(0, offset);
      offset += line.length + 1;
      // Where a block is open, the rest of the text belongs to it.
      if ((before.match(/\{/g) ?? []).length !== (before.match(/\}/g) ?? []).length) continue;
      const known = complaints(before);
      // An annotation is for the line that follows.
      if (known.includes("syntax")) continue;
      for (const proposal of next(`${before}|`).filter((one) => !one.includes("?")))
        expect([file, proposal, complaints(`${before}${proposal}\n`)]).toEqual([file, proposal, known]);
    }
  }
}, 60_000);

/** The rules that a text breaks, but for what is only a hint. */
function complaints(text: string): string[] {
  const { findings } = replay(parse(text));
  return findings.filter(({ severity }) => severity === "error" || severity === "warning").map(({ rule }) => rule);
}

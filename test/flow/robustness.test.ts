import fc from "fast-check";
import { expect, test } from "vitest";
import { replay } from "../../server/src/flow/replay.ts";
import { parse } from "../../server/src/language/parse.ts";
import { check } from "../support/flows.ts";

const name = fc.constantFrom("A", "B", "C", "A:1", "B:80");
const flags = fc.subarray(["SYN", "ACK", "FIN", "RST", "PSH", "URG"]).map((some) => some.join("+"));
const number = fc.constantFrom("0", "1", "x", "y", "x+1", "y+1", "u", "w", "100", "101", "4294967295", "x-1", "n", "?");
const field = fc.oneof(
  number.map((n) => `seq=${n}`),
  number.map((n) => `ack=${n}`),
  fc.constantFrom("0", "1", "10", "n", "x").map((n) => `len=${n}`),
  fc.constantFrom("win=0", "win=100", "old", "as late", "takes 10ms", "spoofing A"),
);
const segment = fc
  .tuple(name, fc.constantFrom("->", "-x", "~>"), name, flags, fc.array(field, { maxLength: 4 }))
  .map(([from, arrow, to, set, fields]) => `${from} ${arrow} ${to}: ${set} ${fields.join(" ")}`);
const state = fc.constantFrom(
  "CLOSED",
  "LISTEN",
  "SYN-SENT",
  "SYN-RECEIVED",
  "ESTABLISHED",
  "FIN-WAIT-1",
  "TIME-WAIT",
  "?",
);
const line = fc.oneof(
  { weight: 6, arbitrary: segment },
  fc.tuple(name, state).map(([who, what]) => `${who} is ${what}`),
  fc
    .tuple(name, fc.constantFrom("listen", "connect", "close", "shutdown", "abort", "send 10"))
    .map(([who, what]) => `${who} calls ${what}`),
  fc.tuple(name, fc.constantFrom("", "keepalive", "time-wait", "user")).map(([who, what]) => `${who} timeout ${what}`),
  fc.constantFrom(
    "late arrives",
    "late arrives again",
    "late gets lost",
    "A crashes",
    "...",
    "wait 2MSL",
    "set latency = 5ms",
  ),
  fc.constantFrom(
    "crossing {",
    "repeat 3 {",
    "}",
    "@10ms A -> B: ACK",
    "let x = 7",
    "endpoint A is FIN-WAIT-2 with snd.nxt=x",
  ),
);

test("whatever the lines, each event has its step and every place is in the text", () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
      const text = lines.join("\n");
      const { flow, steps, readings, findings } = check(text);
      expect(steps).toHaveLength(flow.events.length);
      expect(readings).toHaveLength(flow.segments.length);
      for (const { span, fixes } of findings) {
        const places = [span, ...fixes.flatMap((fix) => fix.edits.map((edit) => edit.span))];
        for (const { start, end } of places) expect(0 <= start && start <= end && end <= text.length).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
});

test("the same flow gives the same replay", () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const text = lines.join("\n");
      expect(replay(parse(text))).toEqual(replay(parse(text)));
    }),
    { numRuns: 100 },
  );
});

test("no number of lines makes one line dearer: a thousand wrong ones are all found", () => {
  const wrong = Array.from({ length: 1000 }, (_, i) => `A -> B: ACK seq=${i * 1000} ack=1 len=10`);
  const { findings } = check(`A -> B: ACK seq=7 ack=1 len=10\n${wrong.join("\n")}\n`);
  expect(findings.filter(({ rule }) => rule !== "unfinished").length).toBeGreaterThan(900);
});

test("symbols that stand on each other, or double again and again, come to an end", () => {
  const doubles = Array.from({ length: 40 }, (_, i) => `let a${i + 1} = a${i}+a${i}`).join("\n");
  const open = "A -> B: SYN seq=a40\nB -> A: SYN+ACK seq=y ack=a40+1\nA -> B: ACK seq=a40+1 ack=y+1\n";
  expect(check(`let a0 = 1\n${doubles}\n${open}`).findings).toEqual([]);
  expect(() => check("let a = b\nlet b = a\nA -> B: SYN seq=a\nB -> A: SYN+ACK seq=b ack=a+1\n")).not.toThrow();
  expect(() =>
    check("A -> B: SYN seq=x\nB -> A: SYN+ACK seq=y ack=z+z\nA -> B: ACK seq=z+z+z ack=y+1\n"),
  ).not.toThrow();
});

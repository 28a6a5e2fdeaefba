/** Whatever two correct TCPs do over a bad network, nothing is found, and every state is the one they are in. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { findings as everything } from "../support/flows.ts";
import { run, runByClock, type Step, type TimedStep } from "../support/model-runs.ts";

const STEPS = fc.array(
  fc.record<Step>({
    move: fc.nat(999),
    fate: fc.constantFrom("arrives", "arrives", "arrives", "lost", "late"),
    octets: fc.integer({ min: 1, max: 40 }),
  }),
  { minLength: 1, maxLength: 40, size: "max" },
);

/** Numbers in the middle, and such that wrap at once. */
const FIRST = fc.constantFrom<[number, number]>([1000, 5000], [4_294_967_295, 4_294_967_280]);

/** The model keeps no timers: remarks on times say nothing about it. */
function findings(text: string): string[] {
  return everything(text).filter((finding) => !finding.startsWith("unusual-timer "));
}

test("no run of two correct TCPs is found fault with", () => {
  fc.assert(
    fc.property(STEPS, FIRST, (steps, first) => {
      const text = run(steps, first);
      expect(findings(text), text).toEqual([]);
    }),
    { numRuns: 150, seed: 9293 },
  );
}, 60_000);

test("nor is one with windows of 40 octets", () => {
  fc.assert(
    fc.property(STEPS, FIRST, (steps, first) => {
      const text = run(steps, first, 40);
      expect(findings(text), text).toEqual([]);
    }),
    { numRuns: 150, seed: 9293 },
  );
}, 60_000);

const TIMED_STEPS = fc.array(
  fc.record<TimedStep>({
    move: fc.nat(999),
    lost: fc.boolean(),
    octets: fc.integer({ min: 1, max: 40 }),
    pause: fc.constantFrom(0, 1, 5, 20, 40, 100),
  }),
  { minLength: 1, maxLength: 40, size: "max" },
);

test("nor is one by the clock, where segments cross on the way", () => {
  fc.assert(
    fc.property(TIMED_STEPS, (steps) => {
      const text = runByClock(steps, 40);
      expect(findings(text), text).toEqual([]);
    }),
    { numRuns: 150, seed: 9293 },
  );
}, 60_000);

/** A segment line with a sequence and an acknowledgment number. */
const NUMBERED = /^(?<head>.*: (?<flags>[A-Z+]+) )seq=(?<seq>\d+) ack=(?<ack>\d+)(?<tail>.*)$/u;

/**
 * Lines whose numbers are determined. Not the first SYN+ACK, whose number is free; nor a repetition, which may be
 * cut in another way and may keep its old acknowledgment number (RFC 9293 §3.8.6, RFC 1122 §4.2.2.15).
 */
function determined(lines: readonly string[]): number[] {
  const seen = new Set<string>();
  return lines.flatMap((line, i) => {
    const { head = "", flags = "", seq } = NUMBERED.exec(line)?.groups ?? {};
    if (seq === undefined || flags.includes("SYN")) return [];
    const what = `${head.split(" ")[0]} ${seq}`;
    const repeated = seen.has(what) && flags !== "ACK";
    if (flags !== "ACK") seen.add(what);
    return repeated ? [] : [i];
  });
}

test("one number off by one in a run is found", () => {
  fc.assert(
    fc.property(STEPS, fc.nat(), fc.constantFrom("seq+1", "ack+1", "ack-1"), (steps, pick, change) => {
      // Without the assertions: the numbers have to be enough.
      const lines = run(steps, [1000, 5000])
        .split("\n")
        .filter((line) => !line.startsWith("client is"));
      const candidates = determined(lines);
      fc.pre(candidates.length > 0);
      const at = candidates[pick % candidates.length] ?? 0;
      const { head, seq, ack, tail } = NUMBERED.exec(lines[at] ?? "")?.groups ?? {};
      const by = change.endsWith("+1") ? 1 : -1;
      const [newSeq, newAck] = change.startsWith("seq") ? [Number(seq) + by, ack] : [seq, Number(ack) + by];
      const text = lines.with(at, `${head}seq=${newSeq} ack=${newAck}${tail}`).join("\n");
      expect(findings(text), `line ${at + 1}: ${change}\n${text}`).not.toEqual([]);
    }),
    { numRuns: 200, seed: 9293 },
  );
}, 60_000);

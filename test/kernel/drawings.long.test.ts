/** Captures of the kernels' exchanges become texts: right, whatever the numbers, and the same capture comes out of them. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writePcap } from "../../server/src/formats/pcap-writer.ts";
import { checkPackets, packetsOf, readCapture } from "../support/captures.ts";
import { check } from "../support/flows.ts";
import { runByClock, type TimedStep } from "../support/model-runs.ts";
import { textOf } from "../support/told-captures.ts";
import { capturedAt, type Host, traceNames } from "../support/traces.ts";

const wrongIn = (text: string): string[] =>
  check(text)
    .findings.filter(({ severity }) => severity === "error" || severity === "warning")
    .map(({ rule, span }) => `${rule} @ ${text.slice(span.start, span.end)}`);

/** The segments of a capture, in their order. */
const seen = (file: Uint8Array): string[] =>
  readCapture(file).segments.map(({ flags, seq, ack, length }) => `${flags} ${seq} ${ack} ${length}`);

const TIMED_STEPS = fc.array(
  fc.record<TimedStep>({
    move: fc.nat(999),
    lost: fc.integer({ min: 0, max: 5 }).map((dice) => dice === 0),
    octets: fc.integer({ min: 1, max: 40 }),
    pause: fc.constantFrom(0, 1, 5, 20, 40, 100),
  }),
  { minLength: 1, maxLength: 30, size: "max" },
);

/** Captures that hold a packet twice which draws no answer: a copy, or what cannot be told from one. It comes once. */
const DOUBLED = new Set(["chaos_05 B", "syn_flood_half_open A", "syn_flood_half_open B"]);

const once = (segments: readonly string[]): string[] => [...new Set(segments)].sort();

describe.each(traceNames())("%s", (name) => {
  describe.each<Host>(["A", "B"])("captured at host %s", (host) => {
    const packets = packetsOf(capturedAt(name, host));

    test.each(["absolute", "relative", "symbolic"] as const)("is right with %s numbers", (numbers) => {
      expect(wrongIn(textOf(packets, numbers))).toEqual([]);
    });

    test("gives the same capture again, at that end", () => {
      const replay = check(textOf(packets, "absolute"));
      const again = (["client", "server"] as const).map((point) => seen(writePcap(replay, point)));
      const captured = seen(capturedAt(name, host));
      if (DOUBLED.has(`${name} ${host}`)) expect(again.map(once)).toContainEqual(once(captured));
      else expect(again).toContainEqual(captured);
    });
  });
});

/** Nobody can tell all of what was not captured; nearly all of it. */
const RIGHT_SHARE = 0.93;

test("what a capture lacks at its beginning, within or at its end is drawn too", () => {
  let [right, all] = [0, 0];
  const wrong: string[] = [];
  for (const name of traceNames()) {
    for (const host of ["A", "B"] as const) {
      const packets = packetsOf(capturedAt(name, host));
      for (const cut of [
        [0, 1],
        [0, 3],
        [0, 5],
        [6, 7],
        [9, 10],
        [packets.length - 3, packets.length],
      ] as const) {
        const left = packets.filter((_, i) => i < cut[0] || i >= cut[1]);
        // Where the check itself finds a mistake, no text can be right.
        const { findings } = checkPackets(left, { vantage: "auto" });
        if (left.length === 0 || findings.length > 0) continue;
        all++;
        if (wrongIn(textOf(left, "relative")).length === 0) right++;
        else wrong.push(`${name} ${host} without packets ${cut[0]} to ${cut[1] - 1}`);
      }
    }
  }
  expect(right / all, wrong.join("\n")).toBeGreaterThan(RIGHT_SHARE);
});

/** A TCP that repeats itself for no reason leaves too little to tell by. */
const RIGHT_OF_RUNS = 0.97;

test("random exchanges by the clock, seen from either end", () => {
  let [right, all] = [0, 0];
  fc.assert(
    fc.property(TIMED_STEPS, fc.constantFrom("client", "server"), (steps, point) => {
      const packets = packetsOf(writePcap(check(runByClock(steps, 40)), point));
      fc.pre(packets.length > 0);
      all++;
      if (wrongIn(textOf(packets, "relative")).length === 0) right++;
    }),
    { numRuns: 300, seed: 9293 },
  );
  expect(right / all).toBeGreaterThan(RIGHT_OF_RUNS);
});

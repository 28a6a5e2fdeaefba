/** Whatever two correct TCPs do over a bad network, no capture of it is found fault with, wherever it was taken. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { writePcap } from "../../server/src/formats/pcap-writer.ts";
import { checkPackets, packetsOf } from "../support/captures.ts";
import { check } from "../support/flows.ts";
import { run, runByClock, type Step, type TimedStep } from "../support/model-runs.ts";

const STEPS = fc.array(
  fc.record<Step>({
    move: fc.nat(999),
    fate: fc.constantFrom("arrives", "arrives", "arrives", "lost", "late"),
    octets: fc.integer({ min: 1, max: 40 }),
  }),
  { minLength: 1, maxLength: 40, size: "max" },
);

const TIMED_STEPS = fc.array(
  fc.record<TimedStep>({
    move: fc.nat(999),
    lost: fc.boolean(),
    octets: fc.integer({ min: 1, max: 40 }),
    pause: fc.constantFrom(0, 1, 5, 20, 40, 100),
  }),
  { minLength: 1, maxLength: 40, size: "max" },
);

/** What is found in captures of a flow that were taken at its ends and between them. */
function faults(text: string): string[] {
  const replay = check(text);
  return (["client", "server", "middle"] as const).flatMap((point) => {
    const packets = packetsOf(writePcap(replay, point));
    const { findings } = checkPackets(packets, { vantage: point });
    return findings.map(({ packet, rule, message }) => `at ${point}: packet ${packet + 1}: ${rule}: ${message}`);
  });
}

test("no capture of two correct TCPs is found fault with", () => {
  fc.assert(
    fc.property(STEPS, (steps) => {
      const text = run(steps, [1000, 5000]);
      expect(faults(text), text).toEqual([]);
    }),
    { numRuns: 200, seed: 9293 },
  );
});

test("nor is one where numbers wrap and windows are small", () => {
  fc.assert(
    fc.property(STEPS, (steps) => {
      const text = run(steps, [4_294_967_295, 4_294_967_280], 40);
      expect(faults(text), text).toEqual([]);
    }),
    { numRuns: 200, seed: 9293 },
  );
});

test("nor is one by the clock, where segments cross on the way", () => {
  fc.assert(
    fc.property(TIMED_STEPS, (steps) => {
      const text = runByClock(steps, 40);
      expect(faults(text), text).toEqual([]);
    }),
    { numRuns: 200, seed: 9293 },
  );
});

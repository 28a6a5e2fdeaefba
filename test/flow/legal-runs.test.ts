/** Whatever two correct TCPs do over a bad network, nothing is found, and every state is the one they are in. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { findings } from "../support/flows.ts";
import { run, runByClock, type Step, type TimedStep } from "../support/model-runs.ts";

const STEPS = fc.array(
  fc.record<Step>({
    move: fc.nat(999),
    fate: fc.constantFrom("arrives", "arrives", "arrives", "lost", "late"),
    octets: fc.integer({ min: 1, max: 40 }),
  }),
  { minLength: 1, maxLength: 40 },
);

/** Numbers in the middle, and such that wrap at once. */
const FIRST = fc.constantFrom<[number, number]>([1000, 5000], [4_294_967_295, 4_294_967_280]);

test("no run of two correct TCPs is found fault with", () => {
  fc.assert(
    fc.property(STEPS, FIRST, (steps, first) => {
      const text = run(steps, first);
      expect(findings(text), text).toEqual([]);
    }),
    { numRuns: 300, seed: 9293 },
  );
}, 60_000);

const TIMED_STEPS = fc.array(
  fc.record<TimedStep>({
    move: fc.nat(999),
    lost: fc.boolean(),
    octets: fc.integer({ min: 1, max: 40 }),
    pause: fc.constantFrom(0, 1, 5, 20, 40, 100),
  }),
  { minLength: 1, maxLength: 40 },
);

test("nor is one by the clock, where segments cross on the way", () => {
  fc.assert(
    fc.property(TIMED_STEPS, (steps) => {
      const text = runByClock(steps, 40);
      expect(findings(text), text).toEqual([]);
    }),
    { numRuns: 300, seed: 9293 },
  );
}, 60_000);

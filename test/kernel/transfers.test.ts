/** Long transfers that lose segments: nothing is wrong with them, wherever they were captured. */
import { describe, expect, test } from "vitest";
import { checkCapture } from "../../server/src/flow/capture.ts";
import { transfer } from "../support/transfer.ts";

test.each([1200, 1800])("windows of %i segments", (window) => {
  const segments = transfer({ segments: 3000, window, point: "client", lost: 1, sack: true, seed: 7 });
  const check = checkCapture({ vantage: "auto" });
  for (const segment of segments) check.take(segment);
  expect(check.findings).toEqual([]);
});

test("one direction alone", () => {
  const segments = transfer({ segments: 5000, window: 100, point: "server", lost: 1, sack: true, seed: 8 });
  for (const port of [segments[0]?.sourcePort, segments[0]?.destinationPort]) {
    const check = checkCapture({ vantage: "auto" });
    for (const segment of segments) if (segment.sourcePort === port) check.take(segment);
    expect(check.findings).toEqual([]);
  }
});

describe.each(["client", "server", "middle"] as const)("captured at %s", (point) => {
  test.each([
    { lost: 0, sack: true, seed: 1 },
    { lost: 2, sack: true, seed: 2 },
    { lost: 10, sack: true, seed: 3 },
    { lost: 40, sack: true, seed: 4 },
    { lost: 10, sack: false, seed: 5 },
    { lost: 40, sack: false, seed: 6 },
  ])("$lost of a thousand lost, SACK $sack", (conditions) => {
    const segments = transfer({ segments: 1500, window: 60, point, ...conditions });
    const check = checkCapture({ vantage: point });
    for (const segment of segments) check.take(segment);
    expect(check.segments).toBeGreaterThan(2900);
    expect(check.findings.map(({ packet, rule, message }) => `${packet}: ${rule}: ${message}`)).toEqual([]);
    expect(check.lacking).toBe(0);
  });
});

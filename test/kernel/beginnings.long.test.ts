/** A capture may begin anywhere: whatever came before is unknown, and nothing is wrong with the rest. */
import { describe, expect, test } from "vitest";
import { checkPackets, merged, packetsOf } from "../support/captures.ts";
import { capturedAt, traceNames } from "../support/traces.ts";

describe.each(traceNames())("%s", (name) => {
  test.each([
    ["host A", packetsOf(capturedAt(name, "A"))],
    ["host B", packetsOf(capturedAt(name, "B"))],
    ["both, merged", merged(capturedAt(name, "A"), capturedAt(name, "B"))],
  ])("seen from %s, beginning at any packet", (_where, packets) => {
    for (let from = 1; from < packets.length; from++) {
      const { findings, lacking } = checkPackets(packets.slice(from), { vantage: "middle" });
      expect({ from, findings, lacking }).toEqual({ from, findings: [], lacking: 0 });
    }
  });
});

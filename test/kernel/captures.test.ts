/** What Linux kernels sent, as captured at one host, at the other, and merged: nothing is wrong with it. */
import { describe, expect, test } from "vitest";
import { checkPackets, merged, type Packet, packetsOf } from "../support/captures.ts";
import { capturedAt, traceNames } from "../support/traces.ts";

function faults(packets: readonly Packet[], vantage: "client" | "server" | "middle" | "auto"): string[] {
  const { findings, lacking } = checkPackets(packets, { vantage });
  expect(lacking).toBe(0);
  return findings.map(({ packet, rule, message }) => `${packet}: ${rule}: ${message}`);
}

describe.each(traceNames())("%s", (name) => {
  test("seen from host A", () => {
    for (const vantage of ["client", "middle", "auto"] as const)
      expect(faults(packetsOf(capturedAt(name, "A")), vantage)).toEqual([]);
  });

  test("seen from host B", () => {
    const packets = packetsOf(capturedAt(name, "B"));
    // Whoever is seen first is the client: where both open, that is the host itself.
    const client = packets[0]?.octets[15] === 2;
    for (const vantage of [client ? "client" : "server", "middle", "auto"] as const)
      expect(faults(packets, vantage)).toEqual([]);
  });

  test("both captures merged", () => {
    expect(faults(merged(capturedAt(name, "A"), capturedAt(name, "B")), "auto")).toEqual([]);
  });
});

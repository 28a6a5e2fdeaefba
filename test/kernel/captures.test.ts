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

test("a new SYN on a used pair of sockets begins a new connection", () => {
  const first = packetsOf(capturedAt("client_closes", "A"));
  // Another exchange between the same hosts, moved to the same port and behind the first.
  const [port, later] = [first[0]?.octets.subarray(20, 22), 1e6 + (first.at(-1)?.time ?? 0)];
  const second = packetsOf(capturedAt("three_segment_close", "A")).map((packet, _i, [begin]) => {
    const octets = packet.octets.slice();
    if (port) octets.set(port, octets[15] === 1 ? 20 : 22);
    return { ...packet, octets, time: later + packet.time - (begin?.time ?? 0) };
  });
  const { findings, connections, segments } = checkPackets([...first, ...second], { vantage: "client" });
  expect({ findings, connections, segments }).toEqual({
    findings: [],
    connections: 2,
    segments: first.length + second.length,
  });
});

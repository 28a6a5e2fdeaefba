/** What passes as plainly right is right by all rules too: both find fault with the same captures. */
import { expect, test } from "vitest";
import { checkPackets, type Packet, packetsOf } from "../support/captures.ts";
import { MUTATIONS } from "../support/mutated-captures.ts";
import { capturedAt, traceNames } from "../support/traces.ts";

/** Captures of real exchanges, as they are and with one field changed in one packet. */
function* captures(): Generator<{ what: string; packets: readonly Packet[] }> {
  let turn = 0;
  for (const name of traceNames()) {
    const original = packetsOf(capturedAt(name, "A"));
    yield { what: name, packets: original };
    for (const mutation of MUTATIONS) {
      for (let i = 0; i < 3; i++) {
        const at = (turn++ * 5) % original.length;
        const packet = original[at];
        const octets = packet && mutation.change(packet.octets);
        if (packet && octets)
          yield {
            what: `${name}: ${mutation.name} in packet ${at}`,
            packets: original.with(at, { ...packet, octets }),
          };
      }
    }
  }
}

test.each(["middle", "client"] as const)("seen from %s", (vantage) => {
  for (const { what, packets } of captures()) {
    const quick = checkPackets(packets, { vantage }).findings.length > 0;
    // Whoever is told of each segment has each judged by all rules.
    const whole = checkPackets(packets, { vantage, onSegment: () => undefined }).findings.length > 0;
    expect({ what, wrong: quick }).toEqual({ what, wrong: whole });
  }
});

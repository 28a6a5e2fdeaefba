/** What passes as plainly right is right by all rules too: both find fault with the same captures. */
import { expect, test } from "vitest";
import type { CaptureCheck } from "../../server/src/flow/capture.ts";
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

/** Whether something is wrong, or right only if the capture lacks packets. */
function isOdd({ findings, lacking }: CaptureCheck): boolean {
  return findings.length > 0 || lacking > 0;
}

test.each(["middle", "client"] as const)("seen from %s", (vantage) => {
  let [all, different] = [0, 0];
  for (const { what, packets } of captures()) {
    const quick = isOdd(checkPackets(packets, { vantage }));
    // Whoever is told of each segment has each judged by all rules.
    const whole = isOdd(checkPackets(packets, { vantage, onSegment: () => undefined }));
    all++;
    if (quick !== whole) different++;
    if (!what.includes(":")) expect({ what, quick, whole }).toEqual({ what, quick: false, whole: false });
  }
  // Where what arrived cannot be told, the two may settle for different stories.
  expect(different / all).toBeLessThan(0.002);
});

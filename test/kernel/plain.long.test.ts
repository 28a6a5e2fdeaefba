/** What passes as plainly right is right by all rules too: both find fault with the same captures. */
import { expect, test } from "vitest";
import { type CaptureCheck, checkCapture } from "../../server/src/flow/capture.ts";
import type { CapturedSegment } from "../../server/src/flow/captured.ts";
import { checkPackets, type Packet, packetsOf } from "../support/captures.ts";
import { MUTATIONS } from "../support/mutated-captures.ts";
import { capturedAt, traceNames } from "../support/traces.ts";
import { transfer } from "../support/transfer.ts";

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

/** Changes of one field. */
const CHANGES: readonly ((segment: CapturedSegment) => CapturedSegment)[] = [
  ...[1, -1, 100, -100, 1448, -1448, 100_000].flatMap((by) => [
    (segment: CapturedSegment) => ({ ...segment, seq: (segment.seq + by) >>> 0 }),
    (segment: CapturedSegment) => ({ ...segment, ack: (segment.ack + by) >>> 0 }),
  ]),
  (segment) => ({ ...segment, flags: segment.flags ^ 0x01 }),
  (segment) => ({ ...segment, flags: segment.flags ^ 0x02 }),
  (segment) => ({ ...segment, flags: segment.flags ^ 0x10 }),
  (segment) => ({ ...segment, window: 0 }),
  (segment) => ({
    ...segment,
    options: { ...segment.options, sackEdges: segment.options.sackEdges.map((at) => at + 1) },
  }),
  (segment) => ({
    ...segment,
    options: { ...segment.options, sackEdges: segment.options.sackEdges.map((at, i) => (i === 1 ? at + 1448 : at)) },
  }),
];

type Point = "client" | "server" | "middle";

const TRANSFERS = [
  { sack: true, seed: 1 },
  { sack: true, seed: 2 },
  { sack: false, seed: 3 },
] as const;

function checked(segments: readonly CapturedSegment[], vantage: Point, whole: boolean): CaptureCheck {
  const check = checkCapture({ vantage, ...(whole ? { onSegment: () => undefined } : {}) });
  for (const segment of segments) check.take(segment);
  return check;
}

/** Transfers with losses, each with one field of one segment changed. */
function* changedTransfers(point: Point): Generator<readonly CapturedSegment[]> {
  for (const conditions of TRANSFERS) {
    const segments = transfer({ segments: 120, window: 20, lost: 30, point, ...conditions });
    for (const [i, change] of CHANGES.entries())
      for (let at = 20 + i; at < segments.length - 40; at += 29)
        yield segments.map((segment, j) => (j === at ? change(segment) : segment));
  }
}

test.each(["client", "server", "middle"] as const)("transfers with losses, captured at %s", (point) => {
  for (const conditions of TRANSFERS) {
    const segments = transfer({ segments: 120, window: 20, lost: 30, point, ...conditions });
    for (const whole of [true, false]) expect(isOdd(checked(segments, point, whole))).toBe(false);
  }
  let [all, missed] = [0, 0];
  for (const segments of changedTransfers(point)) {
    all++;
    if (!isOdd(checked(segments, point, false)) && isOdd(checked(segments, point, true))) missed++;
  }
  expect(missed / all).toBeLessThan(0.01);
});

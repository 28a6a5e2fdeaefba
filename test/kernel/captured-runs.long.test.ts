/** Whatever two correct TCPs do over a bad network, no capture of it is found fault with, wherever it was taken. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { writePcap } from "../../server/src/formats/pcap-writer.ts";
import { checkPackets, type Packet, packetsOf } from "../support/captures.ts";
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

/** What the file says of the time: the truth, nothing, or nonsense. */
const CLOCKS: Readonly<Record<string, (packet: Packet, index: number) => number>> = {
  right: ({ time }) => time,
  none: () => 0,
  shuffled: (_packet, index) => ((index * 7919) % 101) * 13_000,
};

/** The vantage of an end: who is seen first counts as the client. */
function vantageOf(point: "client" | "server" | "middle", [first]: readonly Packet[]): typeof point {
  const turned = first?.octets[15] === 2;
  if (point === "middle" || !turned) return point;
  return point === "client" ? "server" : "client";
}

/** What is found where packets were not captured, in the midst or at the beginning, whatever the times are. */
function faultsOfParts(text: string, missed: readonly number[], begin: number): string[] {
  const replay = check(text);
  return (["client", "server", "middle"] as const).flatMap((point) => {
    const all = packetsOf(writePcap(replay, point));
    const parts = [all.filter((_, i) => !missed.includes(i)), all.slice(begin)];
    return parts.flatMap((part) =>
      Object.entries(CLOCKS).flatMap(([clock, timeOf]) => {
        const packets = part.map((packet, i) => ({ ...packet, time: timeOf(packet, i) }));
        return [vantageOf(point, part), "middle" as const, "auto" as const].flatMap((vantage) =>
          checkPackets(packets, { vantage }).findings.map(
            ({ packet, message }) => `at ${point} as ${vantage}, ${clock} times: packet ${packet + 1}: ${message}`,
          ),
        );
      }),
    );
  });
}

const MISSED = fc.array(fc.nat(25), { maxLength: 3 });
const BEGIN = fc.integer({ min: 1, max: 12 });

test("nor is one that lacks packets or its beginning, whatever its times say", () => {
  fc.assert(
    fc.property(STEPS, TIMED_STEPS, MISSED, BEGIN, (steps, timed, missed, begin) => {
      for (const text of [run(steps, [1000, 5000]), runByClock(timed, 40)])
        expect(faultsOfParts(text, missed, begin), text).toEqual([]);
    }),
    { numRuns: 100, seed: 9293 },
  );
});

/** No two texts or boxes of a ladder overlap: on every flow that is shipped, and on flows that nobody would write. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layout } from "../../server/src/ladder/layout.ts";
import { examples, fences, MARKDOWN } from "../support/examples.ts";
import { check } from "../support/flows.ts";
import { readTrace, traceNames, writeTrace } from "../support/traces.ts";
import { flowTexts } from "./random-flows.ts";
import { overlaps } from "./texts.ts";

describe("shipped flows", () => {
  test.each([...examples(), ...MARKDOWN.flatMap(fences)])("$name", ({ text }) => {
    const replay = check(text);
    expect(overlaps(layout(replay))).toEqual([]);
    expect(overlaps(layout(replay, { answers: true, findings: false }))).toEqual([]);
  });
});

describe("exchanges of the Linux kernel", () => {
  test.each(traceNames())("%s", (name) => {
    expect(overlaps(layout(check(writeTrace(readTrace(name), "absolute").text)))).toEqual([]);
  });
});

test("random flows of two and three endpoints", () => {
  fc.assert(
    fc.property(flowTexts(), (text) => {
      expect(overlaps(layout(check(text)))).toEqual([]);
    }),
    { numRuns: 150, seed: 9293 },
  );
});

test("a window of segments under way at once, and its acknowledgments", () => {
  const window = [1, 2, 3, 4].map((i) => `@${i}ms client -> server: ACK seq=u+${i}00 len=100`);
  const answers = [1, 2, 3, 4].map((i) => `@${40 + i}ms server -> client: ACK ack=u+${i + 1}00`);
  const text = `set latency = 40ms\nendpoint client is ESTABLISHED, server is ESTABLISHED\n${[...window, ...answers].join("\n")}`;
  expect(overlaps(layout(check(text)))).toEqual([]);
});

/** Whatever lines stand in whatever order: nothing throws, and every finding has a place, a reason and sound fixes. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { applyEdits } from "../../server/src/flow/mend.ts";
import { examples } from "../support/examples.ts";
import { check } from "../support/flows.ts";

/** What clients and servers do in the examples. */
const LINES = [
  ...new Set(
    examples()
      .filter(({ text }) => text.includes("client -> server"))
      .flatMap(({ text }) => text.split("\n"))
      .filter((line) => line !== "" && !line.startsWith("//")),
  ),
];

/** Lines mixed; some cut short as if they were being typed. */
const TEXT = fc
  .array(fc.tuple(fc.constantFrom(...LINES), fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 6 })), {
    maxLength: 25,
  })
  .map((lines) => lines.map(([line, cut]) => line.slice(0, cut === null ? undefined : line.length * cut)).join("\n"));

test("any mixture of lines is read, replayed and mended without complaint", () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      for (const { span, message, fixes } of check(text).findings) {
        expect(span.start, text).toBeGreaterThanOrEqual(0);
        expect(span.end, text).toBeGreaterThanOrEqual(span.start);
        expect(span.end, text).toBeLessThanOrEqual(text.length);
        expect(message, text).toMatch(/^\S[^\n]*\S$/u);
        for (const fix of fixes) expect(applyEdits(text, fix.edits), fix.title).not.toBe(text);
      }
    }),
    { numRuns: 300, seed: 9293 },
  );
}, 60_000);

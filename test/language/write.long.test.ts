/** Many flows that are written anew and stay what they are. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "../../server/src/language/parse.ts";
import { flowTexts } from "../ladder/random-flows.ts";
import { readTrace, traceNames, writeTrace } from "../support/traces.ts";
import { again, told } from "./again.ts";

test.each(traceNames())("the exchange of two kernels %s too", (name) => {
  const { text } = writeTrace(readTrace(name), "symbolic");
  expect(told(again(text))).toEqual(told(text));
});

test("any flow whose text has no mistake of its own", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(flowTexts(), (text) => {
      fc.pre(parse(text).problems.length === 0);
      const written = again(text);
      expect(told(written)).toEqual(told(text));
      expect(again(written)).toBe(written);
    }),
    { numRuns: 200 },
  );
});

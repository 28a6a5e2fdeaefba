/** The Linux kernel is the judge: its exchanges have no mistake, and each end is in the state that the kernel shows. */
import { describe, expect, test } from "vitest";
import { traceSteps } from "../../server/src/cli/trace-steps.ts";
import { lineTable, positionAt } from "../../server/src/flow/lines.ts";
import type { State } from "../../server/src/tcp/states.ts";
import { check } from "../support/flows.ts";
import { readTrace, traceNames, type WrittenTrace, writeTrace } from "../support/traces.ts";

/** Where a listener remains, an end without a connection may be called either. */
function settled(state: State | undefined): State | undefined {
  return state === "LISTEN" ? "CLOSED" : state;
}

/** The lines after which `trace` and the kernel do not agree. */
function disagreements({ text, states }: WrittenTrace): string[] {
  const lines = text.split("\n");
  const table = lineTable(text);
  const told = new Map<number, Readonly<Record<string, State>>>();
  for (const step of traceSteps(check(text))) told.set(positionAt(table, step.offset).line, step.states);
  return [...states].flatMap(([line, kernel]) =>
    Object.entries(kernel).flatMap(([end, state]) => {
      const ours = told.get(line)?.[end];
      // An end of a connection that has not begun is not told.
      return settled(ours ?? "CLOSED") === settled(state) ? [] : [`${end} is ${ours}, not ${state}: ${lines[line]}`];
    }),
  );
}

describe.each(traceNames())("%s", (name) => {
  describe.each(["absolute", "symbolic"] as const)("with %s numbers", (numbers) => {
    const written = writeTrace(readTrace(name), numbers);

    test("has no mistake", () => {
      const wrong = check(written.text).findings.filter(
        ({ severity }) => severity === "error" || severity === "warning",
      );
      expect(wrong.map(({ span, message }) => `${written.text.slice(span.start, span.end)}: ${message}`)).toEqual([]);
    });

    test("has the kernel's states after every event", () => {
      expect(written.states.size).toBeGreaterThan(1);
      expect(disagreements(written)).toEqual([]);
    });
  });
});

/**
 * Every small wrong done to a right flow is found: in its place, once, and the first fix mends it. Prints a table;
 * with MUTANTS=1 also every mutant that falls short.
 */
import { expect, test } from "vitest";
import type { Finding } from "../../server/src/flow/findings.ts";
import { applyEdits } from "../../server/src/flow/mend.ts";
import type { Replay } from "../../server/src/flow/replay-types.ts";
import { examples, fences, MARKDOWN } from "../support/examples.ts";
import { check, describe } from "../support/flows.ts";
import { LEGAL, RIGHT_SO_FAR } from "../support/legal-mutants.ts";
import { type Change, type Mutant, mutants } from "../support/mutants.ts";

/** What became of one mutant. */
interface Outcome {
  readonly kind: string;
  /** An exchange between two correct TCPs all the same. */
  readonly legal: boolean;
  readonly found: readonly Finding[];
  /** Whether a finding stands where the text was changed; undefined if the changed line itself could stand. */
  readonly inPlace?: boolean;
  /** Whether the first fix of the first finding gives a clean flow. */
  readonly repaired: boolean;
  readonly text: string;
  readonly line: string;
}

const LIMITS = { found: 0.99, inPlace: 0.95, single: 0.95, repaired: 0.85 };

test("every small wrong is found, in its place, once, and mended", () => {
  const clean = [...examples(), ...MARKDOWN.flatMap(fences)].map(({ text }) => check(text)).filter(isClean);
  expect(clean.length).toBeGreaterThan(50);
  const outcomes = clean.flatMap((replay) => mutants(replay).map((mutant) => judge(mutant, replay)));
  const kinds = [...new Set(outcomes.map((outcome) => outcome.kind))];
  const rows = [...kinds, "all"].map((kind) =>
    rowOf(
      kind,
      outcomes.filter((outcome) => kind === "all" || outcome.kind === kind),
    ),
  );
  process.stdout.write(table(rows));
  if (process.env.MUTANTS) process.stdout.write(outcomes.map(shortcomings).join(""));
  for (const { kind, alarms, shares } of rows) {
    expect(alarms, `${kind}: something found in legal mutants`).toBe(0);
    for (const share of ["found", "inPlace", "single", "repaired"] as const)
      expect(shares[share], `${kind}: ${share}`).toBeGreaterThanOrEqual(LIMITS[share]);
  }
}, 120_000);

/** Hints that a clean flow may have; they say nothing about a mutation. */
const HARMLESS: readonly Finding["rule"][] = ["unfinished", "undrawn-data"];

function wrongs({ findings }: Replay): Finding[] {
  return findings.filter((finding) => !HARMLESS.includes(finding.rule));
}

/** Mistakes shown on purpose are none of its business: those flows are left out. */
function isClean(replay: Replay): boolean {
  return wrongs(replay).length === 0;
}

function judge(mutant: Mutant, clean: Replay): Outcome {
  const { text, place } = mutant;
  const found = wrongs(check(text));
  const fix = found[0]?.fixes[0];
  const rightSoFar = RIGHT_SO_FAR.some((argument) => argument.applies(mutant, clean));
  const inPlace = found.some(({ span }) => span.start < place.end && place.start < span.end);
  return {
    kind: nameOf(mutant.change),
    legal: LEGAL.some((argument) => argument.applies(mutant, clean)),
    found,
    ...(rightSoFar ? {} : { inPlace }),
    repaired: fix !== undefined && isClean(check(applyEdits(text, fix.edits))),
    text,
    line: text.slice(text.lastIndexOf("\n", place.start) + 1, text.indexOf("\n", place.start)).trim(),
  };
}

function nameOf(change: Change): string {
  switch (change.kind) {
    case "number":
      return `${change.field} ${change.by > 0 ? "+1" : "−1"}`;
    case "flag":
      return `${change.flag} ${change.added ? "added" : "dropped"}`;
    case "state":
      return "another state";
    case "turn":
      return "arrow turned";
  }
}

interface Row {
  readonly kind: string;
  readonly mutants: number;
  readonly legal: number;
  /** Legal mutants in which something is found. */
  readonly alarms: number;
  /** Found, but rightly on a later line. */
  readonly later: number;
  readonly shares: Readonly<Record<keyof typeof LIMITS, number>>;
}

function rowOf(kind: string, outcomes: readonly Outcome[]): Row {
  const legal = outcomes.filter((outcome) => outcome.legal);
  const illegal = outcomes.filter((outcome) => !outcome.legal);
  const found = illegal.filter((outcome) => outcome.found.length > 0);
  const placeable = found.filter((outcome) => outcome.inPlace !== undefined);
  return {
    kind,
    mutants: illegal.length,
    legal: legal.length,
    alarms: legal.filter((outcome) => outcome.found.length > 0).length,
    later: found.length - placeable.length,
    shares: {
      found: share(found, illegal),
      inPlace: share(
        placeable.filter((outcome) => outcome.inPlace),
        placeable,
      ),
      single: share(
        found.filter((outcome) => outcome.found.length === 1),
        found,
      ),
      repaired: share(
        found.filter((outcome) => outcome.repaired),
        found,
      ),
    },
  };
}

function share(part: readonly Outcome[], whole: readonly Outcome[]): number {
  return whole.length === 0 ? 1 : part.length / whole.length;
}

function table(rows: readonly Row[]): string {
  const percent = (part: number) => `${(100 * part).toFixed(1)} %`;
  const cells = rows.map(({ kind, mutants, legal, later, shares }) => [
    kind,
    ...[mutants, legal].map(String),
    percent(shares.found),
    percent(shares.inPlace),
    String(later),
    percent(shares.single),
    percent(shares.repaired),
  ]);
  return [["mutation", "mutants", "legal", "found", "in place", "later", "single", "repaired"], ...cells]
    .map((row) => `${row.map((cell, i) => (i === 0 ? cell.padEnd(14) : cell.padStart(9))).join("")}\n`)
    .join("");
}

/** What a mutant falls short in, a line each. */
function shortcomings({ kind, legal, found, inPlace, repaired, text, line }: Outcome): string {
  const seen = found.map((finding) => describe(finding, text)).join("; ");
  const say = (what: string) => `${what} | ${kind} | ${line} | ${seen}\n`;
  if (legal) return found.length > 0 ? say("false alarm") : "";
  if (found.length === 0) return say("missed");
  return (
    (inPlace === false ? say("elsewhere") : "") +
    (found.length > 1 ? say("several") : "") +
    (repaired ? "" : say("not mended"))
  );
}

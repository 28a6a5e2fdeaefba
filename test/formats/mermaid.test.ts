/** Mermaid diagrams in, findings out: what is said of them, where, and of which nothing is said. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import mermaid from "mermaid";
import { describe, expect, test } from "vitest";
import { applyEdits, mend } from "../../server/src/flow/mend.ts";
import { checkMermaid } from "../../server/src/formats/mermaid.ts";
import { findDiagrams } from "../../server/src/formats/mermaid-fences.ts";

/** The diagrams of a file with the headings above them. */
function diagrams(name: string): { title: string; text: string }[] {
  const markdown = readFileSync(new URL(`../data/mermaid/${name}.md`, import.meta.url), "utf8");
  const lines = markdown.split("\n");
  return findDiagrams(markdown).map(({ text, line }) => {
    const title = lines.slice(0, line).findLast((one) => one.startsWith("## "));
    return { title: title?.slice(3) ?? "", text };
  });
}

const RIGHT = diagrams("right");
const WRONG = diagrams("wrong");
const OTHER = diagrams("other");

/** Errors and warnings as `rule, line counted from 1`; nothing where no TCP is seen. */
function found(text: string): string[] | undefined {
  return checkMermaid(text)
    ?.findings.filter(({ severity }) => severity === "error" || severity === "warning")
    .map(({ rule, span }) => `${rule}, line ${text.slice(0, span.start).split("\n").length}`);
}

/** A diagram with these lines. */
const drawn = (...lines: string[]): string => ["sequenceDiagram", ...lines].join("\n");

describe("a right diagram is silent", () => {
  test.each(RIGHT)("$title", ({ text }) => {
    expect(found(text)).toEqual([]);
  });
});

describe("a mistake is found on its line", () => {
  test.each(WRONG)("$title", ({ text }) => {
    const expected = text.split("\n").flatMap((line, i) => {
      const rules = /%% wrong: (.*)/u.exec(line)?.[1]?.split(" ");
      return rules === undefined ? [] : [expect.toBeOneOf(rules.map((rule) => `${rule}, line ${i + 2}`))];
    });
    expect(found(text)).toEqual(expected);
  });
});

describe("another protocol is left alone", () => {
  test.each(OTHER)("$title", ({ text }) => {
    expect(found(text)).toBeUndefined();
  });
});

test.each([...RIGHT, ...WRONG, ...OTHER])("Mermaid itself reads: $title", async ({ text }) => {
  await expect(mermaid.parse(text)).resolves.toMatchObject({ diagramType: "sequence" });
});

describe("what a finding says", () => {
  const text = drawn("participant C as Client", "C->>S: SYN (seq=100)", "S->>C: SYN-ACK (seq=300, ack=100)");

  test("names participants as they are shown, lines of the file, and the narrowest text", () => {
    const [finding] = checkMermaid(text, { firstLine: 40 })?.findings ?? [];
    expect(finding).toMatchObject({
      rule: "syn-not-counted",
      severity: "error",
      message: "ack should be 101: the SYN at line 42 consumes one sequence number",
      rfc: "RFC 9293 §3.4",
      segment: 1,
    });
    expect(text.slice(finding?.span.start, finding?.span.end)).toBe("ack=100");
  });

  test("a number is mended in the diagram", () => {
    const findings = checkMermaid(text)?.findings ?? [];
    expect(applyEdits(text, mend(findings))).toBe(text.replace("ack=100", "ack=101"));
  });

  test("flags, arrows and lines are left to the author", () => {
    const third = drawn("C->>S: SYN", "S->>C: SYN-ACK", "C->>S: ACK", "C->>S: SYN-ACK");
    expect(checkMermaid(third)?.findings).toMatchObject([{ rule: "illegal-segment", fixes: [] }]);
  });

  test("a FIN without ACK is one hint a diagram", () => {
    const close = drawn("C->>S: FIN", "S->>C: ACK", "S->>C: FIN", "C->>S: ACK");
    expect(checkMermaid(close)?.findings).toMatchObject([{ rule: "missing-ack-flag", severity: "hint" }]);
  });

  test("segments, connections and the title are counted for reports", () => {
    const two = drawn("title Two at once", "A->>B: SYN", "B->>A: SYN-ACK", "C->>B: SYN", "B->>C: SYN-ACK", "A->>B: hi");
    expect(checkMermaid(two)).toMatchObject({ title: "Two at once", segments: 4, connections: 2, findings: [] });
  });
});

describe("what is meant is found by trying", () => {
  test("a mistake in front of a right alternative counts, one in the alternative counts there", () => {
    const lines = [
      "C->>S: SYN seq=1",
      "alt yes",
      "S->>C: SYN-ACK seq=5 ack=1",
      "else no",
      "S->>C: RST, ACK ack=2",
      "end",
    ];
    expect(found(drawn(...lines))).toEqual(["syn-not-counted, line 4"]);
  });

  test("late, old and forged segments make everything a hint", () => {
    const lines = ["C->>S: SYN seq=1", "S->>C: SYN-ACK seq=5 ack=1"];
    expect(found(drawn(...lines))).toEqual(["syn-not-counted, line 3"]);
    expect(found(drawn("Note over C: an attacker forges this", ...lines))).toEqual([]);
  });

  test("a state may stand above the arrow that leads to it, where the author writes all of them so", () => {
    const close = (note: string) => drawn(`Note over C: ${note}`, "C->>S: FIN", "S->>C: ACK");
    expect(found(close("ESTABLISHED → FIN_WAIT_1"))).toEqual([]);
    expect(found(close("FIN_WAIT_2"))).toEqual(["wrong-state, line 2"]);
  });
});

describe("any text", () => {
  const lines = [...RIGHT, ...WRONG].flatMap(({ text }) => text.split("\n")).filter((line) => line.trim() !== "");
  const mixture = fc
    .array(fc.tuple(fc.constantFrom(...lines), fc.nat(80)), { maxLength: 25 })
    .map((all) => ["sequenceDiagram", ...all.map(([line, cut]) => (cut > 8 ? line : line.slice(0, cut)))].join("\n"));

  test("is judged without complaint, and every finding lies in it", () => {
    fc.assert(
      fc.property(mixture, (text) => {
        for (const { span, message, fixes } of checkMermaid(text)?.findings ?? []) {
          expect(span.start, text).toBeGreaterThanOrEqual(0);
          expect(span.end, text).toBeGreaterThanOrEqual(span.start);
          expect(span.end, text).toBeLessThanOrEqual(text.length);
          expect(message, text).toMatch(/^\S[^\n]*\S$/u);
          for (const fix of fixes) expect(applyEdits(text, fix.edits), fix.title).not.toBe(text);
        }
      }),
      { numRuns: 200, seed: 9293 },
    );
  }, 60_000);

  test.each([
    ["blocks in blocks", drawn(...Array.from({ length: 5000 }, () => "alt x\nC->>S: FIN\nelse"))],
    ["ends without blocks", drawn("C->>S: SYN", "end\n".repeat(5000), "S->>C: SYN-ACK")],
    ["a long sum", drawn(`C->>S: SYN seq=${"x+".repeat(400)}1`, "S->>C: SYN-ACK")],
    ["a line without end", drawn("C->>S: SYN", `S->>C: SYN-ACK${" -x".repeat(60_000)}`)],
    ["nothing but signs", drawn("C->>S: SYN,,((==++--", "S->>C: SYN-ACK=+=+ack=++", "Note over : ", "->>: SYN")],
  ])("also %s", (_, text) => {
    expect(() => checkMermaid(text)).not.toThrow();
  });
});

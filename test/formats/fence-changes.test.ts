import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fencesAfter } from "../../server/src/formats/fence-changes.ts";
import { findFences } from "../../server/src/formats/markdown.ts";

/** The flows after `words` are put in the place of the `|`, if that can be told without reading everything. */
function typed(marked: string, words: string): string[] | undefined {
  const old = marked.replace("|", "");
  return fencesAfter(findFences(old), old, marked.replace("|", words))?.map(({ text }) => text);
}

describe("a change is told at once", () => {
  test.each([
    ["inside a line", "```tcpflow\na -> |b\n```\n", "b", ["a -> bb\n"]],
    ["at the end of a line in a quote", "> ```tcpflow\n> a|\n> ```\n", " -> b", ["a -> b\n"]],
    ["in the second of two fences", "```tcpflow\na\n```\n- ```tcpflow\n  b|\n  ```\n", "c", ["a\n", "bc\n"]],
    ["at the end of all", "```tcpflow\na|", "b", ["ab"]],
  ])("%s", (_, marked, words, flows) => {
    expect(typed(marked, words)).toEqual(flows);
  });
});

describe("the whole text is read again for a change", () => {
  test.each([
    ["outside of the fences", "# A|\n```tcpflow\na\n```\n", "b"],
    ["of several lines", "```tcpflow\na|\n```\n", "\nb"],
    ["of an empty line", "```tcpflow\na\n|\n```\n", "b"],
    ["at the start of a line", "> ```tcpflow\n>|a\n> ```\n", " "],
    ["behind marks that may become the end", "```tcpflow\na\n``|\n```\n", "`"],
    ["of the marks", "```tcpflow|\na\n```\n", "s"],
  ])("%s", (_, marked, words) => {
    expect(typed(marked, words)).toBeUndefined();
  });
});

/** What stands before the lines of a fence, its marks first. */
const CONTAINERS = [
  ["", ""],
  ["  ", "  "],
  ["> ", "> "],
  ["- ", "  "],
  [">- ", ">   "],
] as const;

const aLine = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", " ", "`", "~", ">", "-", "{", "客", "🙂"), minLength: 4, maxLength: 12 }),
  fc.constantFrom("```", "```tcpflow", "~~~"),
);

test("what is told at once is what reading everything tells", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...CONTAINERS),
      fc.array(aLine, { minLength: 1, maxLength: 8 }),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.nat(),
      fc.nat(2),
      fc.string({ unit: fc.constantFrom("a", " ", "\t", "`", "~", ">", "-", "{", "客"), maxLength: 3 }),
      fc.boolean(),
      ([first, rest], lines, eol, place, removed, words, mdx) => {
        const head = `${first}\`\`\`tcpflow${eol}${rest}`;
        const old = head + lines.join(eol + rest) + eol;
        const from = head.length + (place % (old.length - head.length));
        const text = old.slice(0, from) + words + old.slice(from + removed);
        const fences = fencesAfter(findFences(old, { mdx }), old, text);
        fc.pre(fences !== undefined);
        expect(fences).toEqual(findFences(text, { mdx }));
      },
    ),
    { numRuns: 200 },
  );
});

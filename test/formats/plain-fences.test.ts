/** Fences that are found without a full parse are those of the full parse. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Fence, readMarkdown } from "../../server/src/formats/markdown.ts";
import { plainFences } from "../../server/src/formats/plain-fences.ts";

const LINES = [
  "```tcpflow",
  '```tcpflow title="a"',
  "``` {.tcpflow}",
  "```",
  "````",
  "````md",
  "~~~tcpflow",
  "~~~~ a`b",
  "~~~",
  "``` ",
  "  ```",
  "    ```",
  "\t```",
  "client -> server: SYN seq=x",
  "",
  " ",
  "words",
  "# Title",
  "- item",
  "- - item",
  "1. > item",
  "  more",
  "    code",
  "> quote",
  "> - a",
  "---",
  "===",
  "| a | b |",
  "[a]: b",
  "'title",
  "[a]:",
  "`a",
  "a` b ``c",
  "**a",
  "<https://a.example>",
  "a <!-- b",
  "-->",
  "\u2028",
  "\u0000",
  "{ a",
];

const EVERY = () => true;
/** Marks inside a line, as inline code, which are left to the full parse and change nothing in what stands above. */
const INLINE = "\n\nuse ```` here\n";

const markdown = fc
  .array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 12 })
  .chain((lines) => fc.constantFrom("\n", "\r\n").map((end) => lines.join(end)));

test("those of any text", () => {
  let told = 0;
  const same = (text: string) => {
    const plain = plainFences(text, EVERY);
    if (plain === undefined) return;
    told += plain.length;
    expect(plainFences(text + INLINE, EVERY)).toBeUndefined();
    expect(plain).toEqual(readMarkdown(text + INLINE, false, EVERY) satisfies Fence[]);
  };
  fc.assert(
    fc.property(fc.constantFrom("", "\uFEFF"), markdown, (mark, text) => same(mark + text)),
    { numRuns: 4000 },
  );
  expect(told).toBeGreaterThan(200);
});

test("what info string and first line say is the same", () => {
  const seen = (find: (wants: (info: string, rest: string) => boolean) => unknown) => {
    const all: [string, string][] = [];
    find((info, rest) => all.push([info, rest]) > 0);
    return all;
  };
  fc.assert(
    fc.property(markdown, (text) => {
      const plain = seen((wants) => plainFences(text, wants));
      if (plainFences(text, EVERY) === undefined) return;
      // What cannot be told without the parser is asked twice.
      const parsed = seen((wants) => readMarkdown(text + INLINE, false, wants));
      expect(parsed).toEqual([...plain, ...plain]);
    }),
    { numRuns: 2000 },
  );
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../server/src/flow/mend.ts";
import { editInFile, type Fence, findFences, offsetInFile, offsetInFlow } from "../../server/src/formats/markdown.ts";

const texts = (markdown: string, options?: { mdx: boolean }) =>
  findFences(markdown, options).map((fence) => fence.text);

/** Every character of the flow is the same character of the file, and the other way round. */
function expectSameCharacters(file: string, fence: Fence): void {
  for (let i = 0; i < fence.text.length; i++) expect(file[offsetInFile(fence, i)]).toBe(fence.text[i]);
  for (let i = 0; i <= fence.text.length; i++) expect(offsetInFlow(fence, offsetInFile(fence, i))).toBe(i);
}

describe("fences in Markdown", () => {
  test.each([
    ["backticks", "```tcpflow\na\nb\n```\n", "a\nb\n"],
    ["tildes", "~~~tcpflow\na\n~~~\n", "a\n"],
    ["a longer fence", "````tcpflow\n```\na\n````\n", "```\na\n"],
    ["more words behind the language", '```tcpflow title="Close"\na\n```\n', "a\n"],
    ["an attribute list", "``` {.tcpflow #close}\na\n```\n", "a\n"],
    ["capitals", "```TCPFlow\na\n```\n", "a\n"],
    ["an indented fence", "  ```tcpflow\n  a\n    b\n  ```\n", "a\n  b\n"],
    ["a list", "- x\n\n  ```tcpflow\n  a\n\n  b\n  ```\n", "a\n\nb\n"],
    ["a block quote", "> ```tcpflow\n> a\n>\n>b\n> ```\n", "a\n\nb\n"],
    ["a quote in a list", "1. > ```tcpflow\n   > a\n   > ```\n", "a\n"],
    ["a fence that is never closed", "```tcpflow\na\n", "a\n"],
    ["no end of the last line", "```tcpflow\na", "a"],
    ["Windows line ends", "```tcpflow\r\na\r\nb\r\n```\r\n", "a\r\nb\r\n"],
    ["an empty fence", "```tcpflow\n```\n", ""],
    ["a byte order mark", "\uFEFF```tcpflow\na\n```\n", "a\n"],
  ])("finds one with %s", (_, markdown, text) => {
    const fences = findFences(markdown);
    expect(fences.map((fence) => fence.text)).toEqual([text]);
    for (const fence of fences) expectSameCharacters(markdown, fence);
  });

  test.each([
    ["another language", "```tcpflow-like\na\n```\n\n```text\ntcpflow\n```\n"],
    ["a comment", "<!--\n```tcpflow\na\n```\n-->\n"],
    ["a fence inside a fence", "````markdown\n```tcpflow\na\n```\n````\n"],
    ["indented code", "    ```tcpflow\n    a\n    ```\n"],
    ["inline code", "Write ```tcpflow``` here.\n"],
  ])("leaves alone %s", (_, markdown) => {
    expect(texts(markdown)).toEqual([]);
  });

  test("counts lines from 0, as an editor does", () => {
    expect(findFences("# Title\n\n```tcpflow\na\n```\n\n```tcpflow\nb\n```\n").map((fence) => fence.line)).toEqual([
      3, 7,
    ]);
  });
});

test("what a container puts before a line counts to its first character", () => {
  const file = "> ```tcpflow\n> a\n> b\n> ```\n";
  const [fence] = findFences(file);
  // From the line of `a` to the marks at the end.
  const places = [...file].map((_, offset) => fence && offsetInFlow(fence, offset)).slice(13, 24);
  expect(places).toEqual([0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 4]);
});

describe("fences in MDX", () => {
  test("stand between tags without an empty line", () => {
    expect(texts("<Tabs>\n```tcpflow\na\n```\n</Tabs>\n", { mdx: true })).toEqual(["a\n"]);
  });

  test("are not looked for in a comment", () => {
    expect(texts("{/*\n```tcpflow\na\n```\n*/}\n", { mdx: true })).toEqual([]);
  });

  test("are found although a brace stands alone", () => {
    expect(texts("one { brace\n\n```tcpflow\na {\n```\n", { mdx: true })).toEqual(["a {\n"]);
  });
});

/** What a container puts before its first line and before the others. */
const CONTAINERS = [
  ["", ""],
  ["> ", "> "],
  ["- ", "  "],
  ["10. ", "    "],
] as const;

test("every character of a flow is found again in any nest of containers", () => {
  const line = fc.string({ unit: fc.constantFrom("a", " ", "\t", "客", "🙂", ":", "-", ">", "`") });
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...CONTAINERS), { maxLength: 3 }),
      fc.array(line, { minLength: 1 }),
      fc.constantFrom("\n", "\r\n"),
      (containers, lines, eol) => {
        // A tab behind a container's mark is partly the container's: not what this property is about.
        fc.pre(lines.every((text) => !text.startsWith("\t") && !text.includes("````")));
        const first = containers.map(([mark]) => mark).join("");
        const rest = containers.map(([, mark]) => mark).join("");
        const file = [`${first}\`\`\`\`tcpflow`, ...[...lines, "````"].map((text) => rest + text), ""].join(eol);
        const [fence] = findFences(file);
        expect(fence?.text).toBe(lines.map((text) => text + eol).join(""));
        if (fence) expectSameCharacters(file, fence);
      },
    ),
  );
});

describe("an edit of a flow", () => {
  const quoted = "- > ```tcpflow\n  > a\n  > b\n  > ```\n";

  function edited(file: string, start: number, end: number, newText: string): string {
    const edits = findFences(file).map((fence) => editInFile(file, fence, { span: { start, end }, newText }));
    return applyEdits(file, edits);
  }

  test("that adds a line keeps the container", () => {
    expect(edited(quoted, 2, 2, "new\n")).toBe("- > ```tcpflow\n  > a\n  > new\n  > b\n  > ```\n");
  });

  test("behind the last line stays inside the fence", () => {
    expect(edited(quoted, 4, 4, "new\n")).toBe("- > ```tcpflow\n  > a\n  > b\n  > new\n  > ```\n");
  });

  test("may replace it all", () => {
    expect(edited(quoted, 0, 4, "x\ny\nz\n")).toBe("- > ```tcpflow\n  > x\n  > y\n  > z\n  > ```\n");
  });

  test.each([
    ["an empty line of a list", "- ```tcpflow\n  a\n\n  b\n  ```\n", 2, "- ```tcpflow\n  a\n  new\n  b\n  ```\n"],
    ["an empty line of a quote", "> ```tcpflow\n> a\n>\n> b\n> ```\n", 2, "> ```tcpflow\n> a\n> new\n> b\n> ```\n"],
    ["the last line, never closed", "- ```tcpflow\n  a\n", 2, "- ```tcpflow\n  a\n  new\n"],
    ["the last line of a quote, never closed", "> ```tcpflow\n> a\n> ", 2, "> ```tcpflow\n> a\n> new\n"],
  ])("fills %s", (_, file, place, result) => {
    expect(`${edited(file, place, place, "new").trimEnd()}\n`).toBe(result);
  });

  test.each([
    ["a quote without blanks", ">```tcpflow\n>a\n>```\n", ">```tcpflow\n>a\n>   b\n>```\n"],
    ["a list in such a quote", ">- ```tcpflow\n>   a\n>   ```\n", ">- ```tcpflow\n>   a\n>     b\n>   ```\n"],
    ["an indented fence", "  ```tcpflow\n  a\n  ```\n", "  ```tcpflow\n  a\n    b\n  ```\n"],
  ])("keeps the indentation of a line that it adds in %s", (_, file, result) => {
    const changed = edited(file, 1, 1, "\n  b");
    expect(changed).toBe(result);
    expect(texts(changed)).toEqual(["a\n  b\n"]);
  });

  test("adds empty lines without blanks at their end", () => {
    expect(edited(quoted, 1, 1, "\n\nnew")).toBe("- > ```tcpflow\n  > a\n  >\n  > new\n  > b\n  > ```\n");
  });

  test("ends its lines as the file does", () => {
    expect(edited("```tcpflow\r\na\r\n```\r\n", 0, 0, "new\n")).toBe("```tcpflow\r\nnew\r\na\r\n```\r\n");
  });
});

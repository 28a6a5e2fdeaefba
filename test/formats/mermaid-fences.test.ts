/** Where Markdown holds Mermaid diagrams. */
import { describe, expect, test } from "vitest";
import { type Fence, offsetInFile } from "../../server/src/formats/markdown.ts";
import { findDiagrams } from "../../server/src/formats/mermaid-fences.ts";

const DRAWING = "sequenceDiagram\nA->>B: SYN\n";

/** Every character of the diagram is the same character of the file. */
function expectSameCharacters(file: string, fence: Fence): void {
  for (let i = 0; i < fence.text.length; i++) expect(file[offsetInFile(fence, i)]).toBe(fence.text[i]);
}

describe("a diagram stands in", () => {
  test.each([
    ["a fence", `\`\`\`mermaid\n${DRAWING}\`\`\`\n`],
    ["a fence with a blank before the language", `\`\`\` mermaid\n${DRAWING}\`\`\`\n`],
    ["a fence with settings behind the language", `\`\`\`mermaid {scale: 0.6}\n${DRAWING}\`\`\`\n`],
    ["a fence with braces", `\`\`\`{.mermaid}\n${DRAWING}\`\`\`\n`],
    ["a fence without a language", `\`\`\`\n${DRAWING}\`\`\`\n`],
    ["tildes", `~~~mermaid\n${DRAWING}~~~\n`],
    ["a block of colons", `:::mermaid\n${DRAWING}:::\n`],
    ["a block of colons with a blank", `text\n\n::: mermaid\n${DRAWING}:::\n\ntext\n`],
    ["a list", "- x\n\n  ```mermaid\n  sequenceDiagram\n  A->>B: SYN\n  ```\n"],
    ["a block quote", "> ```mermaid\n> sequenceDiagram\n> A->>B: SYN\n> ```\n"],
    ["a block of colons in a quote", "> :::mermaid\n> sequenceDiagram\n> A->>B: SYN\n> :::\n"],
    ["MDX", `<Tabs>\n\`\`\`mermaid\n${DRAWING}\`\`\`\n</Tabs>\n`],
  ])("%s", (_, markdown) => {
    const fences = findDiagrams(markdown, { mdx: true });
    expect(fences.map(({ text }) => text)).toEqual([DRAWING]);
    for (const fence of fences) expectSameCharacters(markdown, fence);
  });

  test.each([
    ["front matter", `---\ntitle: Opening\n---\n${DRAWING}`],
    ["settings", `%%{init: {"theme": "dark"}}%%\n${DRAWING}`],
  ])("a fence without a language, behind %s", (_, text) => {
    expect(findDiagrams(`\`\`\`\n${text}\`\`\`\n`).map((fence) => fence.text)).toEqual([text]);
  });

  test("several", () => {
    const markdown = `\`\`\`mermaid\n${DRAWING}\`\`\`\n\n:::mermaid\n${DRAWING}:::\n\n\`\`\`\n${DRAWING}\`\`\`\n`;
    expect(findDiagrams(markdown).map(({ line }) => line)).toEqual([1, 6, 11]);
  });
});

describe("no diagram stands in", () => {
  test.each([
    ["a comment", `<!--\n\`\`\`mermaid\n${DRAWING}\`\`\`\n-->\n`],
    ["a longer fence", `\`\`\`\`markdown\n\`\`\`mermaid\n${DRAWING}\`\`\`\n\`\`\`\`\n`],
    ["a fence of another language", `\`\`\`text\n${DRAWING}\`\`\`\n`],
    ["a block of colons inside a fence", `\`\`\`text\n:::mermaid\n${DRAWING}:::\n\`\`\`\n`],
    ["a block of colons with another name", `:::note\n${DRAWING}:::\n`],
    ["a fence of another kind of diagram", "```mermaid\ngraph LR\nA --> B\n```\n"],
    ["indented code", "    sequenceDiagram\n    A->>B: SYN\n"],
  ])("%s", (_, markdown) => {
    expect(findDiagrams(markdown)).toEqual([]);
  });
});

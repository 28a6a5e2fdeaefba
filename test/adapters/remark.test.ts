/** Markdown and MDX in, a page out, or the reason why not. */
import { compile } from "@mdx-js/mdx";
import rehypeStringify from "rehype-stringify";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { describe, expect, test } from "vitest";
import { type RemarkOptions, remarkTcpflow } from "../../server/src/adapters/remark.ts";

const page = (markdown: string, options: RemarkOptions = {}) =>
  unified().use(remarkParse).use(remarkTcpflow, options).use(remarkRehype).use(rehypeStringify).process(markdown);

const RIGHT = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;
const WRONG = RIGHT.replace("ack=x+1", "ack=x");
const fence = (flow: string) => `# Opening\n\n\`\`\`tcpflow\n${flow}\`\`\`\n`;

test("a fence becomes a figure, without raw HTML", async () => {
  const { value, messages } = await page(fence(RIGHT));
  expect(messages).toEqual([]);
  expect(String(value)).toMatch(
    /^<h1>Opening<\/h1>\n<figure class="tcpflow-figure" style="[^"]*"><svg .*<\/svg>\n<\/figure>$/su,
  );
  expect(String(value)).toContain("SYN-RECEIVED");
  expect(String(value)).toContain("viewBox=");
});

test("in MDX too", async () => {
  const compiled = String(await compile(fence(RIGHT), { remarkPlugins: [remarkTcpflow] }));
  expect(compiled).toContain('className: "tcpflow-figure"');
  expect(compiled).toContain("SYN-RECEIVED");
});

test("a picture is an image where that is wanted, in MDX too", async () => {
  const { value } = await page(fence(RIGHT), { strategy: "img-svg", dark: true });
  expect(String(value)).toMatch(
    /<picture><source media="[^"]*" srcset="data:[^"]*"><img src="data:[^"]*" alt="[^"]*SYN/u,
  );
  const compiled = String(await compile(fence(RIGHT), { remarkPlugins: [[remarkTcpflow, { strategy: "img-svg" }]] }));
  expect(compiled).toContain('src: "data:image/svg+xml,');
});

test("hostile texts stay texts", async () => {
  const { value } = await page(fence(`client -> server: SYN seq=x "</svg><script>alert(1)</script>"\n`));
  expect(String(value)).not.toContain("<script>");
});

describe("an error", () => {
  test("ends the build, with its place in the file", async () => {
    await expect(page(fence(WRONG))).rejects.toMatchObject({
      ruleId: "syn-not-counted",
      source: "tcpflow",
      line: 5,
      column: 33,
      reason: expect.stringContaining("ack should be x+1"),
    });
  });

  test("is a message where that is wanted, and stands below the picture", async () => {
    const { value, messages } = await page(fence(WRONG), { errors: "warn" });
    expect(messages).toMatchObject([{ ruleId: "syn-not-counted", fatal: true, line: 5 }]);
    expect(String(value)).toContain('<ul class="tcpflow-findings">');
    expect(String(value)).toContain("line 5: ack should be x+1");
  });

  test("does not stand there where the list is left out", async () => {
    const { value } = await page(fence(WRONG), { errors: "warn", findings: false });
    expect(String(value)).not.toContain("tcpflow-findings");
  });

  test("in a list counts from the file's margin", async () => {
    const inList = fence(WRONG)
      .replaceAll(/^(?=.)/gmu, "  ")
      .replace("  #", "- #");
    await expect(page(inList)).rejects.toMatchObject({ line: 5, column: 35 });
  });
});

test("other code, and a flow in which nobody sends, stay as they are", async () => {
  const { value } = await page("```text\nclient -> server: SYN\n```\n\n```tcpflow\n// Soon.\n```\n");
  expect(String(value)).toContain('<code class="language-text">');
  expect(String(value)).toContain('<code class="language-tcpflow">');
});

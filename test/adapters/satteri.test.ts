/** Markdown and MDX in Sätteri, which Astro uses: a page out, or the reason why not. */
import { markdownToHtml, mdxToJs } from "satteri";
import { describe, expect, test } from "vitest";
import { type SatteriOptions, satteriTcpflow } from "../../server/src/adapters/satteri.ts";

const file = { fileURL: new URL("file:///notes/%E6%8F%A1%E6%89%8B.md") };
const page = (markdown: string, options: SatteriOptions = {}) =>
  markdownToHtml(markdown, { ...file, mdastPlugins: [satteriTcpflow(options)] }).html;

const RIGHT = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;
const WRONG = RIGHT.replace("ack=x+1", "ack=x");
const fence = (flow: string, mark = "tcpflow") => `\`\`\`${mark}\n${flow}\`\`\`\n`;

test("a fence becomes a figure", () => {
  const html = page(`# Opening\n\n${fence(RIGHT)}\nText.\n`);
  expect(html).toMatch(
    /^<h1[^>]*>Opening<\/h1>\n<figure class="tcpflow-figure"[^>]*>\n<svg.*<\/figure>\n<p>Text.<\/p>\n?$/su,
  );
  expect(html).toContain("SYN-RECEIVED");
});

test("in MDX too, also with braces in it", () => {
  const { code } = mdxToJs(fence(RIGHT.replace("seq=x", 'seq=x "{no}"')), { mdastPlugins: [satteriTcpflow()] });
  expect(code).toContain("tcpflow-figure");
  expect(code).toMatch(/"\{",\s*"no",\s*"\}"/u);
});

describe("an error", () => {
  test("ends the build, with file, line and character, as all errors of the page do", () => {
    const wrong = `# Opening\n\n${fence(WRONG)}\n- item\n\n  ${fence(WRONG).trim().replaceAll("\n", "\n  ")}\n`;
    const said = /^\/notes\/握手\.md:5:33: ack should be x\+1.* \[syn-not-counted\]\n\/notes\/握手\.md:13:35: ack/u;
    expect(() => page(wrong)).toThrow(said);
  });

  test("is drawn where that is wanted, with a list below or without", () => {
    expect(page(fence(WRONG), { errors: "draw" })).toContain("line 3: ack should be x+1");
    expect(page(fence(WRONG), { errors: "draw", findings: false })).not.toContain("tcpflow-findings");
  });
});

test("other code, and a flow in which nobody sends, stay as they are", () => {
  const markdown = fence("a -> b: SYN\n", "text") + fence("// Soon.\n");
  expect(page(markdown)).toBe(markdownToHtml(markdown).html);
});

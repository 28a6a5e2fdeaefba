/** A book in as mdBook hands it over, the book out with its flows drawn. */
import { describe, expect, test } from "vitest";
import { folder, RIGHT, WRONG } from "./run.ts";

const chapter = (content: string, sub: unknown[] = []) => ({
  Chapter: { name: "Opening", content, number: [1], sub_items: sub, path: "opening.md", source_path: "opening.md" },
});

/** `sections` before mdBook 0.5, `items` from then on. */
async function build(content: string, args: readonly string[] = [], key = "sections") {
  const book = { [key]: ["Separator", chapter("No flow.", [chapter(content)])], __non_exhaustive: null };
  const { run } = await folder({});
  const context = { root: "/book", renderer: "html", mdbook_version: "0.4.40" };
  const result = await run(["mdbook", ...args], { stdin: JSON.stringify([context, book]) });
  return {
    ...result,
    content: /"sub_items":\[\{"Chapter":\{"name":"Opening","content":"((?:[^"\\]|\\.)*)"/u.exec(result.stdout)?.[1],
  };
}

const fence = (flow: string) => `# Opening\n\n\`\`\`tcpflow\n${flow}\`\`\`\nThen data.\n`;

describe.each(["sections", "items"])("in %s", (key) => {
  test("a fence becomes a figure, and what follows stays Markdown", async () => {
    const { code, content = "" } = await build(fence(RIGHT), [], key);
    expect(code).toBe(0);
    const text: string = JSON.parse(`"${content}"`);
    expect(text).toMatch(
      /^# Opening\n\n<figure class="tcpflow-figure" [^>]*>\n<svg .*<\/svg>\n<\/figure>\n\nThen data\.\n$/su,
    );
    expect(text.slice(text.indexOf("<figure"), text.indexOf("</figure>"))).not.toMatch(/\n\s*\n/u);
  });
});

test("in a quote every line keeps its mark", async () => {
  const { content = "" } = await build(fence(RIGHT).replaceAll(/^/gmu, "> "));
  const lines = String(JSON.parse(`"${content}"`)).split("\n");
  expect(lines.every((line) => line.startsWith(">"))).toBe(true);
});

test("an error ends the build, with file and line", async () => {
  const wrong = await build(fence(WRONG));
  expect(wrong).toMatchObject({ code: 1, stdout: "" });
  expect(wrong.stderr).toContain("opening.md:5:33: error: ack should be x+1");
  expect(await build(fence(WRONG), ["--keep-going"])).toMatchObject({ code: 0 });
});

test("pictures are drawn as the command says", async () => {
  const drawn = await build(fence(WRONG), ["--keep-going", "--strategy", "img-svg", "--dark", "--no-findings"]);
  expect(drawn.content).toContain("<picture><source");
  expect(drawn.content).not.toContain("tcpflow-findings");
});

test("the renderers that it serves", async () => {
  const { run } = await folder({});
  expect((await run(["mdbook", "supports", "html"])).code).toBe(0);
  expect((await run(["mdbook", "supports", "epub"])).code).toBe(1);
});

test.each(["", "[]", '{"sections":[]}', "[1,2,3]"])("no book: %s", async (stdin) => {
  const { run } = await folder({});
  expect(await run(["mdbook"], { stdin })).toMatchObject({
    code: 2,
    stderr: "tcpflowc: mdbook: standard input is no book as mdBook hands it over\n",
  });
});

/** HTML in, a page out, or the reason why not. */
import rehypeParse from "rehype-parse";
import rehypeStringify from "rehype-stringify";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { describe, expect, test } from "vitest";
import { type RehypeOptions, rehypeTcpflow } from "../../server/src/adapters/rehype.ts";

const page = (html: string, options: RehypeOptions = {}) =>
  unified().use(rehypeParse, { fragment: true }).use(rehypeTcpflow, options).use(rehypeStringify).process(html);

const RIGHT = `client -&gt; server: SYN seq=x
server -&gt; client: SYN+ACK seq=y ack=x+1
`;
const WRONG = RIGHT.replace("ack=x+1", "ack=x");
const code = (flow: string) => `<h1>Opening</h1>\n<pre><code class="language-tcpflow">${flow}</code></pre>\n`;

test("code becomes a figure", async () => {
  const { value, messages } = await page(code(RIGHT));
  expect(messages).toEqual([]);
  expect(String(value)).toMatch(
    /^<h1>Opening<\/h1>\n<figure class="tcpflow-figure" style="[^"]*"><svg .*<\/figure>\n$/su,
  );
  expect(String(value)).toContain("SYN-RECEIVED");
});

test.each([
  `<pre class="tcpflow">${RIGHT}</pre>`,
  // As Asciidoctor writes a listing.
  `<pre class="highlight"><code class="language-tcpflow" data-lang="tcpflow">${RIGHT}</code></pre>`,
  `<pre><code class="lang-tcpflow">client <b>-&gt;</b> server: SYN</code></pre>`,
])("%j is drawn too", async (html) => {
  expect(String(await page(html))).toContain("<svg");
});

test("an image and a list of what is wrong, where they are wanted", async () => {
  const { value } = await page(code(WRONG), { errors: "warn", strategy: "img-svg" });
  expect(String(value)).toMatch(/<img src="data:image\/svg\+xml,[^"]*" alt="[^"]*client sends SYN/u);
  expect(String(value)).toContain("line 3: ack should be x+1");
  expect(String(await page(code(WRONG), { errors: "warn", findings: false }))).not.toContain("tcpflow-findings");
});

describe("an error", () => {
  test("ends the build, with its place in the file", async () => {
    await expect(page(code(WRONG))).rejects.toMatchObject({ ruleId: "syn-not-counted", source: "tcpflow", line: 3 });
  });

  test("has the line of the Markdown that the HTML was made of", async () => {
    const made = unified().use(remarkParse).use(remarkRehype).use(rehypeTcpflow).use(rehypeStringify);
    const markdown = `# Opening\n\n\`\`\`tcpflow\n${WRONG.replaceAll("&gt;", ">")}\`\`\`\n`;
    await expect(made.process(markdown)).rejects.toMatchObject({ line: 5, column: 33 });
  });

  test("is a message where that is wanted", async () => {
    const { messages } = await page(code(WRONG), { errors: "warn" });
    expect(messages).toMatchObject([{ ruleId: "syn-not-counted", fatal: true }]);
  });
});

test("hostile texts stay texts, and other code stays as it is", async () => {
  const hostile = code(`client -&gt; server: SYN seq=x "&lt;/svg&gt;&lt;script&gt;alert(1)&lt;/script&gt;"\n`);
  expect(String(await page(hostile))).not.toContain("<script>");
  const other = '<pre><code class="language-text">a -&gt; b: SYN</code></pre><pre>b</pre><p><code>c</code></p>';
  expect(String(await page(other))).toBe(other.replaceAll("&gt;", ">"));
});

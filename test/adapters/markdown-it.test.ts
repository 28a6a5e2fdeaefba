/** Markdown in, a page out. */
import { DOMParser } from "@xmldom/xmldom";
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, test } from "vitest";
import { type MarkdownItOptions, tcpflow } from "../../server/src/adapters/markdown-it.ts";

/** With what is wrong drawn into it. */
function page(markdown: string, options?: MarkdownItOptions): string {
  return new MarkdownIt().use(tcpflow, { errors: "draw", ...options }).render(markdown);
}

const fence = (flow: string, mark = "tcpflow") => `\`\`\`${mark}\n${flow}\`\`\`\n`;

const RIGHT = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;
const WRONG = RIGHT.replace("ack=x+1", "ack=x");

/** The picture of a page that has one. */
function svgOf(html: string): string {
  return /<svg.*<\/svg>/su.exec(html)?.[0] ?? "";
}

describe("a fence", () => {
  test.each(["tcpflow", "TCPFlow", 'tcpflow title="Opening"', "{.tcpflow #opening}"])("marked %s is drawn", (mark) => {
    const html = page(fence(RIGHT, mark));
    expect(html).toMatch(/^<div><figure class="tcpflow-figure" style="[^"]*">\n<svg.*<\/svg>\n<\/figure><\/div>\n$/su);
    expect(html).toContain("SYN-SENT");
  });

  test("of another language stays", () => {
    const markdown = fence("a\n", "text") + fence("b\n", "tcpflow-like");
    expect(page(markdown)).toBe(new MarkdownIt().render(markdown));
  });

  test("in a quote in a list is drawn", () => {
    const markdown = fence(RIGHT).replaceAll(/^/gmu, "  > ").replace("  >", "- >");
    expect(svgOf(page(markdown))).toContain("SYN-RECEIVED");
  });

  test("keeps the attributes that other plugins gave it", () => {
    const md = new MarkdownIt().use(tcpflow);
    md.core.ruler.push("place", ({ tokens }) => {
      for (const token of tokens) token.attrSet("data-line", String(token.map?.[0]));
    });
    expect(md.render(`\n${fence(RIGHT)}`)).toMatch(/^<div data-line="1"><figure/u);
  });

  test("with nothing in it stays a fence", () => {
    expect(page(fence("// Soon.\n"))).toBe('<pre><code class="language-tcpflow">// Soon.\n</code></pre>\n');
  });
});

describe("what is wrong", () => {
  test("is listed below the picture, with its line in the flow", () => {
    const html = page(`# A title\n\n${fence(WRONG)}`);
    expect(html).toMatch(
      /<\/svg>\n<ul class="tcpflow-findings">\n<li class="tcpflow-error">line 2: .*x\+1.* \(syn-not-counted, RFC 9293 .*\)<\/li>\n<\/ul>/u,
    );
  });

  test("can have the lines of the file", () => {
    expect(page(`# A title\n\n${fence(WRONG)}`, { lines: "file" })).toContain("line 5: ");
  });

  test("is told in the language of the reader", () => {
    expect(page(fence(WRONG), { locale: "zh-cn" })).toMatch(/<li class="tcpflow-error">第 2 行：/u);
  });

  test("is not listed where the author expects it, or nobody wants it", () => {
    expect(page(fence(WRONG.replace("server ->", "@expect(syn-not-counted)\nserver ->")))).not.toContain("<ul");
    expect(page(fence(WRONG), { findings: false })).not.toContain("<ul");
  });

  test("is not in the picture either where nobody wants it, but for what the author means to show", () => {
    const meant = WRONG.replace("server ->", "@expect(syn-not-counted)\nserver ->");
    expect(page(fence(WRONG))).toContain('data-rule="syn-not-counted"');
    expect(page(fence(WRONG), { findings: false })).not.toContain("data-rule");
    expect(page(fence(meant), { findings: false })).toContain('data-rule="syn-not-counted"');
  });

  test("is listed for text that cannot be read at all", () => {
    expect(page(fence("nonsense ->\n"))).toContain('<ul class="tcpflow-findings">');
  });
});

describe("an error", () => {
  const build = (markdown: string, env: object, options?: MarkdownItOptions) => () =>
    new MarkdownIt().use(tcpflow, options).render(markdown, env);
  const twice = `# A title\n\n${fence(WRONG)}\n${fence(RIGHT)}\n${fence(RIGHT.replace("ack=y+1", "ack=y"))}`;

  test("ends the build, with the file and the line, as all errors of the page do", () => {
    const said = /^notes\.md:5: ack should be x\+1.* \[syn-not-counted\]\nnotes\.md:18: ack should be y\+1.*$/u;
    expect(build(twice, { path: "notes.md" }, { lines: "file" })).toThrow(said);
  });

  test("counts in the flow where it is not known whether the host handed over the whole file", () => {
    expect(build(twice, { page: { inputPath: "notes.md" } })).toThrow(/^notes\.md: line 2: ack should be x\+1/u);
    expect(build(twice, {})).toThrow(/^line 2: ack should be x\+1/u);
  });

  test("counts in the file behind the front matter that another plugin takes away", () => {
    // As @mdit-vue/plugin-frontmatter does, which VitePress and VuePress use.
    const md = new MarkdownIt();
    const render = md.render.bind(md);
    md.render = (source, env) => {
      env.content = source.replace(/^---\n.*?\n---\n/su, "");
      return render(env.content, env);
    };
    md.use(tcpflow);
    expect(() => md.render(`---\ntitle: Notes\n---\n${twice}`, { path: "notes.md" })).toThrow(/^notes\.md:8: /u);
  });

  test("does not end it where it is drawn, where it is meant, and in other code", () => {
    expect(build(twice, {}, { errors: "draw" })).not.toThrow();
    expect(build(fence(WRONG.replace("server ->", "@expect(syn-not-counted)\nserver ->")), {})).not.toThrow();
    expect(build(fence(WRONG, "text"), {})).not.toThrow();
  });
});

describe("a picture", () => {
  const decoded = (html: string) => html.replaceAll(/data:image[^"]*/gu, decodeURIComponent);

  test("is in the page, and follows its colour scheme", () => {
    expect(page(fence(RIGHT))).toContain("light-dark(");
  });

  test("is an image with its story as alternative text where that is wanted", () => {
    const html = page(fence(RIGHT), { strategy: "img-svg" });
    expect(html).not.toContain("<svg");
    expect(html).toMatch(
      /<img src="data:image\/svg\+xml,%3Csvg[^" ]*" alt="[^"]*client sends SYN[^"]*" style="[^"]*" width="\d+" height="\d+">/u,
    );
    expect(decoded(html)).toContain("prefers-color-scheme");
  });

  test("is two images of which the reader's system chooses where that is wanted", () => {
    const html = decoded(page(fence(RIGHT), { strategy: "img-svg", dark: true }));
    const [, source = "", image = ""] = /<picture><source (.*)><img (.*)><\/picture>/su.exec(html) ?? [];
    expect(source).toMatch(/^media="\(prefers-color-scheme: dark\)" srcset="data:.*#0d1117/su);
    expect(image).toContain("#ffffff");
    expect(html).not.toContain("@media");
  });

  test("is written as an attribute where the page is a template of Vue, which drops styles", () => {
    const html = new MarkdownIt()
      .use(tcpflow)
      .render(fence(RIGHT.replace("seq=x", 'seq=x "{{ 1 }} \'"')), { sfcBlocks: {} });
    const [, text = ""] = /^<div v-html="([^"]*)"><\/div>\n$/u.exec(html) ?? [];
    const element = new DOMParser().parseFromString(`<p title="${text}"/>`, "text/xml").documentElement;
    expect(JSON.parse(element?.getAttribute("title") ?? "")).toMatch(
      /^<figure .*<style>.*\{\{ 1 \}\} &#39;.*<\/figure>$/su,
    );
  });
});

test("two pictures of one page have no id in common", () => {
  const ids = [...page(fence(RIGHT) + fence(RIGHT)).matchAll(/\sid="([^"]*)"/gu)].map(([, id]) => id);
  expect(ids.length).toBeGreaterThan(3);
  expect(new Set(ids).size).toBe(ids.length);
});

test("the theme is that of the option", () => {
  const themes = ["light", "dark", "host", "auto"] as const;
  expect(new Set(themes.map((theme) => page(fence(RIGHT), { theme }))).size).toBe(4);
});

test.each([{}, { strategy: "img-svg", dark: true }] as const)(
  "whatever stands in a fence, the page is well-formed, and none of it is markup (%j)",
  (options) => {
    const hostile = fc.oneof(
      fc.constantFrom(
        'title "<script>alert(1)</script>"',
        'a -> b: SYN "<img src=x onerror=alert(1)>"',
        "<script>alert(1)</script>",
        'note a: "</svg><b onclick=\\"x()\\">&amp;"',
        "endpoint <b>, b",
        'a -> b: SYN seq="><i>"',
        "a -> b: SYN",
        "b -> a: RST ack=<u>",
        "@expect(<b>)",
      ),
      fc.string({ unit: "binary" }).map((text) => text.replaceAll(/[`\r\n]/gu, "")),
    );
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 6 }), (lines) => {
        // The parser complains of U+FFFD, which stands for characters that a page may not have.
        const html = page(fence(`a -> b: SYN\n${lines.join("\n")}\n`), options)
          .replaceAll("\uFFFD", "?")
          .replaceAll(/<(source|img)( [^>]*)>/gu, "<$1$2/>");
        const complaints: string[] = [];
        const document = new DOMParser({ onError: (_, message) => complaints.push(message) }).parseFromString(
          html,
          "application/xml",
        );
        expect(complaints).toEqual([]);
        const names = [...document.getElementsByTagName("*")].map(({ localName }) => localName);
        expect(names).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(script|b|i|u|a)$/u)]));
        expect(names.filter((name) => name === "img").length).toBe("strategy" in options ? 1 : 0);
        expect(html).not.toMatch(/<[^>"]*\son\w+=/u);
      }),
    );
  },
);

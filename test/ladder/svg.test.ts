/** The SVG is one well-formed document, whatever the text holds, and stays within its own bounds on a page. */
import { DOMParser, type Document, type Element } from "@xmldom/xmldom";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeReplay } from "../../server/src/ladder/layout.ts";
import { renderSvg, type SvgOptions } from "../../server/src/ladder/svg.ts";
import { styleSheet } from "../../server/src/ladder/theme.ts";
import { STATES } from "../../server/src/tcp/states.ts";
import { example, examples, fences, MARKDOWN } from "../support/examples.ts";
import { check } from "../support/flows.ts";

/** The document; throws on anything that is not well-formed XML. */
function draw(text: string, options: SvgOptions = {}): Document {
  const svg = renderSvg(check(text), options);
  // The parser lets these pass; browsers do not.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u);
  return new DOMParser({
    onError: (level, message) => {
      // What stands for half a character is meant to be there.
      if (!message.startsWith("Unicode replacement character")) throw new Error(`${level}: ${message}`);
    },
  }).parseFromString(svg, "image/svg+xml");
}

function elements(document: Document, name: string): Element[] {
  return [...document.getElementsByTagName(name)];
}

/** The rules of a style sheet, one for each selector. */
function rulesIn(style: string): string[] {
  return Array.from(style.matchAll(/([^{}]+)(\{[^}]*\})/gu), ([, heads = "", body = ""]) =>
    heads.split(",").map((head) => head + body),
  ).flat();
}

/** The classes that an element and those around it must have for a rule to match; not that of the picture. */
function classesIn(rule: string): string[] {
  return Array.from(rule.slice(0, rule.indexOf("{")).matchAll(/\.([\w-]+)/gu), ([, name = ""]) => name).slice(1);
}

function ofClass(document: Document, name: string): Element[] {
  return elements(document, "*").filter((each) => each.getAttribute("class")?.split(" ").includes(name) === true);
}

describe("shipped flows", () => {
  const all = [...examples(), ...MARKDOWN.flatMap(fences)];

  test.each(all)("$name", ({ text }) => {
    expect(draw(text).documentElement?.getAttribute("role")).toBe("img");
  });

  test.each(all)("$name: has the style of its states and mistakes, and of no others", ({ text }) => {
    const document = draw(text, { idPrefix: "p", theme: "light" });
    const classes = new Set(elements(document, "*").flatMap((one) => one.getAttribute("class")?.split(" ") ?? []));
    const whole = styleSheet("p", "light", { states: new Set(STATES), mistakes: true });
    const matching = (rule: string) => classesIn(rule).every((name) => classes.has(name));
    const style = rulesIn(elements(document, "style")[0]?.textContent ?? "");
    expect(style).toEqual(expect.arrayContaining(rulesIn(whole).filter(matching)));
    expect(style.filter((rule) => rule.includes(".s-") && !matching(rule))).toEqual([]);
    const marked = style.filter((rule) => /\.(?:error|warning|info)\b/u.test(rule));
    expect(marked.length > 0).toBe(marked.some(matching));
  });
});

describe("hostile texts", () => {
  const HOSTILE = [
    "</text><script>alert(1)</script>",
    "]]> & &amp; <![CDATA[ <!-- -->",
    "' onload='x",
    "\u0000\u0007\u001b[31m\u007f\u0085",
    "\u202egnp.exe\u2066\u200f\u061c",
    "lone \ud800 and \udc00 surrogates",
    "\ufffe\uffff",
    "👩‍👩‍👧 é 漢字 العربية",
    "x".repeat(2000),
  ];

  test.each(HOSTILE)("%j", (hostile) => {
    const text = [
      `title "${hostile}"`,
      `endpoint client as "${hostile}", server`,
      `section "${hostile}"`,
      `client -> server: SYN seq=x "${hostile}"`,
      `note client: "${hostile}"`,
      `... "${hostile}"`,
      `server -> client: PSH+ACK data="${hostile}"`,
    ].join("\n");
    const document = draw(text);
    expect(elements(document, "script")).toEqual([]);
    const attributes = elements(document, "*").flatMap((each) => [...each.attributes].map(({ name }) => name));
    expect(attributes.filter((name) => name.startsWith("on") || name === "style")).toEqual([]);
  });

  test("characters that turn the direction do not reach the neighbours", () => {
    expect(renderSvg(check('client -> server: SYN "\u202eevil"'))).not.toContain("\u202e");
  });
});

describe("a page", () => {
  test("finds every segment, with its line and a wide line to click", () => {
    const document = draw(example("four-way-close.tcpflow"));
    const lines = example("four-way-close.tcpflow").split("\n");
    const segments = ofClass(document, "segment");
    expect(segments.map((each) => each.getAttribute("data-segment"))).toEqual(["0", "1", "2", "3"]);
    for (const each of segments) expect(lines[Number(each.getAttribute("data-line"))]).toContain("->");
    expect(ofClass(document, "hit")).toHaveLength(4);
  });

  test("finds every mistake by its rule", () => {
    const document = draw(example("handshake-mistake-syn-not-counted.tcpflow"));
    const marked = elements(document, "*").filter((each) => each.getAttribute("data-rule") === "syn-not-counted");
    expect(marked.map(({ localName }) => localName)).toEqual(["g", "tspan"]);
    expect(marked[1]?.textContent).toBe("1000");
  });

  test("holds several pictures without one styling the other", () => {
    const [one, other] = ["a -> b: SYN", "a -> b: SYN seq=x"].map((text) => {
      const scope = draw(text).documentElement?.getAttribute("class")?.split(" ")[1] ?? "";
      const style = elements(draw(text), "style")[0]?.textContent ?? "";
      const selectors = style.replace(/@media[^{]*\{/gu, "").match(/[^{}]+(?=\{)/gu) ?? [];
      for (const selector of selectors.flatMap((list) => list.split(",")))
        expect(selector === `.${scope}` || selector.startsWith(`.${scope} `)).toBe(true);
      return scope;
    });
    expect(one).not.toBe(other);
  });

  test("has no id but those of title and description, which are the same every time", () => {
    const ids = () => elements(draw("a -> b: SYN"), "*").flatMap((each) => each.getAttribute("id") ?? []);
    expect(ids()).toHaveLength(2);
    expect(ids()).toEqual(ids());
    const named = draw("a -> b: SYN", { idPrefix: "my picture" });
    expect(named.documentElement?.getAttribute("aria-labelledby")).toBe("my-picture-title my-picture-desc");
  });
});

describe("readers who cannot see it", () => {
  test("are told title and exchange", () => {
    const document = draw(example("three-way-handshake.tcpflow"));
    expect(elements(document, "title")[0]?.textContent).toBe("Three-way handshake");
    const told = elements(document, "desc")[0]?.textContent ?? "";
    expect(told).toContain("client is CLOSED, server is LISTEN.");
    expect(told).toContain("server sends SYN ACK to client with sequence number y, acknowledgment number x+1");
    expect(told).toContain("server is ESTABLISHED");
    const { documentElement } = document;
    expect(documentElement?.getAttribute("role")).toBe("img");
    const ids = [...elements(document, "title"), ...elements(document, "desc")].map((one) => one.getAttribute("id"));
    expect(documentElement?.getAttribute("aria-labelledby")).toBe(ids.join(" "));
  });

  test("hear the same where the picture is an image: the words are to be had alone", () => {
    const text = `client -> server: PSH+ACK seq=? ack=v len=10 win=500 "hello"\nserver -x client: ACK\n`;
    const words = describeReplay(check(text));
    expect(words).toBe(
      "client is ESTABLISHED, server is ESTABLISHED. " +
        "client sends PSH ACK to server with sequence number blank, acknowledgment number v, length 10, window 500; hello. " +
        "server sends ACK to client with sequence number v, lost.",
    );
    expect(elements(draw(text), "desc")[0]?.textContent).toBe(words);
  });

  test("are told of mistakes", () => {
    const told = elements(draw(example("handshake-mistake-new-symbol.tcpflow")), "desc")[0]?.textContent;
    expect(told).toContain("Mistake, wrong-seq: seq should be x+1");
  });
});

describe("themes", () => {
  const colours = (theme: SvgOptions["theme"]) =>
    elements(draw("a -> b: SYN", theme === undefined ? {} : { theme }), "style")[0]?.textContent ?? "";

  test("follow the reader's system unless one is chosen", () => {
    expect(colours(undefined)).toContain("@media (prefers-color-scheme:dark)");
    expect(colours("light")).not.toContain("@media");
    expect(colours("dark")).toContain("#0d1117");
    expect(colours("dark")).not.toContain("#ffffff");
  });

  test("leave the colours to the page where it wants them", () => {
    expect(colours("host")).toContain("fill:var(--tcpflow-paper,light-dark(#ffffff,#0d1117))");
  });
});

describe("size", () => {
  const sizeOf = (document: Document) =>
    ["width", "height"].map((name) => Number(document.documentElement?.getAttribute(name)));

  test("is that of the picture, or scaled to a width", () => {
    const [width = 0, height = 0] = sizeOf(draw("a -> b: SYN"));
    const [half, scaled] = sizeOf(draw("a -> b: SYN", { width: width / 2 }));
    expect([half, scaled]).toEqual([width / 2, Math.round(height * 5) / 10]);
  });

  test.each(["", "// nothing", 'title "Only a title"', "endpoint a", "a -> a: SYN", "a -> b", 'note a: "x"'])(
    "of little or broken text: %j",
    (text) => {
      const [width = 0, height = 0] = sizeOf(draw(text));
      expect(width > 0 && height > 0).toBe(true);
    },
  );
});

test("no text is too odd to draw", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.string({ unit: "grapheme", maxLength: 60 }),
      (a, b) => {
        draw(`title "${a}"\nclient -> server: SYN seq=x "${b}"\n${a}\nnote server: "${b}"`);
        draw(b);
      },
    ),
    { numRuns: 200, seed: 793 },
  );
});

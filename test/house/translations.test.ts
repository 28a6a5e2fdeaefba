/** Every word of the extension is there in every language; what is missing, or no longer used, is named. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const LANGUAGES = ["zh-cn"];

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** A file of texts by key. */
function table(path: string): ReadonlyMap<string, string> {
  const content: unknown = existsSync(join(ROOT, path)) ? JSON.parse(read(path)) : {};
  return new Map(Object.entries(Object(content)).map(([key, text]) => [key, String(text)]));
}

/** What one piece of client code hands to `vscode.l10n.t`: its texts, and the calls that hand over no literal. */
function textsIn(path: string, code: string): { texts: string[]; others: string[] } {
  const { program, errors } = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const [texts, others]: [string[], string[]] = [[], []];
  new Visitor({
    CallExpression: ({ callee, arguments: [first], start, end }) => {
      const name = code.slice(callee.start, callee.end).replaceAll(/\s/gu, "");
      if (name !== "vscode.l10n.t" && name !== "l10n.t") return;
      if (first?.type === "Literal" && typeof first.value === "string") texts.push(first.value);
      else others.push(`${path}: ${code.slice(start, end)}`);
    },
  }).visit(program);
  return { texts, others };
}

/** Places for words in a text: `{0}`, `{name}`. */
function places(text: string): string[] {
  return (text.match(/\{\w+\}/gu) ?? []).sort();
}

/** Keys of one table that the other lacks. */
function lacking(keys: Iterable<string>, other: ReadonlySet<string> | ReadonlyMap<string, string>): string[] {
  return [...keys].filter((key) => !other.has(key));
}

describe("the words of the client", () => {
  const files = readdirSync(join(ROOT, "client/src"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => textsIn(path, read(join("client/src", path))));
  const texts = new Set(files.flatMap((file) => file.texts));

  test("are literals, so that they can be found", () => {
    expect(texts.size).toBeGreaterThan(5);
    expect(files.flatMap((file) => file.others)).toEqual([]);
  });

  test.each(LANGUAGES)("are all there in %s, and no others", (language) => {
    const bundle = table(`l10n/bundle.l10n.${language}.json`);
    expect({ missing: lacking(texts, bundle), unused: lacking(bundle.keys(), texts) }).toEqual({
      missing: [],
      unused: [],
    });
    expect([...bundle].filter(([text, translated]) => `${places(text)}` !== `${places(translated)}`)).toEqual([]);
    expect([...bundle].filter(([, translated]) => !/\p{Script=Han}/u.test(translated))).toEqual([]);
  });

  test.each([
    ['vscode.l10n.t("Zoom in")', ["Zoom in"], 0],
    ['l10n.t("Line {0}", line)', ["Line {0}"], 0],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what is looked for
    ["vscode.l10n.t(`Line ${line}`)", [], 1],
    ["vscode.l10n.t(name)", [], 1],
    ["other.t(name)", [], 0],
  ])("the search reads %s", (code, found, others) => {
    const read = textsIn("a.ts", code);
    expect([read.texts, read.others.length]).toEqual([found, others]);
  });
});

/** Where the manifest says something to people: a name of these keys, in `contributes` or at its top. */
const SAID = new Set([
  "title",
  "description",
  "markdownDescription",
  "enumDescriptions",
  "markdownEnumDescriptions",
  "enumItemLabels",
  "displayName",
  "label",
  "shortTitle",
  "patternErrorMessage",
  "errorMessage",
  "deprecationMessage",
  "markdownDeprecationMessage",
  "markdown",
  "altText",
  "userDescription",
  "viewsWelcome",
  "contents",
]);

/** Names that are the same in every language. */
const NAMES: ReadonlySet<string> = new Set(["TCPFlow"]);

/** Strings of the manifest for people, by where they stand. Paths of files are none. */
function said(value: unknown, path: string, own: boolean): { path: string; text: string }[] {
  if (typeof value === "string")
    return own && !/^[\w./-]+\.(?:md|png|svg)$/u.test(value) ? [{ path, text: value }] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => said(item, `${path}[${index}]`, own));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => said(inner, `${path}.${key}`, SAID.has(key)));
}

describe("the words of the manifest", () => {
  const manifest: unknown = JSON.parse(read("package.json"));
  const { displayName, description, contributes } = Object(manifest);
  const words = said({ displayName, description, contributes }, "package.json", false);
  const keys = new Set(words.flatMap(({ text }) => /^%(.+)%$/u.exec(text)?.[1] ?? []));
  const english = table("package.nls.json");

  test("stand in the tables, not in the manifest", () => {
    const plain = words.filter(({ text }) => !/^%.+%$/u.test(text) && !NAMES.has(text));
    expect(plain.map(({ path, text }) => `${path}: ${text}`)).toEqual([]);
    expect(keys.size).toBeGreaterThan(5);
  });

  test("are all there in English, and no others", () => {
    expect({ missing: lacking(keys, english), unused: lacking(english.keys(), keys) }).toEqual({
      missing: [],
      unused: [],
    });
  });

  test.each(LANGUAGES)("are all there in %s, and no others", (language) => {
    const translated = table(`package.nls.${language}.json`);
    expect({
      missing: lacking(keys, translated),
      unused: lacking(translated.keys(), keys),
    }).toEqual({ missing: [], unused: [] });
    expect([...translated].filter(([key, text]) => `${places(text)}` !== `${places(english.get(key) ?? "")}`)).toEqual(
      [],
    );
    expect([...translated].filter(([, text]) => !/\p{Script=Han}/u.test(text))).toEqual([]);
  });

  test("are found wherever people read them", () => {
    const walkthrough = {
      walkthroughs: [{ steps: [{ title: "Draw", media: { markdown: "a.md", altText: "A picture" } }] }],
    };
    expect(said(walkthrough, "", false).map(({ text }) => text)).toEqual(["Draw", "A picture"]);
  });
});

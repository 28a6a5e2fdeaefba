/** The words of the server: those in Chinese are Chinese, and no English stands outside of the tables. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import { expect, test } from "vitest";
import { SKIPPED } from "../../server/src/formats/tcp-packets.ts";
import { foreignWords } from "../support/chinese.ts";

const SOURCE = join(import.meta.dirname, "../../server/src");

interface Piece {
  readonly text: string;
  readonly start: number;
}

/** A part of a file, as offsets. */
interface Part {
  readonly start: number;
  readonly end: number;
}

/** The texts of a file, literals and the pieces of templates; and the parts of it that are for one language, or errors of ours. */
function readTexts(path: string, code: string) {
  const { program, errors } = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const pieces: Piece[] = [];
  const parts: Record<"en" | "zh-cn" | "other", Part[]> = { en: [], "zh-cn": [], other: [] };
  new Visitor({
    Literal: ({ value, start }) => {
      if (typeof value === "string") pieces.push({ text: value, start });
    },
    TemplateElement: ({ value, start }) => {
      pieces.push({ text: value.cooked ?? value.raw, start });
    },
    Property: ({ key, value, computed }) => {
      parts.other.push(key);
      if (computed) return;
      const name = key.type === "Literal" ? key.value : key.type === "Identifier" ? key.name : undefined;
      if (name === "en" || name === "zh-cn") parts[name].push(value);
    },
    // What no user reads: modules, types, comparisons, which member, and mistakes of our own.
    ImportDeclaration: ({ source }) => void parts.other.push(source),
    ExportNamedDeclaration: ({ source }) => void (source && parts.other.push(source)),
    TSLiteralType: (node) => void parts.other.push(node),
    BinaryExpression: (node) =>
      void parts.other.push(...[node.left, node.right].filter(({ type }) => type === "Literal")),
    MemberExpression: ({ property, computed }) => void (computed && parts.other.push(property)),
    SwitchCase: ({ test: when }) => void (when && parts.other.push(when)),
    NewExpression: (node) => {
      if (node.callee.type === "Identifier" && node.callee.name === "Error") parts.other.push(node);
    },
  }).visit(program);
  const within = (list: readonly Part[]) => (piece: Piece) =>
    list.some(({ start, end }) => start <= piece.start && piece.start < end);
  return { pieces: pieces.filter((piece) => !within(parts.other)(piece)), within, parts };
}

const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.includes("generated"))
  .map((path) => ({ path, ...readTexts(path, readFileSync(join(SOURCE, path), "utf8")) }));

/** Names of commands and of a severity, as they are typed. */
const TYPED = new Set(["check", "convert", "format", "explain", "off", "rule"]);

test("every text in Chinese is Chinese but for the terms of the field", () => {
  const texts = files.flatMap(({ path, pieces, parts, within }) =>
    (path.includes("zh-cn") ? pieces : pieces.filter(within(parts["zh-cn"]))).map(({ text }) => ({ path, text })),
  );
  // The help of the commands has tests of its own.
  const lines = texts.filter(({ text }) => !text.includes("\n"));
  expect(lines.length).toBeGreaterThan(500);
  expect(lines.filter(({ text }) => foreignWords(text).some((word) => !TYPED.has(word)))).toEqual([]);
});

/** Where English is at home; `tcp` speaks to nobody. */
const TABLES = /texts\/|^tcp\/|^flow\/(?:messages\.ts|rule-pages\/)|^editor\/glossary\/states\.ts/u;

/** Values that the code knows them by; people are told in their language. */
const VALUES = new Set<string>([
  ...SKIPPED,
  "kind of numbers",
  "out of order",
  "port numbers reused",
  "zero window probe",
  "zero window probe ACK",
  // Of packetdrill scripts.
  "never takes part",
  "begins in the middle of the opening or closing",
  "opens more than once",
  "neither opens nor listens",
  "no time at its beginning",
  "neither a packet nor a call",
  "its parenthesis is never closed",
  ", ..., ...) = -1 EINPROGRESS (Operation now in progress)",
  // Classes of a style sheet.
  "small muted halo",
]);

test("no English stands outside of the tables", () => {
  const found = files
    .filter(({ path }) => !TABLES.test(path))
    .flatMap(({ path, pieces, parts, within }) => {
      const isEnglish = within(parts.en);
      const others = pieces.filter((piece) => !isEnglish(piece) && !VALUES.has(piece.text));
      return others.filter(({ text }) => /[a-z]+ [a-z]+ [a-z]+/u.test(text)).map(({ text }) => `${path}: ${text}`);
    });
  expect(found).toEqual([]);
});

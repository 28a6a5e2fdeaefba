/** The flows that this repository ships: `examples/`, and the fences of its Markdown. */
import { readdirSync, readFileSync } from "node:fs";
import { findFences } from "../../server/src/formats/markdown.ts";

const ROOT = new URL("../../", import.meta.url);

/** A flow, named by its file and, in Markdown, its line. */
export interface Example {
  readonly name: string;
  readonly text: string;
}

/** The text of one file of `examples/`. */
export function example(name: string): string {
  return readFileSync(new URL(`examples/${name}`, ROOT), "utf8");
}

/** Every `.tcpflow` file of `examples/`. */
export function examples(): Example[] {
  return readdirSync(new URL("examples/", ROOT))
    .filter((name) => name.endsWith(".tcpflow"))
    .sort()
    .map((name) => ({ name, text: example(name) }));
}

/** The fences of a Markdown file, e.g. `docs/language.md`. */
export function fences(path: string): Example[] {
  return findFences(readFileSync(new URL(path, ROOT), "utf8")).map((fence) => ({
    name: `${path}:${fence.line + 1}`,
    text: fence.text,
  }));
}

/** The Markdown files whose fences are checked. */
export const MARKDOWN: readonly string[] = [
  "README.md",
  "CONTRIBUTING.md",
  ...markdownIn("docs/"),
  ...markdownIn("examples/"),
];

/** The pages of the rules. */
export const RULE_MARKDOWN: readonly string[] = markdownIn("docs/rules/");

function markdownIn(folder: string): string[] {
  return readdirSync(new URL(folder, ROOT))
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => folder + name);
}

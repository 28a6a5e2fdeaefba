/** The colours that VS Code's Markdown gets from a style sheet are those of the pictures. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { styleSheet } from "../../server/src/ladder/theme.ts";
import { STATES } from "../../server/src/tcp/states.ts";

const style = readFileSync(new URL("../../client/media/markdown.css", import.meta.url), "utf8");

/** All rules that a picture may have, in their order. */
function rules(theme: "host" | "dark"): string[] {
  return styleSheet("p", theme, { states: new Set(STATES), mistakes: true }).match(/[^{}]+\{[^}]*\}/gu) ?? [];
}

test("the dark colours are those of a dark picture", () => {
  const dark = rules("dark");
  const expected = rules("host").flatMap((rule, i) => {
    const values = [...(dark[i]?.matchAll(/(?:fill|stroke):(#\w+)/gu) ?? [])].map(([, value]) => value);
    const names = [...rule.matchAll(/var\((--tcpflow-[\w-]+),/gu)].map(([, name]) => name);
    return names.map((name, j) => `  ${name}: ${values[j]};`);
  });
  const [, block = ""] = /^\.vscode-dark \{\n(.*?)\n\}/msu.exec(style) ?? [];
  expect(block.split("\n").sort()).toEqual([...new Set(expected)].sort());
});

test("high contrast has a colour for each of them", () => {
  const contrast = readFileSync(new URL("../../client/media/high-contrast.css", import.meta.url), "utf8");
  const names = (css: string) => [...new Set(css.match(/--tcpflow-[\w-]+(?=:)/gu))].sort();
  expect(names(contrast)).toEqual(names(style));
});

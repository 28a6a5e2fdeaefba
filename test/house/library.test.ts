/** The library as a page would use it: bundled for a browser, run where there is neither Node nor a DOM. */
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { RIGHT, WRONG } from "../cli/run.ts";

const USE = `
  const { check, format, parse, renderSvg, renderText, replay } = library;
  const wrong = check(wrongText);
  JSON.stringify({
    rules: wrong.findings.map((finding) => finding.rule),
    same: JSON.stringify(replay(parse(wrongText)).steps) === JSON.stringify(wrong.steps),
    svg: renderSvg(check(rightText)).slice(0, 4),
    text: renderText(check(rightText)).includes("SYN seq=x"),
    formatted: format(rightText),
  });
`;

test("parses, replays, draws and formats without Node and without a DOM", async () => {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL("../../server/src/index.ts", import.meta.url))],
    bundle: true,
    write: false,
    platform: "browser",
    format: "iife",
    globalName: "library",
  });
  const code = bundle.outputFiles.map((file) => file.text).join("");
  const result: unknown = runInNewContext(code + USE, { rightText: RIGHT, wrongText: WRONG, TextEncoder, URL });
  expect(JSON.parse(String(result))).toEqual({
    rules: ["syn-not-counted"],
    same: true,
    svg: "<svg",
    text: true,
    formatted: RIGHT,
  });
});

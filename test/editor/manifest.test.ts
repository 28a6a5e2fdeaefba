import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { RULES } from "../../server/src/flow/rules.ts";
import { folder, WRONG } from "../cli/run.ts";

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));

test("the settings know every rule, and no other", () => {
  const { properties } = manifest.contributes.configuration.properties["tcpflow.rules"];
  expect(Object.keys(properties)).toEqual(Object.keys(RULES));
});

test("an assistant may ask for every rule", () => {
  const explain = manifest.contributes.languageModelTools.find(
    ({ name }: { name: string }) => name === "tcpflow_explain",
  );
  expect(explain.inputSchema.properties.rule.enum).toEqual(Object.keys(RULES));
});

test("the problem matcher reads what check prints", async () => {
  const { run } = await folder({ "notes/a.tcpflow": WRONG });
  const { stdout } = await run(["check", "."]);
  const [{ pattern }] = manifest.contributes.problemMatchers;
  const groups = new RegExp(pattern.regexp, "u").exec(stdout.split("\n")[0] ?? "") ?? [];
  expect(
    [pattern.file, pattern.line, pattern.column, pattern.severity, pattern.message, pattern.code].map(
      (group) => groups[group],
    ),
  ).toEqual([
    "notes/a.tcpflow",
    "2",
    "33",
    "error",
    "ack should be x+1: the SYN at line 1 consumes one sequence number",
    "syn-not-counted",
  ]);
});

test("the extension wakes for what it contributes, for Markdown and for previews", () => {
  // VS Code adds the languages, commands, tasks, tools and walkthroughs of the manifest.
  expect(manifest.activationEvents).toEqual(["onLanguage:markdown", "onWebviewPanel:tcpflow.preview"]);
  expect(manifest.contributes.languages.map(({ id }: { id: string }) => id)).toEqual(["tcpflow", "mdx"]);
});

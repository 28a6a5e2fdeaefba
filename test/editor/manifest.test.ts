import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { RULES } from "../../server/src/flow/rules.ts";

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));

test("the settings know every rule, and no other", () => {
  const { properties } = manifest.contributes.configuration.properties["tcpflow.rules"];
  expect(Object.keys(properties)).toEqual(Object.keys(RULES));
});

test("the extension wakes for flows and previews alone", () => {
  // VS Code adds the languages and commands that the manifest contributes.
  expect(manifest.activationEvents).toEqual(["onWebviewPanel:tcpflow.preview"]);
  expect(manifest.contributes.languages.map(({ id }: { id: string }) => id)).toEqual(["tcpflow"]);
});

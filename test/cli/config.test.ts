/** `tcpflow.config.json`, and the schema by which editors complete it. */
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import { describe, expect, test } from "vitest";
import { DEFAULTS } from "../../server/src/cli/config.ts";
import { LEVELS } from "../../server/src/cli/severities.ts";
import { RULE_PAGES } from "../../server/src/flow/rule-pages.ts";
import { RULE_IDS } from "../../server/src/flow/rules.ts";
import { folder, RIGHT, WRONG } from "./run.ts";

const NAME = "tcpflow.config.json";

test("rules have the severities that it says, and the command line has the last word", async () => {
  const { run } = await folder({
    "a.tcpflow": WRONG,
    [NAME]: '{ "rules": { "syn-not-counted": "warning" }, // shown, but no failure\n }',
  });
  expect(await run(["check", "a.tcpflow"])).toMatchObject({ code: 0, stderr: "1 warning in 1 flow of 1 file\n" });
  expect(await run(["check", "--rule", "syn-not-counted=error", "a.tcpflow"])).toMatchObject({ code: 1 });
  expect(await run(["check", "--no-config", "a.tcpflow"])).toMatchObject({ code: 1 });
});

test("files are checked where no path is given, and what is to be ignored is not looked for", async () => {
  const { run } = await folder({
    "docs/a.tcpflow": RIGHT,
    "docs/old/b.tcpflow": WRONG,
    "c.tcpflow": WRONG,
    [NAME]: '{ "files": ["docs/**"], "ignore": ["docs/old/**"] }',
  });
  expect(await run(["check"])).toMatchObject({ code: 0, stderr: "No findings in 1 flow of 1 file\n" });
  expect(await run(["check", "docs"])).toMatchObject({ code: 0 });
  // What is named is meant.
  expect(await run(["check", "docs/old/b.tcpflow"])).toMatchObject({ code: 1 });
});

test("the nearest one above counts, its patterns from its own folder", async () => {
  const { run } = await folder({
    "notes/a.tcpflow": WRONG,
    "sub/b.tcpflow": RIGHT,
    [NAME]: '{ "files": ["notes"] }',
    "sub/empty.json": "{}",
  });
  expect((await run(["check", "--format", "json"])).stdout).toContain('"path":"notes/a.tcpflow"');
  expect(await run(["check", "--config", "sub/empty.json"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("no path given"),
  });
});

test("other defaults", async () => {
  const { run } = await folder({
    "a.tcpflow": WRONG,
    [NAME]: '{ "rules": { "syn-not-counted": "warning" }, "defaults": { "format": "github", "max-warnings": 0 } }',
  });
  expect(await run(["check", "a.tcpflow"])).toMatchObject({ code: 1, stdout: expect.stringContaining("::warning ") });
});

describe("one clear line for", () => {
  test.each([
    ["[]", "1:1: not a JSON object"],
    ['{\n  "rules": { "wrong-ak": "off" }\n}', '2:14: unknown key "wrong-ak"; did you mean wrong-ack?'],
    ['{ "rules": { "wrong-ack": "of" } }', "1:27: wrong-ack is one of error, warning, info, hint, off"],
    ['{ "rule": {} }', '1:3: unknown key "rule"; did you mean rules?'],
    ['{ "files": "docs" }', "1:12: files takes a list of patterns"],
    ['{ "defaults": { "hints": "yes" } }', "1:26: hints takes true or false"],
    ['{ "defaults": { "fix": true } }', '1:17: unknown key "fix"'],
    ['{ "files": [', "1:13: not a JSON object"],
  ])("%s", async (text, message) => {
    const { run } = await folder({ "a.tcpflow": RIGHT, [NAME]: text });
    const { code, stderr } = await run(["check", "a.tcpflow"]);
    expect(code).toBe(2);
    expect(stderr).toBe(`tcpflowc: ${NAME}:${message}\n`);
  });

  test("a file that is not there", async () => {
    const { run } = await folder({ "a.tcpflow": RIGHT });
    expect(await run(["check", "--config", "b.json", "a.tcpflow"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("b.json: no such file or folder"),
    });
  });
});

describe("the schema", () => {
  const patterns = (description: string) => ({ description, type: "array", items: { type: "string" } });
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "TCPFlow",
    type: "object",
    additionalProperties: false,
    properties: {
      $schema: { type: "string" },
      rules: {
        description: "How severe the findings of each rule are, where it is not as the rule says.",
        type: "object",
        additionalProperties: false,
        properties: Object.fromEntries(
          RULE_IDS.map((rule) => [rule, { description: RULE_PAGES[rule].what, enum: [...LEVELS] }]),
        ),
      },
      files: patterns("What `tcpflowc check` checks where no path is given: files, folders, patterns."),
      ignore: patterns("Files that are not looked for in folders and by patterns."),
      defaults: {
        description: "Options of `tcpflowc check` where its command line leaves them out.",
        type: "object",
        additionalProperties: false,
        properties: Object.fromEntries(Object.entries(DEFAULTS).map(([name, type]) => [name, { type }])),
      },
    },
  };

  test("is the one that ships; mend it with --update", async () => {
    await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot(
      "../../server/tcpflow.config.schema.json",
    );
  });

  test("takes what the command takes", () => {
    const shipped = JSON.parse(
      readFileSync(new URL("../../server/tcpflow.config.schema.json", import.meta.url), "utf8"),
    );
    const validate = new Ajv.default({ strict: false }).compile(shipped);
    expect(validate({ rules: { "wrong-ack": "off" }, files: ["docs"], defaults: { "max-warnings": 0 } })).toBe(true);
    expect(validate({ rules: { "wrong-ak": "off" } })).toBe(false);
  });
});

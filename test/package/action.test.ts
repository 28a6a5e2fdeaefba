/** The GitHub Action: read by GitHub's own parser, and its scripts run as a runner would run them. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NoOperationTraceWriter } from "@actions/workflow-parser";
import { parseAction } from "@actions/workflow-parser/actions/index";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { VERSION } from "../../server/src/cli/version.ts";
import { RIGHT, WRONG } from "../cli/run.ts";
import { type Action, runSteps } from "./runner.ts";

const root = join(import.meta.dirname, "../..");
const content = readFileSync(join(root, "action.yml"), "utf8");

const action: Action = parse(content);

test("it is what GitHub's schema says", () => {
  const errors = (text: string) =>
    parseAction({ name: "action.yml", content: text }, new NoOperationTraceWriter()).context.errors.getErrors();
  expect(errors(content).map(({ message }) => message)).toEqual([]);
  // The schema does judge.
  expect(errors(content.replace("using: composite", "using: composit"))).not.toEqual([]);
});

test("it takes this version", () => {
  expect(String(action.inputs.version?.default)).toBe(VERSION);
});

describe("a run", () => {
  let archive: string;
  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), "tcpflow-action-"));
    const [packed = ""] = execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], {
      cwd: join(root, "server"),
      encoding: "utf8",
    })
      .trim()
      .split("\n")
      .slice(-1);
    archive = join(folder, packed);
  });
  afterAll(() => rmSync(join(archive, ".."), { recursive: true, force: true }));

  const run = (files: Readonly<Record<string, string>>, inputs: Readonly<Record<string, string>>) =>
    runSteps(action, files, { version: `file:${archive}`, ...inputs });

  test("that finds nothing succeeds", () => {
    const { code, log, uploads } = run({ "docs/a.tcpflow": RIGHT }, { paths: "docs" });
    expect({ code, log }).toEqual({ code: 0, log: "No findings in 1 flow of 1 file\n" });
    expect(JSON.parse(uploads ?? "")).toMatchObject({ version: "2.1.0", runs: [{ results: [] }] });
  });

  test("that finds a mistake marks the line, hands over its findings, and fails", () => {
    const { code, log, uploads } = run(
      { "docs/a b.tcpflow": WRONG, "c.tcpflow": RIGHT },
      { paths: "docs/*.tcpflow\n  c.tcpflow\n" },
    );
    expect(code).toBe(1);
    expect(log).toContain("docs/a b.tcpflow:2:");
    expect(log).toContain("\n::error file=docs/a b.tcpflow,line=2,");
    expect(log).toContain("1 error in 2 flows of 2 files");
    expect(JSON.parse(uploads ?? "").runs[0].results).toHaveLength(1);
  });

  test("takes more options, and leaves out marks", () => {
    const { code, log } = run(
      { "docs/a.tcpflow": WRONG },
      { paths: "docs", args: "--rule 'syn-not-counted=warning' --max-warnings 0", annotations: "false" },
    );
    expect(code).toBe(1);
    expect(log).toContain("1 warning, more than --max-warnings 0");
    expect(log).not.toContain("::");
  });

  test("runs nothing that an input says", () => {
    const odd = "$(touch x) `touch x`; exit 0";
    const { code, log } = run({ "docs/a.tcpflow": RIGHT }, { paths: `docs\n${odd}`, args: "--rule '$(exit 0)'" });
    expect({ code, log }).toEqual({ code: 2, log: expect.stringContaining("tcpflowc: --rule $(exit 0): write it as") });
    expect(run({}, { paths: odd }).log).toContain(`tcpflowc: ${odd}: no `);
  });

  test("checks what the configuration names", () => {
    const { code, log } = run({ "docs/a.tcpflow": WRONG, "tcpflow.config.json": '{ "files": ["docs"] }' }, {});
    expect(code).toBe(1);
    expect(log).toContain("docs/a.tcpflow:2:");
  });

  test("that cannot run fails", () => {
    expect(run({}, { paths: "nowhere" })).toMatchObject({ code: 2, uploads: undefined });
    expect(run({}, { version: "file:/nowhere.tgz" }).code).not.toBe(0);
  });
});

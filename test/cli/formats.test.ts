/** What other programs read: SARIF, GitHub's annotations, JUnit, GitLab's code quality. */
import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import { DOMParser } from "@xmldom/xmldom";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import type { Log } from "sarif";
import { describe, expect, test } from "vitest";
import { folder, RIGHT, WRONG } from "./run.ts";

const MANY = {
  "right.tcpflow": RIGHT,
  "notes, old/50%.md": `# Notes

> \`\`\`tcpflow
${WRONG.replaceAll(/^(?=.)/gmu, "> ")}> \`\`\`

\`\`\`tcpflow
title "a < b & c"
client -> server: FIN seq=x ack=y
\`\`\`

\`\`\`tcpflow
@expect(illegal-flags)
client -> server: SYN+FIN
\`\`\`
`,
};

async function report(format: string, files: Record<string, string> = MANY) {
  const { run } = await folder(files);
  return run(["check", "--format", format, "."]);
}

describe("SARIF", () => {
  const ajv = new Ajv.default({ strict: false, unicodeRegExp: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);

  const read = (text: string): Log => JSON.parse(text);

  test("is what its schema says", async () => {
    const { stdout, code } = await report("sarif");
    expect(code).toBe(1);
    expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true);
    // The schema does judge.
    expect(validate({ version: "2.1.0", runs: [{ results: [] }] })).toBe(false);
  });

  test("names the place in the Markdown file, the reason, the rule and the fix", async () => {
    const { stdout } = await report("sarif");
    const [run] = read(stdout).runs;
    const result = run?.results?.find(({ ruleId }) => ruleId === "syn-not-counted");
    expect(result).toMatchObject({
      level: "error",
      message: { text: expect.stringContaining("ack should be x+1") },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "notes%2C%20old/50%25.md" },
            region: { startLine: 5, endLine: 5 },
          },
        },
      ],
      fixes: [{ artifactChanges: [{ replacements: [{ insertedContent: { text: expect.stringContaining("x+1") } }] }] }],
    });
    const rule = run?.tool.driver.rules?.[result?.ruleIndex ?? -1];
    expect(rule).toMatchObject({ id: "syn-not-counted", helpUri: expect.stringContaining("rfc9293.html#section-3") });
    expect(rule?.help?.text).toContain("Wrong:");
  });

  test("has expected findings as suppressed in the source", async () => {
    const { stdout } = await report("sarif");
    const found = read(stdout).runs[0]?.results?.find(({ ruleId }) => ruleId === "illegal-flags");
    expect(found?.suppressions).toEqual([{ kind: "inSource" }]);
  });

  test("marks a finding with what stays when lines come and go above it", async () => {
    const marks = async (text: string) => {
      const { stdout } = await report("sarif", { "a.tcpflow": text });
      return read(stdout).runs[0]?.results?.map(({ partialFingerprints }) => partialFingerprints);
    };
    const before = await marks(WRONG);
    expect(before).toHaveLength(1);
    expect(await marks(`// A remark\n\n${WRONG}`)).toEqual(before);
    expect(await marks(WRONG.replaceAll("x", "u"))).not.toEqual(before);
  });

  test("is whole without findings, and without a place for packets", async () => {
    const { stdout, code } = await report("sarif", { "a.tcpflow": RIGHT });
    expect(code).toBe(0);
    expect(validate(JSON.parse(stdout))).toBe(true);
    expect(read(stdout).runs[0]?.results).toEqual([]);
  });
});

test("GitHub's annotations", async () => {
  const { stdout } = await report("github");
  expect(stdout.split("\n")).toContainEqual(
    expect.stringMatching(
      /^::error file=notes%2C old\/50%25\.md,line=5,endLine=5,col=\d+,endColumn=\d+,title=syn-not-counted::ack should be x\+1: /u,
    ),
  );
  expect(stdout).not.toContain("illegal-flags");
});

test("JUnit: a suite a file, a case a flow, an error fails it", async () => {
  const { stdout } = await report("junit");
  const document = new DOMParser().parseFromString(stdout, "text/xml");
  const all = (name: string) => [...document.getElementsByTagName(name)];
  const counts = all("testsuite").map((suite) => [
    suite.getAttribute("name"),
    suite.getAttribute("tests"),
    suite.getAttribute("failures"),
  ]);
  expect(counts).toEqual([
    ["notes, old/50%.md", "3", "1"],
    ["right.tcpflow", "1", "0"],
  ]);
  expect(all("testcase").map((one) => one.getAttribute("name"))).toEqual([
    "line 4",
    "line 10: a < b & c",
    "line 15",
    "line 1",
  ]);
  expect(all("failure")[0]?.textContent).toContain("notes, old/50%.md:5:");
  expect(all("system-out")[0]?.textContent).toContain("warning:");
});

test("GitLab's code quality", async () => {
  const { stdout } = await report("codequality");
  const issues: { check_name: string }[] = JSON.parse(stdout);
  expect(issues.find(({ check_name }) => check_name === "syn-not-counted")).toMatchObject({
    severity: "major",
    description: expect.stringContaining("ack should be x+1"),
    fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/u),
    location: { path: "notes, old/50%.md", lines: { begin: 5 } },
  });
});

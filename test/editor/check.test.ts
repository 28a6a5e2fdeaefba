/** The check of a text that is no document, for programs that write flows. */
import { describe, expect, test } from "vitest";
import { checkText } from "../../server/src/editor/check/answer.ts";
import type { CheckedFix } from "../../server/src/editor/check/request.ts";
import { RULE_PAGES } from "../../server/src/flow/rule-pages.ts";
import { RIGHT, WRONG } from "../cli/run.ts";

test("a right flow has no findings, and says where it ends", () => {
  expect(checkText(RIGHT, {}, "en")).toEqual({
    errors: 0,
    warnings: 0,
    flows: [{ line: 1, segments: 3, endsIn: { client: "ESTABLISHED", server: "ESTABLISHED" }, findings: [] }],
  });
});

test("a mistake comes with its line, its reason and the line as it should be", () => {
  const { errors, flows } = checkText(WRONG, {}, "en");
  expect(errors).toBe(1);
  const [finding] = flows[0]?.findings ?? [];
  expect(finding).toMatchObject({
    rule: "syn-not-counted",
    severity: "error",
    line: 2,
    text: "server -> client: SYN+ACK seq=y ack=x",
    wrong: "ack=x",
    message: "ack should be x+1: the SYN at line 1 consumes one sequence number",
    rfc: "RFC 9293 §3.4",
  });
  expect(finding?.fixes[0]).toEqual({
    title: "Change ack to x+1",
    firstLine: 2,
    lastLine: 2,
    newText: "server -> client: SYN+ACK seq=y ack=x+1\n",
  });
});

test("what is expected is no finding, and severities are those of the settings", () => {
  expect(checkText(WRONG.replace("server ->", "@expect(syn-not-counted) server ->"), {}, "en")).toMatchObject({
    errors: 0,
  });
  expect(checkText(WRONG, { "syn-not-counted": "warning" }, "en")).toMatchObject({ errors: 0, warnings: 1 });
});

test("in Markdown the lines are those of the whole text, and a fix keeps the quote", () => {
  const fence = `> \`\`\`tcpflow\n${WRONG.replaceAll(/^(?=.)/gmu, "> ")}> \`\`\`\n`;
  const { flows } = checkText(`# Two\n\n\`\`\`tcpflow\n${RIGHT}\`\`\`\n\n${fence}`, {}, "en");
  expect(flows.map(({ line, findings }) => [line, findings.length])).toEqual([
    [4, 0],
    [10, 1],
  ]);
  expect(flows[1]?.findings[0]).toMatchObject({
    line: 11,
    text: "> server -> client: SYN+ACK seq=y ack=x",
    fixes: [{ newText: "> server -> client: SYN+ACK seq=y ack=x+1\n" }],
  });
});

describe("the first fix mends the mistake of", () => {
  const pages = Object.entries(RULE_PAGES).map(([rule, { wrong }]) => ({ rule, wrong }));
  const mended = pages.flatMap(({ rule, wrong }) => {
    const finding = checkText(wrong, {}, "en").flows[0]?.findings.find((found) => found.rule === rule);
    return finding?.fixes[0] === undefined ? [] : [{ rule, wrong, fix: finding.fixes[0] }];
  });

  test.each(mended)("$rule", ({ rule, wrong, fix }) => {
    const { flows } = checkText(withFix(wrong, fix), {}, "en");
    expect(flows[0]?.findings.map((finding) => finding.rule)).not.toContain(rule);
  });
});

function withFix(text: string, { firstLine, lastLine, newText }: CheckedFix): string {
  const lines = text.split(/^/mu);
  return [...lines.slice(0, firstLine - 1), newText, ...lines.slice(lastLine)].join("");
}

/** What the pages say is what the code does. Mend them with `npm run test:unit -- test/house --update`. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { RULE_PAGES } from "../../server/src/flow/rule-pages.ts";
import { RULES } from "../../server/src/flow/rules.ts";
import { check, renderSvg } from "../../server/src/index.ts";
import { folder } from "../cli/run.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("docs/rules.md lists every rule", async () => {
  const rows = Object.entries(RULES).map(([rule, { severity }]) => `| \`${rule}\` | ${severity} | ${whatOf(rule)} |\n`);
  const page = `# Rules

\`tcpflowc explain RULE\` has the reason and an example of each. Names never change.

| rule | severity | what is wrong |
|---|---|---|
${rows.join("")}`;
  await expect(page).toMatchFileSnapshot("../../docs/rules.md");
});

function whatOf(rule: string): string {
  return Object.entries(RULE_PAGES).find(([name]) => name === rule)?.[1].what ?? "";
}

describe("the README's flow", () => {
  const readme = read("README.md");
  const blocks = [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gmsu)].map(([, language = "", text = ""]) => ({
    language,
    text,
  }));
  const flow = blocks.find(({ language }) => language === "tcpflow")?.text ?? "";

  test("is right, and its picture is what is drawn", async () => {
    const replay = check(flow);
    expect(replay.flow.segments).toHaveLength(7);
    expect(replay.findings).toEqual([]);
    await expect(renderSvg(replay)).toMatchFileSnapshot("../../docs/handshake-and-close.svg");
  });

  test("gives the finding that the README shows when one number is wrong", async () => {
    const { run } = await folder({ "close.tcpflow": flow.replace(": ACK seq=v ack=u+1", ": ACK seq=v ack=u") });
    const shown = blocks.find(({ language }) => language === "text")?.text ?? "";
    expect((await run(["check", "close.tcpflow"])).stdout.trim()).toBe(shown.trim());
  });
});

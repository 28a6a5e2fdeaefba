/** The editor in Simplified Chinese, as the client's display language asks for it. */

import { describe, expect, onTestFinished, test } from "vitest";
import { CodeLensRequest, CompletionRequest, HoverRequest } from "vscode-languageserver-protocol";
import { RULE_IDS } from "../../server/src/flow/rules.ts";
import {
  CALLS,
  FIELDS,
  OPENERS,
  OPTIONS,
  SETTINGS,
  TIMERS,
  VARIABLES,
  VERBS,
} from "../../server/src/language/words.ts";
import { FLAG_NAMES } from "../../server/src/tcp/flags.ts";
import { STATES } from "../../server/src/tcp/states.ts";
import { foreignWords, hasChinese } from "../support/chinese.ts";
import { startServer } from "./client.ts";
import { completions, hover, servicesIn } from "./services.ts";

const chinese = await servicesIn("zh-cn");

const OPEN = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;

function expectChinese(text: string): void {
  expect(text).toSatisfy(hasChinese);
  expect(foreignWords(text)).toEqual([]);
}

describe("hover", () => {
  test.each([
    ...FLAG_NAMES.map((name) => `client -> server: ${name.slice(0, 1)}|${name.slice(1)}`),
    ...FIELDS.map((name) => `client -> server: PSH+ACK |${name}=${name === "data" ? '"a"' : 1}`),
    ...OPTIONS.map((name) => `client -> server: ACK <|${name}>`),
    ...CALLS.map((name) => `${OPEN}client calls |${name}`),
    ...TIMERS.map((name) => `${OPEN}client timeout |${name}`),
    ...VARIABLES.map((name) => `${OPEN}client is ESTABLISHED with |${name}=1`),
    ...SETTINGS.map((name) => `set |${name} = 40ms`),
    ...STATES.map((name) => `${OPEN}client is |${name}`),
    ...OPENERS.map((name) => `|${name} `),
    ...VERBS.filter((name) => name !== "gets" && name !== "arrives").map((name) => `${OPEN}client |${name} `),
    ...RULE_IDS.map((rule) => `@expect(|${rule})\n${OPEN}`),
    `@ex|pect(wrong-ack)\n${OPEN}`,
    `${OPEN}cli|ent -> server: FIN+ACK`,
    `${OPEN}client -|> server: ACK seq=x ack=z`,
    "client -> server: SYN seq=|x",
    "let |x = 5\nclient -> server: SYN seq=x",
    `${OPEN}client -> server: PSH+ACK len=|n`,
    `${OPEN}client -> server: ACK seq=x+1 ack=|z`,
    `${OPEN}client -> server: ACK seq=x+1 ack=y+1 win=|5`,
  ])("%j", async (text) => {
    expectChinese(await hover(text, chinese));
  });

  test("a segment, with its class and both ends", async () => {
    const text = `${OPEN}client -> server: PSH+ACK len=10\nclient timeout\ncl|ient -> server: PSH+ACK seq=x+1 len=10\n`;
    const shown = await hover(text, chinese);
    expect(shown).toContain("：重传");
    expect(shown).toContain("| 状态 | ESTABLISHED | ESTABLISHED |");
  });
});

describe("completion", () => {
  test.each([
    "|",
    `${OPEN}|`,
    `${OPEN}client -> |`,
    `${OPEN}client -> server: |`,
    `${OPEN}client -> server: ACK |`,
    `${OPEN}client -> server: ACK seq=|`,
    `${OPEN}client -> server: ACK <|`,
    `${OPEN}client |`,
    `${OPEN}client calls |`,
    `${OPEN}client timeout |`,
    `${OPEN}client is |`,
    `${OPEN}client is ESTABLISHED with |`,
    `${OPEN}client is ESTABLISHED with snd.nxt=|`,
    `${OPEN}wait |`,
    `${OPEN}set |`,
    `${OPEN}@|`,
    `${OPEN}@expect(|`,
    "endpoint client |",
    `${OPEN}client ~> server: ACK as late\nlate |`,
    `${OPEN}client ~> server: ACK as late\n|`,
    `${OPEN}client ~> server: ACK as late\nlate arrives |`,
    `${OPEN}client ~> server: ACK as late\nlate gets |`,
  ])("%j", async (text) => {
    const items = await completions(text, chinese);
    expect(items.length).toBeGreaterThan(0);
    for (const { detail = "", documentation = "", label } of items) {
      const texts = [detail, typeof documentation === "string" ? documentation : documentation.value];
      for (const said of texts) expect({ label, foreign: foreignWords(said) }).toEqual({ label, foreign: [] });
    }
    // The labels are what is written, so they are the same.
    expect(items.map(({ label }) => label)).toEqual((await completions(text)).map(({ label }) => label));
  });
});

describe("a client with a Chinese display language", () => {
  /** One number is wrong. */
  const WRONG = OPEN.replace("seq=y ack=x+1", "seq=y ack=x");

  async function client(locale: string) {
    const made = await startServer({}, { rulePages: "file:///docs/rules/" }, locale);
    onTestFinished(async () => {
      await made.stop();
    });
    return made;
  }

  test.each(["zh-cn", "zh-CN", "zh-Hans"])("%s: what it is sent is in Chinese", async (locale) => {
    const { connection, open } = await client(locale);
    const flow = await open(WRONG);
    expect(await flow.diagnostics()).toMatchObject([
      {
        code: "syn-not-counted",
        message: "ack 应为 x+1：第 1 行的 SYN 要占用一个序号（RFC 9293 §3.4）",
        codeDescription: { href: "file:///docs/rules/zh-cn/syn-not-counted.md" },
        relatedInformation: [{ message: "第 1 行的 SYN" }],
      },
    ]);
    expect((await flow.actions("ack=x\n")).map(({ title }) => title)).toEqual(
      expect.arrayContaining(["把 ack 改为 x+1", "在此处允许 syn-not-counted", "修正所有只有一种改法的错误"]),
    );
    const textDocument = { uri: flow.uri };
    const lenses = await connection.sendRequest(CodeLensRequest.type, { textDocument });
    expect(lenses?.map(({ command }) => command?.title)).toEqual([
      "1 个错误 · 3 个报文段 · 结束于 ESTABLISHED / ESTABLISHED · 预览",
    ]);
    const position = flow.rangeOf("SYN+ACK").start;
    const shown = await connection.sendRequest(HoverRequest.type, { textDocument, position });
    expect(JSON.stringify(shown?.contents)).toContain("建立连接");
    const end = { line: 3, character: 0 };
    const proposals = await connection.sendRequest(CompletionRequest.type, { textDocument, position: end });
    expect(JSON.stringify(proposals)).toContain("完整的连接释放");
    expect((await flow.picture())?.svg).toContain("<title>ack 应为 x+1");
  });

  test("a language without texts is English", async () => {
    const { open } = await client("de");
    const flow = await open(WRONG);
    expect(await flow.diagnostics()).toMatchObject([
      { code: "syn-not-counted", message: expect.stringContaining("ack should be x+1") },
    ]);
  });
});

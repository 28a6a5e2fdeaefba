/** Findings in Simplified Chinese: what is said is Chinese but for the terms of the field; what programs read stays. */
import { describe, expect, test } from "vitest";
import { zh } from "../../server/src/flow/chinese.ts";
import type { Finding } from "../../server/src/flow/findings.ts";
import { localeOf } from "../../server/src/flow/locale.ts";
import { pageOf, RULE_PAGES } from "../../server/src/flow/rule-pages.ts";
import { RULE_IDS } from "../../server/src/flow/rules.ts";
import { textsOf } from "../../server/src/flow/texts.ts";
import { check } from "../../server/src/index.ts";
import { foreignWords, hasChinese } from "../support/chinese.ts";
import { ruleMarkdown } from "../support/rule-markdown.ts";

const chinese = (text: string) => check(text, { locale: "zh-cn" }).findings;

/** A finding without what people read. */
function bare({ message: _, related, fixes, ...rest }: Finding) {
  return { ...rest, related: related.map(({ span }) => span), fixes: fixes.map(({ edits }) => edits) };
}

function wordsOf({ message, related, fixes }: Finding): string[] {
  return [message, ...related.map((place) => place.message), ...fixes.map(({ title }) => title)];
}

test.each([
  ["zh-cn", "zh-cn"],
  ["zh", "zh-cn"],
  ["zh-Hans", "zh-cn"],
  ["zh_CN", "zh-cn"],
  ["zh_CN.UTF-8", "zh-cn"],
  ["zh_SG.GB2312", "zh-cn"],
  ["zh-Hant", undefined],
  ["zh_TW.UTF-8", undefined],
  ["en", "en"],
  ["en_US.UTF-8", "en"],
  ["C", "en"],
  ["C.UTF-8", "en"],
  ["POSIX", "en"],
  ["de_DE@euro", undefined],
  ["zhuang", undefined],
  ["", undefined],
])("the tag %j means %j", (tag, locale) => expect(localeOf(tag)).toBe(locale));

test("a blank stands between Chinese and Latin words, and nowhere else", () => {
  const says = (who: string) => zh`期望 ${who} 的 ${"FIN"}：${who} 已关闭`;
  expect(says("server")).toBe("期望 server 的 FIN：server 已关闭");
  expect(says("服务器")).toBe("期望服务器的 FIN：服务器已关闭");
  expect(zh`见 ${"第 7 行"}`).toBe("见第 7 行");
});

describe.each(RULE_IDS.map((rule) => ({ rule })))("$rule", ({ rule }) => {
  const { wrong } = RULE_PAGES[rule];

  test("its finding is in Chinese", () => {
    const found = chinese(wrong).filter((finding) => finding.rule === rule);
    expect(found).not.toEqual([]);
    for (const text of found.flatMap(wordsOf)) {
      expect(text).toSatisfy(hasChinese);
      expect(foreignWords(text)).toEqual([]);
    }
  });

  test("is the same for programs", () => {
    expect(chinese(wrong).map(bare)).toEqual(check(wrong).findings.map(bare));
  });

  test("its page is in Chinese, one paragraph each", () => {
    const { what, why, ...rest } = pageOf(rule, "zh-cn");
    expect({ ...RULE_PAGES[rule], what, why }).toEqual({ ...rest, what, why });
    for (const paragraph of [what, why]) {
      expect(paragraph).toMatch(/^[^\n]*\p{Script=Han}[^\n]*。$/u);
      expect(foreignWords(paragraph)).toEqual([]);
    }
  });

  test("docs/rules/zh-cn has it", async () => {
    await expect(ruleMarkdown(rule, "zh-cn")).toMatchFileSnapshot(`../../docs/rules/zh-cn/${rule}.md`);
  });
});

test("a finding names its cause, its line and what is right", () => {
  const flow = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x
client -> server: ACK seq=x+1 ack=y+1
`;
  expect(chinese(flow).flatMap(wordsOf)).toEqual([
    "ack 应为 x+1：第 1 行的 SYN 要占用一个序号",
    "第 1 行的 SYN",
    "把 ack 改为 x+1",
  ]);
});

test("names of the flow in Chinese stand without blanks around them", () => {
  const [found] = chinese("客户端 -> 服务器: SYN seq=x\n客户端 -> 服务器: PSH+ACK seq=x+1 len=10");
  expect(found?.message).not.toMatch(/\p{Script=Han} \p{Script=Han}/u);
});

test("the reader's own findings are in Chinese too", () => {
  const lines = [
    "client => server: SYN",
    "client -> server: SYN len=x.y",
    "client -> server",
    "repeat 3",
    "wait 3 days",
    "client calls dance",
    "set colour = 5",
    "client is SLEEPING",
    "note client",
    "$",
    "/* open",
    "title open",
  ];
  for (const line of lines) {
    const texts = chinese(`endpoint client, server\n${line}\n`).flatMap(wordsOf);
    expect(texts, line).not.toEqual([]);
    for (const text of texts) expect(text).toSatisfy(hasChinese);
  }
});

test("every class has a name", () => {
  const { className } = textsOf("zh-cn");
  expect(className("fast retransmission")).toBe("快重传");
  expect(textsOf("en").className("fast retransmission")).toBe("fast retransmission");
});

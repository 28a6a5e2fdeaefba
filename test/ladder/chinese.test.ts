/** Pictures of flows in Simplified Chinese: the words that we write; those of the author stay. */
import { describe, expect, test } from "vitest";
import { check, renderRfc, renderSvg, renderText } from "../../server/src/index.ts";
import { cells } from "../../server/src/ladder/measure.ts";
import { foreignWords } from "../support/chinese.ts";
import { example } from "../support/examples.ts";

const chinese = (text: string) => check(text, { locale: "zh-cn" });

/** What a screen reader says of the picture. */
const description = (text: string) => /<desc[^>]*>([^<]*)<\/desc>/u.exec(renderSvg(chinese(text)))?.[1];

const FLOW = `client -> server: SYN seq=x
server -x client: SYN+ACK
client timeout retransmission
client -> server: SYN
@expect(wrong-ack)
server -> client: SYN+ACK ack=z
client crashes
wait 2s
`;

test("classes, timeouts and findings in the picture of characters", () => {
  expect(`\n${renderText(chinese(FLOW))}`).toBe(`
          client                                       server
      CLOSED │                                            │ LISTEN
    SYN-SENT │──────────── SYN seq=x ────────────────────>│ SYN-RECEIVED
             │        x────── SYN+ACK ack=x+1 ────────────│
             │ 重传计时器超时                             │
             │──────────── SYN seq=x ────────────────────>│
             │                  （重传）                  │
 ESTABLISHED │<──────────────── SYN+ACK ack=z ────────────│
             │                  （重传）                  │
             │                              ^             │
             │ 错误 wrong-ack：ack 应为 x+1：这个数由第 1 │
             │ 行的 SYN 确定，写成 z 就看不出来了         │
      CLOSED X 崩溃                                       │
             │ （2 s）                                    │
`);
});

test("the form of the RFCs", () => {
  const drawn = renderRfc(chinese(`section "一"\nnote client: "二"\n${FLOW}repeat 2 {\nclient -> server: SYN\n}\n`));
  expect(drawn).toContain("错误 wrong-ack：ack 应为 x+1");
  expect(drawn).toContain("注释：二");
  expect(drawn).toContain("重复 2 次：");
  expect(foreignWords(drawn).filter((word) => word !== "CTL")).toEqual([]);
});

test("the rows of the picture are even", () => {
  const rows = renderText(chinese(FLOW))
    .split("\n")
    .filter((row) => /│.*│/u.test(row));
  const lanes = rows.map((row) => cells(row.slice(0, row.lastIndexOf("│"))));
  expect(rows.length).toBeGreaterThan(6);
  expect(new Set(lanes).size).toBe(1);
});

test("the description is made of sentences in Chinese", () => {
  expect(description("client -> server: SYN seq=x\nserver -x client: SYN+ACK")).toBe(
    "client 处于 CLOSED，server 处于 LISTEN。" +
      "client 向 server 发送 SYN，序号 x：client 处于 SYN-SENT。server 处于 SYN-RECEIVED。" +
      "server 向 client 发送 SYN ACK，确认号 x+1，丢失。",
  );
  const words = description(FLOW) ?? "";
  expect(foreignWords(words)).toEqual([]);
});

test("without a title the picture has one in Chinese", () => {
  expect(renderSvg(chinese("client -> server: SYN"))).toContain(">TCP 报文段交互</title>");
});

describe("every kind of event has words", () => {
  test.each([
    "half-close.tcpflow",
    "keep-alive.tcpflow",
    "stale-syn.tcpflow",
    "syn-flood.tcpflow",
    "rfc9293-figure-10.tcpflow",
  ])("%s", (name) => {
    // The author's own words, in quotes in the text, are left out.
    const flow = example(name)
      .replaceAll(/"[^"]*"/gu, '"甲"')
      .replaceAll(/\b(?:title|section|note)[^\n]*/gu, "");
    expect(foreignWords(description(flow) ?? "")).toEqual([]);
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { nearest } from "../../server/src/language/nearest.ts";
import { parse } from "../../server/src/language/parse.ts";

describe("the nearest word", () => {
  const calls = ["listen", "connect", "send", "receive", "shutdown", "close", "abort"];
  test.each([
    ["conect", "connect"],
    ["CLOSE", "close"],
    ["lsiten", "listen"],
    ["recieve", "receive"],
    ["shutdwon", "shutdown"],
    ["sned", "send"],
    ["colse", "close"],
  ])("to %s is %s", (word, known) => expect(nearest(word, calls)).toBe(known));
  test.each(["dance", "x", "", "open"])("none is near %s", (word) => expect(nearest(word, calls)).toBe(undefined));
  test("one letter is never taken for another", () => expect(nearest("C", ["A", "B"])).toBe(undefined));
  test("among equals the first", () => expect(nearest("bat", ["cat", "hat"])).toBe("cat"));
});

test.each(["客户端", "клиент", "عميل", "ग्राहक", "𠮷", "É", "load-balancer-a", "_x1", "FIN-WAIT-2"])(
  "%s is a name",
  (name) => {
    const flow = parse(`${name} -> b: SYN seq=${name}\n${name} is SYN-SENT`);
    expect(flow.problems).toEqual([]);
    expect(flow.endpoints[0]?.name).toBe(name);
  },
);

describe("the editor takes as one word", () => {
  const { wordPattern } = JSON.parse(
    readFileSync(new URL("../../language-configuration.json", import.meta.url), "utf8"),
  );
  test.each(["FIN-WAIT-1", "TIME-WAIT", "fin_wait2", "snd.nxt", "load-balancer", "客户端", "0xffff", "wrong-ack"])(
    "%s",
    (word) => {
      const words = `a ${word}, b`.match(new RegExp(wordPattern.pattern, `g${wordPattern.flags}`));
      expect(words).toEqual(["a", word, "b"]);
    },
  );
  test("but not a sum", () => {
    const words = "ack=x+1 u-1".match(new RegExp(wordPattern.pattern, `g${wordPattern.flags}`));
    expect(words).toEqual(["ack", "x", "1", "u", "1"]);
  });
});

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, test } from "vitest";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

const root = new URL("../../", import.meta.url);
let grammar: textmate.IGrammar;
let markdown: textmate.IGrammar;

beforeAll(async () => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(new Uint8Array(wasm).buffer);
  const files: Record<string, string> = {
    "source.tcpflow": "syntaxes/tcpflow.tmLanguage.json",
    "markdown.tcpflow.codeblock": "syntaxes/markdown-tcpflow.tmLanguage.json",
  };
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      const file = files[scope];
      return file === undefined ? null : textmate.parseRawGrammar(readFileSync(new URL(file, root), "utf8"), file);
    },
  });
  const load = async (scope: string) => {
    const loaded = await registry.loadGrammar(scope);
    if (loaded === null) throw new Error(`no grammar ${scope}`);
    return loaded;
  };
  grammar = await load("source.tcpflow");
  markdown = await load("markdown.tcpflow.codeblock");
});

/** `piece: scope` of everything on a line but blanks; the scope is the innermost, without its ending. */
function colours(line: string): string[] {
  return grammar
    .tokenizeLine(line, textmate.INITIAL)
    .tokens.map(({ startIndex, endIndex, scopes }) => ({
      piece: line.slice(startIndex, endIndex).trim(),
      scope: scopes.at(-1) ?? "",
    }))
    .filter(({ piece }) => piece !== "")
    .map(({ piece, scope }) => `${piece}: ${scope.replace(/^source\.tcpflow$/u, "-").replace(/\.tcpflow$/u, "")}`);
}

describe("a segment line", () => {
  test("has names, arrow, flags, fields and numbers apart", () => {
    expect(colours("client -> server:80: SYN+ACK seq=y ack=x+1 win=0 // sent")).toEqual([
      "client: entity.name.type.endpoint",
      "->: keyword.operator.arrow",
      "server: entity.name.type.endpoint",
      ":80: constant.numeric.port",
      ":: punctuation.separator",
      "SYN+ACK: keyword.control.flag",
      "seq: entity.name.label.field",
      "=: keyword.operator.assignment",
      "y: variable.other.symbol",
      "ack: entity.name.label.field",
      "=: keyword.operator.assignment",
      "x: variable.other.symbol",
      "+: keyword.operator.arithmetic",
      "1: constant.numeric",
      "win: entity.name.label.field",
      "=: keyword.operator.assignment",
      "0: constant.numeric",
      "//: punctuation.definition.comment",
      "sent: comment.line.double-slash",
    ]);
  });
  test("has options, a name, a time and a label", () => {
    expect(colours('a -x b: ACK ack=? <mss 1460, sackOK> as late takes 40ms old "hm \\" x"')).toEqual([
      "a: entity.name.type.endpoint",
      "-x: keyword.operator.arrow",
      "b: entity.name.type.endpoint",
      ":: punctuation.separator",
      "ACK: keyword.control.flag",
      "ack: entity.name.label.field",
      "=: keyword.operator.assignment",
      "?: constant.language.blank",
      "<: punctuation.definition.options",
      "mss: support.type.option",
      "1460: constant.numeric",
      ",: meta.options",
      "sackOK: support.type.option",
      ">: punctuation.definition.options",
      "as: keyword.other",
      "late: entity.name.label.segment",
      "takes: keyword.other",
      "40: constant.numeric.duration",
      "ms: keyword.other.unit",
      "old: keyword.other",
      '": punctuation.definition.string.begin',
      "hm: string.quoted.double",
      '\\": constant.character.escape',
      "x: string.quoted.double",
      '": punctuation.definition.string.end',
    ]);
  });
});

test("states stand out, whatever their hyphens", () => {
  expect(colours("client is FIN-WAIT-1 with snd.nxt=u+1, server is ?")).toEqual([
    "client: entity.name.type.endpoint",
    "is: keyword.other",
    "FIN-WAIT-1: constant.language.state",
    "with: keyword.other",
    "snd.nxt: entity.name.label.field",
    "=: keyword.operator.assignment",
    "u: variable.other.symbol",
    "+: keyword.operator.arithmetic",
    "1: constant.numeric",
    ",: -",
    "server: entity.name.type.endpoint",
    "is: keyword.other",
    "?: constant.language.blank",
  ]);
});

test.each([
  [
    "client calls send 100",
    [
      "client: entity.name.type.endpoint",
      "calls: keyword.other",
      "send: support.function.call",
      "100: constant.numeric",
    ],
  ],
  [
    "client timeout time-wait",
    ["client: entity.name.type.endpoint", "timeout: keyword.other", "time-wait: support.constant.timer"],
  ],
  ["wait 2MSL", ["wait: keyword.control.statement", "2: constant.numeric.duration", "MSL: keyword.other.unit"]],
  ["late arrives again", ["late: entity.name.label.segment", "arrives: keyword.other", "again: keyword.other"]],
  ["repeat 10 {", ["repeat: keyword.control.statement", "10: constant.numeric", "{: punctuation.section.block"]],
  [
    "set latency = 40ms",
    [
      "set: keyword.control.statement",
      "latency: support.variable.setting",
      "=: keyword.operator.assignment",
      "40: constant.numeric.duration",
      "ms: keyword.other.unit",
    ],
  ],
  [
    "@expect(wrong-ack)",
    [
      "@: meta.annotation",
      "expect: storage.modifier.annotation",
      "(: punctuation.section.parens.begin",
      "wrong-ack: constant.other.rule",
      "): punctuation.section.parens.end",
    ],
  ],
])("%s", (line, expected) => expect(colours(line)).toEqual(expected));

test("a word that begins statements is a name before an arrow", () => {
  expect(colours("note -> wait: SYN").slice(0, 3)).toEqual([
    "note: entity.name.type.endpoint",
    "->: keyword.operator.arrow",
    "wait: entity.name.type.endpoint",
  ]);
});

test("names of any script", () => {
  expect(colours("客户端 -> 服务器：SYN").map((colour) => colour.split(": ")[0])).toEqual([
    "客户端",
    "->",
    "服务器",
    "：",
    "SYN",
  ]);
});

test("a fence in Markdown holds a flow, and ends", () => {
  let state = textmate.INITIAL;
  const scopes = ["```tcpflow", "a -> b: SYN", "```", "a -> b: SYN"].map((line) => {
    const result = markdown.tokenizeLine(line, state);
    state = result.ruleStack;
    return result.tokens.some((token) => token.scopes.includes("meta.embedded.block.tcpflow"));
  });
  expect(scopes).toEqual([false, true, false, false]);
});

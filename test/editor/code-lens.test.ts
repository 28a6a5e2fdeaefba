import { expect, test } from "vitest";
import { codeLenses } from "../../server/src/editor/code-lens.ts";
import { replay } from "../../server/src/flow/replay.ts";
import { parse } from "../../server/src/language/parse.ts";

const lens = (text: string) =>
  codeLenses(replay(parse(text))).map(({ command, range }) => `${range.start.line}: ${command?.title}`);

test("above the title: mistakes, segments, and how it ends", () => {
  const flow = '\ntitle "T"\na -> b: FIN+ACK seq=u ack=v\nb -> a: ACK seq=v ack=u\n';
  expect(lens(flow)).toEqual(["1: 1 error · 2 segments · ends in FIN-WAIT-2 / CLOSE-WAIT · Preview"]);
  expect(lens("a:1 -> b: SYN\na:2 -> b: SYN\n")).toEqual(["0: 2 segments · 2 connections · Preview"]);
});

test("a mistake shown on purpose does not count", () => {
  expect(lens("a -> b: FIN+ACK seq=u ack=v\n@expect(fin-not-counted)\nb -> a: ACK seq=v ack=u\n")).toEqual([
    "0: 2 segments · ends in FIN-WAIT-2 / CLOSE-WAIT · Preview",
  ]);
});

test("a flow without anybody in it has none", () => expect(lens("// nothing yet\n")).toEqual([]));

import { afterAll, beforeAll, expect, test } from "vitest";
import {
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  type DocumentSymbol,
  DocumentSymbolRequest,
  FoldingRangeRequest,
} from "vscode-languageserver-protocol/node";
import { type Client, type OpenFlow, startServer } from "./client.ts";

let client: Client;
beforeAll(async () => {
  client = await startServer();
});
afterAll(async () => {
  await client.stop();
});

/** The outline as an indented list. */
async function outline(flow: OpenFlow): Promise<string[]> {
  const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri: flow.uri } });
  const lines = (list: readonly DocumentSymbol[], indent: string): string[] =>
    list.flatMap(({ name, detail, children, range }) => [
      `${indent}${name}${detail ? ` | ${detail}` : ""} @${range.start.line}-${range.end.line}`,
      ...lines(children ?? [], `${indent}  `),
    ]);
  return lines(symbols?.filter((symbol) => "range" in symbol) ?? [], "");
}

async function folds(flow: OpenFlow): Promise<string[]> {
  const ranges = await client.connection.sendRequest(FoldingRangeRequest.type, { textDocument: { uri: flow.uri } });
  return (ranges ?? []).map(({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind ? ` ${kind}` : ""}`);
}

const FLOW = `// What a SYN does,
// in two lines.
title "Opening"
section "First steps"
client -> server: SYN seq=x "hello"
section "Then"
/* both
   of them */
repeat 2 {
  client -x server: SYN seq=x
  client timeout
}
client -> server: SYN seq=x
`;

test("the outline holds the title, the sections, and in them the segments", async () => {
  expect(await outline(await client.open(FLOW))).toEqual([
    "Opening @0-13",
    "  First steps @3-5",
    "    SYN seq=x | client → server “hello” @4-4",
    "  Then @5-13",
    "    SYN seq=x | client → server @9-9",
    "    SYN seq=x | client → server @12-12",
  ]);
});

test("without a title the segments stand alone", async () => {
  expect(await outline(await client.open("a -> b: SYN seq=x\nb -> a: \nb -> a: RST+ACK"))).toEqual([
    "SYN seq=x | a → b @0-0",
    "RST+ACK | b → a @2-2",
  ]);
});

test("sections, blocks and comments fold", async () => {
  expect(await folds(await client.open(FLOW))).toEqual([
    "3-4 region",
    "8-10",
    "5-12 region",
    "0-1 comment",
    "6-7 comment",
  ]);
});

test("formatting changes the lines that need it and keeps the comments", async () => {
  const flow = await client.open("a->b:SYN   seq=x // first\n\nb -> a: SYN+ACK seq=y ack=x+1\n");
  const options = { tabSize: 2, insertSpaces: true };
  const edits = await client.connection.sendRequest(DocumentFormattingRequest.type, {
    textDocument: { uri: flow.uri },
    options,
  });
  expect(edits).toHaveLength(1);
  await flow.edit(edits ?? []);
  expect(flow.text()).toBe("a -> b: SYN seq=x // first\n\nb -> a: SYN+ACK seq=y ack=x+1\n");
});

test("formatting a selection leaves the other lines alone", async () => {
  const flow = await client.open("a->b:SYN seq=x\nb->a:SYN+ACK seq=y ack=x+1\n");
  const edits = await client.connection.sendRequest(DocumentRangeFormattingRequest.type, {
    textDocument: { uri: flow.uri },
    range: flow.rangeOf("b->a:SYN+ACK"),
    options: { tabSize: 2, insertSpaces: true },
  });
  await flow.edit(edits ?? []);
  expect(flow.text()).toBe("a->b:SYN seq=x\nb -> a: SYN+ACK seq=y ack=x+1\n");
});

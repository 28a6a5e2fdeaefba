import { afterAll, beforeAll, expect, test } from "vitest";
import { type DocumentSymbol, DocumentSymbolRequest, FoldingRangeRequest } from "vscode-languageserver-protocol/node";
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

import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { formattingEdits } from "../../server/src/editor/formatting.ts";
import { format } from "../../server/src/language/format.ts";
import { type Client, startServer } from "./client.ts";

let client: Client;
beforeAll(async () => {
  client = await startServer();
});
afterAll(async () => {
  await client.stop();
});

const options = { tabSize: 2, insertSpaces: true };

async function formatted(text: string): Promise<string> {
  const flow = await client.open(text);
  const edits = await client.connection.sendRequest(DocumentFormattingRequest.type, {
    textDocument: { uri: flow.uri },
    options,
  });
  await flow.edit(edits ?? []);
  return flow.text();
}

test("formatting changes the lines that need it and keeps the comments", async () => {
  expect(await formatted("a->b:SYN   seq=x // first\n\nb -> a: SYN+ACK seq=y ack=x+1\n")).toBe(
    "a -> b: SYN seq=x // first\n\nb -> a: SYN+ACK seq=y ack=x+1\n",
  );
});

test("formatting leaves the line breaks of Windows as they are", async () => {
  expect(await formatted("a->b:SYN seq=x\r\nb -> a: SYN+ACK seq=y ack=x+1\r\n")).toBe(
    "a -> b: SYN seq=x\r\nb -> a: SYN+ACK seq=y ack=x+1\r\n",
  );
});

const aLine = fc.constantFrom(
  ...[
    "",
    "",
    "  ",
    "a->b:SYN",
    "b -> a: RST // why",
    "  a -> ",
    "repeat 2 {",
    "}",
    "/* two",
    "lines */",
    'title "x',
    "// c",
  ],
);

test("whatever the text, the edits lead to its formatted form, and leave out what stays", () => {
  fc.assert(
    fc.property(fc.array(aLine), fc.constantFrom("\n", "\r\n"), (lines, lineEnd) => {
      const text = lines.join(lineEnd);
      const edits = formattingEdits(text);
      const applied = TextDocument.applyEdits(TextDocument.create("file:///a", "tcpflow", 1, text), edits);
      expect(applied.replaceAll("\r\n", "\n")).toBe(format(text).replaceAll("\r\n", "\n"));
      expect(formattingEdits(format(text))).toEqual([]);
    }),
  );
});

test("formatting a selection leaves the other lines alone", async () => {
  const flow = await client.open("a->b:SYN seq=x\nb->a:SYN+ACK seq=y ack=x+1\n");
  const edits = await client.connection.sendRequest(DocumentRangeFormattingRequest.type, {
    textDocument: { uri: flow.uri },
    range: flow.rangeOf("b->a:SYN+ACK"),
    options,
  });
  await flow.edit(edits ?? []);
  expect(flow.text()).toBe("a->b:SYN seq=x\nb -> a: SYN+ACK seq=y ack=x+1\n");
});

test("a line is formatted when it is finished", async () => {
  const flow = await client.open("a->b:SYN seq=x\nb->a:SYN+ACK seq=y ack=x+1\n\n");
  const edits = await client.connection.sendRequest(DocumentOnTypeFormattingRequest.type, {
    textDocument: { uri: flow.uri },
    position: { line: 2, character: 0 },
    ch: "\n",
    options,
  });
  await flow.edit(edits ?? []);
  expect(flow.text()).toBe("a->b:SYN seq=x\nb -> a: SYN+ACK seq=y ack=x+1\n\n");
});

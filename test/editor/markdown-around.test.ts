/** What is not in a fence, and fences beside each other. */
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  DocumentFormattingRequest,
  DocumentHighlightRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  InlineCompletionRequest,
  InlineCompletionTriggerKind,
  PrepareRenameRequest,
  ReferencesRequest,
  SelectionRangeRequest,
  SemanticTokensRequest,
} from "vscode-languageserver-protocol/node";
import { type Client, type OpenFlow, startOnNode, startServer } from "./client.ts";

let client: Client;
beforeAll(async () => {
  client = await startServer();
});
afterAll(async () => {
  await client.stop();
});

const options = { tabSize: 2, insertSpaces: true };

/** All that is about one place; an answer that holds nothing is left out. */
async function answersAt({ uri }: OpenFlow, line: number, character: number): Promise<object> {
  const { connection } = client;
  const position = { line, character };
  const at = { textDocument: { uri }, position };
  const answers = {
    completion: await connection.sendRequest(CompletionRequest.type, at),
    inline: await connection.sendRequest(InlineCompletionRequest.type, {
      ...at,
      context: { triggerKind: InlineCompletionTriggerKind.Automatic },
    }),
    hover: await connection.sendRequest(HoverRequest.type, at),
    definition: await connection.sendRequest(DefinitionRequest.type, at),
    references: await connection.sendRequest(ReferencesRequest.type, { ...at, context: { includeDeclaration: true } }),
    // An empty list would keep an editor from marking the same words, as it does elsewhere in Markdown.
    highlights: (await connection.sendRequest(DocumentHighlightRequest.type, at)) === null ? null : ["some"],
    rename: await connection.sendRequest(PrepareRenameRequest.type, at),
    selection: await connection
      .sendRequest(SelectionRangeRequest.type, { ...at, positions: [position] })
      .then((ranges) => ranges?.filter((one) => one.parent || one.range.end.character !== character)),
  };
  return Object.fromEntries(
    Object.entries(answers).filter(([, answer]) => answer !== null && answer?.toString() !== ""),
  );
}

const PAGE = `# client -> server

client -> server: SYN seq=

> \`\`\`tcpflow
> client -> server: SYN seq=x
> \`\`\`

\`\`\`mermaid
client->>server: SYN
\`\`\`
`;

test.each([
  ["in a heading", 0, 4],
  ["in a line that looks like a segment", 2, 26],
  ["in the marks that open a fence", 4, 6],
  ["in the language of a fence", 4, 9],
  ["in front of a line of a fence", 5, 1],
  ["in the marks that close a fence", 6, 4],
  ["in a fence of another language", 9, 3],
  ["at the end", 11, 0],
])("nothing is said %s", async (_, line, character) => {
  const flow = await client.open(PAGE, "markdown");
  expect(await answersAt(flow, line, character)).toEqual({});
});

test("a line outside has no actions and no hints", async () => {
  const flow = await client.open(PAGE, "markdown");
  expect(await flow.actions("client -> server: SYN seq=")).toEqual([]);
  const range = { start: { line: 0, character: 0 }, end: { line: 4, character: 12 } };
  expect(
    await client.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri: flow.uri }, range }),
  ).toEqual([]);
});

test("a page without a flow has nothing at all", async () => {
  const flow = await client.open(PAGE.replace("tcpflow", "text"), "markdown");
  const textDocument = { uri: flow.uri };
  const { connection } = client;
  expect(await flow.diagnostics()).toEqual([]);
  expect(await connection.sendRequest(CodeLensRequest.type, { textDocument })).toEqual([]);
  expect(await connection.sendRequest(FoldingRangeRequest.type, { textDocument })).toEqual([]);
  expect((await connection.sendRequest(SemanticTokensRequest.type, { textDocument }))?.data).toEqual([]);
  expect(await connection.sendRequest(DocumentFormattingRequest.type, { textDocument, options })).toEqual([]);
  expect(await flow.picture()).toBeNull();
});

test("the outline is left to Markdown", async () => {
  const flow = await client.open(PAGE, "markdown");
  expect(
    await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri: flow.uri } }),
  ).toBeNull();
});

const fence = (text: string) => `\`\`\`tcpflow\n${text}\`\`\`\n`;
const opening = (ack: string) => `a->b: SYN seq=x\nb -> a: SYN+ACK seq=y ack=${ack}\na -> b: ACK seq=x+1 ack=y+1\n`;

test("fences are flows of their own, which are mended and formatted together", async () => {
  const page = (ack: string) => `${fence(opening(ack))}\nBetween a and b.\n\n${fence(opening(ack))}`;
  const flow = await client.open(page("x"), "markdown");
  expect((await flow.diagnostics()).map(({ range }) => range.start.line)).toEqual([2, 10]);
  const named = await client.connection.sendRequest(ReferencesRequest.type, {
    textDocument: { uri: flow.uri },
    position: { line: 9, character: 0 },
    context: { includeDeclaration: true },
  });
  expect(named?.map(({ range }) => range.start.line)).toEqual([9, 10, 11]);
  // Also where the cursor is in neither of them.
  const actions = await flow.actions("Between", "source");
  expect(actions.map(({ kind }) => kind)).toEqual(["source.fixAll.tcpflow", "source.format.tcpflow"]);
  for (const action of actions) await flow.edit(action.edit?.changes?.[flow.uri] ?? []);
  expect(flow.text()).toBe(page("x+1").replaceAll("a->b", "a -> b"));
  expect(await flow.diagnostics()).toEqual([]);
  expect(await flow.actions("Between", "source")).toEqual([]);
});

test("a fence that moves says so, and one that goes takes its problems along", async () => {
  const flow = await client.open(fence(opening("x")), "markdown");
  const lines = async () => (await flow.diagnostics()).map(({ range }) => range.start.line);
  expect(await lines()).toEqual([2]);
  const start = { line: 0, character: 0 };
  await flow.edit([{ range: { start, end: start }, newText: "A new line.\n\n" }]);
  expect(await lines()).toEqual([4]);
  await flow.edit([{ range: flow.rangeOf("tcpflow"), newText: "text" }]);
  expect(await lines()).toEqual([]);
});

test("braces are read as MDX has them", async () => {
  const page = `{/*\n${fence(opening("x"))}*/}\n\n<Tabs>\n${fence(opening("x"))}</Tabs>\n`;
  expect((await (await client.open(page, "mdx")).diagnostics()).map(({ range }) => range.start.line)).toEqual([11]);
  // An editor without MDX.
  expect((await (await client.open(page, "plaintext")).diagnostics()).map(({ range }) => range.start.line)).toEqual([
    11,
  ]);
});

test("settings hold in fences too, and a change shows at once", async () => {
  const own = await startServer({
    rules: { "syn-not-counted": "hint" },
    inlayHints: { states: false, numbers: false },
  });
  const flow = await own.open(fence(opening("x")), "markdown");
  expect((await flow.diagnostics()).map(({ severity }) => severity)).toEqual([4]);
  const hints = await own.connection.sendRequest(InlayHintRequest.type, {
    textDocument: { uri: flow.uri },
    range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
  });
  expect(hints).toEqual([]);
  await own.configure({ rules: { "syn-not-counted": "off" } });
  expect(await flow.diagnostics()).toEqual([]);
  await own.stop();
});

test("where a client can be told, the server formats flows alone, so that Markdown keeps its formatter", async () => {
  expect(client.capabilities).toMatchObject({
    documentFormattingProvider: false,
    documentRangeFormattingProvider: false,
  });
  await (await client.open("", "markdown")).diagnostics();
  expect(client.registered).toEqual(
    expect.arrayContaining(["textDocument/formatting", "textDocument/rangeFormatting"]),
  );
  const plain = await startServer({}, {}, "en", startOnNode(), false);
  expect(plain.capabilities).toMatchObject({ documentFormattingProvider: true, documentRangeFormattingProvider: true });
  await plain.stop();
});

/** The requests of an editor over the protocol, on one flow. */
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  DocumentHighlightRequest,
  HoverRequest,
  InlayHintRequest,
  InlineCompletionRequest,
  InlineCompletionTriggerKind,
  InsertTextFormat,
  InsertTextMode,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  SelectionRangeRequest,
  SemanticTokensRequest,
} from "vscode-languageserver-protocol/node";
import { type Client, type OpenFlow, startServer } from "./client.ts";

let client: Client;
beforeAll(async () => {
  client = await startServer();
});
afterAll(async () => {
  await client.stop();
});

const FLOW = `title "Opening"
client -> server: SYN seq=x
server -> client: SYN+ACK seq=y
`;

/** The start of some words of the text. */
const place = (flow: OpenFlow, words: string) => ({
  textDocument: { uri: flow.uri },
  position: flow.rangeOf(words).start,
});
const END = { line: 3, character: 0 };

test("a client is told what there is", () => {
  expect(client.capabilities).toMatchObject({
    completionProvider: { triggerCharacters: expect.arrayContaining([":", "="]) },
    hoverProvider: true,
    inlayHintProvider: { resolveProvider: false },
    semanticTokensProvider: { legend: { tokenTypes: ["type", "variable", "event"] } },
    definitionProvider: true,
    referencesProvider: true,
    renameProvider: { prepareProvider: true },
    documentHighlightProvider: true,
    selectionRangeProvider: true,
    inlineCompletionProvider: true,
    codeLensProvider: { resolveProvider: false },
  });
});

test("completion right after an edit knows the edit", async () => {
  const flow = await client.open(FLOW);
  const ask = async (line: number) => {
    const answer = await client.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri: flow.uri },
      position: { line, character: 0 },
    });
    return (Array.isArray(answer) ? answer : (answer?.items ?? []))[0]?.label;
  };
  // The author leaves acknowledgment numbers out.
  expect(await ask(3)).toBe("client -> server: ACK seq=x+1");
  await flow.edit([{ range: { start: END, end: END }, newText: "client -> server: ACK\nclient calls close\n" }]);
  expect(await ask(5)).toBe("client -> server: FIN+ACK seq=x+1");
});

test("a block is proposed whole, with the cursor in it", async () => {
  const flow = await client.open("repeat 2 {\n  cro\n}\n");
  const answer = await client.connection.sendRequest(CompletionRequest.type, {
    textDocument: { uri: flow.uri },
    position: { line: 1, character: 5 },
  });
  const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
  expect(items.find(({ label }) => label === "crossing")).toMatchObject({
    insertTextFormat: InsertTextFormat.Snippet,
    insertTextMode: InsertTextMode.asIs,
    textEdit: { newText: "crossing {\n    $0\n  }" },
  });
});

test("the likeliest next line shows in grey, as far as it is not typed yet", async () => {
  const flow = await client.open(`${FLOW}client -`);
  const ask = (line: number, character: number) =>
    client.connection.sendRequest(InlineCompletionRequest.type, {
      textDocument: { uri: flow.uri },
      position: { line, character },
      context: { triggerKind: InlineCompletionTriggerKind.Automatic },
    });
  const insertText = "client -> server: ACK seq=x+1";
  expect(await ask(3, 8)).toEqual([{ insertText, range: { start: END, end: { line: 3, character: 8 } } }]);
  expect(await ask(3, 0)).toEqual([]);
  await flow.edit([{ range: { start: END, end: { line: 3, character: 8 } }, newText: "" }]);
  expect(await ask(3, 0)).toMatchObject([{ insertText }]);
  // After the end of an exchange nothing is expected.
  await flow.edit([{ range: { start: END, end: END }, newText: `${insertText}\nclient -> server: RST+ACK\n` }]);
  expect(await ask(5, 0)).toEqual([]);
});

test("hover, hints, tokens and the lens", async () => {
  const flow = await client.open(FLOW);
  const textDocument = { uri: flow.uri };
  const { connection } = client;
  expect(await connection.sendRequest(HoverRequest.type, place(flow, "-> client"))).toMatchObject({
    contents: { kind: "markdown", value: expect.stringContaining("| SND.NXT | – → **y+1** | x+1 |") },
  });
  const range = { start: { line: 0, character: 0 }, end: END };
  const hints = await connection.sendRequest(InlayHintRequest.type, { textDocument, range });
  expect(hints?.map(({ label }) => label)).toEqual([
    "client SYN-SENT · server SYN-RECEIVED",
    "ack=x+1",
    "client ESTABLISHED",
  ]);
  expect((await connection.sendRequest(SemanticTokensRequest.type, { textDocument }))?.data).toHaveLength(30);
  expect(await connection.sendRequest(CodeLensRequest.type, { textDocument })).toMatchObject([
    { command: { title: "2 segments · ends in ESTABLISHED / SYN-RECEIVED · Preview" } },
  ]);
});

test("settings switch hints off", async () => {
  const quiet = await startServer({ inlayHints: { states: false } });
  const flow = await quiet.open(FLOW);
  const ask = () =>
    quiet.connection.sendRequest(InlayHintRequest.type, {
      textDocument: { uri: flow.uri },
      range: { start: { line: 0, character: 0 }, end: END },
    });
  expect((await ask())?.map(({ label }) => label)).toEqual(["ack=x+1"]);
  await quiet.configure({ inlayHints: { states: false, numbers: false } });
  expect(await ask()).toEqual([]);
  expect(quiet.refreshed).toEqual(["inlay hints", "code lenses"]);
  await quiet.stop();
});

test("names: definition, references, highlights, rename", async () => {
  const flow = await client.open(FLOW);
  const { connection } = client;
  const at = place(flow, "server -> client");
  expect(await connection.sendRequest(DefinitionRequest.type, at)).toMatchObject([
    { targetRange: { start: { line: 1 } } },
  ]);
  const context = { includeDeclaration: true };
  expect(await connection.sendRequest(ReferencesRequest.type, { ...at, context })).toHaveLength(2);
  expect(await connection.sendRequest(DocumentHighlightRequest.type, at)).toHaveLength(2);
  expect(await connection.sendRequest(PrepareRenameRequest.type, at)).toMatchObject({
    start: { line: 2, character: 0 },
  });
  const edit = await connection.sendRequest(RenameRequest.type, { ...at, newName: "web" });
  await flow.edit(edit?.changes?.[flow.uri] ?? []);
  expect(flow.text()).toBe(FLOW.replaceAll("server", "web"));
  await expect(
    connection.sendRequest(RenameRequest.type, { ...place(flow, "web ->"), newName: "client" }),
  ).rejects.toThrow("another endpoint is called client already");
});

test("the selection grows", async () => {
  const flow = await client.open(FLOW);
  const { textDocument, position } = place(flow, "seq=y");
  const [selection] =
    (await client.connection.sendRequest(SelectionRangeRequest.type, { textDocument, positions: [position] })) ?? [];
  expect(selection).toMatchObject({ range: { start: { line: 2 } }, parent: { range: { start: { line: 2 } } } });
});

/** Whatever the flow and wherever its fence stands: it is served as a file of its own would be. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  CompletionRequest,
  DocumentFormattingRequest,
  HoverRequest,
  InlayHintRequest,
  PrepareRenameRequest,
  RenameRequest,
} from "vscode-languageserver-protocol/node";
import { TextDocument, type TextEdit } from "vscode-languageserver-textdocument";
import { fences, RULE_MARKDOWN } from "../support/examples.ts";
import { type Client, type OpenFlow, startServer } from "./client.ts";
import { FIRST_LINE, fenced, flowIn, PLACES, type Place } from "./fences.ts";

let client: Client;
beforeAll(async () => {
  client = await startServer();
});
afterAll(async () => {
  await client.stop();
});

/** A document and a place in it, so that two of them can be told apart by what the server says only. */
interface Asked {
  readonly document: OpenFlow;
  readonly position: TextEdit["range"]["start"];
  /** The flow after edits of the document. */
  edited(edits: readonly TextEdit[]): string;
  /** A message with its line numbers as those of the flow. */
  told(message: string | object): string;
}

async function asFile(flow: string, offset: number): Promise<Asked> {
  const document = await client.open(flow);
  const text = TextDocument.create("file:///a", "tcpflow", 1, flow);
  return {
    document,
    position: text.positionAt(offset),
    edited: (edits) => TextDocument.applyEdits(text, [...edits]),
    told: JSON.stringify,
  };
}

async function asFence(flow: string, offset: number, place: Place): Promise<Asked> {
  const document = await client.open(fenced(flow, place), "markdown");
  const text = TextDocument.create("file:///a", "markdown", 1, document.text());
  const { line, character } = TextDocument.create("file:///a", "tcpflow", 1, flow).positionAt(offset);
  const isEmpty = flow.split("\n")[line] === "" && (place.closed || line < flow.split("\n").length - 1);
  const before = isEmpty || line === flow.split("\n").length - 1 ? place.empty : place.rest;
  return {
    document,
    position: { line: line + FIRST_LINE, character: character + before.length },
    edited: (edits) => flowIn(TextDocument.applyEdits(text, [...edits])),
    told: (message) =>
      JSON.stringify(message).replaceAll(/\bline (\d+)/gu, (_, number) => `line ${Number(number) - FIRST_LINE}`),
  };
}

/** All that the server says, as it would look in a flow of its own. */
async function said({ document, position, edited, told }: Asked): Promise<object> {
  const { uri } = document;
  const { connection } = client;
  const at = { textDocument: { uri }, position };
  const marked = (range: TextEdit["range"]) => edited([{ range, newText: "⟨here⟩" }]);
  const end = { line: 10_000, character: 0 };
  const [diagnostics, actions, completion, hover, hints, renameable, formatting] = await Promise.all([
    document.diagnostics(),
    document.actionsAt({ start: position, end: position }),
    connection.sendRequest(CompletionRequest.type, at),
    connection.sendRequest(HoverRequest.type, at),
    connection.sendRequest(InlayHintRequest.type, { ...at, range: { start: { line: 0, character: 0 }, end } }),
    connection.sendRequest(PrepareRenameRequest.type, at),
    connection.sendRequest(DocumentFormattingRequest.type, { ...at, options: { tabSize: 2, insertSpaces: true } }),
  ]);
  const renamed = renameable && (await connection.sendRequest(RenameRequest.type, { ...at, newName: "renamed" }));
  const items = Array.isArray(completion) ? completion : (completion?.items ?? []);
  return {
    diagnostics: diagnostics.map(({ range, message, relatedInformation = [], ...rest }) => ({
      ...rest,
      message: told(message),
      place: marked(range),
      related: relatedInformation.map(({ location, message }) => [marked(location.range), told(message)]),
    })),
    actions: actions
      .filter(({ title }) => !title.startsWith("Format"))
      .map(({ title, kind, edit }) => [told(title), kind, edited(edit?.changes?.[uri] ?? [])]),
    completions: items.map(({ label, detail, textEdit }) => [
      label,
      detail,
      textEdit !== undefined && "range" in textEdit ? edited([textEdit]) : "",
    ]),
    hover: hover?.range && [marked(hover.range), told(hover.contents)],
    hints: hints?.map(({ label, position, textEdits = [] }) => [
      label,
      edited([{ range: { start: position, end: position }, newText: "⟨here⟩" }]),
      edited(textEdits),
    ]),
    renamed: renamed?.changes && edited(renamed.changes[uri] ?? []),
    formatted: edited(formatting ?? []),
  };
}

const flows = RULE_MARKDOWN.flatMap(fences).map(({ text }) => text);

/** A flow with an empty line somewhere. */
const aFlow = fc.tuple(fc.constantFrom(...flows), fc.nat(8)).map(([text, line]) => {
  const lines = text.split("\n");
  return [...lines.slice(0, line), "", ...lines.slice(line)].join("\n");
});

test("a fence is served as a file of its own", async () => {
  await fc.assert(
    fc.asyncProperty(
      aFlow,
      fc.constantFrom(...PLACES),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (flow, place, share) => {
        const offset = Math.floor(share * (flow.length - 1));
        const alone = await asFile(flow, offset);
        const expected = await said(alone);
        const inside = await asFence(flow, offset, place);
        expect(await said(inside)).toEqual(expected);
        await Promise.all([alone.document.close(), inside.document.close()]);
      },
    ),
    { numRuns: 100 },
  );
  expect(client.printed()).toBe("");
});

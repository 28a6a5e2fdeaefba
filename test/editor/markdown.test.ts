/** A flow in a fence of Markdown, served in place: `|` is the cursor, `⟨…⟩` what is found. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  CodeActionKind,
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  DocumentFormattingRequest,
  DocumentHighlightRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  InlineCompletionRequest,
  InlineCompletionTriggerKind,
  PrepareRenameRequest,
  type Range,
  ReferencesRequest,
  RenameRequest,
  type SelectionRange,
  SelectionRangeRequest,
  SemanticTokensRequest,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Client, type OpenFlow, startServer } from "./client.ts";
import { FIRST_LINE, fenced, flowIn, PLACES } from "./fences.ts";

let client: Client;
beforeAll(async () => {
  client = await startServer({}, { rulePages: "file:///rules/" });
});
afterAll(async () => {
  await client.stop();
});

const options = { tabSize: 2, insertSpaces: true };

/** Opens Markdown with `|` in it; `at` is that place, as a request wants it. */
async function openAt(markdown: string) {
  const offset = markdown.indexOf("|");
  const text = markdown.replace("|", "");
  const flow = await client.open(text, "markdown");
  const position = TextDocument.create(flow.uri, "markdown", 1, text).positionAt(offset);
  return { flow, at: { textDocument: { uri: flow.uri }, position } };
}

/** The text with the ranges in brackets. */
function bracketed({ text }: OpenFlow, ranges: readonly Range[]): string {
  const document = TextDocument.create("file:///a", "markdown", 1, text());
  return TextDocument.applyEdits(
    document,
    ranges.map((range) => ({ range, newText: `⟨${document.getText(range)}⟩` })),
  );
}

async function proposals({ at }: Awaited<ReturnType<typeof openAt>>) {
  const answer = await client.connection.sendRequest(CompletionRequest.type, at);
  return Array.isArray(answer) ? answer : (answer?.items ?? []);
}

const WRONG = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x
client -> server: ACK seq=x+1 ack=y+1
`;
const RIGHT = WRONG.replace("ack=x\n", "ack=x+1\n");

describe.each(PLACES)("a fence $name", (place) => {
  const inFile = (flow: string) => fenced(flow, place);
  const open = (flow: string) => openAt(inFile(flow));
  const whole = ({ text }: OpenFlow) => ({
    start: { line: 0, character: 0 },
    end: { line: text().length, character: 0 },
  });

  test("shows its mistakes where they stand", async () => {
    const { flow } = await open(WRONG);
    const [mistake, ...others] = await flow.diagnostics();
    expect(others).toEqual([]);
    expect(mistake).toMatchObject({
      code: "syn-not-counted",
      codeDescription: { href: "file:///rules/syn-not-counted.md" },
    });
    expect(
      bracketed(
        flow,
        [mistake?.range].flatMap((range) => range ?? []),
      ),
    ).toBe(inFile(WRONG.replace("ack=x\n", "⟨ack=x⟩\n")));
    const [related] = mistake?.relatedInformation ?? [];
    expect(related?.location).toMatchObject({ uri: flow.uri, range: { start: { line: FIRST_LINE } } });
  });

  test("names lines as the file has them", async () => {
    const { flow } = await open(
      `${RIGHT}client -> server: FIN+ACK seq=x+1 ack=y+1\nserver -> client: ACK seq=y+1 ack=x+1\n`,
    );
    const messages = (await flow.diagnostics()).map(({ message }) => message);
    expect(messages.join("\n")).toContain(`line ${FIRST_LINE + 4}`);
  });

  test("is mended by the fix at the mistake", async () => {
    const { flow } = await open(WRONG);
    const [fix] = await flow.actions("ack=x\n", CodeActionKind.QuickFix);
    expect(fix).toMatchObject({ isPreferred: true, diagnostics: [{ code: "syn-not-counted" }] });
    await flow.edit(fix?.edit?.changes?.[flow.uri] ?? []);
    expect(flow.text()).toBe(inFile(RIGHT));
    expect(await flow.diagnostics()).toEqual([]);
  });

  test("keeps its container when an action adds a line", async () => {
    const { flow } = await open(WRONG);
    const actions = await flow.actions("ack=x\n", CodeActionKind.QuickFix);
    const expects = actions.find(({ title }) => title.startsWith("Expect"));
    await flow.edit(expects?.edit?.changes?.[flow.uri] ?? []);
    expect(flow.text()).toBe(inFile(WRONG.replace("server ->", "@expect(syn-not-counted)\nserver ->")));
  });

  test("is completed after its last line", async () => {
    const { flow, at } = await open(`${RIGHT}|\n`);
    const [first] = await proposals({ flow, at });
    const edit = first?.textEdit;
    expect(edit).toMatchObject({ newText: expect.stringContaining("client -> server:") });
    if (edit === undefined || !("range" in edit)) return;
    await flow.edit([edit]);
    expect(flowIn(flow.text()).trimEnd()).toBe(RIGHT + edit.newText.trim());
  });

  test("is completed by several lines", async () => {
    const { flow, at } = await open("endpoint a, b\n|\n");
    const handshake = (await proposals({ flow, at })).find(({ label }) => label === "handshake");
    expect(handshake).toMatchObject({ insertTextMode: 1 });
    const edit = handshake?.textEdit;
    await flow.edit(edit !== undefined && "range" in edit ? [edit] : []);
    expect(flowIn(flow.text())).toMatch(/^endpoint a, b\na -> b: SYN.*\nb -> a: SYN\+ACK.*\na -> b: ACK.*\n/);
  });

  test("is completed inside a line", async () => {
    const { flow, at } = await open(`${RIGHT}client -> server: FIN+ACK seq=|\n`);
    const [number] = await proposals({ flow, at });
    const edit = number?.textEdit;
    await flow.edit(edit !== undefined && "range" in edit ? [edit] : []);
    expect(flow.text()).toBe(inFile(`${RIGHT}client -> server: FIN+ACK seq=x+1\n`));
  });

  test("shows the likeliest next line in grey", async () => {
    const { at } = await open("client -> server: SYN seq=x\nserver -|\n");
    const answer = await client.connection.sendRequest(InlineCompletionRequest.type, {
      ...at,
      context: { triggerKind: InlineCompletionTriggerKind.Automatic },
    });
    expect(answer).toMatchObject([{ insertText: expect.stringMatching(/^server -> client: SYN\+ACK/) }]);
  });

  test("explains what is pointed at", async () => {
    const { flow, at } = await open(RIGHT.replace("seq=y", "seq=|y"));
    const hover = await client.connection.sendRequest(HoverRequest.type, at);
    expect(hover?.contents).toMatchObject({ value: expect.stringContaining(`bound at line ${FIRST_LINE + 2}`) });
    expect(bracketed(flow, hover?.range ? [hover.range] : [])).toBe(inFile(RIGHT.replace("seq=y", "seq=⟨y⟩")));
  });

  test("has hints", async () => {
    const { flow, at } = await open("a -> b: SYN seq=x\nb -> a: SYN+ACK seq=y\n");
    const hints = await client.connection.sendRequest(InlayHintRequest.type, { ...at, range: whole(flow) });
    const shown = (hints ?? []).map(({ position, label }) => ({
      range: { start: position, end: position },
      newText: ` ⟨${label}⟩`,
    }));
    expect(TextDocument.applyEdits(TextDocument.create("file:///a", "markdown", 1, flow.text()), shown)).toBe(
      inFile("a -> b: SYN seq=x ⟨a SYN-SENT · b SYN-RECEIVED⟩\nb -> a: SYN+ACK seq=y ⟨ack=x+1⟩ ⟨a ESTABLISHED⟩\n"),
    );
    await flow.edit(hints?.flatMap(({ textEdits }) => textEdits ?? []) ?? []);
    expect(flowIn(flow.text())).toBe("a -> b: SYN seq=x\nb -> a: SYN+ACK seq=y ack=x+1\n");
  });

  test("knows its names: definition, references, highlights, rename", async () => {
    const { flow, at } = await open(WRONG.replace("server -> client", "|server -> client"));
    const { connection } = client;
    const all = inFile(WRONG.replaceAll("server", "⟨server⟩"));
    const found = await connection.sendRequest(ReferencesRequest.type, {
      ...at,
      context: { includeDeclaration: true },
    });
    expect(bracketed(flow, found?.map(({ range }) => range) ?? [])).toBe(all);
    const same = await connection.sendRequest(DocumentHighlightRequest.type, at);
    expect(bracketed(flow, same?.map(({ range }) => range) ?? [])).toBe(all);
    expect(await connection.sendRequest(DefinitionRequest.type, at)).toMatchObject([
      {
        targetUri: flow.uri,
        targetSelectionRange: { start: { line: FIRST_LINE } },
        originSelectionRange: { start: at.position },
      },
    ]);
    expect(await connection.sendRequest(PrepareRenameRequest.type, at)).toMatchObject({ start: at.position });
    const edit = await connection.sendRequest(RenameRequest.type, { ...at, newName: "web" });
    await flow.edit(edit?.changes?.[flow.uri] ?? []);
    expect(flow.text()).toBe(inFile(WRONG.replaceAll("server", "web")));
  });

  test("has its names coloured", async () => {
    const { flow, at } = await open("a -> b: SYN seq=x\n");
    const data = (await client.connection.sendRequest(SemanticTokensRequest.type, at))?.data ?? [];
    const [line = 0, character = 0] = data;
    expect(data).toHaveLength(15);
    expect(
      flow
        .text()
        .split("\n")
        [line]?.slice(character, character + 1),
    ).toBe("a");
    expect(line).toBe(FIRST_LINE);
  });

  test("folds its sections, and the selection grows in it", async () => {
    const { flow, at } = await open(`section "One"\n${RIGHT.replace("seq=y", "seq=|y")}section "Two"\na -> b: SYN\n`);
    const folds = await client.connection.sendRequest(FoldingRangeRequest.type, at);
    expect(folds?.map(({ startLine, endLine }) => [startLine - FIRST_LINE, endLine - FIRST_LINE])).toEqual([
      [0, 3],
      [4, 5],
    ]);
    const [selection] =
      (await client.connection.sendRequest(SelectionRangeRequest.type, { ...at, positions: [at.position] })) ?? [];
    const steps: string[] = [];
    for (let step: SelectionRange | undefined = selection; step !== undefined; step = step.parent) {
      steps.push(TextDocument.create("file:///a", "markdown", 1, flow.text()).getText(step.range));
    }
    expect(steps).toContain("seq=y");
    expect(steps).toContain("server -> client: SYN+ACK seq=y ack=x+1");
  });

  test("has its lens above the marks", async () => {
    const { flow, at } = await open(WRONG);
    expect(await client.connection.sendRequest(CodeLensRequest.type, at)).toMatchObject([
      {
        range: { start: { line: FIRST_LINE - 1, character: 0 } },
        command: { title: expect.stringMatching(/^1 error · 3 segments/), arguments: [flow.uri, FIRST_LINE] },
      },
    ]);
  });

  test("is formatted: whole, a part, while one types, and by an action", async () => {
    const text = "a->b:SYN seq=x\n\n\n\nb->a:SYN-ACK seq=y\na->b:ACK\n";
    const formatted = "a -> b: SYN seq=x\n\nb -> a: SYN+ACK seq=y\na -> b: ACK\n";
    const { connection } = client;
    const { flow, at } = await open(text);
    const edits = (await connection.sendRequest(DocumentFormattingRequest.type, { ...at, options })) ?? [];
    const [action] = await flow
      .actions("b->a", CodeActionKind.RefactorRewrite)
      .then((all) => all.filter(({ title }) => title === "Format this flow"));
    expect(action?.edit?.changes?.[flow.uri]).toEqual(edits);
    const line = FIRST_LINE + 4;
    const range = { start: { line, character: 0 }, end: { line, character: 100 } };
    const part = await connection.sendRequest(DocumentRangeFormattingRequest.type, { ...at, range, options });
    expect(part).toHaveLength(1);
    const typed = await connection.sendRequest(DocumentOnTypeFormattingRequest.type, {
      textDocument: at.textDocument,
      position: { line: line + 1, character: place.rest.length },
      ch: "\n",
      options,
    });
    expect(typed).toEqual(part);
    await flow.edit(edits);
    expect(flow.text()).toBe(inFile(formatted));
    expect(await connection.sendRequest(DocumentFormattingRequest.type, { ...at, options })).toEqual([]);
  });
});

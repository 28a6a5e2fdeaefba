/** What a change of a Markdown document leaves as it was. */
import { Cancellation, type LangiumDocument, URI } from "langium";
import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { flowsIn } from "../../server/src/editor/markdown/flows.ts";
import { createServices, replayIn } from "../../server/src/editor/module.ts";

const services = createServices();

const fence = (name: string) => `\`\`\`tcpflow\n${name} -> server: SYN seq=x\n\`\`\`\n`;

async function open(text: string): Promise<{ document: LangiumDocument; change(from: string, to: string): void }> {
  const uri = URI.parse("file:///page.md");
  const file = TextDocument.create(uri.toString(), "markdown", 1, text);
  const { LangiumDocumentFactory } = services.shared.workspace;
  const document = await LangiumDocumentFactory.fromTextDocument(file, uri, Cancellation.CancellationToken.None);
  const change = (from: string, to: string) => {
    const start = file.getText().indexOf(from);
    const range = { start: file.positionAt(start), end: file.positionAt(start + from.length) };
    TextDocument.update(file, [{ range, text: to }], file.version + 1);
  };
  return { document, change };
}

/** How the flows were parsed and replayed. */
const made = (document: LangiumDocument) =>
  flowsIn(services, document).map(({ flow }) => ({ tree: flow.parseResult, replay: replayIn(services, flow) }));

test("a change in one fence leaves the others as they were", async () => {
  const { document, change } = await open(`# Page\n\n${fence("a")}\n${fence("b")}`);
  const [a, b] = made(document);
  change("b ->", "bb ->");
  const [sameA, newB] = made(document);
  expect(sameA?.replay).toBe(a?.replay);
  expect(newB?.tree).not.toBe(b?.tree);
  expect(flowsIn(services, document)).toBe(flowsIn(services, document));
});

test("a fence that moves is not parsed again, but its lines are counted anew", async () => {
  const { document, change } = await open(`# Page\n\n${fence("a")}`);
  const [before] = made(document);
  change("# Page\n", "# Page\n\nMore.\n");
  const [after] = made(document);
  expect(after?.tree).toBe(before?.tree);
  expect(after?.replay.flow.firstLine).toBe(6);
  change("More", "Even more");
  expect(made(document)[0]?.replay).toBe(after?.replay);
});

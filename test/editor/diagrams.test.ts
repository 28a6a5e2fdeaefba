/** Mermaid diagrams that show TCP become flows where they stand, by a code action. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { CodeAction, CodeActionRequest } from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Client, startServer } from "./client.ts";

let client: Client;
beforeAll(async () => {
  client = await startServer();
});
afterAll(async () => {
  await client.stop();
});

/** The titles of the actions at a line, and the text after the last one. */
async function actionsAt(markdown: string, line: number) {
  const { uri } = await client.open(markdown, "markdown");
  const place = { line, character: 0 };
  const answer = await client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range: { start: place, end: place },
    context: { diagnostics: [] },
  });
  const actions = (answer ?? []).filter((action) => CodeAction.is(action));
  const edits = actions.at(-1)?.edit?.changes?.[uri] ?? [];
  const text = TextDocument.applyEdits(TextDocument.create(uri, "markdown", 1, markdown), edits);
  return { titles: actions.map(({ title }) => title), text };
}

const NOTES = `# Opening

> \`\`\`mermaid
> sequenceDiagram
>   client->>server: SYN seq=x
>   server->>client: SYN+ACK seq=y, ack=x+1
>   client->>server: ACK seq=x+1, ack=y+1
> \`\`\`

\`\`\`mermaid
sequenceDiagram
  browser->>server: GET /
\`\`\`
`;

test("in its place, with the marks of its container", async () => {
  const { titles, text } = await actionsAt(NOTES, 4);
  expect(titles).toEqual(["Turn this diagram into a flow"]);
  expect(text.slice(0, text.indexOf("```mermaid"))).toBe(`# Opening

> \`\`\`tcpflow
> endpoint client, server
>
> client -> server: SYN seq=x
> server -> client: SYN+ACK seq=y ack=x+1
> client -> server: ACK seq=x+1 ack=y+1
> \`\`\`

`);
});

test("not outside of it, and not where no TCP is drawn", async () => {
  expect((await actionsAt(NOTES, 0)).titles).toEqual([]);
  expect((await actionsAt(NOTES, 11)).titles).toEqual([]);
});

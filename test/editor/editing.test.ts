/** Text as it is while somebody types: half a line, nonsense, many edits one after the other. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  type Diagnostic,
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
import { type Client, type OpenFlow, startServer } from "./client.ts";
import { alone, fenced, PLACES } from "./fences.ts";

let client: Client;
let fresh: Client;
beforeAll(async () => {
  [client, fresh] = await Promise.all([startServer(), startServer()]);
});
afterAll(async () => {
  await Promise.all([client.stop(), fresh.stop()]);
});

const BEFORE = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;
const AFTER = `client is ESTABLISHED, server is ESTABLISHED
client calls close
`;

describe("a half-typed line", () => {
  for (const line of ["c", "client", "client -", "client -> ser", "client -> server", "client -> server:", 'title "']) {
    test(`“${line}” is a problem of its own line alone`, async () => {
      const flow = await client.open(`${BEFORE}${line}\n${AFTER}`);
      const errors = (await flow.diagnostics()).filter(({ severity }) => severity === 1);
      expect(errors.length).toBeGreaterThan(0);
      expect(errors.map(({ range }) => range.start.line)).toEqual(errors.map(() => 3));
    });
  }

  test("leaves the segments of the other lines in the picture", async () => {
    const flow = await client.open(`${BEFORE}client -> ser\n${AFTER}`);
    const picture = await flow.picture();
    expect(picture?.brokenLines).toEqual([3]);
    expect(picture?.svg.match(/data-segment=/g)).toHaveLength(3);
  });
});

const examples = join(import.meta.dirname, "../../examples");
const flows = readdirSync(examples)
  .filter((name) => name.endsWith(".tcpflow"))
  .slice(0, 3)
  .map((name) => readFileSync(join(examples, name), "utf8"));

/** Three flows in one, and one beside the other in Markdown. */
const START = {
  tcpflow: flows.join("\n"),
  markdown: flows.map((flow, i) => fenced(flow, PLACES[i * 2 + 1] ?? alone)).join("\n"),
};

/** Where in the text (a share of its length), how much goes, what comes, and whether the next one waits for the answer. */
const anEdit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
  inserted: fc.oneof(
    fc.constant(""),
    fc.constantFrom(
      "\n",
      " ",
      "x",
      "+1",
      "ack=",
      "SYN",
      "->",
      "-x",
      "{",
      "}",
      '"',
      "@expect(",
      "//",
      "/*",
      "repeat 9 {",
      "```",
      "> ",
    ),
    fc.string({ maxLength: 8, unit: "binary" }),
  ),
  waits: fc.boolean(),
});

test.each(["tcpflow", "markdown"] as const)(
  "after 100 random edits of %s, some in bursts, the problems are those of the text opened anew, and every request is answered",
  async (language) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anEdit, { minLength: 100, maxLength: 100 }), async (edits) => {
        const flow = await client.open(START[language], language);
        for (const { at, removed, inserted, waits } of edits) {
          const text = flow.text();
          const from = Math.floor(at * text.length);
          await flow.edit([
            { range: rangeBetween(text, from, Math.min(text.length, from + removed)), newText: inserted },
          ]);
          if (!waits) continue;
          const again = await fresh.open(flow.text(), language);
          expect(withoutUri(await flow.diagnostics())).toEqual(withoutUri(await again.diagnostics()));
          await again.close();
          await everyRequest(flow, at);
        }
        await flow.close();
      }),
      { numRuns: 1, seed: 9293 },
    );
    expect(client.printed()).toBe("");
  },
);

/** @param share where in the text those stand that are about a place */
async function everyRequest({ uri, actions, text }: OpenFlow, share: number): Promise<void> {
  const textDocument = { uri };
  const { connection } = client;
  const offset = Math.floor(share * text().length);
  const range = rangeBetween(text(), offset, text().length);
  const place = { textDocument, position: range.start };
  await Promise.all([
    connection.sendRequest(CompletionRequest.type, place),
    connection.sendRequest(InlineCompletionRequest.type, {
      ...place,
      context: { triggerKind: InlineCompletionTriggerKind.Automatic },
    }),
    connection.sendRequest(HoverRequest.type, place),
    connection.sendRequest(DefinitionRequest.type, place),
    connection.sendRequest(ReferencesRequest.type, { ...place, context: { includeDeclaration: true } }),
    connection.sendRequest(DocumentHighlightRequest.type, place),
    connection.sendRequest(PrepareRenameRequest.type, place),
    connection.sendRequest(SelectionRangeRequest.type, { textDocument, positions: [range.start] }),
    connection.sendRequest(InlayHintRequest.type, { textDocument, range }),
    connection.sendRequest(SemanticTokensRequest.type, { textDocument }),
    connection.sendRequest(CodeLensRequest.type, { textDocument }),
    connection.sendRequest(DocumentSymbolRequest.type, { textDocument }),
    connection.sendRequest(FoldingRangeRequest.type, { textDocument }),
    connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument,
      options: { tabSize: 2, insertSpaces: true },
    }),
    actions(text()),
  ]);
}

function rangeBetween(text: string, start: number, end: number) {
  const at = (offset: number) => {
    const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
    return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  };
  return { start: at(start), end: at(end) };
}

function withoutUri(diagnostics: readonly Diagnostic[]): unknown {
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    relatedInformation: diagnostic.relatedInformation?.map(({ location, message }) => ({ ...location.range, message })),
  }));
}

/** Every request that a server offers, by the capability that offers it. */
import {
  CancellationToken,
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  DocumentFormattingRequest,
  DocumentHighlightRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  InlineCompletionRequest,
  InlineCompletionTriggerKind,
  LSPErrorCodes,
  type Position,
  PrepareRenameRequest,
  type Range,
  ReferencesRequest,
  RenameRequest,
  ResponseError,
  SelectionRangeRequest,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
} from "vscode-languageserver-protocol/node";
import { PICTURE_REQUEST } from "../../server/src/editor/picture-request.ts";
import type { Client } from "./client.ts";

/** Where in a document, and what part of it. */
export interface Asked {
  readonly uri: string;
  readonly position: Position;
  readonly range: Range;
}

type Requests = (asked: Asked) => readonly (readonly [method: string, params: object])[];

const options = { tabSize: 2, insertSpaces: true };

const REQUESTS: Readonly<Record<string, Requests>> = {
  completionProvider: (at) => [[CompletionRequest.method, place(at)]],
  inlineCompletionProvider: (at) => [
    [InlineCompletionRequest.method, { ...place(at), context: { triggerKind: InlineCompletionTriggerKind.Automatic } }],
  ],
  hoverProvider: (at) => [[HoverRequest.method, place(at)]],
  definitionProvider: (at) => [[DefinitionRequest.method, place(at)]],
  referencesProvider: (at) => [[ReferencesRequest.method, { ...place(at), context: { includeDeclaration: true } }]],
  documentHighlightProvider: (at) => [[DocumentHighlightRequest.method, place(at)]],
  renameProvider: (at) => [
    [PrepareRenameRequest.method, place(at)],
    [RenameRequest.method, { ...place(at), newName: "renamed" }],
  ],
  documentSymbolProvider: (at) => [[DocumentSymbolRequest.method, whole(at)]],
  foldingRangeProvider: (at) => [[FoldingRangeRequest.method, whole(at)]],
  selectionRangeProvider: (at) => [[SelectionRangeRequest.method, { ...whole(at), positions: [at.position] }]],
  semanticTokensProvider: (at) => [
    [SemanticTokensRequest.method, whole(at)],
    [SemanticTokensRangeRequest.method, part(at)],
  ],
  inlayHintProvider: (at) => [[InlayHintRequest.method, part(at)]],
  codeLensProvider: (at) => [[CodeLensRequest.method, whole(at)]],
  codeActionProvider: (at) => [[CodeActionRequest.method, { ...part(at), context: { diagnostics: [] } }]],
  documentFormattingProvider: (at) => [[DocumentFormattingRequest.method, { ...whole(at), options }]],
  documentRangeFormattingProvider: (at) => [[DocumentRangeFormattingRequest.method, { ...part(at), options }]],
  documentOnTypeFormattingProvider: (at) => [
    [DocumentOnTypeFormattingRequest.method, { ...place(at), ch: "\n", options }],
  ],
};

const whole = ({ uri }: Asked) => ({ textDocument: { uri } });
const place = (at: Asked) => ({ ...whole(at), position: at.position });
const part = (at: Asked) => ({ ...whole(at), range: at.range });

/** What the server says it offers, at once or by registering it later. */
function offered({ capabilities, registered }: Client): string[] {
  const atOnce = Object.entries(capabilities).flatMap(([name, value]) =>
    name.endsWith("Provider") && value ? [name] : [],
  );
  const later = registered.flatMap((method) => LATER[method] ?? []);
  return [...new Set([...atOnce, ...later])];
}

const LATER: Readonly<Record<string, string>> = {
  [DocumentFormattingRequest.method]: "documentFormattingProvider",
  [DocumentRangeFormattingRequest.method]: "documentRangeFormattingProvider",
};

/**
 * Sends all of them at once; resolves with how many were answered. What nobody waits for any longer, or has no answer
 * on purpose (a rename where nothing has a name), counts as well.
 * @throws where the server offers something that this table does not know, or does not answer as the protocol says
 */
export async function askEverything(client: Client, asked: Asked, token = CancellationToken.None): Promise<number> {
  const requests = offered(client).flatMap((name) => {
    const known = REQUESTS[name];
    if (known === undefined) throw new Error(`no request is known for ${name}`);
    return known(asked);
  });
  const all = [...requests, [PICTURE_REQUEST, { ...whole(asked), theme: "light" }] as const];
  const answers = await Promise.allSettled(
    all.map(([method, params]) => client.connection.sendRequest(method, params, token)),
  );
  for (const answer of answers) if (answer.status === "rejected" && !isRegular(answer.reason)) throw answer.reason;
  return answers.length;
}

const REGULAR: readonly number[] = [
  LSPErrorCodes.RequestCancelled,
  LSPErrorCodes.ContentModified,
  LSPErrorCodes.ServerCancelled,
  LSPErrorCodes.RequestFailed,
];

function isRegular(reason: unknown): boolean {
  return reason instanceof ResponseError && REGULAR.includes(reason.code);
}

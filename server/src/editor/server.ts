/** The language server on any connection: Node or web worker. */
import { URI } from "langium";
import { type LangiumServices, startLanguageServer } from "langium/lsp";
import type { Connection } from "vscode-languageserver";
import { inlineCompletions } from "./completion/inline.ts";
import { replayOf } from "./documents.ts";
import { createServices, judged } from "./module.ts";
import { pictureOf } from "./picture.ts";
import { PICTURE_REQUEST, type Picture, type PictureParams } from "./picture-request.ts";
import { selectionRanges } from "./selection.ts";

export function startServer(connection: Connection): void {
  const services = createServices(connection);
  const { LangiumDocuments, WorkspaceLock, WorkspaceManager } = services.shared.workspace;

  connection.onRequest(PICTURE_REQUEST, async ({ textDocument, theme }: PictureParams): Promise<Picture | null> => {
    await WorkspaceManager.ready;
    // Queued behind the updates that came before this request, so the picture is of the newest text.
    return WorkspaceLock.read(async () => {
      const document = LangiumDocuments.getDocument(URI.parse(textDocument.uri));
      if (document === undefined) return null;
      return pictureOf(await judged(services, document), document.textDocument.version, theme);
    });
  });

  connection.onSelectionRanges(async ({ textDocument, positions }) => {
    await WorkspaceManager.ready;
    return WorkspaceLock.read(async () => {
      const document = LangiumDocuments.getDocument(URI.parse(textDocument.uri));
      return document === undefined ? [] : selectionRanges(document, positions);
    });
  });

  connection.languages.inlineCompletion.on(async ({ textDocument, position }) => {
    await WorkspaceManager.ready;
    return WorkspaceLock.read(async () => {
      const document = LangiumDocuments.getDocument(URI.parse(textDocument.uri));
      return document === undefined ? [] : inlineCompletions(replayOf(document), position);
    });
  });

  refreshHints(services, connection);
  startLanguageServer(services.shared);
}

/** Hints depend on settings too; the client asks for them anew when it is told to. */
function refreshHints({ shared }: LangiumServices, connection: Connection): void {
  let understood = false;
  shared.lsp.LanguageServer.onInitialize(({ capabilities }) => {
    understood = capabilities.workspace?.inlayHint?.refreshSupport === true;
  });
  shared.workspace.ConfigurationProvider.onConfigurationSectionUpdate(() => {
    if (understood) void connection.languages.inlayHint.refresh();
  });
}

/** The language server on any connection: Node or web worker. */
import { URI } from "langium";
import { type LangiumServices, startLanguageServer } from "langium/lsp";
import { CodeLensRefreshRequest, type Connection, type InitializeParams } from "vscode-languageserver";
import { answerCapture } from "./capture/answer.ts";
import { CAPTURE_REQUEST, type CaptureAnswer, type CaptureParams } from "./capture/request.ts";
import { checkText } from "./check/answer.ts";
import { CHECK_REQUEST, type CheckParams } from "./check/request.ts";
import { flowAt } from "./markdown/flows.ts";
import { inlineCompletionsAt, selectionRangesAt } from "./markdown/requests.ts";
import { createServices, judged, localeIn, ruleSettings } from "./module.ts";
import { pictureOf } from "./picture.ts";
import { PICTURE_REQUEST, type Picture, type PictureParams } from "./picture-request.ts";

export function startServer(connection: Connection): void {
  const services = createServices(connection);
  const { LangiumDocuments, WorkspaceLock, WorkspaceManager } = services.shared.workspace;

  connection.onRequest(
    PICTURE_REQUEST,
    async ({ textDocument, theme, line }: PictureParams): Promise<Picture | null> => {
      await WorkspaceManager.ready;
      // Queued behind the updates that came before this request, so the picture is of the newest text.
      return WorkspaceLock.read(async () => {
        const document = LangiumDocuments.getDocument(URI.parse(textDocument.uri));
        if (document === undefined) return null;
        const found = flowAt(services, document, line);
        if (found === undefined) return null;
        const { version } = document.textDocument;
        return pictureOf(await judged(services, found.flow), version, found.line, theme);
      });
    },
  );

  connection.onSelectionRanges(async ({ textDocument, positions }) => {
    await WorkspaceManager.ready;
    return WorkspaceLock.read(async () => {
      const document = LangiumDocuments.getDocument(URI.parse(textDocument.uri));
      return document === undefined ? [] : selectionRangesAt(services, document, positions);
    });
  });

  connection.languages.inlineCompletion.on(async ({ textDocument, position }) => {
    await WorkspaceManager.ready;
    return WorkspaceLock.read(async () => {
      const document = LangiumDocuments.getDocument(URI.parse(textDocument.uri));
      return document === undefined ? [] : inlineCompletionsAt(services, document, position);
    });
  });

  connection.onRequest<CaptureAnswer, void>(CAPTURE_REQUEST, (params: CaptureParams) =>
    answerCapture(params, localeIn(services)),
  );

  connection.onRequest(CHECK_REQUEST, async ({ text }: CheckParams) =>
    checkText(text, await ruleSettings(services), localeIn(services)),
  );

  refreshShown(services, connection);
  startLanguageServer(services.shared);
}

/** Hints and lenses depend on settings too; the client asks for them anew when it is told to. */
function refreshShown({ shared }: LangiumServices, connection: Connection): void {
  let workspace: InitializeParams["capabilities"]["workspace"];
  shared.lsp.LanguageServer.onInitialize(({ capabilities }) => {
    workspace = capabilities.workspace;
  });
  shared.workspace.ConfigurationProvider.onConfigurationSectionUpdate(() => {
    if (workspace?.inlayHint?.refreshSupport) connection.languages.inlayHint.refresh().catch(keepShown);
    if (workspace?.codeLens?.refreshSupport) connection.sendRequest(CodeLensRefreshRequest.type).catch(keepShown);
  });
}

/** A client that cannot, or is about to end, goes on showing what it had. */
function keepShown(): void {}

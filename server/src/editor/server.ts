/** The language server on any connection: Node or web worker. */
import { type LangiumDocument, URI } from "langium";
import { type LangiumServices, startLanguageServer } from "langium/lsp";
import { CodeLensRefreshRequest, type Connection, type InitializeParams } from "vscode-languageserver";
import { answerCapture } from "./capture/answer.ts";
import { overviewOf } from "./capture/overview.ts";
import {
  CAPTURE_REQUEST,
  type CaptureAnswer,
  type CaptureParams,
  OVERVIEW_REQUEST,
  type OverviewAnswer,
  type OverviewParams,
} from "./capture/request.ts";
import { checkText } from "./check/answer.ts";
import { CHECK_REQUEST, type CheckParams } from "./check/request.ts";
import { flowAt, type PlacedFlow } from "./markdown/flows.ts";
import { inlineCompletionsAt, selectionRangesAt } from "./markdown/requests.ts";
import { createServices, judged, localeIn, ruleSettings } from "./module.ts";
import { exported, pictureOf } from "./picture.ts";
import { EXPORT_REQUEST, type ExportParams, PICTURE_REQUEST, type PictureParams } from "./picture-request.ts";

export function startServer(connection: Connection): void {
  const services = createServices(connection);
  const { LangiumDocuments, WorkspaceLock, WorkspaceManager } = services.shared.workspace;

  /** Queued behind the updates that came before this request, so that it is about the newest text. */
  const ask = async <Answer>(
    { textDocument, line }: PictureParams | ExportParams,
    answer: (found: PlacedFlow, document: LangiumDocument) => Promise<Answer>,
  ): Promise<Answer | null> => {
    await WorkspaceManager.ready;
    return WorkspaceLock.read(async () => {
      const document = LangiumDocuments.getDocument(URI.parse(textDocument.uri));
      if (document === undefined) return null;
      const found = flowAt(services, document, line);
      return found === undefined ? null : answer(found, document);
    });
  };
  connection.onRequest(PICTURE_REQUEST, (params: PictureParams) =>
    ask(params, async ({ flow, line }, { textDocument }) =>
      pictureOf(await judged(services, flow), textDocument.version, line, params),
    ),
  );
  connection.onRequest(EXPORT_REQUEST, (params: ExportParams) =>
    ask(params, async ({ flow }) => exported(await judged(services, flow), params)),
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

  connection.onRequest<OverviewAnswer, void>(OVERVIEW_REQUEST, async (params: OverviewParams) =>
    overviewOf(params, await ruleSettings(services), localeIn(services)),
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

/** Markdown and MDX as languages of the server: what an editor shows of a flow, in each fence of a document. */
import {
  createDefaultCoreModule,
  inject,
  type LangiumDocument,
  type LanguageMetaData,
  type MaybePromise,
  type Module,
} from "langium";
import type { LangiumServices, PartialLangiumServices } from "langium/lsp";
import type { Position, Range } from "vscode-languageserver";
import type { Locale } from "../../flow/locale.ts";
import { TcpflowGeneratedModule } from "../../language/module.ts";
import type { FlowDocument } from "../documents.ts";
import { withoutLinks } from "../no-linking.ts";
import { encodeTokens, nameTokens, semanticTokens } from "../semantic-tokens.ts";
import { editorTexts } from "../texts.ts";
import { fencedActions, formatted } from "./actions.ts";
import { diagramActions } from "./diagrams.ts";
import { type FencedFlow, flowsIn } from "./flows.ts";
import {
  completionInFile,
  diagnosticInFile,
  fenceAt,
  fencesIn,
  hintInFile,
  lensInFile,
  linkInFile,
  positionInFile,
  positionInFlow,
  rangeInFile,
  rangeInFlow,
  textEditInFile,
  workspaceEditInFile,
} from "./places.ts";

/** Clients that know no MDX call such a file by another name: then its ending tells. */
const LANGUAGES: readonly LanguageMetaData[] = [
  { languageId: "markdown", fileExtensions: [".md", ".markdown"], caseInsensitive: false, mode: "production" },
  { languageId: "mdx", fileExtensions: [".mdx"], caseInsensitive: false, mode: "production" },
];

/**
 * Makes the server take Markdown documents beside those of `tcpflow`, whose services read and serve the fences.
 * @param locale the language of the client, once it has told
 */
export function registerMarkdown(tcpflow: LangiumServices, locale: () => Locale): void {
  const { shared } = tcpflow;
  for (const language of LANGUAGES) {
    const services: LangiumServices = inject(
      createDefaultCoreModule({ shared }),
      TcpflowGeneratedModule,
      withoutLinks,
      markdownModule(tcpflow, language, locale),
      { shared: () => shared },
    );
    shared.ServiceRegistry.register(services);
  }
}

function markdownModule(
  tcpflow: LangiumServices,
  language: LanguageMetaData,
  locale: () => Locale,
): Module<LangiumServices, PartialLangiumServices> {
  const { lsp } = tcpflow;
  const flows = (document: LangiumDocument) => flowsIn(tcpflow, document);

  /** Asks about a place in a fence, and moves the answer into the file; no answer outside of the fences. */
  const ask = async <Params extends { position: Position }, Answer>(
    document: LangiumDocument,
    params: Params,
    answer: (flow: FlowDocument, params: Params) => MaybePromise<Answer | undefined>,
    move: (here: FencedFlow, found: Answer) => Answer,
  ): Promise<Answer | undefined> => {
    const here = fenceAt(flows(document), params.position);
    if (here === undefined) return undefined;
    const found = await answer(here.flow, { ...params, position: positionInFlow(here, params.position) });
    return found === undefined ? undefined : move(here, found);
  };

  /** All that fences have, one after the other; `within` a range of the file, where given. */
  const gather = async <Item>(
    document: LangiumDocument,
    answer: (here: FencedFlow) => MaybePromise<readonly Item[] | undefined>,
    move: (here: FencedFlow, item: Item) => Item,
    within?: Range,
  ): Promise<Item[]> => {
    const all = flows(document);
    const asked = (within === undefined ? all : fencesIn(all, within)).map(async (here) =>
      ((await answer(here)) ?? []).map((item) => move(here, item)),
    );
    return (await Promise.all(asked)).flat();
  };

  const moveAll =
    <Item>(move: (here: FencedFlow, item: Item) => Item) =>
    (here: FencedFlow, items: Item[]) =>
      items.map((item) => move(here, item));

  const moveRange = <Item extends { range: Range }>(here: FencedFlow, item: Item): Item => ({
    ...item,
    range: rangeInFile(here, item.range),
  });

  const tokens = (document: LangiumDocument) =>
    flows(document).flatMap((here) =>
      nameTokens(here.flow).map((token) => ({ ...token, position: positionInFile(here, token.position) })),
    );

  return {
    LanguageMetaData: () => language,
    // The text around the fences means nothing here, and they are read when somebody asks for them.
    parser: { AsyncParser: () => ({ parse: (_text, token) => tcpflow.parser.AsyncParser.parse("", token) }) },
    validation: {
      DocumentValidator: () => ({
        validateDocument: (document, options, token) =>
          gather(
            document,
            ({ flow }) => tcpflow.validation.DocumentValidator.validateDocument(flow, options, token),
            diagnosticInFile,
          ),
      }),
    },
    lsp: {
      CodeActionProvider: () => ({
        getCodeActions: async (document, params, token) => [
          ...(await fencedActions(
            flows(document),
            params,
            ({ flow }, inFlow) => lsp.CodeActionProvider?.getCodeActions(flow, inFlow, token),
            editorTexts(locale()),
          )),
          ...diagramActions(document, params, locale()),
        ],
      }),
      CompletionProvider: () => ({
        getCompletion: (document, params) =>
          ask(
            document,
            params,
            (flow, inFlow) => lsp.CompletionProvider?.getCompletion(flow, inFlow),
            (here, list) => ({ ...list, items: list.items.map((item) => completionInFile(here, item)) }),
          ),
      }),
      CodeLensProvider: () => ({
        provideCodeLens: (document, params) =>
          gather(document, ({ flow }) => lsp.CodeLensProvider?.provideCodeLens(flow, params), lensInFile),
      }),
      DefinitionProvider: () => ({
        getDefinition: (document, params) =>
          ask(
            document,
            params,
            (flow, inFlow) => lsp.DefinitionProvider?.getDefinition(flow, inFlow),
            moveAll(linkInFile),
          ),
      }),
      ReferencesProvider: () => ({
        findReferences: async (document, params) =>
          (await ask(
            document,
            params,
            (flow, inFlow) => lsp.ReferencesProvider?.findReferences(flow, inFlow),
            moveAll(moveRange),
          )) ?? [],
      }),
      RenameProvider: () => ({
        prepareRename: (document, params) =>
          ask(document, params, (flow, inFlow) => lsp.RenameProvider?.prepareRename(flow, inFlow), rangeInFile),
        rename: (document, params) =>
          ask(document, params, (flow, inFlow) => lsp.RenameProvider?.rename(flow, inFlow), workspaceEditInFile),
      }),
      DocumentHighlightProvider: () => ({
        getDocumentHighlight: (document, params) =>
          ask(
            document,
            params,
            (flow, inFlow) => lsp.DocumentHighlightProvider?.getDocumentHighlight(flow, inFlow),
            moveAll(moveRange),
          ),
      }),
      SemanticTokenProvider: () => ({
        ...semanticTokens,
        semanticHighlight: (document) => encodeTokens(tokens(document)),
        semanticHighlightRange: (document, { range }) => encodeTokens(tokens(document), range),
        semanticHighlightDelta: (document) => encodeTokens(tokens(document)),
      }),
      InlayHintProvider: () => ({
        getInlayHints: (document, params) =>
          gather(
            document,
            (here) =>
              lsp.InlayHintProvider?.getInlayHints(here.flow, { ...params, range: rangeInFlow(here, params.range) }),
            hintInFile,
            params.range,
          ),
      }),
      HoverProvider: () => ({
        getHoverContent: (document, params) =>
          ask(
            document,
            params,
            (flow, inFlow) => lsp.HoverProvider?.getHoverContent(flow, inFlow),
            (here, hover) => ({ ...hover, ...(hover.range && { range: rangeInFile(here, hover.range) }) }),
          ),
      }),
      FoldingRangeProvider: () => ({
        getFoldingRanges: (document, params) =>
          gather(
            document,
            ({ flow }) => lsp.FoldingRangeProvider?.getFoldingRanges(flow, params),
            ({ fence: { line } }, fold) => ({
              ...fold,
              startLine: line + fold.startLine,
              endLine: line + fold.endLine,
            }),
          ),
      }),
      Formatter: () => ({
        formatDocument: (document) => flows(document).flatMap(formatted),
        formatDocumentRange: (document, params) =>
          gather(
            document,
            (here) =>
              lsp.Formatter?.formatDocumentRange(here.flow, { ...params, range: rangeInFlow(here, params.range) }),
            textEditInFile,
            params.range,
          ),
        formatDocumentOnType: async (document, params) =>
          (await ask(
            document,
            params,
            (flow, inFlow) => lsp.Formatter?.formatDocumentOnType(flow, inFlow),
            moveAll(textEditInFile),
          )) ?? [],
        formatOnTypeOptions: lsp.Formatter?.formatOnTypeOptions,
      }),
    },
  };
}

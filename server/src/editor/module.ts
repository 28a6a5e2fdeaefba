/** The services of the language server in one table: Langium's core, the language, and what the editor shows. */
import { createDefaultCoreModule, EmptyFileSystem, inject, type LangiumDocument, type Module } from "langium";
import {
  createDefaultSharedModule,
  type LangiumServices,
  type LangiumSharedServices,
  type PartialLangiumServices,
  type PartialLangiumSharedServices,
} from "langium/lsp";
import type { CodeAction, CodeActionParams, Connection, Range } from "vscode-languageserver";
import type { Finding } from "../flow/findings.ts";
import type { Locale } from "../flow/locale.ts";
import type { Replay } from "../flow/replay-types.ts";
import { TcpflowGeneratedModule, TcpflowGeneratedSharedModule, TcpflowModule } from "../language/module.ts";
import { FlowLanguageServer } from "./capabilities.ts";
import { codeLenses } from "./code-lens.ts";
import { completionItems, TRIGGERS } from "./completion/provider.ts";
import { type Shown, shownFindings } from "./diagnostics.ts";
import { replayOf } from "./documents.ts";
import { codeActions } from "./fixes.ts";
import { commentSpans, foldingRanges } from "./folding.ts";
import { formattingEdits } from "./formatting.ts";
import { hoverAt } from "./hover/provider.ts";
import { hintSettings, inlayHints } from "./inlay-hints.ts";
import { registerMarkdown } from "./markdown/module.ts";
import { OwnLanguages } from "./markdown/registry.ts";
import { withoutLinks } from "./no-linking.ts";
import { fixInTheEnd, refactorings } from "./refactor/actions.ts";
import { definition, highlights, type Named, references, rename, renameable } from "./references.ts";
import { semanticTokens } from "./semantic-tokens.ts";
import { isRuleSettings, PatientConfiguration, type RuleSettings, withSettings } from "./settings.ts";
import { documentSymbols } from "./symbols.ts";
import { OpenDocumentsOnly } from "./updates.ts";
import { wordsOf } from "./words.ts";

const sharedModule: Module<LangiumSharedServices, PartialLangiumSharedServices> = {
  ServiceRegistry: (services) => new OwnLanguages(services),
  lsp: {
    DocumentUpdateHandler: (services) => new OpenDocumentsOnly(services),
    LanguageServer: (services) => new FlowLanguageServer(services),
  },
  workspace: { ConfigurationProvider: (services) => new PatientConfiguration(services) },
};

const editorModule: Module<LangiumServices, PartialLangiumServices> = {
  validation: {
    DocumentValidator: (services) => ({
      validateDocument: async (document) => (await shown(services, document)).map(({ diagnostic }) => diagnostic),
    }),
  },
  lsp: {
    CodeActionProvider: (services) => ({
      getCodeActions: async (document, params) => actions(services, document, await shown(services, document), params),
    }),
    CompletionProvider: (services) => ({
      completionOptions: { triggerCharacters: TRIGGERS },
      getCompletion: (document, { position }) => ({
        isIncomplete: false,
        items: completionItems(replayIn(services, document), position, flowServer(services)?.takesSnippets === true),
      }),
    }),
    DocumentSymbolProvider: (services) => ({
      getSymbols: (document) => documentSymbols(replayIn(services, document).flow),
    }),
    CodeLensProvider: (services) => ({
      provideCodeLens: async (document) => codeLenses(await judged(services, document)),
    }),
    DefinitionProvider: (services) => ({
      getDefinition: (document, { position }) => definition(named(services, document), position),
    }),
    ReferencesProvider: (services) => ({
      findReferences: (document, { position, context }) =>
        references(named(services, document), position, context.includeDeclaration),
    }),
    RenameProvider: (services) => ({
      prepareRename: (document, { position }) => renameable(named(services, document), position),
      rename: (document, { position, newName }) => rename(named(services, document), position, newName),
    }),
    DocumentHighlightProvider: (services) => ({
      getDocumentHighlight: (document, { position }) => highlights(named(services, document), position),
    }),
    SemanticTokenProvider: () => semanticTokens,
    InlayHintProvider: (services) => ({
      getInlayHints: async (document, { range }) =>
        inlayHints(replayIn(services, document), range, hintSettings(await setting(services, "inlayHints"))),
    }),
    HoverProvider: (services) => ({
      getHoverContent: (document, { position }) => hoverAt(replayIn(services, document), wordsOf(document), position),
    }),
    FoldingRangeProvider: (services) => ({
      getFoldingRanges: (document) => foldingRanges(replayIn(services, document).flow, commentSpans(document)),
    }),
    Formatter: (services) => ({
      formatDocument: (document) => formatted(services, document),
      formatDocumentRange: (document, { range }) => formatted(services, document, range),
      formatDocumentOnType: (document, { position: { line } }) => formatted(services, document, lineBefore(line)),
      formatOnTypeOptions: { firstTriggerCharacter: "\n" },
    }),
  },
};

/** Services over a connection to a client, if there is one. They read no files: the client sends the text of what is open. */
export function createServices(connection?: Connection): LangiumServices {
  const shared = inject(
    createDefaultSharedModule(connection === undefined ? EmptyFileSystem : { connection, ...EmptyFileSystem }),
    TcpflowGeneratedSharedModule,
    sharedModule,
  );
  const tcpflow: LangiumServices = inject(
    createDefaultCoreModule({ shared }),
    TcpflowGeneratedModule,
    TcpflowModule,
    withoutLinks,
    editorModule,
    { shared: () => shared },
  );
  shared.ServiceRegistry.register(tcpflow);
  registerMarkdown(tcpflow, () => localeIn(tcpflow));
  return tcpflow;
}

/** The replay of a document, in the language of the client. */
export function replayIn(services: LangiumServices, document: LangiumDocument): Replay {
  return replayOf(document, localeIn(services));
}

/** The language of the client. */
export function localeIn({ shared: { lsp } }: LangiumServices): Locale {
  return lsp.LanguageServer instanceof FlowLanguageServer ? lsp.LanguageServer.locale : "en";
}

function actions(
  services: LangiumServices,
  document: LangiumDocument,
  findings: readonly Shown[],
  params: CodeActionParams,
): CodeAction[] {
  const [replay, words] = [replayIn(services, document), wordsOf(document)];
  const laterFix = (finding: Finding) => fixInTheEnd(replay, words, finding);
  return [...codeActions(findings, replay.flow, laterFix, params), ...refactorings(replay, words, params)];
}

/** The replay as the author's settings have it. */
export async function judged(services: LangiumServices, document: LangiumDocument): Promise<Replay> {
  return withSettings(replayIn(services, document), await ruleSettings(services));
}

export async function ruleSettings(services: LangiumServices): Promise<RuleSettings> {
  const rules = await setting(services, "rules");
  return isRuleSettings(rules) ? rules : {};
}

/** A setting of `tcpflow` as the client sent it. */
function setting(services: LangiumServices, name: string): Promise<unknown> {
  return services.shared.workspace.ConfigurationProvider.getConfiguration(services.LanguageMetaData.languageId, name);
}

async function shown(services: LangiumServices, document: LangiumDocument): Promise<Shown[]> {
  const pages = flowServer(services)?.rulePages;
  return shownFindings(await judged(services, document), document.uri.toString(), pages);
}

function flowServer(services: LangiumServices): FlowLanguageServer | undefined {
  const { LanguageServer } = services.shared.lsp;
  return LanguageServer instanceof FlowLanguageServer ? LanguageServer : undefined;
}

function formatted(services: LangiumServices, document: LangiumDocument, within?: Range) {
  return formattingEdits(replayIn(services, document).flow.text, within);
}

function lineBefore(line: number): Range {
  return { start: { line: line - 1, character: 0 }, end: { line, character: 0 } };
}

function named(services: LangiumServices, document: LangiumDocument): Named {
  return { uri: document.uri.toString(), replay: replayIn(services, document), words: wordsOf(document) };
}

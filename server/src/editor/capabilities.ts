/** How the server starts, and what it tells a client about itself. */
import { DefaultLanguageServer } from "langium/lsp";
import {
  CodeActionKind,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  type InitializedParams,
  type InitializeParams,
  type InitializeResult,
} from "vscode-languageserver";
import { type Locale, localeOf } from "../flow/locale.ts";
import { TcpflowLanguageMetaData } from "../language/generated/module.ts";
import { FIX_ALL } from "./fixes.ts";
import { FORMAT_ALL } from "./markdown/actions.ts";

/** Langium's answer, made exact: which kinds of actions there are, and no search for symbols through the workspace. */
export class FlowLanguageServer extends DefaultLanguageServer {
  /** Nothing ahead of time: among all services there is a second parser, for a completion that looks at the grammar. */
  protected override eagerLoadServices(): void {}

  /** Whether the client lets the author fill in places of what is proposed. */
  takesSnippets = false;

  /** Where the client keeps the pages of the rules: a link to one is this with `RULE.md` behind it. */
  rulePages: string | undefined;

  /** The display language of the client, as far as there are texts in it. */
  locale: Locale = "en";

  /** Whether the client lets the server say for which documents it formats: not for all that it serves. */
  private registersFormatting = false;

  /** Formats flows alone: as a second formatter of Markdown, it would have an editor ask each time which one to take. */
  override initialized(params: InitializedParams): void {
    super.initialized(params);
    const client = this.services.lsp.Connection?.client;
    if (client === undefined || !this.registersFormatting) return;
    const flows = { documentSelector: [{ language: TcpflowLanguageMetaData.languageId }] };
    const requests = [DocumentFormattingRequest.type, DocumentRangeFormattingRequest.type];
    for (const request of requests) client.register(request, flows).catch(() => {});
  }

  protected override buildInitializeResult(params: InitializeParams): InitializeResult {
    const pages = Object(params.initializationOptions).rulePages;
    this.rulePages = typeof pages === "string" && URL.canParse(pages) ? pages : undefined;
    this.locale = localeOf(params.locale ?? "") ?? "en";
    this.takesSnippets = params.capabilities.textDocument?.completion?.completionItem?.snippetSupport === true;
    const { workspaceSymbolProvider: _, ...capabilities } = super.buildInitializeResult(params).capabilities;
    const { formatting, rangeFormatting } = params.capabilities.textDocument ?? {};
    this.registersFormatting = Boolean(formatting?.dynamicRegistration && rangeFormatting?.dynamicRegistration);
    return {
      serverInfo: { name: "tcpflow" },
      capabilities: {
        ...capabilities,
        ...(this.registersFormatting && { documentFormattingProvider: false, documentRangeFormattingProvider: false }),
        selectionRangeProvider: true,
        inlineCompletionProvider: true,
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL, FORMAT_ALL],
        },
      },
    };
  }
}

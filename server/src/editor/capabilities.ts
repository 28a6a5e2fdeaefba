/** How the server starts, and what it tells a client about itself. */
import { DefaultLanguageServer } from "langium/lsp";
import { CodeActionKind, type InitializeParams, type InitializeResult } from "vscode-languageserver";
import { type Locale, localeOf } from "../flow/locale.ts";
import { FIX_ALL } from "./fixes.ts";

/** Langium's answer, made exact: which kinds of actions there are, and no search for symbols through the workspace. */
export class FlowLanguageServer extends DefaultLanguageServer {
  /** Nothing ahead of time: among all services there is a second parser, for a completion that looks at the grammar. */
  protected override eagerLoadServices(): void {}

  /** Where the client keeps the pages of the rules: a link to one is this with `RULE.md` behind it. */
  rulePages: string | undefined;

  /** The display language of the client, as far as there are texts in it. */
  locale: Locale = "en";

  protected override buildInitializeResult(params: InitializeParams): InitializeResult {
    const pages = Object(params.initializationOptions).rulePages;
    this.rulePages = typeof pages === "string" && URL.canParse(pages) ? pages : undefined;
    this.locale = localeOf(params.locale ?? "") ?? "en";
    const { workspaceSymbolProvider: _, ...capabilities } = super.buildInitializeResult(params).capabilities;
    return {
      serverInfo: { name: "tcpflow" },
      capabilities: {
        ...capabilities,
        selectionRangeProvider: true,
        inlineCompletionProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL] },
      },
    };
  }
}

/** Markdown and MDX as languages of the server: what an editor shows of a flow, in each fence of a document. */
import { createDefaultCoreModule, inject, type LanguageMetaData, type Module } from "langium";
import type { LangiumServices, PartialLangiumServices } from "langium/lsp";
import { TcpflowGeneratedModule } from "../../language/module.ts";
import { withoutLinks } from "../no-linking.ts";

/** Clients that know no MDX call such a file by another name: then its ending tells. */
const LANGUAGES: readonly LanguageMetaData[] = [
  { languageId: "markdown", fileExtensions: [".md", ".markdown"], caseInsensitive: false, mode: "production" },
  { languageId: "mdx", fileExtensions: [".mdx"], caseInsensitive: false, mode: "production" },
];

/** Makes the server take Markdown documents beside those of `tcpflow`, whose services read and serve the fences. */
export function registerMarkdown(tcpflow: LangiumServices): void {
  const { shared } = tcpflow;
  for (const language of LANGUAGES) {
    const services: LangiumServices = inject(
      createDefaultCoreModule({ shared }),
      TcpflowGeneratedModule,
      withoutLinks,
      markdownModule(tcpflow, language),
      { shared: () => shared },
    );
    shared.ServiceRegistry.register(services);
  }
}

function markdownModule(
  tcpflow: LangiumServices,
  language: LanguageMetaData,
): Module<LangiumServices, PartialLangiumServices> {
  return {
    LanguageMetaData: () => language,
    // The text around the fences means nothing here, and they are read when somebody asks for them.
    parser: { AsyncParser: () => ({ parse: (_text, token) => tcpflow.parser.AsyncParser.parse("", token) }) },
  };
}

/**
 * Stands in for what Langium does with cross-references. The grammar has none, so looking for them through the whole
 * tree after each edit (scopes, links, index) would only cost time.
 */
import {
  DefaultLinker,
  EMPTY_STREAM,
  type LangiumCoreServices,
  type Module,
  type PartialLangiumCoreServices,
  type ReferenceDescriptionProvider,
  type ScopeComputation,
} from "langium";

const noScopes: ScopeComputation = {
  collectExportedSymbols: async () => [],
  collectLocalSymbols: async () => ({ has: () => false, getStream: () => EMPTY_STREAM }),
};

const noReferences: ReferenceDescriptionProvider = {
  createDescriptions: async () => [],
};

class NoLinker extends DefaultLinker {
  override async link(): Promise<void> {}
}

export const withoutLinks: Module<LangiumCoreServices, PartialLangiumCoreServices> = {
  references: {
    ScopeComputation: () => noScopes,
    Linker: (services) => new NoLinker(services),
  },
  workspace: {
    ReferenceDescriptionProvider: () => noReferences,
  },
};

/**
 * Stands in for what Langium does with cross-references. The grammar has none, so looking for them through the whole
 * tree after each edit (scopes, links, index) would only cost time.
 */
import { DefaultLinker, EMPTY_STREAM, type ReferenceDescriptionProvider, type ScopeComputation } from "langium";

export const noScopes: ScopeComputation = {
  collectExportedSymbols: async () => [],
  collectLocalSymbols: async () => ({ has: () => false, getStream: () => EMPTY_STREAM }),
};

export const noReferences: ReferenceDescriptionProvider = {
  createDescriptions: async () => [],
};

export class NoLinker extends DefaultLinker {
  override async link(): Promise<void> {}
}

/** What the server does when a document opens, changes or closes. */
import { type TextDocument, URI } from "langium";
import { DefaultDocumentUpdateHandler, type LangiumSharedServices } from "langium/lsp";
import type { FileSystemWatcher, TextDocumentChangeEvent } from "vscode-languageserver";

/** A flow depends on no other file: only open documents are known, and no file is watched. */
export class OpenDocumentsOnly extends DefaultDocumentUpdateHandler {
  constructor(services: LangiumSharedServices) {
    super(services);
    services.workspace.ConfigurationProvider.onConfigurationSectionUpdate(() => {
      this.fireDocumentUpdate(
        services.workspace.TextDocuments.keys().map((uri) => URI.parse(uri)),
        [],
      );
    });
  }

  protected override getWatchers(): FileSystemWatcher[] {
    return [];
  }

  override didChangeWatchedFiles(): void {}

  didCloseDocument({ document }: TextDocumentChangeEvent<TextDocument>): void {
    this.fireDocumentUpdate([], [URI.parse(document.uri)]);
  }
}

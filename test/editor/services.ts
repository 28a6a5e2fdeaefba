/** The services of the language server without a client: a text with the cursor in it, and what is offered there. */
import { type LangiumDocument, URI } from "langium";
import type { LangiumServices } from "langium/lsp";
import type { CompletionItem, Position } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { createServices } from "../../server/src/editor/module.ts";

/** The services as they speak to a client with this display language. */
export async function servicesIn(locale: string): Promise<LangiumServices> {
  const made = createServices();
  await made.shared.lsp.LanguageServer.initialize({ processId: null, rootUri: null, capabilities: {}, locale });
  return made;
}

const services = createServices();

export interface Marked {
  readonly document: LangiumDocument;
  readonly uri: string;
  /** Of the `|` in the text. */
  readonly position: Position;
  readonly text: string;
}

let opened = 0;

/** A document of the text without its first `|`, and where that stood. */
export function marked(text: string): Marked {
  const offset = Math.max(text.indexOf("|"), 0);
  const plain = text.replace("|", "");
  opened += 1;
  const uri = URI.parse(`file:///services/${opened}.tcpflow`);
  const document = services.shared.workspace.LangiumDocumentFactory.fromString(plain, uri);
  return { document, uri: uri.toString(), text: plain, position: document.textDocument.positionAt(offset) };
}

export async function completions(text: string, from = services): Promise<readonly CompletionItem[]> {
  const { document, position, uri } = marked(text);
  const list = await from.lsp.CompletionProvider?.getCompletion(document, { position, textDocument: { uri } });
  return list?.items ?? [];
}

/** The text after the proposal with this label is accepted, with the cursor behind it. */
export async function accept(text: string, label?: string): Promise<string> {
  const items = await completions(text);
  const item = label === undefined ? items[0] : items.find((one) => one.label === label);
  const edit = item?.textEdit;
  if (edit === undefined || !("range" in edit))
    throw new Error(`“${label ?? "anything"}” is not proposed, but ${items.map((one) => one.label).join("; ")}`);
  const { document } = marked(text);
  const plain = TextDocument.create("file:///a", "tcpflow", 1, document.textDocument.getText());
  const end = plain.offsetAt(edit.range.start) + edit.newText.length;
  const changed = TextDocument.applyEdits(plain, [edit]);
  return `${changed.slice(0, end)}|${changed.slice(end)}`;
}

/** The Markdown shown at the `|`; empty if nothing is. */
export async function hover(text: string, from = services): Promise<string> {
  const { document, position, uri } = marked(text);
  const answer = await from.lsp.HoverProvider?.getHoverContent(document, { position, textDocument: { uri } });
  const contents = answer?.contents;
  return contents !== undefined && typeof contents === "object" && "value" in contents ? contents.value : "";
}

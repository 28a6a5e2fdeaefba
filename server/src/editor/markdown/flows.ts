/** The flows of a Markdown document: each fence is read as a document of its own. */
import { DocumentState, type LangiumDocument, TextDocument } from "langium";
import type { LangiumServices } from "langium/lsp";
import { fencesAfter } from "../../formats/fence-changes.ts";
import { type Fence, findFences } from "../../formats/markdown.ts";
import type { FlowDocument } from "../documents.ts";

/** A fence, and the flow in it. */
export interface FencedFlow {
  readonly fence: Fence;
  /** The text of the fence alone. Its address is that of the Markdown document, its lines and characters are not. */
  readonly flow: FlowDocument;
  /** The Markdown document as it stood when it was read. */
  readonly file: TextDocument;
}

/** The last version of each document that was read. */
const known = new WeakMap<LangiumDocument, { readonly text: string; readonly flows: readonly FencedFlow[] }>();

/**
 * The flows of a Markdown document in their order. A fence whose text is as in the version before is not parsed again.
 * @param services of the language `tcpflow`
 */
export function flowsIn(services: LangiumServices, document: LangiumDocument): readonly FencedFlow[] {
  const { textDocument, uri } = document;
  const text = textDocument.getText();
  const last = known.get(document);
  if (last?.text === text) return last.flows;
  const file = TextDocument.create(textDocument.uri, textDocument.languageId, textDocument.version, text);
  const kept = new Map(last?.flows.map(({ flow }) => [flow.textDocument.getText(), flow]));
  const mdx = textDocument.languageId === "mdx" || uri.path.endsWith(".mdx");
  const fences =
    last &&
    fencesAfter(
      last.flows.map(({ fence }) => fence),
      last.text,
      text,
    );
  const flows = (fences ?? findFences(text, { mdx })).map((fence) => ({
    fence,
    flow: flowOf(services, uri, fence, kept),
    file,
  }));
  known.set(document, { text, flows });
  return flows;
}

/** @param kept flows of the version before, by their text */
function flowOf(
  services: LangiumServices,
  uri: LangiumDocument["uri"],
  { text, line }: Fence,
  kept: ReadonlyMap<string, FlowDocument>,
): FlowDocument {
  const firstLine = line + 1;
  const same = kept.get(text);
  // The messages of a flow name lines, so one that has moved is replayed again.
  if (same !== undefined) return same.firstLine === firstLine ? same : { ...same, firstLine };
  return {
    uri,
    textDocument: TextDocument.create(uri.toString(), services.LanguageMetaData.languageId, 0, text),
    parseResult: services.parser.LangiumParser.parse(text),
    state: DocumentState.Parsed,
    references: [],
    firstLine,
  };
}

/** Whether a document is a flow and nothing else. */
export function isFlow(services: LangiumServices, { uri }: LangiumDocument): boolean {
  return services.shared.ServiceRegistry.getServices(uri) === services;
}

/** A flow, and the line (from 0) on which it begins in the document that holds it. */
export interface PlacedFlow {
  readonly flow: FlowDocument;
  readonly line: number;
}

/**
 * The flow at a line (from 0) of a document: the document itself, or in Markdown the fence that holds the line, be it
 * with its marks; the first fence if no line is given.
 * @param services of the language `tcpflow`
 */
export function flowAt(services: LangiumServices, document: LangiumDocument, line?: number): PlacedFlow | undefined {
  if (isFlow(services, document)) return { flow: document, line: 0 };
  const flows = flowsIn(services, document);
  const found =
    line === undefined ? flows[0] : flows.find(({ fence }) => fence.line - 1 <= line && line <= fence.lastLine);
  return found && { flow: found.flow, line: found.fence.line };
}

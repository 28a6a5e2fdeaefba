/** A proposal, and how the protocol wants it. */
import {
  type CompletionItem,
  type CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type Range,
} from "vscode-languageserver";

export interface Proposal {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** What is written; the label if absent. */
  readonly insert?: string;
  /** The same with places to fill in (`title "$1"`), for a client that can take them. */
  readonly snippet?: string;
  /** One line beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
}

/** In the order given, which editors keep by the sort text; the first is selected. Of equal labels the first stays. */
export function toItems(proposals: readonly Proposal[], range: Range, takesSnippets: boolean): CompletionItem[] {
  const known = new Set<string>();
  const fresh = proposals.filter(({ label }) => !known.has(label) && known.add(label));
  return fresh.map(({ label, kind, insert, snippet, detail, documentation }, index) => ({
    label,
    kind,
    sortText: String(index).padStart(4, "0"),
    // Later lines have their indentation: an editor must not add that of the first.
    ...((snippet ?? insert)?.includes("\n") ? { insertTextMode: InsertTextMode.asIs } : {}),
    ...(takesSnippets && snippet !== undefined
      ? { textEdit: { range, newText: snippet }, insertTextFormat: InsertTextFormat.Snippet }
      : { textEdit: { range, newText: insert ?? label } }),
    ...(index === 0 ? { preselect: true } : {}),
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
  }));
}

/** A proposal, and how the protocol wants it. */
import {
  type CompletionItem,
  type CompletionItemKind,
  InsertTextMode,
  MarkupKind,
  type Range,
} from "vscode-languageserver";

export interface Proposal {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** What is written; the label if absent. */
  readonly insert?: string;
  /** One line beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
}

/** In the order given, which editors keep by the sort text; the first is selected. Of equal labels the first stays. */
export function toItems(proposals: readonly Proposal[], range: Range): CompletionItem[] {
  const known = new Set<string>();
  const fresh = proposals.filter(({ label }) => !known.has(label) && known.add(label));
  return fresh.map(({ label, kind, insert, detail, documentation }, index) => ({
    label,
    kind,
    sortText: String(index).padStart(4, "0"),
    textEdit: { range, newText: insert ?? label },
    // Later lines have their indentation: an editor must not add that of the first.
    ...(insert?.includes("\n") ? { insertTextMode: InsertTextMode.asIs } : {}),
    ...(index === 0 ? { preselect: true } : {}),
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
  }));
}

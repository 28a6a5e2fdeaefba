/** Mermaid diagrams that show TCP: the code action that makes flows of them where they stand. */
import type { LangiumDocument } from "langium";
import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver";
import type { Locale } from "../../flow/locale.ts";
import { convertMermaid } from "../../formats/mermaid-convert.ts";
import { asFlow, findDiagrams } from "../../formats/mermaid-fences.ts";
import { write } from "../../language/write.ts";
import { rangesIn } from "../documents.ts";
import { wants } from "../fixes.ts";
import { editorTexts } from "../texts.ts";

/** The action on the diagram at the cursor; what it cannot carry over is kept as notes, and counted in its title. */
export function diagramActions(document: LangiumDocument, params: CodeActionParams, locale: Locale): CodeAction[] {
  if (!wants(params, CodeActionKind.RefactorRewrite)) return [];
  const text = document.textDocument.getText();
  const { line } = params.range.start;
  const mdx = document.uri.path.toLowerCase().endsWith(".mdx");
  const fence = findDiagrams(text, { mdx }).find(
    (diagram) => line >= diagram.line - 1 && line <= diagram.line + diagram.text.split("\n").length,
  );
  const conversion = fence && convertMermaid(fence.text, { firstLine: fence.line + 1, locale });
  if (!fence || !conversion) return [];
  const rangeOf = rangesIn(text);
  const edits = asFlow(text, fence, write(conversion.flow)).map(({ span, newText }) => ({
    range: rangeOf(span),
    newText,
  }));
  return [
    {
      title: editorTexts(locale).diagramToFlow(conversion.remarks.length),
      kind: CodeActionKind.RefactorRewrite,
      edit: { changes: { [params.textDocument.uri]: edits } },
    },
  ];
}

/** Semantic tokens: names, which a grammar of colours cannot tell from other words. */
import type { SemanticTokenProvider } from "langium/lsp";
import { type Range, type SemanticTokens, SemanticTokensBuilder } from "vscode-languageserver";
import { lineTable, positionAt } from "../flow/lines.ts";
import { type NamedRole, type Word, wordsOf } from "./words.ts";

const TYPES = ["type", "variable", "event"] as const;
const TYPE_OF: Readonly<Record<NamedRole, (typeof TYPES)[number]>> = {
  endpoint: "type",
  symbol: "variable",
  segment: "event",
};
const DECLARATION = 1;

/** @param within only what stands on these lines */
function tokensOf(text: string, words: readonly Word[], within?: Range): SemanticTokens {
  const lines = lineTable(text);
  const builder = new SemanticTokensBuilder();
  for (const { role, span, declares } of words) {
    if (!isNamed(role)) continue;
    const { line, character } = positionAt(lines, span.start);
    if (within !== undefined && (line < within.start.line || line > within.end.line)) continue;
    builder.push(line, character, span.end - span.start, TYPES.indexOf(TYPE_OF[role]), declares ? DECLARATION : 0);
  }
  return builder.build();
}

export function isNamed(role: Word["role"]): role is NamedRole {
  return role === "endpoint" || role === "symbol" || role === "segment";
}

export const semanticTokens: SemanticTokenProvider = {
  tokenTypes: Object.fromEntries(TYPES.map((type, index) => [type, index])),
  tokenModifiers: { declaration: DECLARATION },
  semanticTokensOptions: {
    legend: { tokenTypes: [...TYPES], tokenModifiers: ["declaration"] },
    full: { delta: false },
    range: true,
  },
  semanticHighlight: (document) => tokensOf(document.textDocument.getText(), wordsOf(document)),
  semanticHighlightRange: (document, { range }) => tokensOf(document.textDocument.getText(), wordsOf(document), range),
  semanticHighlightDelta: (document) => tokensOf(document.textDocument.getText(), wordsOf(document)),
};

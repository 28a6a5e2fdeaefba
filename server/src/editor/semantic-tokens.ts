/** Semantic tokens: names, which a grammar of colours cannot tell from other words. */
import type { LangiumDocument } from "langium";
import type { SemanticTokenProvider } from "langium/lsp";
import { type Position, type Range, type SemanticTokens, SemanticTokensBuilder } from "vscode-languageserver";
import { lineTable, positionAt } from "../flow/lines.ts";
import { type NamedRole, type Word, wordsOf } from "./words.ts";

const TYPES = ["type", "variable", "event"] as const;
const TYPE_OF: Readonly<Record<NamedRole, (typeof TYPES)[number]>> = {
  endpoint: "type",
  symbol: "variable",
  segment: "event",
};
const DECLARATION = 1;

/** A name in the text; its type and modifiers count as in the legend. */
export interface NameToken {
  readonly position: Position;
  readonly length: number;
  readonly type: number;
  readonly modifiers: number;
}

/** In the order of the text. */
export function nameTokens(document: LangiumDocument): NameToken[] {
  const lines = lineTable(document.textDocument.getText());
  return wordsOf(document).flatMap(({ role, span, declares }) => {
    if (!isNamed(role)) return [];
    const position = positionAt(lines, span.start);
    const type = TYPES.indexOf(TYPE_OF[role]);
    return [{ position, length: span.end - span.start, type, modifiers: declares ? DECLARATION : 0 }];
  });
}

/** @param within only what stands on these lines */
export function encodeTokens(tokens: readonly NameToken[], within?: Range): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  for (const { position, length, type, modifiers } of tokens) {
    const { line, character } = position;
    if (within !== undefined && (line < within.start.line || line > within.end.line)) continue;
    builder.push(line, character, length, type, modifiers);
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
  semanticHighlight: (document) => encodeTokens(nameTokens(document)),
  semanticHighlightRange: (document, { range }) => encodeTokens(nameTokens(document), range),
  semanticHighlightDelta: (document) => encodeTokens(nameTokens(document)),
};

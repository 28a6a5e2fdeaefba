import type { TokenType } from "chevrotain";
import { DefaultLexer, type LangiumCoreServices, type LexerResult, type TokenizeOptions } from "langium";
import { giveRoles } from "./roles.ts";

/** Chevrotain's lexer, and behind it the roles that words have in their places. */
export class TcpflowLexer extends DefaultLexer {
  private readonly types: ReadonlyMap<string, TokenType>;

  constructor(services: LangiumCoreServices) {
    super(services);
    this.types = new Map(Object.entries(this.definition));
  }

  override tokenize(text: string, options?: TokenizeOptions): LexerResult {
    const result = super.tokenize(text, options);
    result.tokens = giveRoles(result.tokens, this.types);
    const last = result.hidden.at(-1);
    if (last?.tokenType.name === "BLOCK_COMMENT" && !(last.image.length > 3 && last.image.endsWith("*/"))) {
      const { startOffset: offset, startLine: line, startColumn: column } = last;
      result.errors.push({ offset, line, column, length: 2, message: "open comment" });
    }
    return result;
  }
}

/** The tokens of the language: the terminals of the grammar, and words that only their place makes keywords. */
import { type CustomPatternMatcherFunc, Lexer, type TokenType } from "chevrotain";
import { DefaultTokenBuilder, type GrammarAST, GrammarUtils, stream, type TokenBuilderOptions } from "langium";

// Neither ignores case: with all letters of all scripts that takes milliseconds to compile.
/** Letters of any script, with inner hyphens before letters only: `u-1` is a difference, `load-balancer` a name. */
const NAME =
  /[\p{L}_][\p{L}\p{M}\p{N}_]*(?:-\p{L}[\p{L}\p{M}\p{N}_]*)*(?:(?<=[Ff][Ii][Nn][-_]?[Ww][Aa][Ii][Tt])-[12](?![\p{L}\p{N}_]))?/uy;

/** Also the arrows of other notations, so that they can be told from names. `1-x` is a difference. */
const ARROW = /-{1,2}>{1,2}|={1,2}>{1,2}|~{1,2}>|<-{1,2}>?|[→⟶⇒←]|(?<![^\s\p{P}])-[xX](?![\p{L}\p{N}_-])/uy;

/** Chevrotain sorts token types by first character, beyond Latin-1 in buckets of 255: one of each bucket. */
const BEYOND_ASCII = [
  ...Array.from({ length: 128 }, (_, i) => 128 + i),
  ...Array.from({ length: 256 }, (_, bucket) => 383 + bucket * 255),
];

const CUSTOM: Readonly<Record<string, { pattern: RegExp; starts: readonly (string | number)[] }>> = {
  ID: {
    pattern: NAME,
    starts: [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_", ...BEYOND_ASCII],
  },
  ARROW: { pattern: ARROW, starts: [..."-=~<→⟶⇒←"] },
};

/** Terminals that no text matches: tokens become them by their place. */
const MADE = new Set(["KEY", "EMPTY_KEY", "TERM", "STRAY"]);

/** Chevrotain takes no pattern with the flag `u`, but a function. */
function matcher(pattern: RegExp): CustomPatternMatcherFunc {
  return (text, offset) => {
    pattern.lastIndex = offset;
    return pattern.exec(text);
  };
}

/**
 * Signs that stand for others: full-width forms, which Chinese and Japanese keyboards write, and
 * what joins flags elsewhere (`[SYN, ACK]`, `SYN/ACK`).
 */
export const SIGNS: Readonly<Record<string, string>> = {
  "：": ":",
  "，": ",",
  "、": ",",
  "＝": "=",
  "＋": "+",
  "（": "(",
  "）": ")",
  "｛": "{",
  "｝": "}",
  "＜": "<",
  "＞": ">",
  "？": "?",
  "＠": "@",
  "/": ",",
  "[": ",",
  "]": ",",
};

const SIGN: TokenType = { name: "SIGN", PATTERN: /[：，、＝＋（）｛｝＜＞？＠/[\]]/, LINE_BREAKS: false };

/** A sign that has done its work. */
export const SPENT: TokenType = { name: "SPENT", PATTERN: Lexer.NA };

export class TcpflowTokenBuilder extends DefaultTokenBuilder {
  override buildTokens(grammar: GrammarAST.Grammar, options?: TokenBuilderOptions): TokenType[] {
    const reachable = stream(GrammarUtils.getAllReachableRules(grammar, false));
    const terminals = this.buildTerminalTokens(reachable);
    // Signs come last: `-` after `->`, `/` after `//`, `:` after `:80`.
    return [...terminals, SIGN, SPENT, ...this.buildKeywordTokens(reachable, terminals, options)];
  }

  protected override buildTerminalToken(terminal: GrammarAST.TerminalRule): TokenType {
    const token = super.buildTerminalToken(terminal);
    // Told, so that Chevrotain need not find out.
    token.LINE_BREAKS = terminal.name === "NL" || terminal.name === "BLOCK_COMMENT";
    const custom = CUSTOM[terminal.name];
    if (custom) {
      token.PATTERN = matcher(custom.pattern);
      token.START_CHARS_HINT = [...custom.starts];
    }
    if (MADE.has(terminal.name)) token.PATTERN = Lexer.NA;
    return token;
  }

  protected override buildKeywordToken(keyword: GrammarAST.Keyword): TokenType {
    const isWord = /^[a-z]+$/.test(keyword.value);
    return { name: keyword.value, PATTERN: isWord ? Lexer.NA : keyword.value, LINE_BREAKS: false };
  }
}

/**
 * No word is reserved: its neighbours decide whether it is a name, a keyword or a key. This is
 * settled on the tokens, before parsing, so that the grammar can choose by one token and never
 * fails inside a statement.
 */
import type { IToken, TokenType } from "chevrotain";
import { SIGNS, SPENT } from "./token-builder.ts";
import { OPENERS, VERBS } from "./words.ts";

const STARTS = new Set<string>(OPENERS);
const MIDDLES = new Set<string>(VERBS);
/** Words inside a statement. */
const INNER = new Set(["as", "takes", "old", "spoofing", "with", "unchecked", "towards", "again", "lost"]);
/** Outside segments, tokens behind which a word is a name. */
const BEFORE_NAMES = new Set([",", "as", "towards"]);
/** What a sum is made of. */
const OPERANDS = new Set(["ID", "INT", "WORD", "VARIABLE"]);
/** Blocks nested deeper are not read, so that no text can exhaust the stack. */
export const DEEPEST_BLOCK = 16;

/** The tokens of a text, each with the type that its place demands, without the `=` behind keys. */
export function giveRoles(tokens: readonly IToken[], types: ReadonlyMap<string, TokenType>): IToken[] {
  const roles = new Roles(tokens, types);
  for (let next = 0; next < tokens.length; ) next = roles.line(next);
  return tokens.filter((token) => token.tokenType !== SPENT);
}

/** Every method takes the index of the token it looks at and returns that of the first it has not settled. */
class Roles {
  private readonly tokens: readonly IToken[];
  private readonly types: ReadonlyMap<string, TokenType>;
  private depth = 0;

  constructor(tokens: readonly IToken[], types: ReadonlyMap<string, TokenType>) {
    this.tokens = tokens;
    this.types = types;
  }

  /** One line, or what stands before or behind a brace of it. */
  line(start: number): number {
    let first = start;
    while (this.name(first) === "@") first = this.mark(first + 1);
    const word = this.image(first);
    if (this.name(first) === "ID" && STARTS.has(word) && !this.isVerbal(first + 1)) {
      this.retype(first, word);
      return this.rest(first + 1, word);
    }
    if (this.name(first) === "FLAGS" && this.isVerbal(first + 1)) this.retype(first, "ID");
    const behind = this.party(first);
    if (behind === first) return this.rest(first, "");
    return this.name(behind) === "ARROW" ? this.segment(behind + 1) : this.rest(this.verb(behind), "");
  }

  /** `150ms`, `+1ms`, `expect(wrong-ack)` behind an `@`. */
  private mark(start: number): number {
    if (this.name(start) !== "ID") {
      const time = this.name(start) === "+" ? start + 1 : start;
      return ["DURATION", "INT", "WORD"].includes(this.name(time)) ? time + 1 : time;
    }
    this.retype(start, "KEY");
    if (this.name(start + 1) !== "(") return start + 1;
    let i = start + 2;
    for (; !this.endsLine(i) && this.name(i) !== ")"; i++) if (this.name(i) === "ID") this.retype(i, "KEY");
    return this.name(i) === ")" ? i + 1 : i;
  }

  private verb(i: number): number {
    const word = this.image(i);
    if (this.name(i) !== "ID" || !MIDDLES.has(word)) return i;
    this.retype(i, word);
    const isCall = word === "calls" && this.name(i + 1) === "ID" && this.image(i + 1) !== "towards";
    return isCall ? this.value(i + 2) : i + 1;
  }

  /** Behind the arrow. */
  private segment(start: number): number {
    if (this.name(start) === "FLAGS" && [":", "PORT"].includes(this.name(start + 1))) this.retype(start, "ID");
    let i = this.party(start);
    if (this.name(i) === ":") i++;
    while (!this.endsLine(i)) i = this.part(i);
    return this.lineEnd(i);
  }

  private party(i: number): number {
    if (this.name(i) !== "ID") return i;
    return this.name(i + 1) === "PORT" ? i + 2 : i + 1;
  }

  private part(i: number): number {
    const name = this.name(i);
    if (this.isKey(i)) return this.field(i);
    if (name === "ID" && INNER.has(this.image(i))) return this.clause(i);
    if (name === "<") return this.options(i + 1);
    if (name === "+" && this.name(i - 1) === "FLAGS" && this.name(i + 1) === "FLAGS") this.retype(i, ",");
    else if (name !== "FLAGS" && name !== "STRING" && name !== ",") this.retype(i, "STRAY");
    return i + 1;
  }

  /** `as late`, `takes 40ms`, `spoofing client`, `old`. */
  private clause(i: number): number {
    const word = this.image(i);
    this.retype(i, word);
    if (word === "as" || word === "spoofing") return this.party(i + 1);
    const isTimed = word === "takes" && !this.endsLine(i + 1) && !INNER.has(this.image(i + 1)) && !this.isKey(i + 1);
    return isTimed ? i + 2 : i + 1;
  }

  private options(start: number): number {
    let i = start;
    for (; !this.endsLine(i) && this.name(i) !== ">"; i++) this.checkOperator(i);
    return this.endsLine(i) ? i : i + 1;
  }

  private isKey(i: number): boolean {
    return ["ID", "VARIABLE", "FLAGS"].includes(this.name(i)) && this.name(i + 1) === "=";
  }

  /** A key, its `=`, and the value if there is one. */
  private field(key: number): number {
    const end = this.value(key + 2);
    this.retype(key, end === key + 2 ? "EMPTY_KEY" : "KEY");
    if (end > key + 2) this.retype(key + 1, "SPENT");
    return end;
  }

  private value(start: number): number {
    const end = this.valueEnd(start);
    for (let i = start; i < end; i++) this.retype(i, "TERM");
    return end;
  }

  private valueEnd(start: number): number {
    if (["?", "STRING", "DURATION"].includes(this.name(start))) return start + 1;
    let end = this.name(start) === "-" ? start + 1 : start;
    if (!this.isOperand(end)) return start;
    end++;
    while (["+", "-"].includes(this.name(end)) && this.isOperand(end + 1)) end += 2;
    return end;
  }

  private isOperand(i: number): boolean {
    if (!OPERANDS.has(this.name(i)) || this.name(i + 1) === "=") return false;
    return !(INNER.has(this.image(i)) && this.name(i + 1) === "ID");
  }

  /** What stands behind the first words of any statement but a segment. */
  private rest(start: number, opener: string): number {
    let i = start;
    let isName = opener !== "";
    while (!this.endsLine(i)) {
      i = this.restPart(i, isName);
      isName = BEFORE_NAMES.has(this.name(i - 1));
    }
    if (this.name(i) !== "{") return this.lineEnd(i);
    const opens = opener === "repeat" || opener === "crossing";
    if (opens && this.depth < DEEPEST_BLOCK) this.depth++;
    else this.retype(i, "STRAY");
    return i + 1;
  }

  private restPart(i: number, isName: boolean): number {
    const word = this.image(i);
    if (this.isKey(i)) return this.field(i);
    if (this.name(i) === "ID" && isName) return this.verb(this.party(i));
    if (this.name(i) === "ID" && (INNER.has(word) || word === "is")) this.retype(i, word);
    else this.checkOperator(i);
    return i + 1;
  }

  /** A sign with nothing behind it to add or subtract would make the parser fail. */
  private checkOperator(i: number): void {
    if (["+", "-"].includes(this.name(i)) && !OPERANDS.has(this.name(i + 1))) this.retype(i, "STRAY");
  }

  private lineEnd(i: number): number {
    if (this.name(i) === "}" && this.depth > 0) this.depth--;
    return i + 1;
  }

  private endsLine(i: number): boolean {
    const name = this.name(i);
    return name === "NL" || name === "{" || name === "}";
  }

  /** Whether this is what follows a name: an arrow, a port or a verb. */
  private isVerbal(i: number): boolean {
    const name = this.name(i);
    return name === "ARROW" || name === "PORT" || (name === "ID" && MIDDLES.has(this.image(i)));
  }

  /** The type of a token, behind the last one NL. */
  private name(i: number): string {
    const token = this.tokens[i];
    if (token === undefined) return "NL";
    if (token.tokenType.name === "SIGN") this.retype(i, SIGNS[token.image] ?? ",");
    return token.tokenType.name;
  }

  private image(i: number): string {
    return this.tokens[i]?.image ?? "";
  }

  private retype(i: number, name: string): void {
    const token = this.tokens[i];
    const type = this.types.get(name);
    if (token === undefined || type?.tokenTypeIdx === undefined) return;
    token.tokenType = type;
    token.tokenTypeIdx = type.tokenTypeIdx;
  }
}

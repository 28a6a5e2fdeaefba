/**
 * No word is reserved: its neighbours decide whether it is a name, a keyword or a key. This is
 * settled on the tokens, before parsing, so that the grammar can choose by one token and never
 * fails inside a statement.
 */
import type { IToken, TokenType } from "chevrotain";
import { SIGNS } from "./token-builder.ts";

/** Words that begin a statement. */
const OPENERS = new Set(["title", "endpoint", "crossing", "repeat", "wait", "section", "note", "let", "set"]);
/** Words behind the endpoint or the segment that a statement is about. */
const VERBS = new Set(["is", "calls", "timeout", "crashes", "arrives", "gets"]);
/** Words inside a statement. */
const INNER = new Set(["as", "takes", "old", "spoofing", "with", "unchecked", "towards", "again", "lost"]);
/** What a sum is made of. */
const OPERANDS = new Set(["ID", "INT", "WORD", "VARIABLE"]);
/** Blocks nested deeper are not read, so that no text can exhaust the stack. */
export const DEEPEST_BLOCK = 16;

/** Gives every token of a text the type that its place demands. */
export function giveRoles(tokens: readonly IToken[], types: ReadonlyMap<string, TokenType>): void {
  const roles = new Roles(tokens, types);
  for (let next = 0; next < tokens.length; ) next = roles.line(next);
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
    let i = this.marks(start);
    const word = this.image(i);
    if (this.name(i) === "ID" && OPENERS.has(word) && !this.isVerbal(i + 1)) {
      this.retype(i, word);
      return this.rest(i + 1, word);
    }
    if (this.name(i) === "FLAGS" && this.isVerbal(i + 1)) this.retype(i, "ID");
    if (this.name(i) !== "ID") return this.rest(i, "");
    i++;
    if (this.name(i) === "PORT") i++;
    if (this.name(i) === "ARROW") return this.segment(i);
    return this.rest(this.verb(i), "");
  }

  private marks(start: number): number {
    let i = start;
    while (this.name(i) === "@") {
      i++;
      if (this.name(i) === "ID") {
        this.retype(i++, "KEY");
        if (this.name(i) !== "(") continue;
        for (i++; !this.endsLine(i) && this.name(i) !== ")"; i++) if (this.name(i) === "ID") this.retype(i, "KEY");
        if (this.name(i) === ")") i++;
      } else {
        if (this.name(i) === "+") i++;
        if (["DURATION", "INT", "WORD"].includes(this.name(i))) i++;
      }
    }
    return i;
  }

  private verb(i: number): number {
    const word = this.image(i);
    if (this.name(i) !== "ID" || !VERBS.has(word)) return i;
    this.retype(i, word);
    return word === "calls" && this.image(i + 1) !== "towards" ? i + 2 : i + 1;
  }

  private segment(arrow: number): number {
    let i = this.party(arrow + 1);
    if (this.name(i) === ":") i++;
    while (!this.endsLine(i)) i = this.part(i);
    return this.lineEnd(i);
  }

  private party(i: number): number {
    if (this.name(i) === "FLAGS" && [":", "PORT"].includes(this.name(i + 1))) this.retype(i, "ID");
    if (this.name(i) !== "ID") return i;
    return this.name(i + 1) === "PORT" ? i + 2 : i + 1;
  }

  private part(i: number): number {
    const word = this.image(i);
    switch (this.name(i)) {
      case "ID":
      case "VARIABLE":
      case "FLAGS":
        if (this.name(i + 1) === "=") return this.field(i);
        if (this.name(i) === "FLAGS") return i + 1;
        if (!INNER.has(word)) break;
        this.retype(i, word);
        if (word === "as" || word === "spoofing") return this.party(i + 1);
        return word === "takes" && !this.endsLine(i + 1) && !INNER.has(this.image(i + 1)) ? i + 2 : i + 1;
      case "<":
        for (i++; !this.endsLine(i) && this.name(i) !== ">"; i++) this.checkOperator(i);
        return this.endsLine(i) ? i : i + 1;
      case "+":
        if (this.name(i - 1) !== "FLAGS" && this.name(i + 1) !== "FLAGS") break;
        this.retype(i, ",");
        return i + 1;
      case "STRING":
      case ",":
        return i + 1;
    }
    this.retype(i, "STRAY");
    return i + 1;
  }

  /** A key, its `=`, and the value if there is one. */
  private field(key: number): number {
    const end = this.value(key + 2);
    this.retype(key, end === key + 2 ? "EMPTY_KEY" : "KEY");
    return end;
  }

  private value(i: number): number {
    if (["?", "STRING", "DURATION"].includes(this.name(i))) return i + 1;
    let end = this.name(i) === "-" ? i + 1 : i;
    if (!this.isOperand(end)) return i;
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
    let mayBeName = opener !== "";
    while (!this.endsLine(i)) {
      const name = this.name(i);
      const word = this.image(i);
      const isName = mayBeName;
      mayBeName = name === ",";
      if (["ID", "VARIABLE", "FLAGS"].includes(name) && this.name(i + 1) === "=") {
        i = this.field(i);
      } else if (name === "ID" && isName) {
        i = this.verb(this.party(i));
      } else if (name === "ID" && INNER.has(word)) {
        this.retype(i++, word);
        mayBeName = word === "as" || word === "towards";
      } else if (name === "ID" && word === "is") {
        this.retype(i++, word);
      } else {
        this.checkOperator(i++);
      }
    }
    if (this.name(i) !== "{") return this.lineEnd(i);
    if (opener !== "repeat" && opener !== "crossing") this.retype(i, "STRAY");
    else if (this.depth >= DEEPEST_BLOCK) this.retype(i, "STRAY");
    else this.depth++;
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
    return name === "ARROW" || name === "PORT" || (name === "ID" && VERBS.has(this.image(i)));
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

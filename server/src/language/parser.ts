/** Langium's parser, told that a line ends at its line break: what the grammar does not take costs no other line. */
import { type IRecognitionException, type IToken, NotAllInputParsedException } from "chevrotain";
import type { AstNode, LangiumCoreServices } from "langium";
import { createParser, type GrammarAST, LangiumParser, type ParseResult, type ParserOptions } from "langium";

type Subrule = Parameters<LangiumParser["subrule"]>;

/** The token stream of Chevrotain's parser, which its types hide. */
interface TokenStream {
  LA(ahead: number): IToken;
  SKIP_TOKEN(): IToken;
}

function isTokenStream(parser: object): parser is TokenStream {
  return "LA" in parser && "SKIP_TOKEN" in parser;
}

class TcpflowParser extends LangiumParser {
  private readonly stream: TokenStream;
  private lineRule: Subrule[1] | undefined;
  private blockRule: Subrule[1] | undefined;
  private unread: IRecognitionException[] = [];
  private depth = 0;

  constructor(services: LangiumCoreServices) {
    super(services);
    const wrapper: object = this.wrapper;
    if (!isTokenStream(wrapper)) throw new Error("Chevrotain's parser has no token stream");
    this.stream = wrapper;
  }

  override parse<T extends AstNode = AstNode>(input: string, options?: ParserOptions): ParseResult<T> {
    this.unread = [];
    this.depth = 0;
    const result = super.parse<T>(input, options);
    return { ...result, parserErrors: [...result.parserErrors, ...this.unread] };
  }

  override subrule(...call: Subrule): void {
    const [, rule] = call;
    if (this.isRecording()) return super.subrule(...call);
    this.lineRule ??= this.getRule("Line");
    this.blockRule ??= this.getRule("Block");
    const isBlock = rule === this.blockRule;
    if (isBlock) this.depth++;
    super.subrule(...call);
    if (isBlock) this.depth--;
    if (rule === this.lineRule) this.skipRestOfLine();
  }

  /** One error a line, at the first token that no statement takes. */
  private skipRestOfLine(): void {
    const token = this.stream.LA(1);
    if (this.endsLine(token)) return;
    this.unread.push(new NotAllInputParsedException("not read", token));
    while (!this.endsLine(this.stream.LA(1))) this.stream.SKIP_TOKEN();
  }

  private endsLine(token: IToken): boolean {
    const name = token.tokenType.name;
    return name === "NL" || name === "EOF" || (name === "}" && this.depth > 0);
  }
}

/** The parser of a grammar, ready to parse. */
export function createTcpflowParser(services: LangiumCoreServices): LangiumParser {
  const parser = new TcpflowParser(services);
  const grammar: GrammarAST.Grammar = services.Grammar;
  createParser(grammar, parser, services.parser.Lexer.definition);
  parser.finalize();
  return parser;
}

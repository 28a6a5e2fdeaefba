/** The services of the language: reading only. What an editor needs is added in `editor/`. */
import {
  createDefaultCoreModule,
  createDefaultSharedCoreModule,
  type DefaultSharedCoreModuleContext,
  EmptyFileSystem,
  type IParserConfig,
  inject,
  type LangiumCoreServices,
  type LangiumSharedCoreServices,
  type Module,
  type PartialLangiumCoreServices,
} from "langium";
import { TcpflowGeneratedModule, TcpflowGeneratedSharedModule } from "./generated/module.ts";
import { TcpflowLexer } from "./lexer.ts";
import { createTcpflowParser } from "./parser.ts";
import { TcpflowTokenBuilder } from "./token-builder.ts";
import { keepText } from "./value-converter.ts";

export { TcpflowGeneratedModule, TcpflowGeneratedSharedModule };

/** Every choice of the grammar is made by the next token, which a test proves: looking further takes longer to prepare. */
export const PARSER: IParserConfig = {
  maxLookahead: 1,
  recoveryEnabled: true,
  nodeLocationTracking: "full",
  skipValidations: true,
};

/** What this language does differently from Langium's defaults. */
export const TcpflowModule: Module<LangiumCoreServices, PartialLangiumCoreServices> = {
  parser: {
    TokenBuilder: () => new TcpflowTokenBuilder(),
    Lexer: (services) => new TcpflowLexer(services),
    LangiumParser: createTcpflowParser,
    ValueConverter: () => keepText,
    ParserConfig: () => PARSER,
  },
};

/** The services that parse and validate, without an editor. */
export function createTcpflowServices(context: DefaultSharedCoreModuleContext = EmptyFileSystem): {
  shared: LangiumSharedCoreServices;
  tcpflow: LangiumCoreServices;
} {
  const shared = inject(createDefaultSharedCoreModule(context), TcpflowGeneratedSharedModule);
  const tcpflow = inject(createDefaultCoreModule({ shared }), TcpflowGeneratedModule, TcpflowModule);
  shared.ServiceRegistry.register(tcpflow);
  return { shared, tcpflow };
}

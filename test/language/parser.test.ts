import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import {
  createDefaultCoreModule,
  createDefaultSharedCoreModule,
  EmptyFileSystem,
  inject,
  type LangiumCoreServices,
  type Module,
  type PartialLangiumCoreServices,
} from "langium";
import { expect, test, vi } from "vitest";
import { TcpflowLanguageMetaData } from "../../server/src/language/generated/module.ts";
import {
  PARSER,
  TcpflowGeneratedModule,
  TcpflowGeneratedSharedModule,
  TcpflowModule,
} from "../../server/src/language/module.ts";
import { parse, parserServices } from "../../server/src/language/parse.ts";
import { EVERYTHING } from "./flows.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const WORDS =
  'client server -> -x ~> : SYN ACK SYN+ACK seq= seq = ack=x+1 x + - 1 0x1f 12ab 40ms 2MSL MSL "a" " < > mss , nop as takes old spoofing is with snd.nxt FIN-WAIT-1 calls send timeout crashes arrives again gets lost towards title section endpoint note let set wait repeat crossing { } ... @ @expect(wrong-ack) @+1ms ( ) [ ] / ? // /* */ $ 客户端 ： ， unchecked :80 . ~ => <- 😀 \\'
    .split(" ")
    .concat("\n", "\n", "\n", "\r\n", "\t", "　");

/** Words of the language in any order. */
const ANYTHING = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(" ", " ", "")), { maxLength: 60 })
  .map((pairs) => pairs.flat().join(""));

test("the generated files are those of the grammar", () => {
  const folder = mkdtempSync(join(tmpdir(), "tcpflow-grammar-"));
  try {
    cpSync(join(ROOT, "server/langium-config.json"), join(folder, "langium-config.json"));
    cpSync(join(ROOT, "server/src/language/tcpflow.langium"), join(folder, "src/language/tcpflow.langium"));
    execFileSync(process.execPath, [join(ROOT, "node_modules/langium-cli/bin/langium.js"), "generate"], {
      cwd: folder,
    });
    const fresh = join(folder, "src/language/generated");
    const committed = join(ROOT, "server/src/language/generated");
    expect(readdirSync(fresh).sort()).toEqual(readdirSync(committed).sort());
    for (const file of readdirSync(fresh)) {
      expect(readFileSync(join(committed, file), "utf8"), file).toBe(readFileSync(join(fresh, file), "utf8"));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the grammar has no ambiguity, and its checks find nothing", () => {
  const said = [vi.spyOn(console, "log"), vi.spyOn(console, "warn"), vi.spyOn(console, "error")];
  for (const spy of said) spy.mockImplementation(() => {});
  const shared = inject(createDefaultSharedCoreModule(EmptyFileSystem), TcpflowGeneratedSharedModule);
  // Outside production mode Chevrotain checks tokens and rules, and fails at a choice that the next token cannot decide.
  const checking: Module<LangiumCoreServices, PartialLangiumCoreServices> = {
    LanguageMetaData: () => ({ ...TcpflowLanguageMetaData, mode: "development" }),
    parser: { ParserConfig: () => ({ ...PARSER, skipValidations: false }) },
  };
  const services = inject(createDefaultCoreModule({ shared }), TcpflowGeneratedModule, TcpflowModule, checking);
  expect(services.parser.LangiumParser.parse(EVERYTHING).parserErrors).toEqual([]);
  expect(said.flatMap((spy) => spy.mock.calls)).toEqual([]);
  vi.restoreAllMocks();
});

test("any words in any order: the parser itself never fails, spans lie in the text, time goes on", () => {
  fc.assert(
    fc.property(ANYTHING, (text) => {
      // Only what a line leaves over is an error: inside statements the grammar takes whatever comes.
      const { parserErrors } = parserServices().LangiumParser.parse(text);
      expect(parserErrors.filter(({ name }) => name !== "NotAllInputParsedException")).toEqual([]);
      const { problems, events } = parse(text);
      for (const { span } of problems) {
        expect(0 <= span.start && span.start <= span.end && span.end <= text.length).toBe(true);
      }
      const times = events.map(({ at }) => at);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }),
    { numRuns: 2000, seed: 9293 },
  );
});

test("any text at all", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      expect(parse(text).text).toBe(text);
    }),
    { numRuns: 1000, seed: 793 },
  );
});

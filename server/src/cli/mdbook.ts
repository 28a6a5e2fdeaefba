import { drawBook } from "../adapters/mdbook.ts";
import { type Command, readArguments } from "./command.ts";
import { FIGURE_HELP, FIGURE_OPTIONS, figureOptions, tellFindings } from "./figure-options.ts";
import { readAll } from "./inputs.ts";
import { CannotRun } from "./io.ts";

/** `tcpflowc mdbook` */
export const mdbook: Command = {
  name: "mdbook",
  summary: { en: "a preprocessor for mdBook", "zh-cn": "mdBook 的预处理器" },
  help: {
    en: `Usage: tcpflowc mdbook [options]

Reads a book on standard input as mdBook hands it over, and writes it with the flows drawn. In book.toml:

  [preprocessor.tcpflow]
  command = "tcpflowc mdbook"

${FIGURE_HELP.en}`,
    "zh-cn": `用法：tcpflowc mdbook [选项]

从标准输入读取 mdBook 交来的书，画出其中的交互后输出。在 book.toml 中：

  [preprocessor.tcpflow]
  command = "tcpflowc mdbook"

${FIGURE_HELP["zh-cn"]}`,
  },
  run: async (args, io) => {
    const { values, positionals } = readArguments(args, FIGURE_OPTIONS);
    const options = figureOptions(values, io);
    const [question, renderer] = positionals;
    // Asked by mdBook before it hands over the book.
    if (question === "supports") return renderer === "html" ? 0 : 1;
    const { book, findings } = drawBook(readBook(new TextDecoder().decode(await readAll(io.stdin()))), options);
    if (tellFindings(findings, io) && values["keep-going"] !== true) return 1;
    io.stdout(JSON.stringify(book));
    return 0;
  },
};

/** The second of the two things that mdBook writes; the first is about the build. */
function readBook(text: string): unknown {
  try {
    const read: unknown = JSON.parse(text);
    if (Array.isArray(read) && read.length === 2) return read[1];
  } catch {
    // Said below.
  }
  throw new CannotRun((texts) => texts.noBook);
}
